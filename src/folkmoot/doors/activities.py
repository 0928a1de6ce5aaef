"""What does another instance get at a post's or comment's address? Its object, where it lives, or that it is gone."""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.db.base import Reader
from folkmoot.doors.handles import comment_uri, post_uri, site_host
from folkmoot.federation.objects import Named, comment_has_object, note, page, post_has_object, tombstone
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.mentioned import known_people
from folkmoot.queries.thread import lone_post, reply
from folkmoot.queries.views import Absence, CommentView, PostView
from folkmoot.text.mentions import mentions_in


@dataclass(frozen=True, slots=True)
class Object:
    """The document; `gone`: it is a tombstone."""

    body: bytes
    gone: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The thing is of another instance, which serves it under its identifier."""

    uri: str


Activity = Object | Elsewhere | None
"""None: the thing has no ActivityPub form."""


def post_activity(reader: Reader, post: PostId, *, site_url: str) -> Activity:
    """Give what stands for a post.

    Raises:
        NotFound: there is none.
    """
    view = lone_post(reader, post)
    if view.uri is not None:
        return Elsewhere(view.uri)
    if not post_has_object(view, site_url=site_url):
        return None
    if view.absence is not Absence.PRESENT:
        return Object(_tombstone(view, "Page", post_uri(view, site_url=site_url)), gone=True)
    told = _mentioned(reader, view, site_url=site_url)
    return Object(page(view, site_url=site_url, site_host=site_host(site_url), mentioned=told), gone=False)


def comment_activity(reader: Reader, comment: CommentId, *, site_url: str) -> Activity:
    """Give what stands for a comment.

    Raises:
        NotFound: there is none.
    """
    view = reply(reader, comment)
    if view.comment.uri is not None:
        return Elsewhere(view.comment.uri)
    imported = view.comment.position is not None
    if not comment_has_object(view.post, view.comment.author, imported=imported, site_url=site_url):
        return None
    if view.comment.absence is not Absence.PRESENT:
        return Object(_tombstone(view.comment, "Note", comment_uri(view.comment, site_url=site_url)), gone=True)
    told = _mentioned(reader, view.comment, site_url=site_url)
    return Object(note(view, site_url=site_url, site_host=site_host(site_url), mentioned=told), gone=False)


def _tombstone(view: PostView | CommentView, former: str, uri: str) -> bytes:
    return tombstone(uri, former=former, gone_since=view.gone_since)


def _mentioned(reader: Reader, view: PostView | CommentView, *, site_url: str) -> Sequence[Named]:
    """The people whom a text names and whose identifiers are known, but not its author."""
    named = [(mention.name, mention.host) for mention in mentions_in(view.html) if not mention.community]
    known = known_people(reader, named, our_host=site_host(site_url))
    people = []
    for handle in named:
        if handle in known:
            name, uri = known[handle]
            people.append(Named(f"{name}@{handle[1]}", uri or f"{site_url}/u/{name.lower()}"))
    return list(dict.fromkeys(people))
