"""What is this server? Its own words about itself, how much is here, and which program it runs."""

from folkmoot import __version__
from folkmoot.doors.handles import site_host
from folkmoot.doors.web.frame import Frame, fill_page, plain
from folkmoot.doors.web.head import Head
from folkmoot.queries.site_numbers import SiteNumbers


def about_page(numbers: SiteNumbers, frame: Frame) -> str:
    """Return the page."""
    _ = frame.language.gettext
    number = frame.language.number
    facts = (
        (_("Address"), site_host(frame.site_url)),
        (_("People"), number(numbers.people)),
        (_("Communities"), number(numbers.communities)),
        (_("Posts"), number(numbers.posts)),
        (_("Comments"), number(numbers.comments)),
        (_("Program"), f"Folkmoot {__version__}"),
        (_("Licence"), "AGPL-3.0-or-later"),
    )
    return fill_page(
        "about.html",
        frame,
        head=Head(_("About this server"), "/about", frame.site.description),
        values={
            "here": "about",
            "description": plain(frame.site.description),
            "facts": [{"name": plain(name), "value": plain(value)} for name, value in facts],
        },
    )
