"""The modlog, histories and "More" over HTTP, on both databases: what is said is true, what is gone is not told."""

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.communities import LearnCommunity
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.posts import DeletePost, EditPost
from folkmoot.doors import lists
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import SITE, Of
from folkmoot.doors.web import record_pages
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.history_page import CHARS_SHOWN, EDITIONS_SHOWN, history_page
from folkmoot.doors.web.modlog_page import Asked, modlog_depends, modlog_page
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import ModlogList
from folkmoot.queries.modlog import modlog
from tests.doors.web.asgi import ask
from tests.doors.web.factories import NOW, community, frame
from tests.doors.web.markup import elements, one, parsed, shown
from tests.doors.web.small_pages import comment_of, edited_post
from tests.world import World

URL = "https://hub.example"


@pytest.fixture
def app(world: World) -> ASGIApp:
    context = WebContext(db=world.db, site_url=URL, clock=world.clock)
    return Starlette(routes=record_pages.routes(context), exception_handlers=exception_handlers(context))


def main_of(app: ASGIApp, path: str) -> str:
    answer = ask(app, path)
    assert answer.status == 200, path
    assert answer.headers["x-robots-tag"] == "noindex"
    return shown(one(parsed(answer.text), "main"))


def deeds(app: ASGIApp, path: str = "/modlog") -> list[str]:
    page = parsed(ask(app, path).text)
    return [shown(next(elements(item, "p"))) for item in elements(page, "ol", "deeds-done") for item in item]


def test_empty_modlog_says_so(app: ASGIApp) -> None:
    assert "Nothing was removed or locked here so far." in main_of(app, "/modlog")


def test_modlog_tells_who_did_what_to_whom_and_why(world: World, app: ASGIApp) -> None:
    hazel = world.person("hazel", admin=True)
    post = world.post(title="What the river brought", by=world.person("oldquay"))
    comment = world.comment(on=post, by=world.stranger("far@lowmoor.example"), origin=world.there())
    for removed in (True, False):
        world.perform(hazel, RemoveComment(comment, "advertising" if removed else None, removed))
    world.perform(hazel, LockPost(post, locked=True, reason="enough"))
    world.perform(hazel, LockPost(post, locked=False))
    world.perform(hazel, RemovePost(post, None, removed=True))
    world.perform(OPERATOR, RemovePost(post, None, removed=False))
    river = "What the river brought"
    assert deeds(app) == [
        f"The operator restored {river} by oldquay",
        f"hazel removed {river} by oldquay",
        f"hazel unlocked {river} by oldquay",
        f"hazel locked {river} by oldquay",
        f"hazel restored a comment by far@lowmoor.example on {river}",
        f"hazel removed a comment by far@lowmoor.example on {river}",
    ]
    page = ask(app, "/modlog").text
    assert 'Reason:</span> <bdi lang="">advertising' in page
    assert f'href="/post/{post}"' in page
    assert f'href="/comment/{comment}"' in page
    assert 'href="/u/far@lowmoor.example"' in page
    assert re.search(r"<time datetime=\S+Z>\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC</time>", page)


def test_modlog_shows_no_word_of_what_is_gone(world: World, app: ASGIApp) -> None:
    post = world.post(title="Cheap hats")
    comment = world.comment(on=post, body="More hats")
    world.perform(OPERATOR, RemoveComment(comment, None, removed=True))
    world.perform(OPERATOR, RemovePost(post, "rule 2", removed=True))
    page = ask(app, "/modlog").text
    assert "hats" not in page.lower()
    assert deeds(app)[0] == "The operator removed a post by writer"


def test_modlog_of_one_community_is_found_by_any_spelling_of_its_name(world: World, app: ASGIApp) -> None:
    towers, mills = world.community("towers"), world.community("mills")
    for place in (towers, mills):
        world.perform(OPERATOR, LockPost(world.post(community=place, title=f"In {place}"), locked=True))
    assert len(deeds(app)) == 2
    for spelled in ("towers", "TOWERS", "!towers", "towers@hub.example", " towers "):
        assert deeds(app, f"/modlog?community={quote(spelled)}") == [f"The operator locked In {towers} by writer"]
    page = parsed(ask(app, "/modlog?community=towers").text)
    [field] = elements(page, "input")
    assert field.get("value") == "towers"
    assert "all communities" in main_of(app, "/modlog?community=towers")


@pytest.mark.parametrize("name", ["nowhere", "towers@elsewhere.example", "@", "a" * 601, "a%00b"])
def test_modlog_of_an_unknown_community_is_not_there(world: World, app: ASGIApp, name: str) -> None:
    world.community("towers")
    assert ask(app, f"/modlog?community={name}").status == 404


