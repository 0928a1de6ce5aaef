"""Every page of the web door, by a name: what the tests of validity, words, weight and browsers go through."""

from collections.abc import Callable

from folkmoot.doors.web.error_page import Fault, error_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page
from folkmoot.doors.web.thread_page import thread_page
from folkmoot.queries.list_views import PostList
from folkmoot.queries.views import Absence, Feed, PostSort, ThreadView
from tests.doors.web import factories, threads
from tests.doors.web.lists import busy_list

NO_POSTS = PostList((), None, PostSort.ACTIVE)

Page = Callable[[Frame], str]


def thread_of(thread: Callable[[], ThreadView]) -> Page:
    return lambda frame: thread_page(thread(), frame)


def _error(status: int) -> Page:
    code = "bad_cursor" if status == 400 else ""
    return lambda frame: error_page(Fault(status, code, "a1b2c3d4e5f6", 40, "/?after=2"), frame)


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
    "front": lambda frame: front_page(busy_list(), frame, factories.NOW, feed=Feed.ALL, after=None),
    "empty": lambda frame: front_page(NO_POSTS, frame, factories.NOW, feed=Feed.ALL, after=None),
    **{f"error-{status}": _error(status) for status in (400, 403, 404, 405, 406, 410, 413, 429, 500, 503)},
}
