"""What is new in this list? RSS 2.0: the front page, a community or a person as the channel, posts and comments in it.

There are no words of ours in it, for feed readers name no language: counts and names stand in elements of their own.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from folkmoot.doors.depends import Of
from folkmoot.doors.feeds.rss import element, rss, self_link, xml_text
from folkmoot.doors.handles import comment_address, community_address, post_address, site_host
from folkmoot.doors.list_rows import MARK, NEVER, Row
from folkmoot.model.ids import CommentId, PostId
from folkmoot.model.times import http_date
from folkmoot.queries.comment_heads import ROW_AUTHOR, ROW_COMMUNITY, CommentRow
from folkmoot.queries.communities import community_view
from folkmoot.queries.post_heads import AUTHOR, COMMUNITY, PostRow
from folkmoot.text.html import escaped

ADULT = "NSFW"
"""The category of what not everybody wants to see, beside that of its community."""

_ADULT = element("category", ADULT)
_REMEMBERED = 4_096
_LINKS_REMEMBERED = 2_048
"""Fewer, for an address may have two thousand characters, and a link says it four times."""
_date = lru_cache(_REMEMBERED)(http_date)


class Channel(NamedTuple):
    """What a feed says of itself. Addresses are whole; `description` is HTML."""

    title: str
    address: str
    feed_address: str
    description: str


def feed_document(channel: Channel, *, empty: bool) -> bytes:
    """Give what stands around the items of a feed: see `docs/forms.md`."""
    about = (
        element("title", channel.title),
        element("link", channel.address),
        self_link(channel.feed_address),
        element("description", channel.description),
    )
    return rss(about, () if empty else (MARK,))


def post_feed_rows(rows: Iterable[PostRow], *, site_url: str) -> Iterator[Row]:
    """Write posts that are there, each as an item."""
    places: dict[int, str] = {}
    before = xml_text(post_address(site_url, PostId(0)))[:-1]
    for row in rows:
        post, author, community, title, url, archive_url, published = row[:7]
        comments, nsfw, handle, html = row[10], row[12], row[14], row[23]
        address = f"{before}{post}"
        creator = _creator(row[AUTHOR + 1], row[AUTHOR + 2], site_url) if handle is None else xml_text(handle)
        place = places.get(community)
        if place is None:
            place = places[community] = _place(row[COMMUNITY:], site_url)
        links = _links(url, archive_url)
        between = "\n" if links and html else ""
        body = (
            f"<item><title>{xml_text(title)}</title><link>{address}</link><guid>{address}</guid>"
            f"<comments>{address}#comments</comments><slash:comments>{comments}</slash:comments>"
            f"<pubDate>{_date(published)}</pubDate>"
            f"<dc:creator>{creator}</dc:creator>{place}{_ADULT if nsfw else ''}"
            f"<description>{links}{between}{xml_text(html)}</description></item>"
        )
        yield body.encode(), post, (Of.POST, post), community, (author,), NEVER


def comment_feed_rows(rows: Iterable[CommentRow], *, site_url: str) -> Iterator[Row]:
    """Write comments that are there, each as an item."""
    places: dict[int, str] = {}
    before = xml_text(comment_address(site_url, CommentId(0)))[:-1]
    for row in rows:
        comment, post, author, community, poster, title, _, published = row[:8]
        handle, html, nsfw = row[12], row[21], row[27]
        address = f"{before}{comment}"
        creator = _creator(row[ROW_AUTHOR + 1], row[ROW_AUTHOR + 2], site_url) if handle is None else xml_text(handle)
        place = places.get(community)
        if place is None:
            place = places[community] = _place(row[ROW_COMMUNITY:], site_url)
        body = (
            f"<item><title>{creator}{xml_text(f' · {title}') if title else ''}</title>"
            f"<link>{address}</link><guid>{address}</guid><pubDate>{_date(published)}</pubDate>"
            f"<dc:creator>{creator}</dc:creator>{place}{_ADULT if nsfw else ''}"
            f"<description>{xml_text(html)}</description></item>"
        )
        yield body.encode(), comment, (Of.POST, post), community, (author, poster), NEVER


@lru_cache(_REMEMBERED)
def _creator(name: str, host: str, site_url: str) -> str:
    return xml_text(f"{name}@{host or site_host(site_url)}")


@lru_cache(_REMEMBERED)
def _place(columns: tuple[Any, ...], site_url: str) -> str:
    community = community_view(columns)
    return element("category", community.title, domain=community_address(community, site_url=site_url))


@lru_cache(_LINKS_REMEMBERED)
def _links(url: str | None, archive_url: str | None) -> str:
    """Give the article and its copy in an archive, as they stand in an element."""
    links = [one for one in (url, archive_url) if one is not None]
    shown = [f'<p><a href="{escaped(link)}" rel="nofollow ugc">{escaped(link)}</a></p>' for link in links]
    return xml_text("\n".join(shown))
