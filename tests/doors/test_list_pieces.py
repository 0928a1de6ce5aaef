"""Do kept rows and shells of lists show what is so now? Without the page cache, which would hide what they say.

After every command, as soon as the follower has looked, each list made from what is kept is compared with one that is
made of nothing kept.
"""

import asyncio

import pytest

from folkmoot.commands.comments import EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.moderation import LockPost
from folkmoot.commands.posts import EditPost
from folkmoot.commands.votes import SetPostVote
from folkmoot.db.base import Reader
from folkmoot.doors import follower
from folkmoot.doors.kept import Touched
from folkmoot.doors.negotiate import Form
from folkmoot.model.ids import PostId
from folkmoot.queries import post_heads
from tests.doors.test_freshness import DEEDS, Asked, Scene, Sites, answer
from tests.world import World

FORMS = (Form.HTML, Form.JSON, Form.RSS)
LISTS = (
    "/",
    "/?feed=local&sort=new",
    "/?sort=top-day",
    "/?sort=new&lang=de",
    "/c/river",
    "/c/river?show=comments",
    "/c/bees",
    "/c/hills@elsewhere.example",
    "/c/books@lowmoor.example",
    "/u/alma",
    "/u/bob",
    "/u/carol?sort=top",
    "/u/dora@elsewhere.example?show=comments",
    "/communities",
    "/communities?sort=new&feed=local",
)
EVERYTHING = [
    Asked(target, form) for target in LISTS for form in FORMS if "communities" not in target or form is not Form.RSS
]


@pytest.fixture
def scene(world: World) -> Scene:
    return Scene(world)


def test_every_command_is_seen_in_what_lists_are_made_of(scene: Scene) -> None:
    sites = Sites(scene.world, page_bytes=0)
    old: list[str] = []
    for place, deed in enumerate(DEEDS):
        sites.fill(EVERYTHING)
        deed.do(scene)
        sites.follower.poll()
        name = f"{place} {'time or preparation' if deed.kind is None else deed.kind.__name__}"
        old += [f"after {name}: {what}" for what in sites.old(EVERYTHING)]
        sites.a_second_later()
        old += [f"a second after {name}: {what}" for what in sites.old(EVERYTHING)]
    assert not old, "\n".join([f"{len(old)} are old:", *old[:60]])


@pytest.mark.parametrize("kind", [EditPost, EditComment, SetPostVote, LockPost, CreateCommunity])
def test_a_change_that_nobody_tells_of_would_be_noticed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, kind: type
) -> None:
    monkeypatch.setattr(follower, "touched", lambda _: Touched())
    sites = Sites(scene.world, page_bytes=0)
    sites.fill(EVERYTHING)
    next(deed for deed in DEEDS if deed.kind is kind).do(scene)
    sites.follower.poll()
    assert sites.old(EVERYTHING)


def test_rows_are_read_once_and_then_only_those_that_changed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    sites, read = Sites(scene.world, page_bytes=0), list[list[PostId]]()
    heads = post_heads.post_heads

    def noted(reader: Reader, posts: list[PostId], *, texts: bool) -> object:
        read.append(sorted(posts))
        return heads(reader, posts, texts=texts)

    monkeypatch.setattr(post_heads, "post_heads", noted)
    page = [Asked("/?sort=new", Form.HTML)]
    sites.fill(page)
    sites.fill(page)
    assert len(read) == 1
    scene.do(scene.bob, SetPostVote(scene.boat, -1))
    sites.follower.poll()
    sites.fill(page)
    assert read[1:] == [[scene.boat]]


def test_looks_languages_and_forms_do_not_meet(scene: Scene) -> None:
    """Whatever is asked for first, each gets its own rows."""
    sites = Sites(scene.world, page_bytes=0)
    asked = [*EVERYTHING, *(Asked(f"{target}{'&' if '?' in target else '?'}lang=de", Form.HTML) for target in LISTS)]
    sites.fill(asked)
    sites.fill(asked[::-1])
    assert sites.old(asked) == []


def test_a_reader_who_is_known_is_given_no_guests_shell(scene: Scene) -> None:
    """Who sends a session's cookie has no key of a page: the shell goes by all that was understood of the request."""
    sites = Sites(scene.world, page_bytes=0)

    async def ask(cookie: bytes) -> bytes:
        return (await answer(sites.cached, Asked("/", Form.HTML), (b"cookie", cookie))).body

    plain, dark = (asyncio.run(ask(cookie)) for cookie in (b"jwt=x", b"jwt=x; look=dark.compact.100"))
    assert b'data-theme="dark"' in dark
    assert b'data-theme="dark"' not in plain


def test_the_tag_is_the_same_whatever_is_kept_and_another_one_for_other_bytes(scene: Scene) -> None:
    """One process keeps pages, one parts, one nothing: whoever asks one after the other must get his 304."""
    pages, parts = Sites(scene.world, page_bytes=1_000_000), Sites(scene.world, page_bytes=0)
    tags: dict[bytes, bytes] = {}

    async def ask(what: Asked) -> set[tuple[bytes, bytes]]:
        sites = (pages.cached, pages.cached, parts.cached, parts.cached, parts.plain)
        answers = [await answer(site, what) for site in sites]
        return {(each.told.get(b"etag", b""), each.body) for each in answers}

    def look() -> None:
        for what in EVERYTHING:
            ((tag, body),) = asyncio.run(ask(what))
            assert not tag or tags.setdefault(tag, body) == body

    look()
    scene.do(scene.bob, SetPostVote(scene.boat, -1))
    pages.follower.poll()
    parts.follower.poll()
    pages.a_second_later()
    parts.a_second_later()
    look()
