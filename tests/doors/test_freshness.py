"""Is any page older than a second? Every command, every guest address in every form, on both databases.

The caches are filled with every answer; then something is done, the follower looks, a second passes; and each answer
is compared, byte for byte, with one that was made without any cache.
"""

import asyncio
import hashlib
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, cast

import pytest
from starlette.types import ASGIApp, Message

from folkmoot import commands
from folkmoot.commands.base import Command
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity, LearnCommunity
from folkmoot.commands.doctor import ResetChildCounts, ResetCounter
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.commands.ranks import CountActive, RefreshRanks, count_active, refresh_ranks
from folkmoot.commands.site import EditSite, SetUpSite
from folkmoot.commands.upkeep import EraseGone, PruneJournal, RenderAnew, render_anew
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.base import Db
from folkmoot.doors import follower
from folkmoot.doors.caches import caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.follower import Follower
from folkmoot.doors.kept import Touched
from folkmoot.doors.negotiate import Form
from folkmoot.doors.site_app import GUEST_ADDRESSES, routes, site_app
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.store.checks import COUNTERS
from folkmoot.text.thread_text import parse_thread
from tests.conftest import SetClock
from tests.doors.losable import LosableDb
from tests.world import World

SITE_URL = "https://hub.example"
FILE = "Read it.\n\n  • ada@lowmoor.example\n    hexagon\n    ·\n    2 hours ago\n\n    Once was enough.".encode()


