"""A render that began before a change, and is kept after it: stale for ever, if nobody looked at when it began."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from folkmoot.commands.comments import EditComment
from folkmoot.commands.moderation import RemoveComment
from folkmoot.doors.caches import caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.follower import Follower
from folkmoot.doors.negotiate import Form
from folkmoot.doors.site_app import site_app
from tests.doors.test_freshness import SITE_URL, Asked, answer
from tests.world import World


class Race:
    """A thread of one comment, and a page cache in which a render can be held before it is stored."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.moderator = world.person()
        post = world.post(by=world.writer, community=world.community(by=self.moderator))
        self.comment = world.comment(on=post, by=world.writer, body="Old words.")
        self.kept = caches(page_bytes=1_000_000, part_bytes=1_000_000)
        self.follower = Follower(world.db, self.kept.changes, world.clock)
        self.app = site_app(WebContext(world.db, SITE_URL, world.clock, self.kept))
        self.asked = Asked(f"/post/{post}", Form.JSON)
        self.guarded = True
        self.meanwhile: Callable[[], object] = lambda: None
        self._put = self.kept.pages.put
        monkeypatch.setattr(self.kept.pages, "put", self._held)
        self.follower.poll()

    def _held(self, key: Any, value: Any, *, since: int, **more: Any) -> bool:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        self.follower.poll()
        # without the guard: as if the render had begun when it was done
        return self._put(key, value, since=since if self.guarded else self.kept.pages.generation(), **more)

    def shown(self) -> str:
        return asyncio.run(answer(self.app, self.asked)).body.decode()

    def later(self, seconds: float) -> None:
        self.world.clock.forward(seconds=seconds)
        self.follower.poll()

    def edit(self) -> None:
        self.world.perform(self.world.writer, EditComment(self.comment, "New words."))

    def remove(self) -> None:
        self.world.perform(self.moderator, RemoveComment(self.comment, None, removed=True))


@pytest.fixture
def race(world: World, monkeypatch: pytest.MonkeyPatch) -> Race:
    return Race(world, monkeypatch)


def test_a_page_that_was_made_before_an_edit_is_shown_for_less_than_a_second(race: Race) -> None:
    race.meanwhile = race.edit
    assert "Old words." in race.shown()
    race.later(0.9)
    assert "Old words." in race.shown()
    race.later(0.1)
    assert "New words." in race.shown()


def test_a_page_that_was_made_before_a_removal_is_never_shown_again(race: Race) -> None:
    race.meanwhile = race.remove
    assert "Old words." in race.shown()
    assert "Old words." not in race.shown()


@pytest.mark.parametrize("deed", [Race.edit, Race.remove])
def test_without_the_guard_it_would_be_shown_for_ever(race: Race, deed: Callable[[Race], None]) -> None:
    race.guarded = False
    race.meanwhile = lambda: deed(race)
    assert "Old words." in race.shown()
    for _ in range(20):
        race.later(0.2)
    race.later(3600)
    assert "Old words." in race.shown()


def test_a_change_that_is_not_seen_yet_drops_the_page_when_it_is(race: Race) -> None:
    assert "Old words." in race.shown()
    race.remove()
    assert "Old words." in race.shown()
    race.follower.poll()
    assert "Old words." not in race.shown()


def test_a_page_that_began_after_a_change_is_kept(race: Race) -> None:
    race.edit()
    race.follower.poll()
    assert "New words." in race.shown()
    made = len(race.kept.pages)
    race.later(5)
    assert "New words." in race.shown()
    assert len(race.kept.pages) == made
