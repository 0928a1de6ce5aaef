"""How do the asides say their few facts? Names and values, a line each, and lists of people and places."""

from collections.abc import Iterable
from functools import lru_cache

from folkmoot.doors.web.paths import called, named_path, person_path
from folkmoot.doors.web.present import Markup, Scene, anchor, spelled
from folkmoot.doors.web.words import words_in
from folkmoot.queries.views import AuthorView, CommunityView
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import Html, escaped
from folkmoot.text.plain_text import plain_text

_KEPT = 4_096
_LONG_CHARS = 2_000
"""What is longer is not remembered: thousands of the longest descriptions would take 100 MB."""

remembered = lru_cache(_KEPT)(escaped)
"""`escaped`, for what stands on pages again and again."""

Fact = tuple[str, Markup | Html]
"""A name in the reader's language, and a finished value."""


def described(html: Html, max_chars: int) -> str:
    """Return the beginning of a description on one line, without its markup."""
    return _described(html, max_chars) if len(html) <= _LONG_CHARS else excerpt(plain_text(html), max_chars)


@lru_cache(_KEPT)
def _described(html: Html, max_chars: int) -> str:
    return excerpt(plain_text(html), max_chars)


def fact_list(facts: Iterable[Fact]) -> Markup:
    """Return the facts as a list of terms; nothing where there are none."""
    lines = "".join(f"<div><dt>{remembered(name)}</dt> <dd>{value}</dd></div>\n" for name, value in facts)
    return Markup(f"<dl>\n{lines}</dl>" if lines else "")


def named_list(heading: str, items: Iterable[Markup]) -> Markup:
    """Return a section with a heading and a list; nothing where there are no items."""
    lines = "".join(f"<li>{item}</li>\n" for item in items)
    return Markup(
        f'<section>\n<h2>{escaped(heading)}</h2>\n<ul role="list">\n{lines}</ul>\n</section>' if lines else ""
    )


def person_line(person: AuthorView, scene: Scene) -> Markup:
    """Return somebody's whole handle as a link, and whether they are an admin or a bot."""
    return _person_line(scene.words.language.tag, person)


@lru_cache(_KEPT)
def _person_line(tag: str, person: AuthorView) -> Markup:
    name, host = spelled(person, None)
    handle = Markup(f"<bdi dir=ltr>{escaped(f'{name}@{host}' if host else name)}</bdi>")
    link = anchor(person_path(person), handle)
    _ = words_in(tag).language.gettext
    roles = [word for held, word in ((person.admin, _("admin")), (person.bot, _("bot"))) if held]
    return Markup(" · ".join([link, *map(escaped, roles)]))


def community_line(community: CommunityView) -> Markup:
    """Return a community as a link."""
    return _community_line(called(community), community.title)


@lru_cache(_KEPT)
def _community_line(name: str, title: str) -> Markup:
    return anchor(named_path("/c/", name), escaped(title), attributes=' dir=auto lang=""')
