"""Every comment of a thread is on some page, and no kept piece of a page is older than what it shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from starlette.applications import Starlette

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.votes import SetCommentVote
from folkmoot.doors import addresses
from folkmoot.doors.caches import caches, no_caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import SITE, Of
from folkmoot.doors.kept import Change, Touched
from folkmoot.doors.thread_things import CommentThing, PostThing, Thing, page_key
from folkmoot.doors.web.appearance import DEFAULT, Look, Theme
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import language
from folkmoot.doors.web.talk_pages import Shown, TalkPages
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries import talk
from folkmoot.queries.site import site as site_view
from folkmoot.queries.talk import Wish
from folkmoot.queries.tree import Limits
from folkmoot.queries.views import CommentSort
from tests.doors.conftest import SITE_URL, Site
from tests.queries.recording import recording
from tests.world import World, person_of

BIG = 8_000_000


def drawn(
    world: World,
    pages: TalkPages,
    thing: Thing,
    wish: Wish = Wish(),  # noqa: B008 -- frozen
    look: Look = DEFAULT,
) -> Shown:
    since = pages.generation()
    with world.db.read() as reader:
        frame = Frame(site_view(reader), SITE_URL, language("en"), look)
        return thing.page(reader, pages, frame, wish=wish, now=world.clock(), since=since)


@contextmanager
def small_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let five comments and three levels fill a page."""
    with monkeypatch.context() as patched:
        patched.setattr(talk, "PAGE", Limits(levels=3, comments=5))
        yield


def thread_of_many(site: Site) -> tuple[PostId, set[int]]:
    world = site.world
    post = world.post(by=world.person("ada"))
    made: list[CommentId] = []
    for number in range(40):
        under = made[(number * 7) % len(made)] if made and number % 4 else None
        made.append(world.comment(on=post, under=under, body=f"Words {number}"))
        world.clock.forward(seconds=1)
    return post, set(made)


ONWARD = re.compile(r'class=on><a (?:class=deeper )?href="([^"]*)"|href="([^"]*)" class=button rel=next')


def followed(site: Site, first: str) -> set[int]:
    """Read a page, and whatever its links onward lead to."""
    seen: set[int] = set()
    asked: set[str] = set()
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if path in asked:
            continue
        asked.add(path)
        answer = site.get(path)
        assert answer.status_code == 200
        seen |= {int(found) for found in re.findall(r"<li id=c(\d+)", answer.text)}
        found = ["".join(pair) for pair in ONWARD.findall(answer.text)]
        waiting += [path.replace("&amp;", "&").partition("#")[0] for path in found]
    return seen


