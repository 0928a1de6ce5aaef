"""The RSS form: one item for each comment, newest first, and always well-formed."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.feeds.thread_feed import thread_feed
from folkmoot.model.ids import CommentId, Micros
from folkmoot.queries.views import Absence, CommentView, ThreadView
from folkmoot.text.html import Html
from tests.doors.web import factories
from tests.doors.web.factories import HOUR, NOW

SITE_URL = "https://hub.example"
DC = "{http://purl.org/dc/elements/1.1/}"
ATOM = "{http://www.w3.org/2005/Atom}"


def thread(*comments: CommentView, **post: Any) -> ThreadView:
    return replace(factories.thread(comments), post=replace(factories.post(), **post))


def feed(view: ThreadView) -> ET.Element:
    root = ET.fromstring(thread_feed(view, site_url=SITE_URL))  # noqa: S314 -- our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert channel is not None
    return channel


def test_channel_is_the_post() -> None:
    channel = feed(thread(title="A <b> & c", html=Html("<p>x & y</p>")))
    assert channel.findtext("title") == "A <b> & c"
    assert channel.findtext("link") == "https://hub.example/post/7"
    assert channel.findtext("description") == "<p>x & y</p>"
    assert channel.findtext("pubDate") == "Sun, 24 Nov 2024 13:12:00 GMT"
    assert channel.findtext(f"{DC}creator") == "darkwater@lowmoor.example"
    itself = channel.find(f"{ATOM}link")
    assert itself is not None
    assert itself.get("href") == "https://hub.example/post/7.rss"


def test_item_is_a_comment_and_the_newest_comes_first() -> None:
    old = factories.changed(factories.comment(3), published=Micros(NOW - 9 * HOUR), html=Html("<p>old</p>"))
    new = factories.changed(factories.comment(2), published=Micros(NOW - HOUR), depth=2)
    twin = factories.changed(factories.comment(5), published=Micros(NOW - HOUR))
    first, second, third = feed(thread(old, new, twin, title="Title")).findall("item")
    assert [item.findtext("guid") for item in (first, second, third)] == [
        "https://hub.example/comment/5",
        "https://hub.example/comment/2",
        "https://hub.example/comment/3",
    ]
    assert third.findtext("link") == "https://hub.example/comment/3"
    assert third.findtext("title") == "kettleby@hub.example · Title"
    assert third.findtext("description") == "<p>old</p>"
    assert third.findtext("pubDate") == "Mon, 25 Nov 2024 00:12:00 GMT"
    assert third.findtext(f"{DC}creator") == "kettleby@hub.example"


def test_gone_comments_are_no_news_and_a_gone_post_keeps_its_feed() -> None:
    gone = factories.changed(factories.comment(1), absence=Absence.DELETED, html=Html(""))
    channel = feed(thread(gone, factories.comment(2), absence=Absence.REMOVED, title="", html=Html("")))
    assert [item.findtext("guid") for item in channel.findall("item")] == ["https://hub.example/comment/2"]
    assert channel.findtext("title") == "https://hub.example/post/7"
    assert channel.findtext("item/title") == "kettleby@hub.example"


def test_branch_has_an_address_of_its_own() -> None:
    channel = feed(replace(thread(factories.comment(5)), root=CommentId(5)))
    assert channel.findtext("link") == "https://hub.example/comment/5"


@given(st.text(), st.text(), st.text(max_size=20))
def test_any_text_makes_a_well_formed_feed(title: str, words: str, handle: str) -> None:
    view = thread(factories.changed(factories.comment(1), html=Html(words), handle=handle), title=title)
    item = feed(view).find("item")
    assert item is not None
    shown = item.findtext("description") or ""
    assert len(shown) == len(words.replace("\r\n", "\n"))
