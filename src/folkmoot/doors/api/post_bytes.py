"""How are the posts of a list written as JSON? Each by one format from its row, between pieces that are remembered.

The bytes are those of `present.post_view_shape`, encoded; a test compares them. Making the shapes costs six times as
much as this.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from folkmoot.doors.api.comment_bytes import json
from folkmoot.doors.api.present import community_shape, person_shape
from folkmoot.doors.depends import Of
from folkmoot.doors.handles import full_handle
from folkmoot.doors.list_rows import NEVER, Row
from folkmoot.model.times import rfc3339
from folkmoot.queries.communities import community_view
from folkmoot.queries.people import author_view
from folkmoot.queries.post_heads import AUTHOR, COMMUNITY, PostRow
from folkmoot.queries.texts import LITERAL

_POST = (
    b'{"post":{"id":%d,"name":%b%b%b,"creator_id":%d,"community_id":%d,"removed":false,"locked":%b,"published":"%b"%b,'
    b'"deleted":false,"nsfw":%b,"ap_id":%b,"local":%b,"language_id":0,"featured_community":false,'
    b'"featured_local":false},"creator":%b,"community":%b,"creator_banned_from_community":false,'
    b'"banned_from_community":false,%b,"counts":{"post_id":%d,"comments":%d,"score":%d,"upvotes":%d,"downvotes":%d,'
    b'"published":"%b","newest_comment_time":"%b"},"subscribed":"NotSubscribed","saved":false,"read":false,'
    b'"hidden":false,"creator_blocked":false,"unread_comments":%d,"folkmoot":{"handle":%b,"text":%b,"literal":%b,'
    b'"imported":%b,"approximate":%b,"received":"%b","archive_offered":%b%b}}'
)
_ROLES = b'"creator_is_moderator":%b,"creator_is_admin":%b'
_BOOL = (b"false", b"true")
_REMEMBERED = 4_096


def post_json_rows(rows: Iterable[PostRow], *, site_url: str) -> Iterator[Row]:
    """Write posts that are there, each as Lemmy's view of a post."""
    places: dict[int, bytes] = {}
    for row in rows:
        (
            post, author, community, title, url, archive_url, published, updated, approximate, imported, comments,
            score, nsfw, locked, handle, uri, received, newest, upvotes, downvotes, offered, source, format_, _, text,
        ) = row[:AUTHOR]  # fmt: skip
        creator, roles, own_handle = _creator(row[AUTHOR:COMMUNITY], site_url)
        place = places.get(community)
        if place is None:
            place = places[community] = _place(row[COMMUNITY:], site_url)
        at, said = rfc3339(published).encode(), json(source)
        body = _POST % (
            post,
            json(title),
            b"" if url is None else b',"url":%b' % json(url),
            b',"body":%b' % said if source else b"",
            author,
            community,
            _BOOL[locked],
            at,
            b"" if updated is None else b',"updated":"%b"' % rfc3339(updated).encode(),
            _BOOL[nsfw],
            json(uri or f"{site_url}/post/{post}"),
            _BOOL[uri is None],
            creator,
            place,
            roles,
            post,
            comments,
            score,
            upvotes,
            downvotes,
            at,
            at if newest == published else rfc3339(newest).encode(),
            comments,
            own_handle if handle is None else json(handle),
            said if text == source else json(text),
            _BOOL[format_ == LITERAL],
            _BOOL[imported],
            _BOOL[approximate],
            at if received == published else rfc3339(received).encode(),
            _BOOL[offered],
            b"" if archive_url is None else b',"archive_url":%b' % json(archive_url),
        )
        yield body, post, (Of.POST, post), community, (author,), NEVER


@lru_cache(_REMEMBERED)
def _creator(columns: tuple[Any, ...], site_url: str) -> tuple[bytes, bytes, bytes]:
    """Give a person, their roles where they write, and their handle."""
    author = author_view(columns)
    roles = _ROLES % (_BOOL[author.moderator], _BOOL[author.admin])
    return json(person_shape(author, site_url=site_url)), roles, json(full_handle(author, site_url=site_url))


@lru_cache(_REMEMBERED)
def _place(columns: tuple[Any, ...], site_url: str) -> bytes:
    return json(community_shape(community_view(columns), site_url=site_url))
