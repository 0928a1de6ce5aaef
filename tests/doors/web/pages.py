"""Every page of the web door, by a name: what the tests of validity, words, weight and browsers go through."""

from collections.abc import Callable

from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page
from folkmoot.doors.web.thread_page import thread_page
from folkmoot.queries.list_views import PostList
from folkmoot.queries.views import Absence, Feed, PostSort, ThreadView
from tests.doors.web import factories, threads
from tests.doors.web.lists import busy_list
from tests.doors.web.small_pages import SMALL

NO_POSTS = PostList((), None, PostSort.ACTIVE)

Page = Callable[[Frame], str]


def thread_of(thread: Callable[[], ThreadView]) -> Page:
    return lambda frame: thread_page(thread(), frame)


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
    **SMALL,
}
