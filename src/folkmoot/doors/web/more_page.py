"""What else is there to a post or comment? Its address, its other forms, its history, the text as it was typed."""

from folkmoot.doors.handles import comment_address, post_address
from folkmoot.doors.web.frame import Frame, fill_page, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.item_head import head_values, item_absence, item_author, item_path
from folkmoot.doors.web.paths import person_path
from folkmoot.doors.web.present import spelled
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import ItemView
from folkmoot.queries.views import Absence


def more_page(item: ItemView, frame: Frame, now: Micros) -> str:
    """Return the page. Of what is gone it shows no text."""
    scene = frame.scene(now)
    _ = frame.language.gettext
    heading = _("More about a post") if item.comment is None else _("More about a comment")
    path = item_path(item)
    links = (
        (f"{path}.txt", _("Text"), _("For terminals, and for keeping.")),
        (f"{path}.md", _("Markdown"), _("For editors.")),
        (f"{path}.json", _("JSON"), _("For programs.")),
        (f"{path}.rss", _("Feed"), _("What is written below it, for feed readers.")),
        (f"{path}/history", _("History"), _("What it said before it was edited.")),
        (person_path(item_author(item)[0]), _("Its author"), _("What else they wrote.")),
    )
    return fill_page(
        "more.html",
        frame,
        head=Head(_title(item, frame.language)),
        values={
            "here": "more",
            "heading": heading,
            **head_values(item, scene),
            "address": plain(_address(item, frame.site_url)),
            "elsewhere": plain(_elsewhere(item)),
            "back": plain(path),
            "back_to": plain(_("Back to the post") if item.comment is None else _("Back to the comment")),
            "links": [
                {"href": plain(href), "name": plain(name), "sentence": plain(said)} for href, name, said in links
            ],
            "source": plain(_source(item)),
        },
    )


def _title(item: ItemView, language: Language) -> str:
    """Return what the browser's tab says: which post or comment it is about."""
    _ = language.gettext
    title, name = item.post.title, spelled(*item_author(item))[0]
    if item.comment is None:
        return _("More about the post “{title}”").replace("{title}", title) if title else _("More about a post")
    if not title:
        return _("More about a comment by {name}").replace("{name}", name)
    return _("More about a comment by {name} on “{title}”").replace("{name}", name).replace("{title}", title)


def _address(item: ItemView, site_url: str) -> str:
    if item.comment is None:
        return post_address(site_url, item.post.id)
    return comment_address(site_url, item.comment.id)


def _elsewhere(item: ItemView) -> str:
    """Return the address under which its own server has it; nothing for what is of here or gone."""
    uri = item.post.uri if item.comment is None else item.comment.uri
    return uri if uri is not None and item_absence(item) is Absence.PRESENT else ""


def _source(item: ItemView) -> str:
    if item.comment is not None:
        return item.comment.source
    return "" if item.post.texts is None else item.post.texts.source
