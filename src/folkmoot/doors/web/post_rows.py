"""How does a post look in a list? One line of markup each; what lists repeat (names, days, hosts) is remembered."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from folkmoot.doors.web.paths import community_path, person_path
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, domain, exact, spelled
from folkmoot.doors.web.words import clock_stamp, words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PostLine
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import Html, escaped

EXCERPT_MAX_CHARS = 240
"""About three lines of a wide list: the style sheet shows two of them."""

_REMEMBERED = 8_192

remembered = lru_cache(_REMEMBERED)(escaped)
"""`escaped`, for what stands in lists again and again."""


class Shown(NamedTuple):
    """What a list says of each post: what all of them share is said once, above."""

    community: bool = True
    author: bool = True
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class PostRows:
    """Draws the posts of one list."""

    scene: Scene
    shown: Shown

    def rows(self, posts: Iterable[PostLine]) -> Markup:
        """Return the items, one after the other, without their list."""
        return Markup("".join(map(self.row, posts)))

    def row(self, post: PostLine) -> str:
        """Return one item. Imported posts have no points: nobody here knows them."""
        tag = self.scene.words.language.tag
        thread = f"/post/{post.id}"
        leads_to, vouched = (thread, "") if post.url is None else (remembered(post.url), UNVOUCHED)
        nsfw = _nsfw(tag) if post.nsfw else ""
        return (
            f'<li><article><h2 dir=auto lang="">{nsfw}<a href="{leads_to}"{vouched}>{remembered(post.title)}</a></h2>'
            f"{self._excerpt(post)}<p class=meta>{self._source(post)}{self._meta(post)}</p>"
            f'<a class=talk href="{thread}#comments">{_comments(tag, post.comments)}</a>'
            f"{'' if post.imported else score(tag, post.score)}</article></li>\n"
        )

    def _excerpt(self, post: PostLine) -> str:
        if not self.shown.excerpt or post.texts is None or not post.texts.text:
            return ""
        return f'<p class=excerpt dir=auto lang="">{escaped(excerpt(post.texts.text, EXCERPT_MAX_CHARS))}</p>'

    def _source(self, post: PostLine) -> str:
        """Return where the link leads and its archived copy: one thing, parted by space only."""
        if post.url is None and post.archive_url is None:
            return ""
        tag = self.scene.words.language.tag
        host = "" if post.url is None else _host(tag, post.url)
        copy = "" if post.archive_url is None else _copy(tag, post.archive_url)
        return f"<span class=source>{host}{' ' if host and copy else ''}{copy}</span> "

    def _meta(self, post: PostLine) -> str:
        scene, shown = self.scene, self.shown
        words = scene.words
        place, by = "", ""
        if shown.community:
            place = _community(community_path(post.community), post.community.title)
        if shown.author:
            name, host = spelled(post.author, post.handle)
            by = _author(person_path(post.author), name, host or scene.host)
        locked = _locked(words.language.tag) if post.locked else ""
        return f"{place}{by}<span>{age(Times(post.published, post.updated, post.approximate), scene)}</span>{locked}"


def age(times: Times, scene: Scene) -> Markup:
    """Return how long ago it was written, whatever became of it since; the exact times on hover."""
    words = scene.words
    said = remembered(words.age(times.published, scene.now))
    return Markup(f"{_time(words.language.tag, times.published, times.updated, times.approximate)}{said}</time>")


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
def _host(tag: str, url: str) -> str:
    return f"<bdi dir=ltr>{escaped(domain(url, words_in(tag)))}</bdi>"


@lru_cache(_REMEMBERED)
def _copy(tag: str, archive_url: str) -> Markup:
    name = escaped(words_in(tag).language.gettext("archive"))
    return anchor(archive_url, name, attributes=f" class=copy{UNVOUCHED}")


@lru_cache(_REMEMBERED)
def _community(path: str, title: str) -> str:
    return f'<span class=place><a href="{escaped(path)}" dir=auto lang="">{escaped(title)}</a></span> '


@lru_cache(_REMEMBERED)
def _author(path: str, name: str, host: str) -> str:
    handle = escaped(f"{name}@{host}")
    return f'<span class=author><a href="{escaped(path)}"><bdi title="{handle}">{escaped(name)}</bdi></a></span> '


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
    return f"<span class=nsfw>{escaped(word)}</span> "
