"""How does a post look in a list? One line of markup each; what lists repeat (names, days, hosts) is remembered."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from folkmoot.doors.depends import DAY_MICROS, HOUR_MICROS, MINUTE_MICROS, Of
from folkmoot.doors.list_rows import Row
from folkmoot.doors.web.paths import named_path
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, domain, exact, spelled_parts
from folkmoot.doors.web.words import clock_stamp, words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.post_heads import PostHead
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import escaped

EXCERPT_MAX_CHARS = 240
"""About three lines of a wide list: the style sheet shows two of them."""

_REMEMBERED = 8_192
_LINKS_REMEMBERED = 2_048
"""Fewer, for an address may have two thousand characters, and a link says it twice."""
_HOURS_FROM, _DAYS_FROM = 60, 90
"""Where the ages in hours and in days begin, counted in one row with those in minutes."""

_ROW = (
    b'<li><article><h2 dir=auto lang="">%b%b</h2>%b<p class=meta>%b%b%b<span>%b%b</time></span>%b</p>'
    b'<a class=talk href="/post/%d#comments">%b</a>%b</article></li>\n'
)


class Shown(NamedTuple):
    """What a list says of each post: what all of them share is said once, above."""

    community: bool = True
    author: bool = True
    excerpt: bool = False


class Numbered(dict[int, bytes]):
    """What is said of a number, made when it is first asked for and remembered; of a bounded number of them."""

    def __init__(self, say: Callable[[int], str]) -> None:
        """Begin with none; `say` gives markup."""
        self._say = say

    def __missing__(self, number: int) -> bytes:
        """Make it."""
        if len(self) >= _REMEMBERED:
            self.clear()
        said = self[number] = self._say(number).encode()
        return said


def post_rows(heads: Iterable[PostHead], scene: Scene, shown: Shown) -> Iterator[Row]:
    """Draw the posts of a list. Imported ones have no points: nobody here knows them."""
    tag, host, now = scene.words.language.tag, scene.host, scene.now
    show_community, show_author, show_excerpt = shown
    ages, talks, scores = ages_in(tag), _talks(tag), _scores(tag)
    for (
        post, author, community, title, url, archive_url, published, updated, approximate, imported, comments, points,
        nsfw, locked, handle, name, home, place, place_host, place_title, text,
    ) in heads:  # fmt: skip
        linked, source = _linked(tag, title, url, archive_url)
        said, until = aged(published, now, ages)
        markup = _ROW % (
            _nsfw(tag) if nsfw else b"",
            b'<a href="/post/%d">%b</a>' % (post, linked) if url is None else linked,
            _excerpt(text) if show_excerpt else b"",
            source,
            _community(place, place_host, place_title) if show_community else b"",
            _author(name, home, handle, host) if show_author else b"",
            time_opened(tag, published, updated, approximate),
            said,
            _locked(tag) if locked else b"",
            post,
            talks[comments],
            b"" if imported else scores[points],
        )
        yield markup, post, (Of.POST, post), community, (author,), until


def _excerpt(text: str) -> bytes:
    if not text:
        return b""
    return f'<p class=excerpt dir=auto lang="">{escaped(excerpt(text, EXCERPT_MAX_CHARS))}</p>'.encode()


def age(times: Times, scene: Scene) -> Markup:
    """Return how long ago it was written, whatever became of it since; the exact times on hover."""
    tag = scene.words.language.tag
    opened = time_opened(tag, times.published, times.updated, times.approximate)
    said, _ = aged(times.published, scene.now, ages_in(tag))
    return Markup(f"{opened.decode()}{said.decode()}</time>")


def aged(then: Micros, now: Micros, ages: Numbered) -> tuple[bytes, Micros]:
    """Return an age in words, and until when it stays: it is the same for all of a minute, an hour, a day.

    Args:
        then: when it began.
        now: when it is read.
        ages: in the reader's language, as `ages_in` gives them.
    """
    passed = now - then
    if passed >= DAY_MICROS:
        first, unit = _DAYS_FROM, DAY_MICROS
    elif passed >= HOUR_MICROS:
        first, unit = _HOURS_FROM, HOUR_MICROS
    else:
        first, unit = 0, MINUTE_MICROS
    whole = passed // unit
    return ages[first + whole], Micros(then + (whole + 1) * unit)


@cache
def ages_in(tag: str) -> Numbered:
    """Return the ages of a language, for `aged`."""
    words = words_in(tag)

    def said(number: int) -> str:
        first, unit = (0, MINUTE_MICROS)
        if number >= _HOURS_FROM:
            first, unit = (_DAYS_FROM, DAY_MICROS) if number >= _DAYS_FROM else (_HOURS_FROM, HOUR_MICROS)
        return escaped(words.age(Micros(0), Micros((number - first) * unit)))

    return Numbered(said)


@lru_cache(_LINKS_REMEMBERED)
def _linked(tag: str, title: str, url: str | None, archive_url: str | None) -> tuple[bytes, bytes]:
    """Return the title, which leads to the article where there is one, and where that is: see `_source`."""
    name = escaped(title)
    shown = name if url is None else anchor(url, name, attributes=UNVOUCHED)
    return shown.encode(), _source(tag, url, archive_url).encode()


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


@cache
def _scores(tag: str) -> Numbered:
    """Return the numbers that stand before titles; whoever does not see the page hears what is counted.

    The number is drawn by the style sheet: in the markup it would be read twice.
    """
    words = words_in(tag)

    def score(points: int) -> str:
        number = escaped(words.language.number(points))
        return f'<p class=score data-n="{number}"><span class=unseen>{escaped(words.points(points))}</span></p>'

    return Numbered(score)


@cache
def _talks(tag: str) -> Numbered:
    words = words_in(tag)
    return Numbered(lambda comments: escaped(words.comments(comments)))


@lru_cache(_REMEMBERED)
def time_opened(tag: str, published: Micros, updated: Micros | None, approximate: int) -> bytes:
    """Return the beginning of an age, with the exact times on hover, up to where the age is said."""
    title = escaped(exact(Times(published, updated, approximate == 1), words_in(tag)))
    return f'<time datetime={clock_stamp(published)} title="{title}">'.encode()


@lru_cache(_REMEMBERED)
def _community(name: str, host: str | None, title: str) -> bytes:
    path = named_path("/c/", name if host is None else f"{name}@{host}")
    return f'<span class=place><a href="{escaped(path)}" dir=auto lang="">{escaped(title)}</a></span> '.encode()


@lru_cache(_REMEMBERED)
def _author(name: str, host: str | None, handle: str | None, our_host: str) -> bytes:
    path = escaped(named_path("/u/", name if host is None else f"{name}@{host}"))
    spelled, home = spelled_parts(handle or f"{name}@{host or ''}")
    whole, name = escaped(f"{spelled}@{home or our_host}"), spelled
    return f'<span class=author><a href="{path}"><bdi title="{whole}">{escaped(name)}</bdi></a></span> '.encode()


@lru_cache
def _locked(tag: str) -> bytes:
    word = words_in(tag).language.gettext("locked")
    return f' <span><span class="mark locked">{escaped(word)}</span></span>'.encode()


@lru_cache
def _nsfw(tag: str) -> bytes:
    word = words_in(tag).language.gettext("NSFW")
    # set apart: the title alone says which way it runs
    return f"<bdi class=nsfw lang={tag}>{escaped(word)}</bdi> ".encode()
