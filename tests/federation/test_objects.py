"""Our posts and comments as other instances read them."""

from dataclasses import replace
from typing import Any, Literal

import msgspec
import pytest

from folkmoot.federation.context import CONTEXT, PUBLIC
from folkmoot.federation.objects import Named, comment_has_object, note, page, post_has_object, tombstone
from folkmoot.model.ids import PersonId, Uri
from folkmoot.queries.views import Absence, CommentView, PostView, ReplyView
from folkmoot.text.html import Html
from tests.doors.web import factories
from tests.doors.web.factories import NOW

SITE_URL = "https://hub.example"
GROUP = "https://hub.example/c/gardening"


def post(**changes: Any) -> PostView:
    ours = factories.post(
        community=factories.community(name="Gardening", host=None),
        author=factories.author("Ada"),
        title="Soil survey published",
        url="https://www.soil.example/survey",
        html=Html("<p>Worth a read.</p>"),
        source="Worth a read.",
    )
    return replace(ours, **changes)


def comment(number: int = 9, **changes: Any) -> CommentView:
    plain = factories.comment(number)._replace(
        html=Html('<p dir="auto">yes</p>'), source="yes", author=factories.author("bo")
    )
    return plain._replace(**changes)


def page_of(view: PostView, *mentioned: Named) -> Any:
    return msgspec.json.decode(page(view, site_url=SITE_URL, site_host="hub.example", mentioned=mentioned))


def note_of(view: ReplyView, *mentioned: Named) -> Any:
    return msgspec.json.decode(note(view, site_url=SITE_URL, site_host="hub.example", mentioned=mentioned))


def test_post_is_a_page() -> None:
    address = "https://hub.example/post/7"
    assert page_of(post(updated=NOW, nsfw=True)) == {
        "@context": CONTEXT,
        "id": address,
        "type": "Page",
        "attributedTo": "https://hub.example/u/ada",
        "to": [GROUP, PUBLIC],
        "cc": [],
        "audience": GROUP,
        "context": f"{address}/context",
        "name": "Soil survey published",
        "url": address,
        "summary": "<p>Soil survey published — soil.example</p>",
        "content": "<p>Worth a read.</p>",
        "mediaType": "text/html",
        "source": {"content": "Worth a read.", "mediaType": "text/markdown"},
        "attachment": [{"type": "Link", "href": "https://www.soil.example/survey"}],
        "sensitive": True,
        "commentsEnabled": True,
        "stickied": False,
        "tag": [
            {"type": "Mention", "href": GROUP, "name": "@Gardening@hub.example"},
            {"type": "Hashtag", "href": address, "name": "#Gardening"},
        ],
        "replies": f"{address}/replies",
        "published": "2024-11-24T13:12:00Z",
        "updated": "2024-11-25T09:12:00Z",
        "interactionPolicy": {"canQuote": {"automaticApproval": [PUBLIC]}},
    }


def test_post_without_link_or_body_leaves_them_out() -> None:
    document = page_of(post(url=None, source="", html=Html(""), locked=True, title="a < b"))
    assert document["attachment"] == []
    assert not {"content", "source", "mediaType", "updated"} & set(document)
    assert document["commentsEnabled"] is False
    assert document["summary"] == "<p>a &lt; b</p>"
    assert page_of(post(url="magnet:?xt=urn:btih:abc"))["summary"] == "<p>Soil survey published</p>"


def test_comment_is_a_note_that_tells_whom_it_answers() -> None:
    far = factories.author("ida@far.example", uri=Uri("https://far.example/u/ida"))
    above = comment(5, author=far, uri=Uri("https://far.example/comment/51"))
    cy = Named("cy@far.example", "https://far.example/u/cy")
    assert note_of(ReplyView(post(), comment(), above), cy) == {
        "@context": CONTEXT,
        "id": "https://hub.example/comment/9",
        "type": "Note",
        "attributedTo": "https://hub.example/u/bo",
        "inReplyTo": "https://far.example/comment/51",
        "to": [GROUP, PUBLIC],
        "cc": ["https://far.example/u/ida", "https://far.example/u/cy"],
        "audience": GROUP,
        "context": "https://hub.example/post/7/context",
        "content": '<p dir="auto"><a href="https://far.example/u/ida" class="u-url mention">@ida</a> yes</p>',
        "mediaType": "text/html",
        "source": {"content": "yes", "mediaType": "text/markdown"},
        "tag": [
            {"type": "Mention", "href": "https://far.example/u/ida", "name": "@ida@far.example"},
            {"type": "Mention", "href": "https://far.example/u/cy", "name": "@cy@far.example"},
            {"type": "Mention", "href": GROUP, "name": "@Gardening@hub.example"},
        ],
        "distinguished": False,
        "sensitive": False,
        "url": "https://hub.example/comment/9",
        "replies": "https://hub.example/comment/9/replies",
        "published": "2024-11-25T06:12:00Z",
    }


