"""What does a page say of itself to those who do not read it: search engines, link previews, feed readers?"""

from dataclasses import dataclass, replace
from functools import lru_cache

from folkmoot.doors.web.appearance import Theme
from folkmoot.doors.web.present import Markup
from folkmoot.text.excerpt import excerpt
from folkmoot.text.html import escaped

DESCRIPTION_MAX_CHARS = 200
_KEPT = 1_024

GROUNDS = {
    Theme.LIGHT: "#fdfcf9",
    Theme.DARK: "#181715",
    Theme.BLACK: "#000000",
    Theme.CONTRAST: "#ffffff",
    Theme.CONTRAST_DARK: "#000000",
}
"""The colour around the page, for browsers that paint their own bars with it: `paper` of each theme."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of a page. `href` is its path; `title` what a feed reader calls it, if anything."""

    media_type: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What one page is about.

    `title` is its own, without the site's name; empty on the front page. `path` is the one address, from `/`, under
    which it should be known; None where it should not be known at all (errors). `description` is plain text of any
    length. `kind` is OpenGraph's word. `following` is the path of the next page.
    """

    title: str
    path: str | None = None
    description: str = ""
    kind: str = "website"
    alternates: tuple[Alternate, ...] = ()
    following: str | None = None


def title_of(head: Head, site_name: str) -> str:
    """Return what stands on the browser's tab."""
    return f"{head.title} · {site_name}" if head.title else site_name


def head_markup(head: Head, *, site_name: str, site_url: str) -> Markup:
    """Return the elements of `<head>` that differ from page to page, a line each."""
    if len(head.description) > DESCRIPTION_MAX_CHARS:  # what is remembered shall hold no long texts
        head = replace(head, description=excerpt(head.description, DESCRIPTION_MAX_CHARS))
    return _markup(head, site_name, site_url)


@lru_cache(_KEPT)
def _markup(head: Head, site_name: str, site_url: str) -> Markup:
    if head.path is None:
        return Markup('<meta name="robots" content="noindex">')
    address = escaped(site_url + head.path)
    title = escaped(head.title or site_name)
    lines = [
        f'<link rel="canonical" href="{address}">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:url" content="{address}">',
        f'<meta property="og:type" content="{escaped(head.kind)}">',
        f'<meta property="og:site_name" content="{escaped(site_name)}">',
    ]
    if head.description:
        said = escaped(excerpt(head.description, DESCRIPTION_MAX_CHARS))
        lines += (f'<meta name="description" content="{said}">', f'<meta property="og:description" content="{said}">')
    if head.following is not None:
        lines.append(f'<link rel="next" href="{escaped(head.following)}">')
    lines += map(_alternate, head.alternates)
    return Markup("\n".join(lines))


def _alternate(form: Alternate) -> str:
    title = f' title="{escaped(form.title)}"' if form.title else ""
    return f'<link rel="alternate" type="{escaped(form.media_type)}" href="{escaped(form.href)}"{title}>'


def colour_markup(theme: Theme) -> Markup:
    """Return what tells the browser before the style sheet has come whether the page is light or dark."""
    if theme is Theme.SYSTEM:
        grounds = "".join(
            f'\n<meta name="theme-color" media="(prefers-color-scheme: {scheme.value})" content="{GROUNDS[scheme]}">'
            for scheme in (Theme.LIGHT, Theme.DARK)
        )
        return Markup(f'<meta name="color-scheme" content="light dark">{grounds}')
    scheme = "light" if theme in (Theme.LIGHT, Theme.CONTRAST) else "dark"
    ground = f'<meta name="theme-color" content="{GROUNDS[theme]}">'
    return Markup(f'<meta name="color-scheme" content="{scheme}">\n{ground}')
