"""What is new in this list? RSS 2.0: the front page, a community or a person as the channel, posts and comments in it.

There are no words of ours in it, for feed readers name no language: counts and names stand in elements of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from folkmoot.doors.feeds.rss import element, item, rss, self_link
from folkmoot.doors.handles import comment_address, community_address, full_handle, post_address
from folkmoot.model.times import http_date
from folkmoot.queries.list_views import ItemView, PostLine, PostList
from folkmoot.queries.views import CommentView
from folkmoot.text.html import escaped

ADULT = "NSFW"
"""The category of what not everybody wants to see, beside that of its community."""


class Channel(NamedTuple):
    """What a feed says of itself. Addresses are whole; `description` is HTML."""

    title: str
    address: str
    feed_address: str
    description: str


def posts_feed(view: PostList, channel: Channel, *, site_url: str) -> bytes:
    """Give a list of posts with texts as a feed, in its order: see `docs/forms.md`."""
    return rss(_channel(channel), (_post(line, site_url=site_url) for line in view.posts))


def items_feed(items: Sequence[ItemView], channel: Channel, *, site_url: str) -> bytes:
    """Give posts with texts, and comments, as a feed, in their order."""
    return rss(
        _channel(channel),
        (
            _post(one.post, site_url=site_url)
            if one.comment is None
            else _comment(one.comment, one.post, site_url=site_url)
            for one in items
        ),
    )


def _channel(channel: Channel) -> Iterator[str]:
    yield element("title", channel.title)
    yield element("link", channel.address)
    yield self_link(channel.feed_address)
    yield element("description", channel.description)


def _post(line: PostLine, *, site_url: str) -> str:
    address = post_address(site_url, line.id)
    return item(
        (
            element("title", line.title),
            element("link", address),
            element("guid", address),
            element("comments", f"{address}#comments"),
            element("slash:comments", str(line.comments)),
            element("pubDate", http_date(line.published)),
            element("dc:creator", full_handle(line.author, site_url=site_url, spelled=line.handle)),
            *_categories(line, site_url=site_url),
            element("description", _description(line)),
        )
    )


def _comment(comment: CommentView, post: PostLine, *, site_url: str) -> str:
    handle = full_handle(comment.author, site_url=site_url, spelled=comment.handle)
    address = comment_address(site_url, comment.id)
    return item(
        (
            element("title", f"{handle} · {post.title}" if post.title else handle),
            element("link", address),
            element("guid", address),
            element("pubDate", http_date(comment.published)),
            element("dc:creator", handle),
            *_categories(post, site_url=site_url),
            element("description", comment.html),
        )
    )


def _categories(post: PostLine, *, site_url: str) -> Iterator[str]:
    yield element("category", post.community.title, domain=community_address(post.community, site_url=site_url))
    if post.nsfw:
        yield element("category", ADULT)


def _description(line: PostLine) -> str:
    """Give the article, its copy in an archive, and what the post says."""
    links = [url for url in (line.url, line.archive_url) if url is not None]
    shown = [f'<p><a href="{escaped(url)}" rel="nofollow ugc">{escaped(url)}</a></p>' for url in links]
    return "\n".join([*shown, line.texts.html] if line.texts is not None and line.texts.html else shown)
