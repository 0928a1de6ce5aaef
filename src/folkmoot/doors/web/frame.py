"""What stands around every page: the head, the site's name, the footer. Templates are filled here and nowhere else."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from minijinja import Environment, safe

from folkmoot import __version__
from folkmoot.doors.handles import site_host
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.present import Scene
from folkmoot.doors.web.static_files import address_of
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.views import SiteView
from folkmoot.text.html import escaped

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Frame:
    """For whom and where a page is drawn. `site_url` is the public address without a slash at its end."""

    site: SiteView
    site_url: str
    language: Language

    def scene(self, now: Micros) -> Scene:
        """Return what the pieces of a page read at `now` need."""
        return Scene(words_in(self.language.tag), now, site_host(self.site_url))


def fill_page(template: str, frame: Frame, *, title: str, values: dict[str, object]) -> str:
    """Return a whole page. Every name that the template uses must be among the values."""
    language = frame.language
    return _environment().render_template(
        template,
        _=language.gettext,
        lang=language.tag,
        dir=language.direction,
        title=plain(title),
        site_name=plain(frame.site.name),
        sheet=plain(address_of("look.css")),
        icon=plain(address_of("mark.svg")),
        program=f"Folkmoot {__version__}",
        **values,
    )


def finished(piece: str) -> str:
    """Return a piece of `Markup` or `Html` so that a template does not escape it again."""
    return safe(piece)


def plain(text: str) -> str:
    """Return a text or an address for a template, escaped: without the characters that no page may hold.

    (The template engine would escape it too, but slashes as well, and controls not.)
    """
    return finished(escaped(text))


@cache
def _environment() -> Environment:
    return Environment(
        templates={path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.html"))},
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
    )
