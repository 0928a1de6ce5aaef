"""One address, many forms, over HTTP."""

import json
import xml.etree.ElementTree as ET

import pytest

from folkmoot.commands.comments import DeleteComment
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.posts import DeletePost
from folkmoot.commands.votes import SetPostVote
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import PostId
from folkmoot.text.thread_text import parse_thread
from tests.doors.conftest import Site

FORMS = {
    "text/html": "text/html; charset=utf-8",
    "text/plain": "text/plain; charset=utf-8",
    "text/markdown": "text/markdown; charset=utf-8",
    "application/json": "application/json",
    "application/rss+xml": "application/rss+xml; charset=utf-8",
    "application/activity+json": "application/activity+json",
}
SUFFIXES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".rss": "application/rss+xml",
}
EXACT = ("text/markdown", "application/json", "application/rss+xml")
THREAD = """(archive link)

A body.

  • ada@far.example
    hexagon
    ·
    2 hours ago

    Words.

    • bob@far.example
      ·
      3 hours ago

      Older words.""".encode()


def imported(site: Site) -> PostId:
    clock = site.world.clock
    return site.world.perform(OPERATOR, ImportThread(parse_thread(THREAD), "d" * 64, clock.now)).post


@pytest.fixture
def post(site: Site) -> PostId:
    ada = site.world.person("ada")
    post = site.world.post(by=ada, title="Soil survey", url="https://soil.example/", body="Worth *a* read.")
    site.world.comment(on=post, by=ada, body="My *own* words.")
    site.world.clock.forward(seconds=7_200)
    return post


def test_accept_chooses_the_form(site: Site, post: PostId) -> None:
    for accept, media_type in FORMS.items():
        answer = site.get(f"/post/{post}", accept)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert answer.headers["vary"] == "Accept, Accept-Language, Cookie"
        assert answer.headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize("accept", [None, "", "*/*", "nonsense", "text/plain;q=many", "text/html, */*;q=0.1"])
def test_page_is_for_who_does_not_say(site: Site, post: PostId, accept: str | None) -> None:
    answer = site.get(f"/post/{post}", accept)
    assert answer.headers["content-type"] == FORMS["text/html"]
    assert "Soil survey" in answer.text


def test_suffix_chooses_the_form_whatever_the_client_accepts(site: Site, post: PostId) -> None:
    for suffix, form in SUFFIXES.items():
        by_suffix = site.get(f"/post/{post}{suffix}", "image/png")
        by_accept = site.get(f"/post/{post}", form)
        assert by_suffix.content == by_accept.content
        assert by_suffix.headers["etag"] == by_accept.headers["etag"]
        assert "vary" not in by_suffix.headers


def test_types_that_we_lack_are_406(site: Site, post: PostId) -> None:
    answer = site.get(f"/post/{post}", "image/png, text/html;q=0")
    assert answer.status_code == 406
    assert "text/plain\n" in answer.text
    assert answer.headers["vary"] == "Accept, Accept-Language, Cookie"
    assert site.get("/post/99", "image/png").status_code == 404


def test_every_form_has_a_strong_tag_and_is_not_sent_twice(site: Site, post: PostId) -> None:
    tags = set()
    for accept in FORMS:
        first = site.get(f"/post/{post}", accept)
        tag = first.headers["etag"]
        assert tag.startswith('"')
        tags.add(tag)
        for known in (tag, f'"other", W/{tag}', "*"):
            again = site.get(f"/post/{post}", accept, if_none_match=known)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
            assert again.headers["vary"] == first.headers["vary"]
            assert again.headers["cache-control"] == first.headers["cache-control"]
        assert site.get(f"/post/{post}", accept, if_none_match='"other"').status_code == 200
        assert site.ask("HEAD", f"/post/{post}", accept, if_none_match=tag).status_code == 304
    assert len(tags) == len(FORMS)


def test_head_says_what_get_says_without_the_body(site: Site, post: PostId) -> None:
    for accept in (*FORMS, "image/png"):
        head, get = site.ask("HEAD", f"/post/{post}", accept), site.get(f"/post/{post}", accept)
        assert head.status_code == get.status_code
        assert dict(head.headers) == dict(get.headers)
        assert head.headers["content-length"] == str(len(get.content))
        assert head.content == b""


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written_there(site: Site, post: PostId, method: str) -> None:
    for path in (f"/post/{post}", f"/post/{post}.json", "/comment/1"):
        answer = site.ask(method, path)
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_only_forms_without_ages_say_when_they_changed(site: Site, post: PostId) -> None:
    for accept in FORMS:
        answer = site.get(f"/post/{post}", accept)
        assert ("last-modified" in answer.headers) == (accept in EXACT)
    before = site.get(f"/post/{post}.json").headers["last-modified"]
    site.world.comment(on=post)
    assert site.get(f"/post/{post}.json").headers["last-modified"] > before


