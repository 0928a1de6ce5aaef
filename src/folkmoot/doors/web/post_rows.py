"""How does a post look in a list? One line of markup each; what lists repeat (names, days, hosts) is remembered."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from folkmoot.doors.depends import DAY_MICROS, HOUR_MICROS, MINUTE_MICROS
from folkmoot.doors.web.paths import named_path, person_path
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, domain, exact, spelled
from folkmoot.doors.web.words import clock_stamp, words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PostLine
from folkmoot.queries.views import AuthorView
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import Html, escaped

EXCERPT_MAX_CHARS = 240
"""About three lines of a wide list: the style sheet shows two of them."""

_REMEMBERED = 8_192
_HOURS_FROM, _DAYS_FROM = 60, 90
"""Where the ages in hours and in days begin, counted in one row with those in minutes."""

remembered = lru_cache(_REMEMBERED)(escaped)
"""`escaped`, for what stands in lists again and again."""


class Shown(NamedTuple):
    """What a list says of each post: what all of them share is said once, above."""

    community: bool = True
    author: bool = True
    excerpt: bool = False


class PostRows:
    """Draws the posts of one list."""

    def __init__(self, scene: Scene, shown: Shown) -> None:
        self._scene = scene
        self._shown = shown
        self._tag = scene.words.language.tag

    def rows(self, posts: Iterable[PostLine]) -> Markup:
        """Return the items, one after the other, without their list."""
        return Markup("".join(map(self.row, posts)))

    def row(self, post: PostLine) -> str:
        """Return one item. Imported posts have no points: nobody here knows them."""
        tag, shown = self._tag, self._shown
        title = _title(post.title, post.url) or f'<a href="/post/{post.id}">{remembered(post.title)}</a>'
        community = post.community
        place = _community(community.name, community.host, community.title) if shown.community else ""
        return (
            f'<li><article><h2 dir=auto lang="">{_nsfw(tag) if post.nsfw else ""}{title}</h2>'
            f"{self._excerpt(post) if shown.excerpt else ''}"
            f"<p class=meta>{_source(tag, post.url, post.archive_url)}{place}{self._by(post) if shown.author else ''}"
            f"<span>{self._age(post)}</span>{_locked(tag) if post.locked else ''}</p>"
            f'<a class=talk href="/post/{post.id}#comments">{_comments(tag, post.comments)}</a>'
            f"{'' if post.imported else score(tag, post.score)}</article></li>\n"
        )

    def _excerpt(self, post: PostLine) -> str:
        if post.texts is None or not post.texts.text:
            return ""
        return f'<p class=excerpt dir=auto lang="">{escaped(excerpt(post.texts.text, EXCERPT_MAX_CHARS))}</p>'

    def _by(self, post: PostLine) -> str:
        return _author(post.author, post.handle, self._scene.host)

    def _age(self, post: PostLine) -> str:
        said = age_said(post.published, self._scene)
        return f"{_time(self._tag, post.published, post.updated, post.approximate)}{said}</time>"


def age(times: Times, scene: Scene) -> Markup:
    """Return how long ago it was written, whatever became of it since; the exact times on hover."""
    opened = _time(scene.words.language.tag, times.published, times.updated, times.approximate)
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
def _time(tag: str, published: Micros, updated: Micros | None, approximate: bool) -> str:  # noqa: FBT001 -- for the cache
    title = escaped(exact(Times(published, updated, approximate), words_in(tag)))
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
def _author(author: AuthorView, handle: str | None, our_host: str) -> str:
    name, host = spelled(author, handle)
    path, whole = escaped(person_path(author)), escaped(f"{name}@{host or our_host}")
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