class Scene:
    """A small site on which every kind of thing is, so that every kind of page shows something."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.admin = world.person("alma", admin=True)
        self.bob = world.person("bob")
        self.carol = world.person("carol")
        self.stranger = world.stranger("dora@elsewhere.example")
        self.river = world.community("river", by=self.bob)
        self.bees = world.community("bees", by=self.carol, nsfw=True)
        self.far = world.perform(OPERATOR, LearnCommunity("hills@elsewhere.example"))
        self.plank = world.post(by=self.bob, community=self.river, title="A plank", body="Found *today*.")
        self.boat = world.post(by=self.carol, community=self.river, title="Half a boat", url="https://news.example/b")
        self.hum = world.post(by=self.carol, community=self.bees, title="Hum")
        self.remote = world.post(by=self.stranger, community=self.far, title="Far", origin=world.there())
        self.first = world.comment(on=self.plank, by=self.carol, body="Which wood?")
        self.answer = world.comment(on=self.plank, under=self.first, by=self.bob, body="Oak.")
        self.theirs = world.comment(on=self.plank, under=self.answer, by=self.stranger, origin=world.there())
        self.other = world.comment(on=self.boat, by=self.bob, body="Where is the rest?")
        self.imported = world.perform(
            OPERATOR,
            ImportThread(
                parse_thread(FILE),
                hashlib.sha256(FILE).hexdigest(),
                world.clock.now,
                community="books@lowmoor.example",
            ),
        ).post
        world.perform(self.bob, EditPost(self.plank, body="Found *yesterday*."))
        world.perform(self.carol, EditComment(self.first, "Which wood is it?"))

    def do(self, caller: Caller, command: Command[Any]) -> None:
        self.world.clock.forward(seconds=0.01)
        self.world.perform(caller, command)


class Deed(NamedTuple):
    """Something that is done to the scene. `at_once`: nobody may see the old for a moment longer."""

    kind: type[Command[Any]] | None
    do: Callable[[Scene], object]
    at_once: bool = False


def _spoiled(scene: Scene) -> None:
    """Let counters be wrong, as no command does."""
    scene.world.db.write(lambda tx: tx.run("update post_rank set comments = comments + 5"))
    scene.world.db.write(lambda tx: tx.run("update comment_node set child_count = child_count + 7"))
    scene.world.perform(OPERATOR, EditSite(description="Spoiled."))


def _all_counters(scene: Scene) -> None:
    with scene.world.db.read() as reader:
        posts = tuple(row[0] for row in reader.rows("select id from post"))
    counter = next(each for each in COUNTERS if "post_rank" in str(each) and "comments" in each.columns)
    scene.world.perform(OPERATOR, ResetCounter(counter, posts))


def _child_counts(scene: Scene) -> None:
    with scene.world.db.read() as reader:
        posts = tuple(row[0] for row in reader.rows("select id from post"))
    scene.world.perform(OPERATOR, ResetChildCounts(posts))


def _older_renderer(scene: Scene) -> None:
    """Let texts be as an older release rendered them; a read renders them anew."""
    scene.world.db.write(lambda tx: tx.run("update post set renderer = 0, html = 'old', text = 'old'"))
    scene.world.db.write(lambda tx: tx.run("update comment set renderer = 0, html = 'old', text = 'old'"))
    scene.do(OPERATOR, EditSite(name="Anew"))


def _new_thread(scene: Scene) -> None:
    data = FILE.replace(b"Once", b"Twice")
    command = ImportThread(
        parse_thread(data), hashlib.sha256(data).hexdigest(), scene.world.clock.now, community="books@lowmoor.example"
    )
    scene.do(OPERATOR, command)


DEEDS: tuple[Deed, ...] = (
    Deed(SetUpSite, lambda s: s.do(OPERATOR, SetUpSite("River folk", "By the river.")), at_once=True),
    Deed(EditSite, lambda s: s.do(OPERATOR, EditSite(name="River people")), at_once=True),
    Deed(CreatePerson, lambda s: s.do(OPERATOR, CreatePerson("emil"))),
    Deed(LearnPerson, lambda s: s.do(OPERATOR, LearnPerson("fay@elsewhere.example"))),
    Deed(CreateCommunity, lambda s: s.do(s.carol, CreateCommunity("moss", "Moss", "*Green*"))),
    Deed(LearnCommunity, lambda s: s.do(OPERATOR, LearnCommunity("dunes@elsewhere.example"))),
    Deed(CreatePost, lambda s: s.do(s.bob, CreatePost(s.river, "An oar", body="It fits."))),
    Deed(CreatePost, lambda s: s.do(s.carol, CreatePost(s.bees, "Wax", nsfw=True))),
    Deed(EditPost, lambda s: s.do(s.carol, EditPost(s.boat, title="Half of a boat", body="The other half."))),
    Deed(EditPost, lambda s: s.do(s.bob, EditPost(s.plank, nsfw=True))),
    Deed(CreateComment, lambda s: s.do(s.carol, CreateComment(s.boat, s.other, "Downstream."))),
    Deed(CreateComment, lambda s: s.do(s.bob, CreateComment(s.imported, None, "Twice, for me."))),
    Deed(EditComment, lambda s: s.do(s.bob, EditComment(s.answer, "Oak, or ash."))),
    Deed(SetPostVote, lambda s: s.do(s.carol, SetPostVote(s.plank, 1))),
    Deed(SetPostVote, lambda s: s.do(s.bob, SetPostVote(s.boat, -1))),
    Deed(SetCommentVote, lambda s: s.do(s.carol, SetCommentVote(s.answer, 1))),
    Deed(SetCommentVote, lambda s: s.do(s.admin, SetCommentVote(s.other, -1))),
    Deed(RefreshRanks, lambda s: _refreshed(s.world)),
    Deed(LockPost, lambda s: s.do(s.bob, LockPost(s.plank, locked=True, reason="Enough."))),
    Deed(LockPost, lambda s: s.do(s.bob, LockPost(s.plank, locked=False))),
    Deed(DeletePost, lambda s: s.do(s.carol, DeletePost(s.boat, deleted=True)), at_once=True),
    Deed(DeletePost, lambda s: s.do(s.carol, DeletePost(s.boat, deleted=False)), at_once=True),
    Deed(DeleteComment, lambda s: s.do(s.bob, DeleteComment(s.answer, deleted=True)), at_once=True),
    Deed(DeleteComment, lambda s: s.do(s.bob, DeleteComment(s.answer, deleted=False)), at_once=True),
    Deed(RemovePost, lambda s: s.do(s.admin, RemovePost(s.hum, "Too loud.", removed=True)), at_once=True),
    Deed(RemovePost, lambda s: s.do(s.admin, RemovePost(s.hum, None, removed=False)), at_once=True),
    Deed(RemoveComment, lambda s: s.do(s.bob, RemoveComment(s.first, "Off.", removed=True)), at_once=True),
    Deed(RemoveComment, lambda s: s.do(s.bob, RemoveComment(s.first, None, removed=False)), at_once=True),
    Deed(ImportThread, _new_thread),
    Deed(CountActive, lambda s: count_active(s.world.db, s.world.clock.now)),
    Deed(None, _spoiled, at_once=True),
    Deed(ResetCounter, _all_counters, at_once=True),
    Deed(ResetChildCounts, _child_counts, at_once=True),
    Deed(None, lambda s: s.world.clock.forward(seconds=59)),
    Deed(None, lambda s: s.world.clock.forward(seconds=3 * 3600)),
    Deed(RefreshRanks, lambda s: _refreshed(s.world)),
    Deed(None, lambda s: s.do(s.carol, DeletePost(s.boat, deleted=True)), at_once=True),
    Deed(None, lambda s: s.do(s.bob, RemoveComment(s.first, "Off.", removed=True)), at_once=True),
    Deed(None, lambda s: s.world.clock.forward(days=31)),
    Deed(EraseGone, lambda s: s.world.perform(OPERATOR, EraseGone()), at_once=True),
    Deed(None, lambda s: _refreshed(s.world)),
    Deed(CountActive, lambda s: count_active(s.world.db, s.world.clock.now)),
    Deed(None, _older_renderer, at_once=True),
    Deed(RenderAnew, lambda s: render_anew(s.world.db), at_once=True),
    Deed(PruneJournal, lambda s: s.world.perform(OPERATOR, PruneJournal()), at_once=True),
)
"""In this order. One without a kind prepares the next one, or lets time pass."""


HOURLY = {"/about"}
"""Says numbers that are counted at most once an hour, and so is looked at only where the site itself changed."""


def _refreshed(world: World) -> None:
    while refresh_ranks(world.db, world.clock.now):
        pass


def addresses_of(scene: Scene) -> dict[str, tuple[str, ...]]:
    """Give, for each guest address, paths and queries at which there is something, or will be."""
    plank, oak = f"/post/{scene.plank}", f"/comment/{scene.answer}"
    others = [f"/post/{post}{suffix}" for post in (scene.boat, scene.hum, scene.imported) for suffix in (".json", "")]
    replies = [f"/comment/{comment}" for comment in (scene.first, scene.theirs, scene.other)]
    communities = ("river", "river.rss", "bees", "hills@elsewhere.example", "books@lowmoor.example", "moss")
    people = ("alma", "bob", "bob.json", "carol", "dora@elsewhere.example", "emil")
    return {
        "/": ("/", "/?feed=local&sort=new", "/?sort=hot", "/?sort=top-all", "/?sort=most-comments"),
        "/front.rss": ("/front.rss",),
        "/front.json": ("/front.json",),
        "/c/{name}": (*(f"/c/{name}" for name in communities), "/c/river?show=comments", "/c/river?sort=new"),
        "/u/{name}": (*(f"/u/{name}" for name in people), "/u/bob?show=comments&sort=top", "/u/carol?show=posts"),
        "/communities": ("/communities", "/communities?sort=new&feed=local"),
        "/communities.json": ("/communities.json",),
        "/post/{name}": (plank, f"{plank}.txt", f"{plank}.rss", *others, f"{plank}?sort=new", f"{plank}?all=1"),
        "/comment/{name}": (oak, f"{oak}.md", f"{oak}?context=1", *replies),
        "/post/{number}/history": (f"{plank}/history", f"/post/{scene.boat}/history"),
        "/comment/{number}/history": (f"/comment/{scene.first}/history", f"{oak}/history"),
        "/post/{number}/more": (f"{plank}/more", f"/post/{scene.boat}/more"),
        "/comment/{number}/more": (f"/comment/{scene.first}/more", f"{oak}/more"),
        "/modlog": ("/modlog", "/modlog?community=river"),
        "/menu": ("/menu",),
        "/about": ("/about",),
        "/sorts": ("/sorts?of=/", "/sorts?of=/c/river"),
        "/appearance": ("/appearance",),
        "/robots.txt": ("/robots.txt",),
        "/manifest.webmanifest": ("/manifest.webmanifest",),
        "/sitemap.xml": ("/sitemap.xml",),
        "/.well-known/security.txt": ("/.well-known/security.txt",),
        "/favicon.ico": ("/favicon.ico",),
        "/apple-touch-icon.png": ("/apple-touch-icon.png",),
    }


class Asked(NamedTuple):
    """An address and the one form that is accepted."""

    target: str
    form: Form


class Answer(NamedTuple):
    """What is compared."""

    status: int
    told: dict[bytes, bytes]
    body: bytes


COMPARED = (b"content-type", b"etag", b"location", b"link", b"last-modified", b"cache-control")


class Sites:
    """The same site with caches and without."""

    def __init__(self, world: World, *, page_bytes: int = 64_000_000) -> None:
        self.world = world
        self.clock: SetClock = world.clock
        self.db = LosableDb(world.db)
        self.kept = caches(page_bytes=page_bytes, part_bytes=64_000_000)
        self.follower = Follower(cast("Db", self.db), self.kept.changes, world.clock)
        context = WebContext(cast("Db", self.db), SITE_URL, world.clock, self.kept)
        self.cached = site_app(context)
        self.plain = site_app(WebContext(world.db, SITE_URL, world.clock))
        self.follower.poll()

    def a_second_later(self) -> None:
        """Let the follower look, as it does a few times in a second."""
        self.follower.poll()
        self.clock.forward(seconds=1)
        self.follower.poll()

    async def answers(self, app: ASGIApp, everything: list[Asked]) -> dict[Asked, Answer]:
        return {asked: await answer(app, asked) for asked in everything}

    def fill(self, everything: list[Asked]) -> dict[Asked, Answer]:
        return asyncio.run(self.answers(self.cached, everything))

    def old(self, everything: list[Asked]) -> list[str]:
        """Name what differs from an answer that was made without caches."""

        async def both() -> list[str]:
            kept = await self.answers(self.cached, everything)
            made = await self.answers(self.plain, everything)
            return [f"{asked.target} as {asked.form.value}" for asked in everything if kept[asked] != made[asked]]

        return asyncio.run(both())


async def answer(app: ASGIApp, asked: Asked, *told: tuple[bytes, bytes]) -> Answer:
    """Ask once, with further headers where they are told."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    path, _, query = asked.target.partition("?")
    headers = [(b"host", b"hub.example"), (b"accept", asked.form.value.encode()), *told]
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": headers, "client": ("192.0.2.1", 9), "server": ("hub.example", 443), "scheme": "https",
    }  # fmt: skip
    await app(scope, receive, send)
    said = {name: value for name, value in messages[0]["headers"] if name in COMPARED}
    return Answer(messages[0]["status"], said, b"".join(message.get("body", b"") for message in messages[1:]))


