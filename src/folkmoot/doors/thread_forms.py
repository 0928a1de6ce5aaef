"""Which form has which renderer? The one place where the doors' forms of a thread come together.

It stands above `web`, `api`, `feeds` and `forms`, which do not know each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from folkmoot.doors.api.present import thread_json
from folkmoot.doors.depends import SITE, Depends, Of, ages_until
from folkmoot.doors.feeds.thread_feed import thread_feed
from folkmoot.doors.forms.markdown import markdown_form
from folkmoot.doors.forms.text import text_form
from folkmoot.doors.negotiate import Form
from folkmoot.model.ids import Micros
from folkmoot.queries.views import ThreadView


@dataclass(frozen=True, slots=True)
class Reading:
    """A thread, and the form that is wanted of it: any but the page, which is made of less."""

    form: Form
    view: ThreadView
    site_url: str


RENDERERS: Mapping[Form, Callable[[Reading], bytes]] = {
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
    post = view.post
    newest = max(post.published, post.received, post.updated or post.published, post.gone_since or post.published)
    for comment in view.comments:
        updated, gone_since = comment.updated or newest, comment.gone_since or newest
        newest = max(newest, comment.received, comment.published, updated, gone_since)
    return newest


def reading_depends(reading: Reading) -> Depends:
    """Say what a form of a thread shows."""
    view = reading.view
    ages = [comment.published if comment.updated is None else comment.updated for comment in view.comments]
    return Depends(
        things=frozenset({SITE, (Of.POST, int(view.post.id)), (Of.COMMUNITY, int(view.post.community.id))}),
        people=frozenset({int(view.post.author.id), *(int(comment.author.id) for comment in view.comments)}),
        until=None if reading.form in EXACT_TIMES else ages_until(ages, view.as_of),
    )
