"""Which form has which renderer? The one place where the doors' forms of a thread come together.

It stands above `web`, `api`, `feeds` and `forms`, which do not know each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from folkmoot.doors.api.present import thread_json
from folkmoot.doors.feeds.thread_feed import thread_feed
from folkmoot.doors.forms.markdown import markdown_form
from folkmoot.doors.forms.text import text_form
from folkmoot.doors.negotiate import Form
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.thread_page import thread_page
from folkmoot.model.ids import Micros
from folkmoot.queries.views import SiteView, ThreadView


@dataclass(frozen=True, slots=True)
class Reading:
    """A thread, the form that is wanted of it, and what the page needs besides: a frame and a language."""

    form: Form
    view: ThreadView
    site_url: str
    site: SiteView
    language: Language


def _page(reading: Reading) -> bytes:
    return thread_page(reading.view, Frame(reading.site, reading.site_url, reading.language)).encode()


RENDERERS: Mapping[Form, Callable[[Reading], bytes]] = {
    Form.HTML: _page,
    Form.TEXT: lambda reading: text_form(reading.view, site_url=reading.site_url),
    Form.MARKDOWN: lambda reading: markdown_form(reading.view, site_url=reading.site_url),
    Form.JSON: lambda reading: thread_json(reading.view, site_url=reading.site_url),
    Form.RSS: lambda reading: thread_feed(reading.view, site_url=reading.site_url),
}

MEDIA_TYPES: Mapping[Form, str] = {
    Form.HTML: "text/html; charset=utf-8",
    Form.TEXT: "text/plain; charset=utf-8",
    Form.MARKDOWN: "text/markdown; charset=utf-8",
    Form.JSON: "application/json",
    Form.RSS: "application/rss+xml; charset=utf-8",
    Form.ACTIVITY: "application/activity+json",
}

EXACT_TIMES = frozenset({Form.MARKDOWN, Form.JSON, Form.RSS})
"""The forms that say when, not how long ago: they stay the same while time passes."""


def newest_moment(view: ThreadView) -> Micros:
    """Give the newest time at which something in a thread is known to have changed."""
    moments = [view.post.published, view.post.received]
    moments += [at for at in (view.post.updated, view.post.gone_since) if at is not None]
    for comment in view.comments:
        moments += (comment.published, comment.received)
        moments += [at for at in (comment.updated, comment.gone_since) if at is not None]
    return max(moments)
