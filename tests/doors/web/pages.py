"""Every page of the web door, by a name: what the tests of validity, words, weight and browsers go through."""

from collections.abc import Callable

from folkmoot.doors.web.frame import Frame
from folkmoot.model.ids import CommentId
from folkmoot.queries.talk import Wish
from folkmoot.queries.views import Absence, ThreadView
from tests.doors.web import factories, threads
from tests.doors.web.list_pages import LISTS
from tests.doors.web.small_pages import SMALL
from tests.doors.web.talks import drawn_comment, drawn_thread

Page = Callable[[Frame], str]


def thread_of(thread: Callable[[], ThreadView]) -> Page:
    return lambda frame: drawn_thread(thread(), frame)


def comment_of(thread: Callable[[], ThreadView], comment: int, *, above: int = 0) -> Page:
    return lambda frame: drawn_comment(thread(), comment, frame, above=above)


PAGES: dict[str, Page] = {
    "lively": thread_of(threads.lively_thread),
    "imported": thread_of(threads.imported_thread),
    "deep": thread_of(lambda: threads.deep_thread(40)),
    "arabic": thread_of(threads.arabic_thread),
    "hostile": thread_of(threads.hostile_thread),
    "formatted": thread_of(threads.formatted_thread),
    "locked": thread_of(threads.locked_thread),
    "deleted": thread_of(lambda: threads.gone_thread(Absence.DELETED)),
    "removed": thread_of(lambda: threads.gone_thread(Absence.REMOVED, "rule 2")),
    "silent": thread_of(factories.thread),
    "part": lambda frame: drawn_thread(threads.long_thread(1_200), frame, Wish(start=CommentId(1081))),
    "cut": lambda frame: drawn_thread(threads.cut_thread(), frame, Wish()),
    "context": comment_of(threads.lively_thread, 12, above=2),
    "context-gone": comment_of(lambda: threads.gone_thread(Absence.DELETED), 1),
    **LISTS,
    **SMALL,
}
