"""Where can a reader go from here? The frame's links as a page, for small screens and for those without pictures."""

from folkmoot.doors.web.frame import Frame, fill_page, plain
from folkmoot.doors.web.head import Head


def menu_page(frame: Frame) -> str:
    """Return the page of links."""
    _ = frame.language.gettext
    links = (
        ("/", _("Front page"), _("Posts of all communities that are known here.")),
        ("/?feed=local", _("Local posts"), _("Posts of the communities of this server.")),
        ("/communities", _("Communities"), _("Where people talk, and about what.")),
        ("/modlog", _("Modlog"), _("What moderators did, and why.")),
        ("/sorts", _("How lists are ordered"), _("Every order, with its formula.")),
        ("/appearance", _("Appearance"), _("Theme, density of lists, size of text.")),
        ("/about", _("About this server"), _("Who is here, and what it runs on.")),
    )
    return fill_page(
        "menu.html",
        frame,
        head=Head(_("Menu"), "/menu"),
        values={
            "here": "menu",
            "links": [
                {"href": plain(href), "name": plain(name), "sentence": plain(said)} for href, name, said in links
            ],
        },
    )
