"""What is new in this thread? RSS 2.0: the post is the channel, each comment an item, the newest first."""

from collections.abc import Iterator

from folkmoot.doors.feeds.rss import element, item, rss, self_link
from folkmoot.doors.handles import comment_address, full_handle, post_address
from folkmoot.model.times import http_date
from folkmoot.queries.views import Absence, CommentView, ThreadView


def thread_feed(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as a feed: see `docs/forms.md`. Deleted and removed comments are left out."""
    present = [comment for comment in view.comments if comment.absence is Absence.PRESENT]
    present.sort(key=lambda comment: (comment.published, comment.id), reverse=True)
    return rss(_channel(view, site_url=site_url), (_item(comment, view, site_url=site_url) for comment in present))


def _channel(view: ThreadView, *, site_url: str) -> Iterator[str]:
    post = view.post
    address = post_address(site_url, post.id) if view.root is None else comment_address(site_url, view.root)
    yield element("title", post.title or address)
    yield element("link", address)
    yield self_link(f"{address}.rss")
    yield element("description", post.html)
    yield element("dc:creator", full_handle(post.author, site_url=site_url, spelled=post.handle))
    yield element("pubDate", http_date(post.published))


def _item(comment: CommentView, view: ThreadView, *, site_url: str) -> str:
    handle = full_handle(comment.author, site_url=site_url, spelled=comment.handle)
    address = comment_address(site_url, comment.id)
    return item(
        (
            element("title", f"{handle} · {view.post.title}" if view.post.title else handle),
            element("link", address),
            element("guid", address),
            element("pubDate", http_date(comment.published)),
            element("dc:creator", handle),
            element("description", comment.html),
        )
    )