def everything_of(scene: Scene) -> list[Asked]:
    """Give each address in each form: the first of a pattern in all that it has, the others in the first two."""
    forms = {address.path: address.forms for address in GUEST_ADDRESSES}
    everything: list[Asked] = []
    for path, (first, *others) in addresses_of(scene).items():
        everything += [Asked(first, form) for form in forms[path]]
        everything += [Asked(other, form) for other in others for form in _other_forms(other, forms[path])]
    return everything


def _other_forms(target: str, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """One with a suffix has but one form; ActivityPub is asked for once."""
    suffixed = "." in target.rpartition("/")[2].partition("@")[0]
    return forms[:1] if suffixed else tuple(form for form in forms[:3] if form is not Form.ACTIVITY)


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_no_page_is_older_than_a_second(scene: Scene) -> None:
    sites = Sites(scene.world)
    everything = everything_of(scene)
    steady = [asked for asked in everything if asked.target not in HOURLY]
    old: list[str] = []
    for place, deed in enumerate(DEEDS):
        sites.fill(everything)
        deed.do(scene)
        looked_at = everything if deed.kind in (SetUpSite, EditSite) else steady
        name = f"{place} {'time or preparation' if deed.kind is None else deed.kind.__name__}"
        sites.follower.poll()
        if deed.at_once:
            old += [f"at once after {name}: {what}" for what in sites.old(looked_at)]
        sites.fill(everything)
        sites.a_second_later()
        old += [f"a second after {name}: {what}" for what in sites.old(looked_at)]
    assert not old, "\n".join([f"{len(old)} are old:", *old[:60]])


def test_every_answer_that_may_be_kept_is_kept(scene: Scene) -> None:
    sites = Sites(scene.world)
    unkept = {address.path for address in GUEST_ADDRESSES if not address.kept}
    everything = [asked for asked in everything_of(scene) if asked.target not in unkept]
    before = sites.fill(everything)
    sites.db.lost = True
    after = sites.fill(everything)
    # what is gone, elsewhere or not there is never kept; ActivityPub's objects are asked for by servers, once
    good = [asked for asked in everything if before[asked].status == 200 and asked.form is not Form.ACTIVITY]
    assert [asked for asked in good if after[asked] != before[asked]] == []
    assert len(good) > len(everything) / 2


def test_a_follower_that_overlooks_a_fact_would_be_noticed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follower, "touched", lambda _: Touched())
    sites = Sites(scene.world)
    everything = everything_of(scene)
    for kind in (EditPost, SetCommentVote, RemoveComment, CreateCommunity):
        sites.fill(everything)
        next(deed for deed in DEEDS if deed.kind is kind).do(scene)
        sites.a_second_later()
        assert sites.old(everything)
        sites.kept.pages.clear()


def test_each_guest_address_is_in_the_table(scene: Scene) -> None:
    assert {address.path for address in GUEST_ADDRESSES} == set(addresses_of(scene))


def test_each_route_is_a_guest_address_or_said_to_be_none(world: World) -> None:
    nothing_to_keep = {"/healthz", "/static/{name}"}
    found = {route.path for route in routes(WebContext(world.db, SITE_URL, world.clock))}
    assert found - nothing_to_keep == {address.path for address in GUEST_ADDRESSES}


def test_each_command_is_in_the_table() -> None:
    for module in iter_modules(commands.__path__, "folkmoot.commands."):
        import_module(module.name)
    kinds = {kind for kind in Command.__subclasses__() if kind.__module__.startswith("folkmoot.")}
    assert {kind.__name__ for kind in kinds} == {deed.kind.__name__ for deed in DEEDS if deed.kind}