def test_modlog_goes_on_page_by_page(world: World, app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_pages, "ENTRIES_A_PAGE", 3)
    post = world.post()
    for number in range(7):
        world.perform(OPERATOR, LockPost(post, locked=number % 2 == 0, reason=f"reason {number}"))
    seen: list[str] = []
    path = "/modlog?community=home"
    for _ in range(3):
        page = ask(app, path).text
        seen += re.findall(r"reason \d", page)
        onward = [link.get("href") for link in elements(parsed(page), "a") if link.get("rel") == "next"]
        path = onward[0] or "" if onward else ""
    assert seen == [f"reason {number}" for number in reversed(range(7))]
    assert not path


def test_modlog_of_any_community_is_led_to_and_goes_on(
    world: World, app: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_pages, "ENTRIES_A_PAGE", 1)
    post = world.post(community=world.perform(OPERATOR, LearnCommunity("a+b&c=é%2e@hub.elsewhere")))
    for locked in (True, False):
        world.perform(OPERATOR, LockPost(post, locked=locked))
    context = WebContext(db=world.db, site_url=URL, clock=world.clock)
    home = ask(Starlette(routes=lists.routes(context)), f"/c/{quote('a+b&c=é%2e@hub.elsewhere')}")
    [led] = (href for link in elements(parsed(home.text), "a") if "community=" in (href := link.get("href") or ""))
    first = parsed(ask(app, led).text)
    [following] = (link.get("href") or "" for link in elements(first, "a") if link.get("rel") == "next")
    assert len(deeds(app, following)) == 1
    assert deeds(app, led) != deeds(app, following)


def test_modlog_after_nothing_begins_at_its_start(world: World, app: ASGIApp) -> None:
    world.perform(OPERATOR, LockPost(world.post(), locked=True))
    assert deeds(app, "/modlog?after=") == deeds(app)


def test_modlog_at_a_place_that_was_never_there_says_where_it_begins(app: ASGIApp) -> None:
    answer = ask(app, "/modlog?community=&after=tomorrow")
    assert answer.status == 400
    page = parsed(answer.text)
    assert "was never there" in shown(one(page, "main"))
    [start] = (link for link in elements(page, "a") if shown(link) == "Start of the list")
    assert start.get("href") == "/modlog?community="


def test_modlog_says_what_it_shows(world: World) -> None:
    hazel = world.person("hazel", admin=True)
    post = world.post()
    world.perform(hazel, LockPost(post, locked=True))
    with world.db.read() as reader:
        depends = modlog_depends(modlog(reader, community=None, after=None, limit=5), Asked(None, None))
    assert {SITE, (Of.MODLOG, 0), (Of.POST, post), (Of.COMMUNITY, world.home)} == depends.things
    assert {hazel.person, world.writer.person} == depends.people
    assert depends.until is None


def changes(app: ASGIApp, path: str) -> list[tuple[list[str], list[str]]]:
    """Return what each edition took away and what it added."""
    page = parsed(ask(app, path).text)
    [editions] = elements(page, "ol", "editions")
    return [
        ([shown(piece) for piece in elements(item, "del")], [shown(piece) for piece in elements(item, "ins")])
        for item in editions
    ]


def test_history_shows_what_each_edit_changed(world: World, app: ASGIApp) -> None:
    post = world.post(title="A bridge", url="https://bridges.example/a", body="It is old.\n\nIt is red.")
    world.clock.forward(seconds=3_600)
    world.perform(world.writer, EditPost(post, body="It is old.\n\nIt is blue."))
    world.clock.forward(seconds=3_600)
    world.perform(world.writer, EditPost(post, title="Two bridges", url="https://bridges.example/b"))
    path = f"/post/{post}/history"
    assert changes(app, path) == [
        (["A bridge", "https://bridges.example/a"], ["Two bridges", "https://bridges.example/b"]),
        (["red."], ["blue."]),
        ([], []),
    ]
    headings = [shown(heading) for heading in elements(parsed(ask(app, path).text), "h2")]
    assert headings == ["As it is now", "Edited", "As it was written"]


def test_history_of_a_comment_shows_its_editions_newest_first(world: World, app: ASGIApp) -> None:
    comment = world.comment(on=world.post(), body="One plank.")
    world.perform(world.writer, EditComment(comment, "Two planks."))
    assert changes(app, f"/comment/{comment}/history") == [(["One plank."], ["Two planks."]), ([], [])]


def test_what_was_never_edited_here_says_so(world: World, app: ASGIApp) -> None:
    comment = world.comment(on=world.post())
    assert "As it is, never edited here" in main_of(app, f"/comment/{comment}/history")


