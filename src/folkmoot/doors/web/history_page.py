"""What did this say before it was edited? Each edition with its exact time, and what it changed."""

from itertools import accumulate, zip_longest

from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.item_head import head_values, item_absence, item_author, item_path
from folkmoot.doors.web.present import Markup, Scene, spelled
from folkmoot.doors.web.word_diff import Change, Effort, Piece, word_diff
from folkmoot.doors.web.words import moment_of
from folkmoot.model.ids import Micros
from folkmoot.queries.history import EARLIER_READ
from folkmoot.queries.list_views import EditionView, History, ItemView
from folkmoot.queries.views import Absence
from folkmoot.text.html import escaped

PAIRS_COMPARED = 600_000
"""So many pairs of lines or words are compared for one page."""
EDITIONS_SHOWN = EARLIER_READ
CHARS_SHOWN = 400_000
"""The newest editions, until there are so many of them, or together so long."""

_TAGS = {Change.SAME: ("", ""), Change.GONE: ("<del>", "</del>"), Change.NEW: ("<ins>", "</ins>")}


def history_page(view: History, frame: Frame, now: Micros) -> str:
    """Return the page of all that a post or comment ever said."""
    scene = frame.scene(now)
    _ = frame.language.gettext
    of_post = view.item.comment is None
    present = item_absence(view.item) is Absence.PRESENT
    shown = _shown(view.editions) if present else ()
    return fill_page(
        "history.html",
        frame,
        head=Head(_title(view.item, frame.language)),
        values={
            "here": "history",
            "heading": _("History of a post") if of_post else _("History of a comment"),
            **head_values(view.item, scene),
            "editions": _editions(shown, view, scene),
            "more": present and len(view.editions) > len(shown),
            "unknown": plain(_unknown(view, scene) if present else ""),
            "back": plain(item_path(view.item)),
            "back_to": plain(_("Back to the post") if of_post else _("Back to the comment")),
        },
    )


def _title(item: ItemView, language: Language) -> str:
    """Return what the browser's tab says: whose history it is."""
    _ = language.gettext
    title, name = item.post.title, spelled(*item_author(item))[0]
    if item.comment is None:
        return _("History of the post “{title}”").replace("{title}", title) if title else _("History of a post")
    if not title:
        return _("History of a comment by {name}").replace("{name}", name)
    return _("History of a comment by {name} on “{title}”").replace("{name}", name).replace("{title}", title)


def _shown(editions: tuple[EditionView, ...]) -> tuple[EditionView, ...]:
    lengths = accumulate(len(edition.source) for edition in editions[:EDITIONS_SHOWN])
    return editions[: max(1, sum(1 for length in lengths if length <= CHARS_SHOWN))]


def _editions(shown: tuple[EditionView, ...], view: History, scene: Scene) -> list[dict[str, object]]:
    effort = Effort(PAIRS_COMPARED)
    earlier = view.editions[1 : len(shown) + 1]
    return [
        {
            "title": plain(_name(edition, before, scene)),
            "time": finished(_time(edition.since, scene, approximate=_is_reckoned(edition, view))),
            "changes": [finished(change) for change in _changes(edition, before, effort)],
        }
        for edition, before in zip_longest(shown, earlier)
    ]


def _name(edition: EditionView, before: EditionView | None, scene: Scene) -> str:
    _ = scene.words.language.gettext
    if before is None:
        return _("As it was written") if edition.until else _("As it is, never edited here")
    return _("As it is now") if edition.until is None else _("Edited")


def _is_reckoned(edition: EditionView, view: History) -> bool:
    """Whether its time was reckoned from a rounded age: of what an imported file says; what came later is exact."""
    written = view.item.post if view.item.comment is None else view.item.comment
    return written.approximate and edition.since <= written.received


def _time(at: Micros, scene: Scene, *, approximate: bool) -> Markup:
    stamp = moment_of(at).isoformat(timespec="seconds")[:19]
    return Markup(f"<time datetime={stamp}Z>{escaped(scene.words.about(at, approximate=approximate))}</time>")


def _changes(edition: EditionView, before: EditionView | None, effort: Effort) -> list[Markup]:
    """Return title, address and text, each with its differences; a title or address that stayed is left out."""
    old = edition if before is None else before
    parts = []
    for kind, now, then in (("diff-title", edition.title, old.title), ("diff-url", edition.url or "", old.url or "")):
        if now != then or (before is None and now):
            parts.append(_part(kind, then, now, effort))
    return [*parts, _part("diff-source", old.source, edition.source, effort)]


def _part(kind: str, old: str, new: str, effort: Effort) -> Markup:
    drawn = "".join(map(_drawn, word_diff(old, new, effort)))
    return Markup(f'<div class="{kind}" dir="auto" lang="">{drawn}</div>')


def _drawn(piece: Piece) -> str:
    """Mark what is gone or new; the white space around it only where there is nothing else."""
    opening, closing = _TAGS[piece.change]
    marked = piece.text.strip() or piece.text
    before, _, after = piece.text.partition(marked)
    return f"{escaped(before)}{opening}{escaped(marked)}{closing}{escaped(after)}"


def _unknown(view: History, scene: Scene) -> str:
    """Say since when its text is known here, of what was written elsewhere; nothing of what was written here."""
    post, comment = view.item.post, view.item.comment
    written = post if comment is None else comment
    from_file = post.imported if comment is None else comment.position is not None
    if not from_file and written.uri is None:
        return ""
    sentence = scene.words.language.gettext("What it said before {moment} is not known here.")
    return sentence.replace("{moment}", scene.words.moment(written.received))
