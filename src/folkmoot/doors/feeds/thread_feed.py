"""What is new in this thread? RSS 2.0: the post is the channel, each comment an item, the newest first."""

import re
from collections.abc import Iterator
from html import escape

from folkmoot.doors.handles import comment_address, full_handle, post_address
from folkmoot.model.times import http_date
from folkmoot.queries.views import Absence, CommentView, ThreadView

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def thread_feed(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as a feed: see `docs/forms.md`. Deleted and removed comments are left out."""
    present = [comment for comment in view.comments if comment.absence is Absence.PRESENT]
    present.sort(key=lambda comment: (comment.published, comment.id), reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<rss version="2.0" {_NAMESPACES}>',
        "<channel>",
        *_channel(view, site_url=site_url),
        *(_item(comment, view, site_url=site_url) for comment in present),
        "</channel>",
        "</rss>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _channel(view: ThreadView, *, site_url: str) -> Iterator[str]:
    post = view.post
    address = post_address(site_url, post.id) if view.root is None else comment_address(site_url, view.root)
    yield _element("title", post.title or address)
    yield _element("link", address)
    yield f'<atom:link rel="self" type="application/rss+xml" href="{_text(address)}.rss"/>'
    yield _element("description", post.html)
    yield _element("dc:creator", full_handle(post.author, site_url=site_url, spelled=post.handle))
    yield _element("pubDate", http_date(post.published))
    yield _element("generator", "Folkmoot")


def _item(comment: CommentView, view: ThreadView, *, site_url: str) -> str:
    handle = full_handle(comment.author, site_url=site_url, spelled=comment.handle)
    address = comment_address(site_url, comment.id)
    elements = (
        _element("title", f"{handle} · {view.post.title}" if view.post.title else handle),
        _element("link", address),
        _element("guid", address),
        _element("pubDate", http_date(comment.published)),
        _element("dc:creator", handle),
        _element("description", comment.html),
    )
    return f"<item>{''.join(elements)}</item>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    """Escape for element and attribute; what XML 1.0 cannot hold becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", text))