@pytest.mark.parametrize("sort", [None, *CommentSort])
def test_links_lead_to_every_comment_in_every_order(
    site: Site, sort: CommentSort | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, made = thread_of_many(site)
    query = "" if sort is None else f"?sort={sort.value}"
    with small_pages(monkeypatch):
        assert followed(site, f"/post/{post}{query}") == made
    assert set(map(int, re.findall(r"<li id=c(\d+)", site.get(f"/post/{post}?all=1").text))) == made


def test_pages_that_were_linked_before_a_change_still_answer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    post, made = thread_of_many(site)
    with small_pages(monkeypatch):
        page = site.get(f"/post/{post}?sort=top").text
        links = re.findall(r'href="(/(?:comment|post)/\d+\?[^"]*from=[^"]*)"', page)
        assert links
        for comment in made:
            site.world.perform(site.world.person(), SetCommentVote(CommentId(comment), 1 if comment % 3 else -1))
        for link in links:
            assert site.get(link.replace("&amp;", "&")).status_code == 200


def test_page_that_begins_at_no_comment_of_its_thread_is_known_as_the_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, made = thread_of_many(site)
    path = f"/post/{post}"

    def known_as(address: str) -> str:
        [found] = re.findall(r'rel="canonical" href="https?://[^/]*([^"]*)"', site.get(address).text)
        return str(found)

    with small_pages(monkeypatch):
        [later] = re.findall(r'href="([^"#]*)[^"]*" class=button rel=next', site.get(path).text)
        assert known_as(later) == later != path
        for start in (max(made) + 1, 2**31 - 1):
            assert known_as(f"{path}?from={start}") == path


@pytest.mark.parametrize(
    "query",
    [
        *("from=0", "from=x", "from=99999999999", "from=2147483647", "from=-1", "from=1&from=2", "from=%00", "from=٣"),
        *("all=2", "context=9", "context=x", "context=-1", "context=8", "context=0", "sort=hot&all=1&from=1&context=3"),
    ],
)
def test_any_wish_is_answered(site: Site, query: str) -> None:
    post = site.world.post()
    comment = site.world.comment(on=post)
    for path in (f"/post/{post}", f"/comment/{comment}"):
        for suffix in ("", ".txt", ".json"):
            assert site.get(f"{path}{suffix}?{query}").status_code == 200


def test_comments_page_leads_to_those_above_it_and_to_all(site: Site) -> None:
    post = site.world.post()
    line: list[CommentId] = []
    for _ in range(12):
        line.append(site.world.comment(on=post, under=line[-1] if line else None))
    page = site.get(f"/comment/{line[11]}").text
    assert "Show 6 earlier comments" in page
    assert f'href="/comment/{line[11]}?context=8"' in page
    assert f'href="/post/{post}?all=1#c{line[11]}"' in page
    most = site.get(f"/comment/{line[11]}?context=8").text
    assert f'href="/comment/{line[3]}?context=8"' in most
    assert "Show 3 earlier comments" in most
    assert "earlier" not in site.get(f"/comment/{line[1]}").text


def test_page_says_what_it_depends_on(site: Site) -> None:
    world = site.world
    ada, bob = world.person("ada"), world.person("bob")
    post = world.post(by=ada)
    comment = world.comment(on=post, by=bob)
    world.clock.forward(seconds=90)
    for thing in (PostThing(post), CommentThing(comment)):
        depends = drawn(world, TalkPages(no_caches()), thing).depends
        assert {SITE, (Of.POST, post)} < depends.things
        assert {of for of, _ in depends.things} == {Of.SITE, Of.POST, Of.COMMUNITY}
        assert depends.people == {person_of(ada), person_of(bob)}
        assert depends.until == world.clock() + 30_000_000


def test_what_is_kept_shows_every_change_at_once(world: World) -> None:
    """Without any follower: nothing but the rows themselves says what is old."""
    ada = world.person("ada")
    post = world.post(by=ada)
    first = world.comment(on=post, by=ada, body="first words")
    pages = TalkPages(caches(page_bytes=0, part_bytes=BIG))

    def shown() -> str:
        kept = drawn(world, pages, PostThing(post)).body.content
        assert kept == drawn(world, TalkPages(no_caches()), PostThing(post)).body.content
        return kept.decode()

    assert "first words" in shown()
    for edit in ("second words", "third words", "fourth words"):
        world.perform(ada, EditComment(first, edit))
        assert edit in shown()
    world.perform(world.person("bob"), SetCommentVote(first, 1))
    assert "2 points" in shown()
    world.comment(on=post, under=first, body="a reply")
    assert "comment and 1 reply" in shown()
    world.clock.forward(seconds=3_600)
    assert "1 hour ago" in shown()
    world.perform(ada, DeleteComment(first, deleted=True))
    assert "deleted by author" in shown()
    world.perform(ada, DeleteComment(first, deleted=False))
    assert "fourth words" in shown()
    world.clock.forward(days=40)
    assert "1 month ago" in shown()


def test_page_with_kept_words_reads_none(world: World) -> None:
    post = world.post()
    for _ in range(3):
        world.comment(on=post)
    pages = TalkPages(caches(page_bytes=0, part_bytes=BIG))
    asked: list[list[str]] = []
    for _ in range(2):
        with recording(world.db) as reader:
            frame = Frame(site_view(reader), SITE_URL, language("en"))
            PostThing(post).page(reader, pages, frame, wish=Wish(), now=world.clock(), since=0)
            asked.append([sql for sql, _ in reader.statements])
    assert len(asked[0]) == len(asked[1]) + 1
    assert not any("from comment t" in sql for sql in asked[1])


def test_pages_share_words_and_differ_where_they_must(world: World) -> None:
    post = world.post()
    line: list[CommentId] = []
    for _ in range(7):
        line.append(world.comment(on=post, under=line[-1] if line else None))
    world.comment(on=post)
    pages = TalkPages(caches(page_bytes=0, part_bytes=BIG))
    for _ in range(2):
        for thing, wish in (
            (PostThing(post), Wish()),
            (CommentThing(line[5]), Wish()),
            (CommentThing(line[5]), Wish(context=0)),
            (PostThing(post), Wish(sort=CommentSort.NEW)),
            (PostThing(post), Wish(whole=True)),
        ):
            fresh = drawn(world, TalkPages(no_caches()), thing, wish)
            assert drawn(world, pages, thing, wish).body.content == fresh.body.content


@pytest.mark.parametrize("suffix", [".txt", ".md", ".json", ".rss"])
def test_form_is_kept_until_its_thread_changes(world: World, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    ada = world.person("ada")
    post = world.post(by=ada)
    comment = world.comment(on=post, by=ada, body="first words")
    kept = caches(page_bytes=0, part_bytes=BIG)
    kept.changes.looked([], world.clock())
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock, kept=kept)
    site = Site(world, Starlette(routes=addresses.routes(context)))
    path = f"/comment/{comment}{suffix}"
    first = site.get(path)
    with monkeypatch.context() as patched:
        patched.setattr(addresses, "made_of", None)  # whoever makes it anew breaks
        again = site.get(path)
    assert (again.content, again.headers) == (first.content, first.headers)
    world.perform(ada, EditComment(comment, "second words"))
    kept.changes.looked([Change(Touched(((Of.POST, post),)), world.clock())], world.clock())
    assert "second words" in site.get(path).text


class _NothingToRead:
    """A database that nobody may ask."""

    reads_inline = True

    def read(self) -> None:
        raise AssertionError("something was read")


@pytest.mark.parametrize("touched", [Of.POST, Of.COMMUNITY, None])
@pytest.mark.parametrize("query", ["", "?all=1", "?sort=new", "?lang=de"])
def test_page_is_kept_until_something_on_it_changes(world: World, touched: Of | None, query: str) -> None:
    ada, bob = world.person("ada"), world.person("bob")
    post = world.post(by=ada)
    comment = world.comment(on=post, by=bob)
    kept = caches(page_bytes=0, part_bytes=BIG)
    kept.changes.looked([], world.clock())
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock, kept=kept)
    site = Site(world, Starlette(routes=addresses.routes(context)))
    paths = [f"/post/{post}{query}", f"/comment/{comment}{query}"]
    first = [site.get(path) for path in paths]
    no_db = WebContext(db=cast("Any", _NothingToRead()), site_url=SITE_URL, clock=world.clock, kept=kept)
    deaf = Site(world, Starlette(routes=addresses.routes(no_db)))
    again = [deaf.get(path) for path in paths]
    assert [(one.content, one.headers) for one in again] == [(one.content, one.headers) for one in first]
    assert [deaf.get(path).status_code for path in paths] == [200, 200]
    number = int(post) if touched is Of.POST else 1
    change = Touched(people=(person_of(bob),)) if touched is None else Touched(((touched, number),))
    kept.changes.looked([Change(change, world.clock())], world.clock())
    for path in paths:
        with pytest.raises(AssertionError, match="something was read"):
            deaf.get(path)


