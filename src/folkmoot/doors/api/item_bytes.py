"""How are the comments of a list written as JSON? Each with its post, by one format from its row.

The bytes are those of `present.comment_view_shape`, encoded; a test compares them.
"""

from collections.abc import Iterable, Iterator

from folkmoot.doors.api.comment_bytes import json
from folkmoot.doors.api.post_bytes import BOOL, creator_in, moment, place_in, post_bytes
from folkmoot.doors.depends import Of
from folkmoot.doors.list_rows import NEVER, Row
from folkmoot.queries.comment_heads import ROW_AUTHOR, ROW_COMMUNITY, CommentRow
from folkmoot.queries.texts import LITERAL
from folkmoot.queries.views import Absence

_VIEW = (
    b'{"comment_view":{"comment":{"id":%d,"creator_id":%d,"post_id":%d,"content":%b,"removed":false,"published":"%b"%b,'
    b'"deleted":false,"ap_id":%b,"local":%b,"path":"%b","distinguished":false,"language_id":0},"creator":%b,"post":%b,'
    b'"community":%b,"counts":{"comment_id":%d,"score":%d,"upvotes":%d,"downvotes":%d,"published":"%b",'
    b'"child_count":%d},"creator_banned_from_community":false,"banned_from_community":false,%b,'
    b'"subscribed":"NotSubscribed","saved":false,"creator_blocked":false,"folkmoot":{"handle":%b,"text":%b,'
    b'"literal":%b,"imported":%b,"approximate":%b,"received":"%b","original_poster":%b}}}'
)


def comment_json_rows(rows: Iterable[CommentRow], *, site_url: str) -> Iterator[Row]:
    """Write comments that are there, each with its post, whatever became of that."""
    places: dict[int, bytes] = {}
    for row in rows:
        (
            comment, post, author, community, poster, title, absence, published, updated, approximate, position, score,
            handle, uri, received, below, upvotes, downvotes, path, source, format_, _, text, url, locked,
            post_published, post_updated, nsfw, post_uri,
        ) = row[:ROW_AUTHOR]  # fmt: skip
        creator, roles, own_handle = creator_in(row[ROW_AUTHOR:ROW_COMMUNITY], site_url)
        place = places.get(community)
        if place is None:
            place = places[community] = place_in(row[ROW_COMMUNITY:], site_url)
        at, said = moment(published), json(source)
        thread = post_bytes(
            (post, title, url, b"", poster, community, post_published, post_updated, post_uri),
            removed=absence == Absence.REMOVED,
            locked=locked,
            deleted=absence == Absence.DELETED,
            nsfw=nsfw,
            site_url=site_url,
        )
        body = _VIEW % (
            comment,
            author,
            post,
            said,
            at,
            b"" if updated is None else b',"updated":"%b"' % moment(updated),
            json(uri or f"{site_url}/comment/{comment}"),
            BOOL[uri is None],
            path.encode(),
            creator,
            thread,
            place,
            comment,
            score,
            upvotes,
            downvotes,
            at,
            below,
            roles,
            own_handle if handle is None else json(handle),
            said if text == source else json(text),
            BOOL[format_ == LITERAL],
            BOOL[position is not None],
            BOOL[approximate],
            at if received == published else moment(received),
            BOOL[author == poster],
        )
        yield body, comment, (Of.POST, post), community, (author, poster), NEVER
