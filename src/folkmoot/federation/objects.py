"""How do our posts and comments look to other instances? Page, Note, and Tombstone for what is gone.

Members that every peer must be able to parse always have the same type: lists for `to`, `cc`, `attachment`, `tag`, one
string for `attributedTo`, `audience`, `inReplyTo`, `context`.

Source: federation handbook, 0 (R1, R3, R5), 1.5, 3.1 to 3.3, 3.6.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import msgspec

from folkmoot.federation.context import CONTEXT, PUBLIC
from folkmoot.federation.uris import comment_uri, community_uri, person_uri, post_uri
from folkmoot.model.ids import Micros
from folkmoot.model.times import rfc3339
from folkmoot.queries.views import Absence, AuthorView, CommunityView, PostView, ReplyView
from folkmoot.text.urls import url_host

MENTIONS_MAX = 50
_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to be told: by handle, and the identifier behind it."""

    handle: str
    uri: str


def post_has_object(post: PostView, *, site_url: str) -> bool:
    """Whether a post of this instance has an ActivityPub form: one that nobody imported, in a community that is known.

    What came from another instance has its form there; ask for `post.uri` first.
    """
    return (
        not post.imported and post.author.host is None and community_uri(post.community, site_url=site_url) is not None
    )


def comment_has_object(post: PostView, author: AuthorView, *, imported: bool, site_url: str) -> bool:
    """Whether a comment of this instance has one; none has it under an imported post.

    Args:
        post: under which it stands.
        author: of the comment.
        imported: whether it comes from a file.
        site_url: of this site.
    """
    known = community_uri(post.community, site_url=site_url) is not None
    return not post.imported and not imported and author.host is None and known


def page(post: PostView, *, site_url: str, site_host: str, mentioned: Sequence[Named] = ()) -> bytes:
    """Give a post as a document; `post_has_object` says whether it may have one."""
    address = post_uri(post, site_url=site_url)
    community = _identified(community_uri(post.community, site_url=site_url))
    told = mentioned[:MENTIONS_MAX]
    document: dict[str, object] = {
        "@context": CONTEXT,
        "id": address,
        "type": "Page",
        "attributedTo": _identified(person_uri(post.author, site_url=site_url)),
        "to": [community, PUBLIC],
        "cc": [person.uri for person in told],
        "audience": community,
        "context": f"{address}/context",
        "name": post.title,
        "url": address,
        "summary": _summary(post),
        **_texts(post.html, post.source),
        "attachment": [] if post.url is None else [{"type": "Link", "href": post.url}],
        "sensitive": post.nsfw,
        "commentsEnabled": not post.locked,
        "stickied": False,
        "tag": [
            *(_mention(person) for person in told),
            _mention(Named(_handle(post.community, site_host), community)),
            {"type": "Hashtag", "href": address, "name": f"#{post.community.name}"},
        ],
        "replies": f"{address}/replies",
        **_times(post.published, post.updated),
        "interactionPolicy": {"canQuote": {"automaticApproval": [PUBLIC]}},
    }
    return msgspec.json.encode(document)


def note(view: ReplyView, *, site_url: str, site_host: str, mentioned: Sequence[Named] = ()) -> bytes:
    """Give a comment as a document; `comment_has_object` says whether it may have one."""
    post, comment = view.post, view.comment
    address = comment_uri(comment, site_url=site_url)
    community = _identified(community_uri(post.community, site_url=site_url))
    answered = _answered(view, site_url=site_url, site_host=site_host)
    told = list(dict.fromkeys([*answered, *mentioned]))[:MENTIONS_MAX]
    above = post_uri(post, site_url=site_url) if view.parent is None else comment_uri(view.parent, site_url=site_url)
    content = _addressed(comment.html, answered[0]) if answered else comment.html
    document: dict[str, object] = {
        "@context": CONTEXT,
        "id": address,
        "type": "Note",
        "attributedTo": _identified(person_uri(comment.author, site_url=site_url)),
        "inReplyTo": above,
        "to": [community, PUBLIC],
        "cc": [person.uri for person in told],
        "audience": community,
        **({"context": f"{post_uri(post, site_url=site_url)}/context"} if post.uri is None else {}),
        **_texts(content, comment.source),
        "tag": [*(_mention(person) for person in told), _mention(Named(_handle(post.community, site_host), community))],
        "distinguished": False,
        "sensitive": post.nsfw,
        "url": address,
        "replies": f"{address}/replies",
        **_times(comment.published, comment.updated),
    }
    return msgspec.json.encode(document)


def tombstone(uri: str, *, former: str, gone_since: Micros | None) -> bytes:
    """Give what stands for a thing that was deleted or removed.

    Args:
        uri: the identifier that the thing had.
        former: `Page` or `Note`.
        gone_since: None where its community went, not the thing.
    """
    deleted = {} if gone_since is None else {"deleted": rfc3339(gone_since)}
    return msgspec.json.encode(
        {"@context": CONTEXT, "id": uri, "type": "Tombstone", "formerType": former, **deleted},
    )


def _answered(view: ReplyView, *, site_url: str, site_host: str) -> list[Named]:
    """Who wrote what the comment answers; nobody where it was the same person, or their text is gone."""
    above = view.post if view.parent is None else view.parent
    uri = person_uri(above.author, site_url=site_url)
    if uri is None or above.author.id == view.comment.author.id or above.absence is not Absence.PRESENT:
        return []
    return [Named(_handle(above.author, site_host), uri)]


def _addressed(html: str, person: Named) -> str:
    """Put a link to whom it answers in front of the words: where people are told by the text, they are told."""
    name = person.handle.partition("@")[0]
    link = f'<a href="{escape(person.uri)}" class="u-url mention">@{escape(name)}</a>'
    first = _PARAGRAPH.match(html)
    return f"<p>{link}</p>{html}" if first is None else f"{first[0]}{link} {html[first.end() :]}"


def _texts(content: str, source: str) -> dict[str, object]:
    if not source:
        return {}
    return {
        "content": content,
        "mediaType": "text/html",
        "source": {"content": source, "mediaType": "text/markdown"},
    }


def _summary(post: PostView) -> str:
    """What is shown where a Page is only a title with a link."""
    host = "" if post.url is None else url_host(post.url)
    return f"<p>{escape(f'{post.title} — {host}' if host else post.title)}</p>"


def _mention(person: Named) -> dict[str, str]:
    return {"type": "Mention", "href": person.uri, "name": f"@{person.handle}"}


def _handle(who: AuthorView | CommunityView, site_host: str) -> str:
    return f"{who.name}@{site_host if who.host is None else who.host}"


def _times(published: Micros, updated: Micros | None) -> dict[str, object]:
    times: dict[str, object] = {"published": rfc3339(published)}
    return times if updated is None else {**times, "updated": rfc3339(updated)}


def _identified(uri: str | None) -> str:
    if uri is None:
        raise ValueError("a person or community without an identifier cannot stand in a document")
    return uri
