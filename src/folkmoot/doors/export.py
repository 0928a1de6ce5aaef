"""How does a thread leave as a file? In any form that a reader of files wants, as of any time since it was known."""

from collections.abc import Callable

from folkmoot.db.base import Db
from folkmoot.doors.negotiate import Form
from folkmoot.doors.thread_forms import RENDERERS, Reading
from folkmoot.doors.web.comment_list import comment_list
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import choose
from folkmoot.doors.web.kept_page import kept_page
from folkmoot.doors.web.talk_pages import drawn_talk
from folkmoot.doors.web.thread_page import thread_page
from folkmoot.model.ids import Micros, PostId
from folkmoot.queries.site import site
from folkmoot.queries.talk import Wish, talk_then
from folkmoot.queries.thread import thread
from folkmoot.queries.views import CommentSort

EXPORT_FORMS = {"text": Form.TEXT, "markdown": Form.MARKDOWN, "html": Form.HTML, "json": Form.JSON}
"""What a thread can be exported as, by the name that the command line has for it."""


def export_thread(
    db: Db, post: PostId, *, form: Form, as_of: Micros | None, site_url: str, clock: Callable[[], Micros]
) -> bytes:
    """Give a thread as a document.

    Args:
        db: where it is.
        post: its post.
        form: one of `EXPORT_FORMS`; the page is in English, and carries its style sheet.
        as_of: what was known by then, as it was seen then; None: now.
        site_url: of this site.
        clock: says when now is.

    Raises:
        NotFound: `couldnt_find_post`.
        Invalid: `not_known_then`.
    """
    if form is Form.HTML:
        page = _page(db, post, as_of=as_of, site_url=site_url, now=clock())
        return kept_page(page.decode(), site_url).encode()
    # the text form keeps imported things as they were shown
    sort = CommentSort.SHOWN if form is Form.TEXT else None
    with db.read() as reader:
        view = thread(reader, post, sort=sort, now=clock(), as_of=as_of)
    return RENDERERS[form](Reading(form, view, site_url))


def _page(db: Db, post: PostId, *, as_of: Micros | None, site_url: str, now: Micros) -> bytes:
    """Draw the whole thread, in English."""
    wish = Wish(whole=True)
    with db.read() as reader:
        frame = Frame(site(reader), site_url, choose(None, None))
        above, talk, said = talk_then(reader, post, wish, now=now, as_of=as_of)
    made = comment_list(talk, said, frame.scene(above.as_of))
    return thread_page(above, drawn_talk(talk, made), frame).page(made.markup)
