"""How are the posts of a list written as JSON? Each by one format from its row, between pieces that are remembered.

The bytes are those of `present.post_view_shape`, encoded; a test compares them. Making the shapes costs six times as
much as this. `item_bytes.py` writes comments with the same pieces.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from folkmoot.doors.api.comment_bytes import json
from folkmoot.doors.api.present import community_shape, person_shape
from folkmoot.doors.depends import Of
from folkmoot.doors.handles import full_handle
from folkmoot.doors.list_rows import NEVER, Row
from folkmoot.model.ids import Micros
from folkmoot.model.times import rfc3339
from folkmoot.queries.communities import community_view
from folkmoot.queries.people import author_view
from folkmoot.queries.post_heads import AUTHOR, COMMUNITY, PostRow
from folkmoot.queries.texts import LITERAL

_POST = (
    b'{"id":%d,"name":%b%b%b,"creator_id":%d,"community_id":%d,"removed":%b,"locked":%b,"published":"%b"%b,'
    b'"deleted":%b,"nsfw":%b,"ap_id":%b,"local":%b,"language_id":0,"featured_community":false,"featured_local":false}'
)
_VIEW = (
    b'{"post":%b,"creator":%b,"community":%b,"creator_banned_from_community":false,'
    b'"banned_from_community":false,%b,"counts":{"post_id":%d,"comments":%d,"score":%d,"upvotes":%d,"downvotes":%d,'
    b'"published":"%b","newest_comment_time":"%b"},"subscribed":"NotSubscribed","saved":false,"read":false,'
    b'"hidden":false,"creator_blocked":false,"unread_comments":%d,"folkmoot":{"handle":%b,"text":%b,"literal":%b,'
    b'"imported":%b,"approximate":%b,"received":"%b","archive_offered":%b%b}}'
)
_ROLES = b'"creator_is_moderator":%b,"creator_is_admin":%b'
BOOL = (b"false", b"true")
_REMEMBERED = 4_096


def post_json_rows(rows: Iterable[PostRow], *, site_url: str) -> Iterator[Row]:
    """Write posts that are there, each as Lemmy's view of a post."""
    places: dict[int, bytes] = {}
    for row in rows:
        (
            post, author, community, title, url, archive_url, published, updated, approximate, imported, comments,
            score, nsfw, locked, handle, uri, received, newest, upvotes, downvotes, offered, source, format_, _, text,
        ) = row[:AUTHOR]  # fmt: skip
        creator, roles, own_handle = creator_in(row[AUTHOR:COMMUNITY], site_url)
        place = places.get(community)
        if place is None:
            place = places[community] = place_in(row[COMMUNITY:], site_url)
        at, said = moment(published), json(source)
        own = post_bytes(
            (post, title, url, said if source else b"", author, community, published, updated, uri),
            removed=False,
            locked=locked,
            deleted=False,
            nsfw=nsfw,
            site_url=site_url,
        )
        body = _VIEW % (
            own,
            creator,
            place,
            roles,
            post,
            comments,
            score,
            upvotes,
            downvotes,
            at,
            at if newest == published else moment(newest),
            comments,
            own_handle if handle is None else json(handle),
            said if text == source else json(text),
            BOOL[format_ == LITERAL],
            BOOL[imported],
            BOOL[approximate],
            at if received == published else moment(received),
            BOOL[offered],
            b"" if archive_url is None else b',"archive_url":%b' % json(archive_url),
        )
        yield body, post, (Of.POST, post), community, (author,), NEVER


PostColumns = tuple[int, str, str | None, bytes, int, int, Micros, Micros | None, str | None]
"""Id, title, address, source as JSON (empty: left out), author, community, published, edited, ActivityPub id."""


def post_bytes(columns: PostColumns, *, removed: bool, locked: int, deleted: bool, nsfw: int, site_url: str) -> bytes:
    """Give a post's own row."""
    post, title, url, said, author, community, published, updated, uri = columns
    return _POST % (
        post,
        json(title),
        b"" if url is None else b',"url":%b' % json(url),
        b',"body":%b' % said if said else b"",
        author,
        community,
        BOOL[removed],
        BOOL[locked],
        moment(published),
        b"" if updated is None else b',"updated":"%b"' % moment(updated),
        BOOL[deleted],
        BOOL[nsfw],
        json(uri or f"{site_url}/post/{post}"),
        BOOL[uri is None],
    )


@lru_cache(_REMEMBERED)
def moment(at: Micros) -> bytes:
    """Give a moment as JSON has it, without its quotes."""
    return rfc3339(at).encode()


@lru_cache(_REMEMBERED)
def creator_in(columns: tuple[Any, ...], site_url: str) -> tuple[bytes, bytes, bytes]:
    """Give a person, their roles where they write, and their handle; of the columns that `author_view` takes."""
    author = author_view(columns)
    roles = _ROLES % (BOOL[author.moderator], BOOL[author.admin])
    return json(person_shape(author, site_url=site_url)), roles, json(full_handle(author, site_url=site_url))


@lru_cache(_REMEMBERED)
def place_in(columns: tuple[Any, ...], site_url: str) -> bytes:
    """Give a community, of the columns that `community_view` takes."""
    return json(community_shape(community_view(columns), site_url=site_url))
