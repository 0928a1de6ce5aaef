"""How do a person, a moment, an address look on a page? Pieces of markup, escaped, ready to be joined."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NewType

from folkmoot.doors.web.words import Words, clock_stamp
from folkmoot.model.ids import Micros
from folkmoot.queries.views import AuthorView, CommunityView
from folkmoot.text.html import LINK_REL, Html, escaped
from folkmoot.text.urls import url_host

Markup = NewType("Markup", str)
"""A finished piece of a page: made only in this room, of escaped text and of `Html`."""

UNVOUCHED = f' rel="{LINK_REL}"'
"""On links that people posted."""

_NAMED = re.compile(r"\{([a-z_]+)\}")
_ESCAPED_KEPT = 4_096
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Controls and letters without a shape; not the joiners, U+200C and U+200D, that scripts need."""

NEW_ACCOUNT_MICROS = 30 * 24 * 60 * 60 * 1_000_000
"""A person known for less than this is marked as new."""


_escaped_before = lru_cache(_ESCAPED_KEPT)(escaped)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every piece of one page needs to know: the words, the moment of reading, our own host.

    `escape` is `escaped` with a memory: pages say the same names, ages and counts again and again.
    """

    words: Words
    now: Micros
    host: str
    escape: Callable[[str], Html] = _escaped_before

    def is_new(self, author: AuthorView) -> bool:
        """Whether somebody is known for so short a time that it is said."""
        return not author.provisional and 0 <= self.now - author.published < NEW_ACCOUNT_MICROS


@dataclass(frozen=True, slots=True)
class Times:
    """When something was written and edited. `approximate`: reckoned from rounded ages."""

    published: Micros
    updated: Micros | None
    approximate: bool


def fill(message: str, **parts: Markup) -> Markup:
    """Return the translated message with finished pieces put in for its `{names}`; what stands in a piece stays."""
    return Markup(_NAMED.sub(lambda found: parts.get(found[1], found[0]), escaped(message)))


def anchor(href: str, content: Markup | Html, *, attributes: str = "") -> Markup:
    """Return a link. `attributes` are written as they are and begin with a space."""
    return Markup(f'<a href="{escaped(href)}"{attributes}>{content}</a>')


def spelled(author: AuthorView, handle: str | None) -> tuple[str, str]:
    """Return name and host as the page shows them: an imported item's own spelling first; no host for local people.

    What turns or parts the letters without being seen shows: otherwise `moc.live`, turned, would read `evil.com`.
    """
    return spelled_parts(handle or f"{author.name}@{author.host or ''}")


def spelled_parts(handle: str) -> tuple[str, str]:
    """Return what `spelled` does, of a handle as it is stored."""
    name, _, host = handle.partition("@")
    return _UNSEEN.sub("\ufffd", name), _UNSEEN.sub("\ufffd", host)


def who(name: str, host: str, scene: Scene, *, element: str, href: str | None = None) -> Markup:
    """Return a handle: the name strong, the server after it where it is another one; a link where there is an address.

    Args:
        name: as `spelled` gives it.
        host: as `spelled` gives it.
        scene: of the page.
        element: that holds it, such as `h3`.
        href: of the person's page.
    """
    title = f"{name}@{host or scene.host}"
    server = f"@{scene.escape(host)}" if host else ""
    said = f"<b>{scene.escape(name)}</b>{server}"
    link = said if href is None else f'<a href="{escaped(href)}">{said}</a>'
    return Markup(f'<{element} class=who dir=ltr title="{scene.escape(title)}">{link}</{element}>')


def marks(author: AuthorView, scene: Scene, *, op: bool) -> Markup:
    """Return what is to be known of somebody beside their name, each as icon and word; nothing for most."""
    if not (op or author.admin or author.moderator or author.bot or scene.is_new(author)):
        return Markup("")
    _ = scene.words.language.gettext
    # Translators: a mark beside a name: whoever wrote the post
    found = [_mark(scene, "op", _("OP"))] if op else []
    if author.admin:
        found.append(_mark(scene, "shield", _("admin")))
    elif author.moderator:
        found.append(_mark(scene, "shield", _("moderator")))
    if author.bot:
        found.append(_mark(scene, "bot", _("bot")))
    if scene.is_new(author):
        # Translators: {age} is such as "3 days ago"
        joined = _("joined {age}").replace("{age}", scene.words.age(author.published, scene.now))
        found.append(_mark(scene, "new", _("new account"), title=joined))
    return Markup("".join(found))


def _mark(scene: Scene, kind: str, word: str, *, title: str = "") -> Markup:
    hover = f' title="{scene.escape(title)}"' if title else ""
    return Markup(f' <span class="mark {kind}"{hover}>{scene.escape(word)}</span>')


def age(times: Times, scene: Scene, *, href: str | None = None) -> Markup:
    """Return the age, the exact time on hover, in a link where there is an address for it.

    What was edited says so, with the age of the edit, and gives both times.
    """
    words = scene.words
    at = times.published if times.updated is None else times.updated
    said = words.age(at, scene.now)
    edited = ""
    if times.updated is not None:
        said = words.language.gettext("edited {age}").replace("{age}", said)
        edited = " class=edited"
    title = scene.escape(exact(times, words))
    time = f'<time datetime={clock_stamp(at)} title="{title}">{scene.escape(said)}</time>'
    return Markup(f"<span{edited}>{time}</span>" if href is None else f'<a href="{href}"{edited}>{time}</a>')


def exact(times: Times, words: Words) -> str:
    """Return the exact time; of what was edited both, as far as they are known."""
    written = words.about(times.published, approximate=times.approximate)
    if times.updated is None:
        return written
    _ = words.language.gettext
    edited = words.about(times.updated, approximate=times.approximate)
    if times.approximate and times.updated == times.published:
        return _("edited {edited}; written before that").replace("{edited}", edited)
    return _("edited {edited}; written {written}").replace("{edited}", edited).replace("{written}", written)


def community_address(community: CommunityView, scene: Scene) -> str:
    """Return `railways@lowmoor.example`, with our own host for a local one; for reading, as `spelled` is."""
    return _UNSEEN.sub("\ufffd", f"{community.name}@{community.host or scene.host}")


def domain(url: str, words: Words) -> str:
    """Return what a link says of where it leads: the host, or what kind of address it is."""
    try:
        return url_host(url).removeprefix("www.") or words.language.gettext("magnet link")
    except ValueError:
        return words.language.gettext("link")
