"""How are thousands of comments written as JSON? Each by one format, between pieces that its author's all share.

The bytes are those of `present.comment_view_shape`, encoded; a test compares them. Making the shapes costs four times
as much as this.
"""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from folkmoot.doors.handles import full_handle
from folkmoot.model.ids import PersonId, PostId
from folkmoot.model.times import rfc3339
from folkmoot.queries.views import Absence, AuthorView, CommentView

_COMMENT = (
    b',{"comment":{"id":%d,"creator_id":%d,"post_id":%d,"content":%b,"removed":%b,"published":"%b"%b,"deleted":%b,'
    b'"ap_id":%b,"local":%b,"path":%b,"distinguished":false,"language_id":0}'
)
_REST = (
    b',"counts":{"comment_id":%d,"score":%d,"upvotes":%d,"downvotes":%d,"published":"%b","child_count":%d},%b,'
    b'"folkmoot":{"handle":%b,"text":%b,"literal":%b,"imported":%b,"approximate":%b,"received":"%b",'
    b'"original_poster":%b%b}}'
)
_AROUND = b',"creator":%b,"post":%b,"community":%b'
_ROLES = (
    b'"creator_banned_from_community":false,"banned_from_community":false,"creator_is_moderator":%b,'
    b'"creator_is_admin":%b,"subscribed":"NotSubscribed","saved":false,"creator_blocked":false'
)
_BOOL = (b"false", b"true")

json: Callable[[object], bytes] = msgspec.json.Encoder().encode


class _Author(NamedTuple):
    """What stands in each comment of one person."""

    around: bytes
    roles: bytes
    handle: bytes


class CommentBytes:
    """Writes the comments of one thread."""

    def __init__(
        self, post: PostId, *, post_json: bytes, community_json: bytes, creator: Callable[[AuthorView], bytes], url: str
    ) -> None:
        """Begin.

        Args:
            post: where they stand.
            post_json: the post, as each comment has it.
            community_json: the community, as each comment has it.
            creator: gives a person as JSON.
            url: of this site.
        """
        self._post = post
        self._post_json = post_json
        self._community_json = community_json
        self._creator = creator
        self._url = url
        self._local = json(f"{url}/comment/")[:-1]
        self._authors: dict[PersonId, _Author] = {}

    def written(self, comment: CommentView) -> tuple[bytes, bytes, bytes]:
        """Give one comment, after a comma, in pieces: the long one in the middle is copied when all are joined."""
        (
            number, _, _, path, position, person, spelled, op, _, text, source, literal, uri, published, updated,
            received, approximate, below, upvotes, downvotes, score, absence, reason, _, _,
        ) = comment  # fmt: skip
        author = self._authors.get(person.id) or self._author(person)
        content = json(source)
        at = rfc3339(published).encode()
        said = _COMMENT % (
            number,
            person.id,
            self._post,
            content,
            _BOOL[absence is Absence.REMOVED],
            at,
            b"" if updated is None else b',"updated":"%b"' % rfc3339(updated).encode(),
            _BOOL[absence is Absence.DELETED],
            json(uri) if uri else b'%b%d"' % (self._local, number),
            _BOOL[uri is None],
            json(path),
        )
        rest = _REST % (
            number,
            score,
            upvotes,
            downvotes,
            at,
            below,
            author.roles,
            author.handle if spelled is None else json(spelled),
            content if text == source else json(text),
            _BOOL[literal],
            _BOOL[position is not None],
            _BOOL[approximate],
            at if received == published else rfc3339(received).encode(),
            _BOOL[op],
            b"" if reason is None else b',"reason":%b' % json(reason),
        )
        return said, author.around, rest

    def _author(self, person: AuthorView) -> _Author:
        around = _AROUND % (self._creator(person), self._post_json, self._community_json)
        roles = _ROLES % (_BOOL[person.moderator], _BOOL[person.admin])
        found = self._authors[person.id] = _Author(around, roles, json(full_handle(person, site_url=self._url)))
        return found
