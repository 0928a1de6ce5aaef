"""How does a post look in a list? One line of markup each; what lists repeat (names, days, hosts) is remembered."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from folkmoot.doors.depends import DAY_MICROS, HOUR_MICROS, MINUTE_MICROS, Of, age_until
from folkmoot.doors.list_rows import Row
from folkmoot.doors.web.facts import remembered
from folkmoot.doors.web.paths import named_path
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, domain, exact, spelled_parts
from folkmoot.doors.web.words import clock_stamp, words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.post_heads import PostHead
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import Html, escaped

EXCERPT_MAX_CHARS = 240
"""About three lines of a wide list: the style sheet shows two of them."""

_REMEMBERED = 8_192
_HOURS_FROM, _DAYS_FROM = 60, 90
"""Where the ages in hours and in days begin, counted in one row with those in minutes."""


class Shown(NamedTuple):
    """What a list says of each post: what all of them share is said once, above."""

    community: bool = True
    author: bool = True
    excerpt: bool = False


def post_rows(heads: Iterable[PostHead], scene: Scene, shown: Shown) -> Iterator[Row]:
    """Draw the posts of a list. Imported ones have no points: nobody here knows them."""
    tag, host, now = scene.words.language.tag, scene.host, scene.now
    show_community, show_author, show_excerpt = shown
    for (
        post, author, community, title, url, archive_url, published, updated, approximate, imported, comments, points,
        nsfw, locked, handle, name, home, place, place_host, place_title, text,
    ) in heads:  # fmt: skip
        linked = _title(title, url) or f'<a href="/post/{post}">{remembered(title)}</a>'
        markup = (
            f'<li><article><h2 dir=auto lang="">{_nsfw(tag) if nsfw else ""}{linked}</h2>'
            f"{_excerpt(text) if show_excerpt else ''}"
            f"<p class=meta>{_source(tag, url, archive_url)}"
            f"{_community(place, place_host, place_title) if show_community else ''}"
            f"{_author(name, home, handle, host) if show_author else ''}"
            f"<span>{time_opened(tag, published, updated, approximate)}{age_said(published, scene)}</time></span>"
            f"{_locked(tag) if locked else ''}</p>"
            f'<a class=talk href="/post/{post}#comments">{_comments(tag, comments)}</a>'
            f"{'' if imported else score(tag, points)}</article></li>\n"
        )
        yield markup.encode(), post, (Of.POST, post), community, (author,), age_until(published, now)


def _excerpt(text: str) -> str:
    if not text:
        return ""
    return f'<p class=excerpt dir=auto lang="">{escaped(excerpt(text, EXCERPT_MAX_CHARS))}</p>'


def age(times: Times, scene: Scene) -> Markup:
    """Return how long ago it was written, whatever became of it since; the exact times on hover."""
    opened = time_opened(scene.words.language.tag, times.published, times.updated, times.approximate)
    return Markup(f"{opened}{age_said(times.published, scene)}</time>")


def age_said(then: Micros, scene: Scene) -> Html:
    """Return an age in words. They are the same for all of a minute, an hour, a day."""
    passed = scene.now - then
    if passed < HOUR_MICROS:
        unit = max(passed, 0) // MINUTE_MICROS
    elif passed < DAY_MICROS:
        unit = _HOURS_FROM + passed // HOUR_MICROS
    else:
        unit = _DAYS_FROM + passed // DAY_MICROS
    known = _ages(scene.words.language.tag)
    said = known.get(unit)
    if said is None:
        if len(known) >= _REMEMBERED:
            known.clear()
        said = known[unit] = escaped(scene.words.age(then, scene.now))
    return said


@cache
def _ages(_tag: str) -> dict[int, Html]:
    """Return the ages that were said in a language."""
    return {}


@lru_cache(_REMEMBERED)
def _title(title: str, url: str | None) -> str:
    """Return the title that leads to the article; nothing where there is none."""
    return "" if url is None else anchor(url, escaped(title), attributes=UNVOUCHED)


@lru_cache(_REMEMBERED)
def score(tag: str, points: int) -> Markup:
    """Return the number that stands before a title; whoever does not see the page hears what it counts.

    The number is drawn by the style sheet: in the markup it would be read twice.
    """
    words = words_in(tag)
    number = escaped(words.language.number(points))
    return Markup(f'<p class=score data-n="{number}"><span class=unseen>{escaped(words.points(points))}</span></p>')


@lru_cache(_REMEMBERED)
def time_opened(tag: str, published: Micros, updated: Micros | None, approximate: int) -> str:
    """Return the beginning of an age, with the exact times on hover, up to where the age is said."""
    title = escaped(exact(Times(published, updated, approximate == 1), words_in(tag)))
    return f'<time datetime={clock_stamp(published)} title="{title}">'


@lru_cache(_REMEMBERED)
def _source(tag: str, url: str | None, archive_url: str | None) -> str:
    """Return where the link leads and its archived copy: one thing, parted by space only."""
    if url is None and archive_url is None:
        return ""
    words = words_in(tag)
    host = "" if url is None else f"<bdi dir=ltr>{escaped(domain(url, words))}</bdi>"
    if archive_url is None:
        return f"<span class=source>{host}</span> "
    name = words.language.gettext("archive")
    copy = anchor(archive_url, escaped(name), attributes=f" class=copy{UNVOUCHED}")
    return f"<span class=source>{host}{host and ' '}{copy}</span> "


@lru_cache(_REMEMBERED)
def _community(name: str, host: str | None, title: str) -> str:
    path = named_path("/c/", name if host is None else f"{name}@{host}")
    return f'<span class=place><a href="{escaped(path)}" dir=auto lang="">{escaped(title)}</a></span> '


@lru_cache(_REMEMBERED)
def _author(name: str, host: str | None, handle: str | None, our_host: str) -> str:
    path = escaped(named_path("/u/", name if host is None else f"{name}@{host}"))
    spelled, home = spelled_parts(handle or f"{name}@{host or ''}")
    whole, name = escaped(f"{spelled}@{home or our_host}"), spelled
    return f'<span class=author><a href="{path}"><bdi title="{whole}">{escaped(name)}</bdi></a></span> '


@lru_cache(_REMEMBERED)
def _comments(tag: str, count: int) -> Html:
    return escaped(words_in(tag).comments(count))


@lru_cache
def _locked(tag: str) -> str:
    word = words_in(tag).language.gettext("locked")
    return f' <span><span class="mark locked">{escaped(word)}</span></span>'


@lru_cache
def _nsfw(tag: str) -> str:
    word = words_in(tag).language.gettext("NSFW")
    return f"<bdi class=nsfw lang={tag}>{escaped(word)}</bdi> "  # set apart: the title alone says which way it runs
