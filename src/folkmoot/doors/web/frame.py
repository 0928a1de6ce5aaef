"""What stands around every page: the head, the site's name, the footer. Templates are filled here and nowhere else.

A page is filled in one of two ways. `fill_page` runs its template, each time, over values of any kind: for pages that
are rarely asked for. `join_page` runs it once for each set of *choices* (few and hashable: the order that is current,
whether there is a next page) with a mark in the place of each *slot* (texts that differ each time), keeps what came
out cut at the marks, and afterwards only joins: for lists, which are asked for all the time.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from minijinja import Environment, safe

from folkmoot import __version__
from folkmoot.doors.handles import site_host
from folkmoot.doors.web.appearance import DEFAULT, Look, html_attributes
from folkmoot.doors.web.head import Head, colour_markup, head_markup, title_of
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.present import Markup, Scene
from folkmoot.doors.web.static_files import address_of
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.views import SiteView
from folkmoot.text.html import Html, escaped

TEMPLATES = Path(__file__).parent / "templates"

_CUTS_KEPT = 512
_SLOT = re.compile("\x00([a-z_]+)\x00")


@runtime_checkable
class Choosing(Hashable, Protocol):
    """What a template decides by, as a small hashable value that is asked for the template's names when needed."""

    def values(self, frame: "Frame") -> Mapping[str, object]:
        """Return what the template needs of it; `here` among them."""
        ...


Choices = Choosing | tuple[tuple[str, Hashable], ...]
"""Few and hashable: a value that knows the template's names, or pairs of these names with their values."""


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom and where a page is drawn. `site_url` is the public address without a slash at its end."""

    site: SiteView
    site_url: str
    language: Language
    look: Look = DEFAULT

    def scene(self, now: Micros) -> Scene:
        """Return what the pieces of a page read at `now` need."""
        return Scene(words_in(self.language.tag), now, site_host(self.site_url))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A page cut at its slots: `texts[i]`, then the value of `slots[i]`, at the end the last text."""

    texts: tuple[str, ...]
    slots: tuple[str, ...]

    def joined(self, values: Mapping[str, str]) -> str:
        parts = [""] * (2 * len(self.texts) - 1)
        parts[::2] = self.texts
        parts[1::2] = [values[slot] for slot in self.slots]
        return "".join(parts)


def fill_page(
    template: str, frame: Frame, *, values: Mapping[str, object], title: str = "", head: Head | None = None
) -> str:
    """Return a whole page. Every name that the template uses must be among the values.

    Args:
        template: its name; it extends `frame.html`.
        frame: for whom it is.
        values: for the template. `here` says which page it is, for the links of the frame.
        title: of the browser's tab, where there is no `head`.
        head: what the page is about.
    """
    about = Markup("") if head is None else head_markup(head, site_name=frame.site.name, site_url=frame.site_url)
    whole = title if head is None else title_of(head, frame.site.name)
    return _rendered(template, frame, {"title": plain(whole), "about": finished(about), **values})


def join_page(template: str, frame: Frame, head: Head, *, choices: Choices, slots: Mapping[str, Markup | Html]) -> str:
    """Return a whole page, most of it as it was kept.

    Args:
        template: its name; it extends `frame.html`.
        frame: for whom it is.
        head: what the page is about.
        choices: what the template decides by; asked for its values only where nothing is kept.
        slots: finished pieces that differ from page to page. A template can put them somewhere and no more.
    """
    values: dict[str, str] = {
        "title": escaped(title_of(head, frame.site.name)),
        "about": head_markup(head, site_name=frame.site.name, site_url=frame.site_url),
        **slots,
    }
    return _cut(template, frame, choices, tuple(values)).joined(values)


def finished(piece: str) -> str:
    """Return a piece of `Markup` or `Html` so that a template does not escape it again."""
    return safe(piece)


def plain(text: str) -> str:
    """Return a text or an address for a template, escaped: without the characters that no page may hold.

    (The template engine would escape it too, but slashes as well, and controls not.)
    """
    return finished(escaped(text))


@lru_cache(_CUTS_KEPT)
def _cut(template: str, frame: Frame, choices: Choices, slots: tuple[str, ...]) -> _Cut:
    marks = {slot: finished(f"\x00{slot}\x00") for slot in slots}  # no text holds it: `escaped` leaves none through
    values = choices.values(frame) if isinstance(choices, Choosing) else dict(choices)
    pieces = _SLOT.split(_rendered(template, frame, {**values, **marks}))
    return _Cut(tuple(pieces[::2]), tuple(pieces[1::2]))


def _rendered(template: str, frame: Frame, values: Mapping[str, object]) -> str:
    language = frame.language
    return _environment().render_template(
        template,
        _=language.gettext,
        lang=language.tag,
        dir=language.direction,
        look=finished(html_attributes(frame.look)),
        colours=finished(colour_markup(frame.look.theme)),
        site_name=plain(frame.site.name),
        sheet=plain(address_of("look.css")),
        icon=plain(address_of("mark.svg")),
        program=f"Folkmoot {__version__}",
        **values,
    )


@cache
def _environment() -> Environment:
    return Environment(
        templates={path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))},
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
    )