def test_page_that_is_kept_is_sent_as_it_lies_and_other_looks_share_its_list(world: World) -> None:
    post = world.post()
    world.comment(on=post)
    kept = caches(page_bytes=0, part_bytes=BIG)
    kept.changes.looked([], world.clock())
    pages = TalkPages(kept)
    first = drawn(world, pages, PostThing(post))
    dark = drawn(world, pages, PostThing(post), look=Look(Theme.DARK))
    keys = [page_key(PostThing(post), Wish(), language("en"), look) for look in (Look(), Look(Theme.DARK))]
    again, dark_again = (pages.page(key, world.clock()) for key in keys)
    assert again is not None
    assert dark_again is not None
    assert again.body.content is first.body.content
    assert again.body == first.body
    assert dark_again.body == dark.body
    assert dark.body.digest != first.body.digest
    assert dark_again.talk is again.talk
    fresh = drawn(world, TalkPages(no_caches()), PostThing(post), look=Look(Theme.DARK))
    assert fresh.body == dark.body


def test_kept_page_ends_with_its_list(world: World) -> None:
    """What stands around a list names the next page and the number of comments: it is of that list alone."""
    post = world.post()
    world.comment(on=post)
    pages = TalkPages(caches(page_bytes=0, part_bytes=BIG))
    first = drawn(world, pages, PostThing(post))
    world.comment(on=post)
    second = drawn(world, TalkPages(no_caches()), PostThing(post))
    assert first.talk.digest != second.talk.digest
    assert first.body.digest != second.body.digest
