"""How are thousands of comments written as JSON? Each in pieces, some of which its author's all share.

The bytes are those of `present.comment_view_shape`, encoded; a test compares them. Making the shapes costs four times
as much as this.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from folkmoot.doors.handles import person_address, site_host
from folkmoot.model.ids import Micros, PersonId, PostId
from folkmoot.model.times import rfc3339
from folkmoot.queries.views import Absence, AuthorView, CommentView

_ROLES = (
    '"creator_banned_from_community":false,"banned_from_community":false,"creator_is_moderator":{},'
    '"creator_is_admin":{},"subscribed":"NotSubscribed","saved":false,"creator_blocked":false'
)
_BOOL = ("false", "true")
_UPDATED, _REASON, _DISPLAY_NAME = ',"updated":', ',"reason":', ',"display_name":'

json: Callable[[object], bytes] = msgspec.json.Encoder().encode


class _Author(NamedTuple):
    """What stands in each comment of one person. `handle` is theirs where no file spelled it otherwise."""

    creator: bytes
    roles: str
    handle: str


class CommentBytes:
    """Writes the comments of one thread."""

    def __init__(self, post: PostId, *, post_json: bytes, community_json: bytes, url: str) -> None:
        """Begin.

        Args:
            post: where they stand.
            post_json: the post, as each comment has it.
            community_json: the community, as each comment has it.
            url: of this site.
        """
        self._post = post
        self._place = b',"post":%b,"community":%b,"counts":{"comment_id":' % (post_json, community_json)
        self._url = url
        self._host = site_host(url)
        self._local = _json(f"{url}/comment/")[:-1]
        self._authors: dict[PersonId, _Author] = {}

    def written(self, comments: Iterable[CommentView]) -> list[bytes]:
        """Give the comments in pieces, to be joined once; each comment is after a comma."""
        post, place, local, known = self._post, self._place, self._local, self._authors.get
        pieces: list[bytes] = []
        for comment in comments:
            (
                number, _, _, path, position, person, spelled, op, _, text, source, literal, uri, published, updated,
                received, approximate, below, upvotes, downvotes, score, absence, reason, _, _,
            ) = comment  # fmt: skip
            author = known(person[0]) or self._author(person)
            at, content = rfc3339(published), json(source)
            named = f'{local}{number}"' if uri is None else _json(uri)
            handle = author.handle if spelled is None else _json(spelled)
            first_seen = at if received == published else rfc3339(received)
            pieces += (
                f',{{"comment":{{"id":{number},"creator_id":{person[0]},"post_id":{post},"content":'.encode(),
                content,
                (
                    f',"removed":{_BOOL[absence is Absence.REMOVED]},"published":"{at}"'
                    f'{_moment(_UPDATED, updated)},"deleted":{_BOOL[absence is Absence.DELETED]},'
                    f'"ap_id":{named},"local":{_BOOL[uri is None]},'
                    f'"path":"{path}","distinguished":false,"language_id":0}}'
                ).encode(),
                author.creator,
                place,
                (
                    f'{number},"score":{score},"upvotes":{upvotes},"downvotes":{downvotes},"published":"{at}",'
                    f'"child_count":{below}}},{author.roles},'
                    f'"folkmoot":{{"handle":{handle},"text":'
                ).encode(),
                content if text == source else json(text),
                (
                    f',"literal":{_BOOL[literal]},"imported":{_BOOL[position is not None]},'
                    f'"approximate":{_BOOL[approximate]},"received":"{first_seen}",'
                    f'"original_poster":{_BOOL[op]}{_text(_REASON, reason)}}}}}'
                ).encode(),
            )
        return pieces

    def _author(self, person: AuthorView) -> _Author:
        found = self._authors[person.id] = _Author(
            f',"creator":{self._person(person)}'.encode(),
            _ROLES.format(_BOOL[person.moderator], _BOOL[person.admin]),
            _json(f"{person.name}@{person.host or self._host}"),
        )
        return found

    def _person(self, person: AuthorView) -> str:
        """Give a person as `present.person_shape` does, encoded."""
        (
            number, name, host, display_name, _, bot, deleted, _, _, _, published, updated, instance,
        ) = person  # fmt: skip
        return (
            f'{{"id":{number},"name":{_json(name)}{_text(_DISPLAY_NAME, display_name)},"banned":false,'
            f'"published":"{rfc3339(published)}"{_moment(_UPDATED, updated)},'
            f'"actor_id":{_json(person_address(person, site_url=self._url))},"local":{_BOOL[host is None]},'
            f'"deleted":{_BOOL[deleted]},"bot_account":{_BOOL[bot]},"instance_id":{instance}}}'
        )


def _json(text: str) -> str:
    if text.isascii() and text.isalnum():  # as most names are: nothing of it is written otherwise
        return f'"{text}"'
    return json(text).decode()


def _text(member: str, text: str | None) -> str:
    """Give a member that is left out where there is no text."""
    return "" if text is None else f"{member}{_json(text)}"


def _moment(member: str, at: Micros | None) -> str:
    """Give a member that is left out where there is no moment."""
    return "" if at is None else f'{member}"{rfc3339(at)}"'