def test_top_comment_answers_the_post() -> None:
    document = note_of(ReplyView(post(), comment(), None))
    assert document["inReplyTo"] == "https://hub.example/post/7"
    assert document["cc"] == ["https://hub.example/u/ada"]
    elsewhere = replace(post(), uri=Uri("https://far.example/post/4"))
    document = note_of(ReplyView(elsewhere, comment(), None))
    assert document["inReplyTo"] == "https://far.example/post/4"
    assert "context" not in document


@pytest.mark.parametrize("source", ["- list", "```\ncode\n```"])
def test_words_that_begin_with_no_paragraph_get_one_for_the_mention(source: str) -> None:
    html = Html("<ul><li>list</li></ul>")
    content = note_of(ReplyView(post(), comment(html=html, source=source), None))["content"]
    assert content == f'<p><a href="https://hub.example/u/ada" class="u-url mention">@Ada</a></p>{html}'


def test_nobody_is_told_of_their_own_words_or_for_gone_ones() -> None:
    ada = factories.author("Ada")
    assert note_of(ReplyView(post(), comment(author=ada), None))["cc"] == []
    assert note_of(ReplyView(post(absence=Absence.DELETED, source="", html=Html("")), comment(), None))["cc"] == []
    unknown = comment(5, author=factories.author("x@far.example"))
    assert note_of(ReplyView(post(), comment(), unknown))["cc"] == []


def test_not_everything_has_an_object() -> None:
    group = factories.community(host="far.example", uri=None)
    known = group._replace(uri=Uri("https://far.example/c/plants"))
    table = [
        (post(), comment(), True, True),
        (post(community=known), comment(), True, True),
        (post(community=group), comment(), False, False),
        (post(imported=True), comment(), False, False),
        (
            post(author=factories.author("x@far.example")),
            comment(author=factories.author("x@far.example")),
            False,
            False,
        ),
        (post(), comment(position=3), True, False),
    ]
    for of_post, of_comment, has_page, has_note in table:
        assert post_has_object(of_post, site_url=SITE_URL) is has_page
        imported = of_comment.position is not None
        assert comment_has_object(of_post, of_comment.author, imported=imported, site_url=SITE_URL) is has_note


def test_tombstone_says_what_stood_there_and_since_when_it_is_gone() -> None:
    document = msgspec.json.decode(tombstone("https://hub.example/post/7", former="Page", gone_since=NOW))
    assert document == {
        "@context": CONTEXT,
        "id": "https://hub.example/post/7",
        "type": "Tombstone",
        "formerType": "Page",
        "deleted": "2024-11-25T09:12:00Z",
    }
    assert b'"deleted"' not in tombstone("https://hub.example/post/7", former="Page", gone_since=None)


class Source(msgspec.Struct):
    content: str
    mediaType: Literal["text/markdown"]  # noqa: N815 -- as it is on the wire


class StrictPage(msgspec.Struct):
    """What Lemmy's static schema insists on."""

    id: str
    type: Literal["Page"]
    attributedTo: str  # noqa: N815 -- as it is on the wire
    to: list[str]
    cc: list[str]
    audience: str
    name: str
    attachment: list[dict[str, str]]
    tag: list[dict[str, str]]
    sensitive: bool
    published: str
    content: str | None = None
    mediaType: Literal["text/html", "text/markdown"] | None = None  # noqa: N815 -- as it is on the wire
    source: Source | None = None
    updated: str | None = None


class StrictNote(msgspec.Struct):
    """What Lemmy's static schema insists on."""

    id: str
    type: Literal["Note"]
    attributedTo: str  # noqa: N815 -- as it is on the wire
    to: list[str]
    cc: list[str]
    content: str
    inReplyTo: str  # noqa: N815 -- as it is on the wire
    source: Source
    tag: list[dict[str, str]]
    distinguished: bool
    published: str
    updated: str | None = None


def test_documents_are_read_by_a_strict_reader() -> None:
    for view in (post(), post(url=None, source="", html=Html(""))):
        text = page(
            view, site_url=SITE_URL, site_host="hub.example", mentioned=[Named("a@b.example", "https://b.example/u/a")]
        )
        msgspec.json.decode(text, type=StrictPage)
    for above in (None, comment(5, author=factories.author("ida")._replace(id=PersonId(99)))):
        text = note(ReplyView(post(), comment(), above), site_url=SITE_URL, site_host="hub.example")
        msgspec.json.decode(text, type=StrictNote)
