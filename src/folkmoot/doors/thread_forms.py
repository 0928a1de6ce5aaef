"""Which form has which renderer? The one place where the doors' forms of a thread come together.

It stands above `web`, `api`, `feeds` and `forms`, which do not know each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from folkmoot.doors.api.present import thread_json
from folkmoot.doors.depends import SITE, Depends, Of, ages_until
from folkmoot.doors.documents import Whole, digest_of
from folkmoot.doors.feeds.thread_feed import thread_feed
from folkmoot.doors.forms.markdown import markdown_form
from folkmoot.doors.forms.text import text_form
from folkmoot.doors.negotiate import Form
from folkmoot.model.ids import Micros
from folkmoot.queries.comments import Wanted
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

TEXTS: Mapping[Form, Wanted] = {
    Form.TEXT: Wanted.TEXT,
    Form.MARKDOWN: Wanted.SOURCE,
    Form.JSON: Wanted.SOURCE | Wanted.TEXT,
    Form.RSS: Wanted.HTML,
}
"""Which of the comments' texts a form has."""

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


class Made(NamedTuple):
    """A form of a thread, ready to be sent and to be kept.

    `newest`: when something in the thread changed last; None for a form that says how long ago.
    """

    body: Whole
    newest: Micros | None
    depends: Depends


def made_of(reading: Reading) -> Made:
    """Make the form that is wanted."""
    body = RENDERERS[reading.form](reading)
    newest = _newest_moment(reading.view) if reading.form in EXACT_TIMES else None
    return Made(Whole(body, digest_of(body)), newest, _depends(reading))


def _newest_moment(view: ThreadView) -> Micros:
    """Give the newest time at which something in a thread is known to have changed."""
    post = view.post
    newest = max(post.published, post.received, post.updated or post.published, post.gone_since or post.published)
    for comment in view.comments:
        updated, gone_since = comment.updated or newest, comment.gone_since or newest
        newest = max(newest, comment.received, comment.published, updated, gone_since)
    return newest


def _depends(reading: Reading) -> Depends:
    """Say what a form of a thread shows."""
    view = reading.view
    post, comments = view.post, view.comments
    until = None
    if reading.form not in EXACT_TIMES:
        moments = [comment.published if comment.updated is None else comment.updated for comment in comments]
        until = ages_until(moments, view.as_of)
    return Depends(
        things=frozenset({SITE, (Of.POST, int(post.id)), (Of.COMMUNITY, int(post.community.id))}),
        people=frozenset({post.author.id, *[comment.author.id for comment in comments]}),
        until=until,
    )