def test_a_changed_thread_is_sent_although_it_is_not_newer(site: Site, post: PostId) -> None:
    first = site.get(f"/post/{post}.json")
    site.world.perform(site.world.person(), SetPostVote(post, 1))
    again = site.get(
        f"/post/{post}.json",
        if_none_match=first.headers["etag"],
        if_modified_since=first.headers["last-modified"],
    )
    assert again.status_code == 200
    assert again.headers["last-modified"] == first.headers["last-modified"]


@pytest.mark.parametrize(
    "name",
    [
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "1.exe",
        "1.TXT",
        "1.txt.txt",
        "1.",
        ".txt",
        "1 ",
        "%201",
        "1%00",
        "1%0a",
        "٣",
        "１",
        "1e3",
        "2147483648",
        "9223372036854775808",
        "9" * 400,
        "x",
        "%ff",
        "1;.txt",
    ],
)
@pytest.mark.usefixtures("post")
def test_what_is_no_id_is_404(site: Site, name: str) -> None:
    for kind in ("post", "comment"):
        for accept in (None, "application/json", "application/activity+json"):
            assert site.get(f"/{kind}/{name}", accept).status_code == 404


def test_unknown_thing_is_404_in_every_form(site: Site) -> None:
    for path in ("/post/77", "/comment/77", "/post/2147483647"):
        code = "couldnt_find_comment" if "comment" in path else "couldnt_find_post"
        page = site.get(path)
        assert (page.status_code, page.headers["content-type"]) == (404, FORMS["text/html"])
        for suffix in (".txt", ".md", ".rss"):
            answer = site.get(path + suffix)
            assert (answer.status_code, answer.text) == (404, code + "\n")
        for answer in (site.get(path + ".json"), site.get(path, "application/activity+json")):
            assert (answer.status_code, answer.json()) == (404, {"error": code})


