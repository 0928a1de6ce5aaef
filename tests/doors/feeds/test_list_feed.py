"""The RSS of lists: one item for each post or comment, in the list's order, and always well-formed."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.depends import SITE, Depends
from folkmoot.doors.feeds.list_feed import Channel, comment_feed_rows, feed_document, post_feed_rows
from folkmoot.doors.list_rows import shell_of
from folkmoot.queries.list_views import ItemView, PostLine, PostTexts
from folkmoot.text.html import Html
from tests.doors.web import factories

SITE_URL = "https://hub.example"
CHANNEL = Channel("A & B", f"{SITE_URL}/?sort=new&feed=all", f"{SITE_URL}/front.rss?sort=new&feed=all", "About <it>")
DC = "{http://purl.org/dc/elements/1.1/}"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
ATOM = "{http://www.w3.org/2005/Atom}"


def texts(html: str) -> PostTexts:
    return PostTexts("", Html(html), "", literal=False)


def channel_of(document: bytes) -> ET.Element:
    root = ET.fromstring(document)  # noqa: S314 -- our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert channel is not None
    return channel


def feed(*lines: PostLine) -> ET.Element:
    return channel_of(document(CHANNEL, tuple(map(ItemView, lines))))


def document(channel: Channel, items: tuple[ItemView, ...]) -> bytes:
    """Put items into a feed, as a door does."""
    shell = shell_of(feed_document(channel, empty=not items), Depends(frozenset({SITE}), frozenset(), None))
    rows = [
        row[0]
        for item in items
        for row in (
            post_feed_rows([factories.row_of(item.post)], site_url=SITE_URL)
            if item.comment is None
            else comment_feed_rows([factories.comment_row(item.post, item.comment)], site_url=SITE_URL)
        )
    ]
    return b"".join((shell.before, b"\n".join(rows), shell.after))


def test_channel_is_the_list() -> None:
    channel = feed()
    assert channel.findtext("title") == "A & B"
    assert channel.findtext("link") == CHANNEL.address
    assert channel.findtext("description") == "About <it>"
    itself = channel.find(f"{ATOM}link")
    assert itself is not None
    assert itself.get("href") == CHANNEL.feed_address
    assert channel.findall("item") == []


def test_item_is_a_post() -> None:
    line = factories.line(7, title="<b> & c", url="https://a.example/?x=1&y=<2>", texts=texts("<p>words</p>"))
    [item] = feed(line).findall("item")
    assert item.findtext("title") == "<b> & c"
    assert item.findtext("link") == item.findtext("guid") == "https://hub.example/post/7"
    assert item.findtext("comments") == "https://hub.example/post/7#comments"
    assert item.findtext(f"{SLASH}comments") == "31"
    assert item.findtext("pubDate", "").endswith(" GMT")
    assert item.findtext(f"{DC}creator", "").startswith("oldquay@")
    [category] = item.findall("category")
    assert (category.text, category.get("domain")) == ("Self-hosting", "https://hub.example/c/selfhosting")
    description = item.findtext("description", "")
    assert '<a href="https://a.example/?x=1&amp;y=&lt;2&gt;" rel="nofollow ugc">' in description
    assert "https://archive.example/ten-years" in description
    assert description.endswith("<p>words</p>")


def test_nsfw_is_a_category_and_a_post_needs_no_link() -> None:
    bare = factories.line(8, nsfw=True, url=None, archive_url=None, texts=texts(""))
    [item] = feed(bare).findall("item")
    assert [category.text for category in item.findall("category")] == ["Self-hosting", "NSFW"]
    assert item.findtext("description") == ""


def test_items_are_posts_and_comments_in_their_order() -> None:
    post = factories.line(7, title="Ten years", texts=texts("<p>post</p>"))
    gone = factories.line(9, title="", url=None, archive_url=None)
    items = (
        ItemView(post, factories.comment(3)),
        ItemView(post),
        ItemView(gone, factories.comment(4)),
    )
    found = channel_of(document(CHANNEL, items)).findall("item")
    assert [item.findtext("guid") for item in found] == [
        "https://hub.example/comment/3",
        "https://hub.example/post/7",
        "https://hub.example/comment/4",
    ]
    assert found[0].findtext("title", "").endswith(" · Ten years")
    assert "·" not in found[2].findtext("title", "")
    assert found[0].findtext("description") == factories.comment(3).html


@given(st.text(), st.text(), st.text(max_size=20), st.text(max_size=20))
def test_any_text_makes_a_well_formed_feed(title: str, words: str, handle: str, url: str) -> None:
    line = factories.line(7, title=title, handle=handle, url=url, archive_url=None, texts=texts(words))
    comment = factories.changed(factories.comment(1), html=Html(words), handle=handle)
    channel = Channel(title, url, url, words)
    _, item = channel_of(document(channel, (ItemView(line), ItemView(line, comment)))).findall("item")
    assert len(item.findtext("description") or "") == len(words.replace("\r\n", "\n"))