def test_history_of_what_came_from_elsewhere_says_since_when_it_is_known(world: World, app: ASGIApp) -> None:
    far = world.stranger()
    comment = world.comment(on=world.post(), by=far, origin=world.there())
    assert re.search(r"What it said before .* UTC is not known here\.", main_of(app, f"/comment/{comment}/history"))
    own = world.comment(on=world.post())
    assert "is not known here" not in main_of(app, f"/comment/{own}/history")


@pytest.mark.parametrize("page", ["history", "more"])
def test_what_is_gone_shows_no_text_of_any_time(world: World, app: ASGIApp, page: str) -> None:
    post, comment = world.post(title="Secret title", body="Secret body"), world.comment(on=world.post(), body="Secret")
    other = world.comment(on=world.post(), body="Secret too")
    world.perform(world.writer, EditPost(post, title="Secret still", body="Secret again"))
    world.perform(world.writer, EditComment(comment, "Secret again"))
    world.perform(world.writer, DeletePost(post, deleted=True))
    world.perform(OPERATOR, RemoveComment(comment, "rule 2", removed=True))
    world.perform(world.writer, DeleteComment(other, deleted=True))
    for path, word in (
        (f"/post/{post}/{page}", "deleted by its author"),
        (f"/comment/{comment}/{page}", "removed by a moderator"),
        (f"/comment/{other}/{page}", "deleted by its author"),
    ):
        answer = ask(app, path)
        assert "secret" not in answer.text.lower()
        assert word in main_of(app, path)


def test_more_leads_to_every_form_and_shows_the_text_as_typed(world: World, app: ASGIApp) -> None:
    comment = world.comment(on=world.post(), body="A **plank** & <b>half</b> a boat.")
    page = parsed(ask(app, f"/comment/{comment}/more").text)
    found = {link.get("href") for link in elements(one(page, "main"), "a")}
    forms = {f"/comment/{comment}{suffix}" for suffix in ("", ".txt", ".md", ".json", ".rss", "/history")}
    assert forms | {"/u/writer"} <= found
    assert shown(one(page, "pre")) == "A **plank** & <b>half</b> a boat."
    assert f"{URL}/comment/{comment}" in shown(one(page, "main"))


@pytest.mark.parametrize("page", ["history", "more"])
def test_what_was_never_here_is_not_there(app: ASGIApp, page: str) -> None:
    for number in ("1", "0", "01", "-1", "2147483648", "99999999999", "x", "1.txt", "%00"):
        for kind in ("post", "comment"):
            answer = ask(app, f"/{kind}/{number}/{page}", headers={"accept": "application/json"})
            assert (answer.status, answer.headers["content-type"]) == (404, "application/json"), number


def test_head_of_every_page_has_no_body(world: World, app: ASGIApp) -> None:
    post = world.post()
    for path in ("/modlog", f"/post/{post}/history", f"/post/{post}/more"):
        head, whole = ask(app, path, method="HEAD"), ask(app, path)
        assert head.body == b""
        assert head.headers["content-length"] == str(len(whole.body))


def test_address_of_a_community_cannot_be_turned_into_another() -> None:
    turned = community(name="\u202emills", host="moc.live\u200b.example")
    page = modlog_page(ModlogList((), None), Asked(turned, None), frame(), NOW)
    [shown_address] = (shown(found) for found in elements(parsed(page), "bdi") if "@" in shown(found))
    assert shown_address == "\ufffdmills@moc.live\ufffd.example"


def test_time_that_was_reckoned_from_a_rounded_age_is_said_to_be_about() -> None:
    reckoned = comment_of(position=4, approximate=True, received=NOW)
    times = elements(parsed(history_page(reckoned, frame(), NOW)), "time")
    assert [shown(found) for found in times] == ["about 16 November 2024, 09:12 UTC"]
    exact = comment_of(position=4, approximate=True, received=Micros(0))
    assert not [
        found for found in elements(parsed(history_page(exact, frame(), NOW)), "time") if "about" in shown(found)
    ]


def test_history_of_endless_edits_shows_the_newest_and_says_that_there_are_older_ones() -> None:
    view = edited_post()
    few = replace(view, editions=view.editions * 100)
    page = parsed(history_page(few, frame(), NOW))
    assert len(list(elements(page, "h2"))) == EDITIONS_SHOWN
    assert "There are older texts" in shown(one(page, "main"))
    long = view.editions[0]._replace(source="a " * (CHARS_SHOWN // 4))
    page = parsed(history_page(replace(view, editions=(long,) * 9), frame(), NOW))
    assert len(list(elements(page, "h2"))) == 2
    longest = long._replace(source="a" * (CHARS_SHOWN + 1))
    page = parsed(history_page(replace(view, editions=(longest,) * 2), frame(), NOW))
    assert [shown(heading) for heading in elements(page, "h2")] == ["As it is now"]
