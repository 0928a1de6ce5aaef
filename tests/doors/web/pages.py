"""Every page of the web door, by a name: what the tests of validity, words, weight and browsers go through."""

from collections.abc import Callable

from folkmoot.doors.web.error_page import error_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page
from folkmoot.doors.web.thread_page import thread_page
from folkmoot.queries.views import Absence, PostList, ThreadView
from tests.doors.web import factories, threads
from tests.doors.web.lists import busy_list

Page = Callable[[Frame], str]


def _of(thread: Callable[[], ThreadView]) -> Page:
    return lambda frame: thread_page(thread(), frame)


def _error(status: int) -> Page:
    return lambda frame: error_page(status, frame, request_id="a1b2c3d4e5f6")


PAGES: dict[str, Page] = {
    "lively": _of(threads.lively_thread),
    "imported": _of(threads.imported_thread),
    "deep": _of(lambda: threads.deep_thread(40)),
    "arabic": _of(threads.arabic_thread),
    "hostile": _of(threads.hostile_thread),
    "formatted": _of(threads.formatted_thread),
    "locked": _of(threads.locked_thread),
    "deleted": _of(lambda: threads.gone_thread(Absence.DELETED)),
    "removed": _of(lambda: threads.gone_thread(Absence.REMOVED, "rule 2")),
    "silent": _of(factories.thread),
    "front": lambda frame: front_page(busy_list(), frame, factories.NOW),
    "empty": lambda frame: front_page(PostList((), None), frame, factories.NOW),
    **{f"error-{status}": _error(status) for status in (400, 403, 404, 405, 406, 410, 500, 503)},
}
