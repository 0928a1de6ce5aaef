"""The small pages, by a name, drawn from views made by hand."""

from collections.abc import Callable
from typing import Any

from folkmoot.doors.web.about_page import about_page
from folkmoot.doors.web.appearance_page import appearance_page
from folkmoot.doors.web.error_page import Fault, error_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.history_page import history_page
from folkmoot.doors.web.menu_page import menu_page
from folkmoot.doors.web.modlog_page import Asked, modlog_page
from folkmoot.doors.web.more_page import more_page
from folkmoot.doors.web.sorts_page import place_asked, sorts_page
from folkmoot.model.ids import CommentId, Micros, ModlogId, PostId, Uri
from folkmoot.queries.list_views import (
    EditionView,
    History,
    ItemView,
    ModlogDeed,
    ModlogEntry,
    ModlogList,
    PostTexts,
)
from folkmoot.queries.site_numbers import SiteNumbers
from folkmoot.queries.views import Absence, CommunityView
from folkmoot.text.html import Html
from tests.doors.web.factories import DAY, HOUR, NOW, author, comment, community, line
from tests.doors.web.threads import HOSTILE

Page = Callable[[Frame], str]

STATUSES = (400, 403, 404, 405, 406, 410, 413, 429, 500, 503)
WRITTEN = "The room has stood empty since the keeper retired.\n\nA service has offered to pay for a new roof."
EDITED = "The room under the bells has stood empty since the keeper retired.\n\nNobody has offered to pay for a roof."


def error(status: int) -> Page:
    """Draw the page of a fault."""
    code = "bad_cursor" if status == 400 else ""
    return lambda frame: error_page(Fault(status, code, "a1b2c3d4e5f6", 40, "/?feed=local"), frame)


def deed(number: int, kind: ModlogDeed, *, undone: bool = False, reason: str | None = None) -> ModlogEntry:
    """Make one of the modlog."""
    of_comment = kind is ModlogDeed.REMOVE_COMMENT
    return ModlogEntry(
        id=ModlogId(number),
        at=Micros(NOW - number * 7 * HOUR),
        deed=kind,
        undone=undone,
        moderator=author("hazel", moderator=True),
        community=community(),
        post=PostId(7),
        title="The town wants to rent its clock tower to a weather station",
        comment=CommentId(number) if of_comment else None,
        author=author("mallory@lowmoor.example"),
        reason=reason,
    )


def deeds() -> ModlogList:
    """Make one deed of every kind, done and undone, and a next page."""
    every = [(kind, undone) for kind in ModlogDeed for undone in (False, True)]
    made = [
        deed(
            number, kind, undone=undone, reason=None if undone else "rule 2: what is sold is sold in the market thread"
        )
        for number, (kind, undone) in enumerate(every, 1)
    ]
    gone = deed(9, ModlogDeed.REMOVE_POST, reason="advertising")._replace(title="", moderator=None, community=None)
    return ModlogList((*made, gone), "abc123")


def hostile_deeds() -> ModlogList:
    """Make a deed of which every text tries to break out."""
    bad = author("x", name=HOSTILE, host=HOSTILE)
    place = community(title=HOSTILE, name=HOSTILE, host=HOSTILE)
    made = deed(1, ModlogDeed.REMOVE_COMMENT, reason=HOSTILE)
    return ModlogList((made._replace(moderator=bad, author=bad, community=place, title=HOSTILE),), None)


def modlog_of(view: ModlogList, of: CommunityView | None = None, after: str | None = None) -> Page:
    """Draw a part of the modlog."""
    return lambda frame: modlog_page(view, Asked(of, after), frame, NOW)


def edition(number: int, *, text: str = "", title: str = "", until: bool = True) -> EditionView:
    """Make what a thing said at one time."""
    since = Micros(NOW - (10 - number) * DAY)
    shown_until = Micros(since + DAY) if until else None
    return EditionView(number, title, None, text, Html(""), text, literal=False, since=since, until=shown_until)


def edited_post() -> History:
    """Make a post that was edited twice: its text, then its title."""
    title = "The town wants to rent its clock tower"
    return History(
        ItemView(line(title=f"{title} out", texts=PostTexts(EDITED, Html(""), EDITED, literal=False))),
        (
            edition(3, text=EDITED, title=f"{title} out", until=False)._replace(url="https://gazette.example/tower"),
            edition(2, text=EDITED, title=title),
            edition(1, text=WRITTEN, title=title),
        ),
    )


def comment_of(*, absence: Absence = Absence.PRESENT, source: str = WRITTEN, **changes: Any) -> History:
    """Make a comment that was never edited."""
    said = comment(9, absence=absence, source=source, **changes)
    only = edition(1, text=source if absence is Absence.PRESENT else "", until=False)
    return History(ItemView(line(title="The harbour model"), said), (only,))


def hostile_history() -> History:
    """Make a history of which every text tries to break out."""
    bad = author("x", name=HOSTILE, host=HOSTILE)
    place = community(title=HOSTILE, name=HOSTILE, host=HOSTILE)
    said = PostTexts(HOSTILE, Html(""), HOSTILE, literal=True)
    post = line(title=HOSTILE, author=bad, community=place, texts=said, uri=Uri("https://example.org/\"'><script>"))
    now = edition(2, text=HOSTILE, title=HOSTILE, until=False)
    return History(ItemView(post), (now, edition(1, text=HOSTILE + " more", title="x")))


def history_of(view: History) -> Page:
    """Draw a history."""
    return lambda frame: history_page(view, frame, NOW)


def more_of(view: History) -> Page:
    """Draw what is behind "More"."""
    return lambda frame: more_page(view.item, frame, NOW)


SMALL: dict[str, Page] = {
    **{f"error-{status}": error(status) for status in STATUSES},
    "appearance": lambda frame: appearance_page(frame, back="/post/7?sort=new#c9"),
    "menu": menu_page,
    "about": lambda frame: about_page(SiteNumbers(1_204, 31, 12_408, 99_310), frame),
    "sorts": lambda frame: sorts_page(place_asked("/?feed=local&sort=hot"), frame),
    "sorts-thread": lambda frame: sorts_page(place_asked("/post/7"), frame),
    "sorts-person": lambda frame: sorts_page(place_asked("/u/hazel@saltmarsh.example?show=posts"), frame),
    "modlog": modlog_of(deeds(), after="abc"),
    "modlog-community": modlog_of(ModlogList((), None), community()),
    "modlog-hostile": modlog_of(hostile_deeds(), community(title=HOSTILE, name=HOSTILE, host=HOSTILE)),
    "history": history_of(edited_post()),
    "history-imported": history_of(comment_of(position=4)),
    "history-gone": history_of(comment_of(absence=Absence.REMOVED)),
    "history-hostile": history_of(hostile_history()),
    "more": more_of(edited_post()),
    "more-comment": more_of(comment_of(uri=Uri("https://lowmoor.example/comment/1"))),
    "more-gone": more_of(comment_of(absence=Absence.DELETED, source="")),
    "more-hostile": more_of(hostile_history()),
}