@pytest.mark.parametrize(
    "accept",
    ["x" * 10_000, "text/html," * 1_000, "*/*;" + "q=1;" * 2_500, '"' * 10_001, ";" * 10_000, "\\" * 10_000, "é"],
)
def test_no_accept_breaks_anything(site: Site, post: PostId, accept: str) -> None:
    answer = site.get(f"/post/{post}", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS["text/html"]


@pytest.mark.parametrize("sort", ["new", "old", "top", "hot", "controversial", "shown", "", "NEW", "x" * 5_000, "'"])
def test_any_sort_is_answered(site: Site, post: PostId, sort: str) -> None:
    for suffix in ("", *SUFFIXES):
        assert site.get(f"/post/{post}{suffix}?sort={sort}").status_code == 200


def test_sort_is_the_order_of_each_form(site: Site) -> None:
    post = site.world.post()
    first = site.world.comment(on=post, body="first")
    site.world.clock.forward(seconds=60)
    second = site.world.comment(on=post, body="second")
    for sort, expected in (("new", [second, first]), ("old", [first, second])):
        shown = site.get(f"/post/{post}.json?sort={sort}").json()
        assert [view["comment"]["id"] for view in shown["comments"]] == expected
        text = site.get(f"/post/{post}.txt?sort={sort}").text
        assert (text.index("first") < text.index("second")) == (sort == "old")


def test_page_names_its_other_forms(site: Site, post: PostId) -> None:
    link = site.ask("HEAD", f"/post/{post}").headers["link"]
    assert f'<https://hub.example/post/{post}>; rel="alternate"; type="application/activity+json"' in link
    assert f'<https://hub.example/post/{post}.txt>; rel="alternate"; type="text/plain"' in link
    link = site.get(f"/post/{imported(site)}").headers["link"]
    assert "activity+json" not in link
    assert '.rss>; rel="alternate"; type="application/rss+xml"' in link


def test_imported_thread_has_no_activitypub_form(site: Site) -> None:
    post = imported(site)
    later = site.world.comment(on=post)
    comments = [view["comment"]["id"] for view in site.get(f"/post/{post}.json").json()["comments"]]
    for path in (f"/post/{post}", *(f"/comment/{comment}" for comment in comments), f"/comment/{later}"):
        assert site.get(path, "application/activity+json").status_code == 406
        assert (
            site.get(path, "application/activity+json, text/plain;q=0.5").headers["content-type"] == FORMS["text/plain"]
        )
    both = site.get(f"/post/{post}", "application/ld+json, text/html;q=0.1")
    assert (both.status_code, both.headers["content-type"]) == (200, FORMS["text/html"])


def test_imported_thread_keeps_its_order_in_the_text_form(site: Site) -> None:
    post = imported(site)
    assert site.get(f"/post/{post}.txt").content == THREAD
    site.world.comment(on=post, body="Later one")
    site.world.clock.forward(seconds=60)
    site.world.comment(on=post, body="Later two")
    for sort, expected in (("new", ["Words", "two", "one"]), ("old", ["Words", "one", "two"])):
        text = site.get(f"/post/{post}.txt?sort={sort}").text
        places = [text.index(word) for word in expected]
        assert places == sorted(places)


def test_thing_of_another_instance_is_found_there(site: Site) -> None:
    world = site.world
    bob = world.stranger("bob@far.example")
    post = world.post(by=bob, origin=world.there())
    comment = world.comment(on=post, by=bob, origin=world.there())
    for path in (f"/post/{post}", f"/comment/{comment}"):
        answer = site.get(path, "application/activity+json")
        assert answer.status_code == 308
        assert answer.headers["location"].startswith("https://elsewhere.example/thing/")
    assert site.get(f"/post/{post}").status_code == 200
    ours = world.comment(on=post, under=comment, body="of here")
    assert site.get(f"/comment/{ours}", "application/activity+json").status_code == 200


def test_gone_thing_is_a_tombstone_for_instances_and_a_place_for_readers(site: Site) -> None:
    world = site.world
    ada = world.person("eve")
    gone = world.post(by=ada)
    comment = world.comment(on=gone, by=ada)
    world.perform(ada, DeleteComment(comment, deleted=True))
    world.perform(ada, DeletePost(gone, deleted=True))
    for path, former in ((f"/post/{gone}", "Page"), (f"/comment/{comment}", "Note")):
        answer = site.get(path, "application/activity+json")
        assert (answer.status_code, answer.headers["content-type"]) == (410, "application/activity+json")
        document = answer.json()
        assert (document["type"], document["formerType"]) == ("Tombstone", former)
        assert document["id"] == f"https://hub.example{path}"
        assert document["deleted"].endswith("Z")
    assert site.get(f"/post/{gone}").status_code == 200
    assert site.get(f"/post/{gone}.txt").text.startswith("deleted by author\n\n  • eve@hub.example\n")


def test_comments_page_shows_it_with_its_context(site: Site, post: PostId) -> None:
    comment = site.get(f"/post/{post}.json").json()["comments"][0]["comment"]["id"]
    answer = site.get(f"/comment/{comment}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, FORMS["text/html"])
    assert "My <em>own</em> words." in answer.text
    assert f'href="/post/{post}#c{comment}"' in answer.text
    assert answer.headers["vary"] == "Accept, Accept-Language, Cookie"
    assert (
        f'<https://hub.example/comment/{comment}>; rel="alternate"; type="application/activity+json"'
        in (answer.headers["link"])
    )


def test_other_forms_of_a_comment_are_its_branch(site: Site) -> None:
    world = site.world
    post = world.post(title="A title", body="The body")
    top = world.comment(on=post, body="top words")
    root = world.comment(on=post, under=top, body="root words")
    below = world.comment(on=post, under=root, body="below words")
    text = site.get(f"/comment/{root}.txt").text
    assert text.startswith("  • writer@hub.example\n")
    assert "below words" in text
    assert "top words" not in text
    assert "The body" not in text
    document = site.get(f"/comment/{root}", "application/json").json()
    assert [view["comment"]["id"] for view in document["comments"]] == [root, below]
    assert document["post_view"]["post"]["id"] == post
    assert document["folkmoot"]["branch"] == root
    markdown = site.get(f"/comment/{root}.md").text
    assert markdown.startswith("# A title\n")
    assert "- `writer@hub.example` (original poster)" in markdown
    assert "The body" not in markdown
    feed = ET.fromstring(site.get(f"/comment/{root}.rss").content)  # noqa: S314 -- our own
    assert [item.findtext("guid") for item in feed.iter("item")] == [
        f"https://hub.example/comment/{below}",
        f"https://hub.example/comment/{root}",
    ]


def test_ages_change_the_text_form_and_nothing_changes_the_exact_ones(site: Site, post: PostId) -> None:
    before = {suffix: site.get(f"/post/{post}{suffix}").headers["etag"] for suffix in SUFFIXES}
    site.world.clock.forward(days=1)
    after = {suffix: site.get(f"/post/{post}{suffix}").headers["etag"] for suffix in SUFFIXES}
    assert [suffix for suffix in SUFFIXES if before[suffix] != after[suffix]] == [".txt"]
    assert json.loads(site.get(f"/post/{post}.json").content)["folkmoot"] == {"sort": "hot"}
