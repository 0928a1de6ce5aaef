"""What is new in this thread? RSS 2.0: the post is the channel, each comment an item, the newest first."""

from collections.abc import Iterator

from folkmoot.doors.feeds.rss import element, rss, self_link, xml_text
from folkmoot.doors.handles import comment_address, full_handle, post_address
from folkmoot.model.ids import CommentId, PersonId
from folkmoot.model.times import http_date
from folkmoot.queries.views import Absence, CommentView, ThreadView


def thread_feed(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as a feed: see `docs/forms.md`. Deleted and removed comments are left out."""
    present = [comment for comment in view.comments if comment.absence is Absence.PRESENT]
    present.sort(key=lambda comment: (comment.published, comment.id), reverse=True)
    write = _Items(view.post.title, site_url).written
    return rss(_channel(view, site_url=site_url), map(write, present))


def _channel(view: ThreadView, *, site_url: str) -> Iterator[str]:
    post = view.post
    address = post_address(site_url, post.id) if view.root is None else comment_address(site_url, view.root)
    yield element("title", post.title or address)
    yield element("link", address)
    yield self_link(f"{address}.rss")
    yield element("description", post.html)
    yield element("dc:creator", full_handle(post.author, site_url=site_url, spelled=post.handle))
    yield element("pubDate", http_date(post.published))


class _Items:
    """Writes items, each in one go: what a person's all share is escaped once; see `rss.element`."""

    def __init__(self, title: str, site_url: str) -> None:
        self._title = xml_text(f" · {title}") if title else ""
        self._site_url = site_url
        self._address = xml_text(comment_address(site_url, CommentId(0)))[:-1]
        self._handles: dict[PersonId, str] = {}

    def written(self, comment: CommentView) -> str:
        author, spelled = comment.author, comment.handle
        handle = self._handles.get(author.id) if spelled is None else xml_text(spelled)
        if handle is None:
            handle = self._handles[author.id] = xml_text(full_handle(author, site_url=self._site_url))
        address = f"{self._address}{comment.id}"
        return (
            f"<item><title>{handle}{self._title}</title><link>{address}</link><guid>{address}</guid>"
            f"<pubDate>{http_date(comment.published)}</pubDate><dc:creator>{handle}</dc:creator>"
            f"<description>{xml_text(comment.html)}</description></item>"
        )
