"""What is kept: for how long it is given out, what drops it, and that its bytes are bounded."""

from dataclasses import fields, is_dataclass
from typing import Any, cast

import pytest

from folkmoot.doors.depends import SITE, Depends, Of, Thing
from folkmoot.doors.kept import (
    EVERY,
    FRESH_MICROS,
    MARKS_REMEMBERED,
    MEMORY_MICROS,
    Ageing,
    Change,
    Changes,
    Kept,
    Touched,
)
from folkmoot.doors.room import Room
from folkmoot.doors.touched import touched
from folkmoot.model import journal
from folkmoot.model.ids import Micros
from folkmoot.model.journal import CommentErased, Fact, PostVoteSet, SiteChanged

SECOND = 1_000_000
POST: Thing = (Of.POST, 7)
OTHER: Thing = (Of.POST, 8)


class Bench:
    """One cache, its changes, and a clock."""

    def __init__(self, ageing: Ageing = Ageing.LINGER, max_bytes: int = 1_000_000) -> None:
        self.changes = Changes()
        self.kept: Kept[str, str] = Kept(self.changes, Room(max_bytes), ageing=ageing)
        self.now = 1_000 * SECOND
        self.look()

    def look(self, *touches: Touched, at: int | None = None) -> None:
        changes = [Change(touch, Micros(self.now if at is None else at)) for touch in touches]
        self.changes.looked(changes, Micros(self.now))

    def later(self, seconds: float) -> None:
        """Let time pass, with the follower awake at its end."""
        self.now += round(seconds * SECOND)
        self.look()

    def put(
        self, key: str, *things: Thing, people: tuple[int, ...] = (), until: int | None = None, since: int | None = None
    ) -> bool:
        depends = Depends(frozenset({SITE, *things}), frozenset(people), None if until is None else Micros(until))
        began = self.kept.generation() if since is None else since
        return self.kept.put(key, f"value of {key}", size=100, depends=depends, since=began)

    def has(self, key: str) -> bool:
        return self.kept.get(key, Micros(self.now)) == f"value of {key}"


def test_what_is_put_is_given_until_its_end() -> None:
    bench = Bench()
    assert bench.put("thread", POST, until=bench.now + 60 * SECOND)
    bench.later(59)
    assert bench.has("thread")
    bench.later(1)
    assert not bench.has("thread")


def test_an_ordinary_change_leaves_a_page_just_under_a_second() -> None:
    bench = Bench()
    bench.put("thread", POST)
    bench.put("another", OTHER)
    bench.look(Touched((POST,)), at=bench.now - SECOND // 5)
    bench.later(0.7)
    assert bench.has("thread")
    bench.later(0.1)
    assert not bench.has("thread")
    assert bench.has("another")


def test_more_changes_do_not_lengthen_its_life() -> None:
    bench = Bench()
    bench.put("thread", POST)
    for _ in range(6):
        bench.look(Touched((POST,)))
        bench.later(0.2)
    assert not bench.has("thread")


@pytest.mark.parametrize("touch", [Touched((POST,), at_once=True), Touched((), (3,), at_once=True)])
@pytest.mark.parametrize("ageing", Ageing)
def test_what_may_not_be_seen_any_more_is_dropped_at_once(touch: Touched, ageing: Ageing) -> None:
    bench = Bench(ageing)
    bench.put("thread", POST, people=(3,))
    bench.put("another", OTHER, people=(4,))
    bench.look(touch)
    assert not bench.has("thread")
    assert bench.has("another")
    assert len(bench.kept) == 1


def test_somebody_shown_is_not_somebody_whose_page_it_is() -> None:
    bench = Bench()
    bench.put("thread", POST, people=(3,))
    bench.look(Touched(((Of.PERSON, 3),), at_once=True))
    assert bench.has("thread")


def test_the_site_drops_everything() -> None:
    bench = Bench()
    bench.put("thread", POST)
    bench.put("part")
    since = bench.kept.generation()
    bench.look(Touched(everything=True))
    assert len(bench.kept) == 0
    assert not bench.put("part", since=since)
    assert bench.put("part")


def test_all_of_a_kind() -> None:
    bench = Bench()
    bench.put("list", (Of.LIST, 1))
    bench.put("thread", POST)
    since = bench.kept.generation()
    bench.look(Touched(((Of.LIST, EVERY),), at_once=True))
    assert not bench.has("list")
    assert bench.has("thread")
    assert not bench.put("list", (Of.LIST, 2), since=since)
    assert bench.put("other thread", OTHER, since=since)


def test_pieces_are_dropped_by_any_change() -> None:
    bench = Bench(Ageing.DROP)
    bench.put("piece", POST)
    since = bench.kept.generation()
    bench.look(Touched((POST,)))
    assert not bench.has("piece")
    assert not bench.put("piece", POST, since=since)


def test_what_holds_its_version_in_its_key_minds_no_ordinary_change() -> None:
    bench = Bench(Ageing.NONE)
    bench.put("part", POST)
    since = bench.kept.generation()
    bench.look(Touched((POST,)))
    bench.later(5)
    assert bench.has("part")
    assert bench.put("part", POST, since=since)


def test_a_render_that_began_before_something_was_removed_is_not_kept() -> None:
    bench = Bench()
    since = bench.kept.generation()
    bench.look(Touched((POST,), at_once=True))
    assert not bench.put("thread", POST, since=since)
    assert bench.put("another", OTHER, since=since)
    assert bench.put("thread", POST)


def test_a_render_that_began_before_an_ordinary_change_is_kept_for_a_moment() -> None:
    bench = Bench()
    since = bench.kept.generation()
    bench.now += SECOND // 2
    bench.look(Touched((POST,)))
    assert bench.put("thread", POST, since=since)
    assert bench.has("thread")
    bench.later(0.5)
    assert not bench.has("thread")


def test_a_render_that_took_longer_than_the_memory_is_not_kept() -> None:
    bench = Bench()
    since = bench.kept.generation()
    bench.later(MEMORY_MICROS / SECOND / 2)
    assert bench.put("thread", POST, since=since)
    bench.later(MEMORY_MICROS / SECOND)
    assert not bench.put("thread", POST, since=since)


def test_the_memory_is_bounded() -> None:
    bench = Bench()
    since = bench.kept.generation()
    for first in range(0, MARKS_REMEMBERED + 1_000, 1_000):
        bench.look(Touched(tuple((Of.POST, first + more) for more in range(1_000))))
    assert not bench.put("thread", (Of.POST, 0), since=since)
    assert not bench.put("thread", (Of.COMMUNITY, 1), since=since)
    assert bench.put("thread", (Of.COMMUNITY, 1))


def test_without_a_follower_nothing_is_trusted_for_longer_than_a_second() -> None:
    bench = Bench()
    bench.put("thread", POST)
    bench.now += FRESH_MICROS
    assert not bench.has("thread")
    bench.look()
    assert bench.has("thread")


def test_a_clock_that_is_set_back_drops_everything() -> None:
    bench = Bench()
    bench.put("thread", POST)
    since = bench.kept.generation()
    bench.now -= 3600 * SECOND
    bench.look()
    assert len(bench.kept) == 0
    assert not bench.put("thread", POST, since=since)
    assert bench.put("thread", POST)
    assert bench.has("thread")


def test_a_fact_from_the_future_gives_no_longer_life() -> None:
    bench = Bench()
    bench.put("thread", POST)
    bench.look(Touched((POST,)), at=bench.now + 3600 * SECOND)
    bench.later(1)
    assert not bench.has("thread")


def test_its_bytes_are_bounded_and_what_is_used_stays() -> None:
    bench = Bench(max_bytes=20_000)
    bench.put("used", POST)
    for number in range(1_000):
        bench.put(f"page {number}", POST, (Of.POST, number))
        assert bench.has("used")
        assert bench.kept.bytes <= 20_000
    assert 10 < len(bench.kept) < 40
    bench.look(Touched((POST,), at_once=True))
    assert bench.kept.bytes == 0


def test_one_value_does_not_push_out_all_others() -> None:
    bench = Bench(max_bytes=20_000)
    bench.put("thread", POST)
    depends = Depends(frozenset(), frozenset(), None)
    since = bench.kept.generation()
    assert not bench.kept.put("huge", "", size=14_000, depends=depends, since=since)
    assert bench.has("thread")


def test_many_at_once() -> None:
    bench = Bench()
    depends = Depends(frozenset({POST}), frozenset(), None)
    made = [(str(number), f"value of {number}", 100) for number in range(50)]
    assert bench.kept.put_all(made, depends=depends, since=bench.kept.generation())
    found = bench.kept.get_all(["3", "nothing", "49"], Micros(bench.now))
    assert found == ["value of 3", None, "value of 49"]
    bench.look(Touched((POST,), at_once=True))
    assert bench.kept.bytes == 0
    assert bench.kept.get_all(["3"], Micros(bench.now)) == [None]


def test_no_room_keeps_nothing() -> None:
    bench = Bench(max_bytes=0)
    assert not bench.put("thread", POST)


def test_caches_that_share_a_room_make_room_for_each_other() -> None:
    bench = Bench()
    room = Room(10_000)
    parts: Kept[str, str] = Kept(bench.changes, room, ageing=Ageing.NONE)
    pieces: Kept[str, str] = Kept(bench.changes, room, ageing=Ageing.DROP)
    depends = Depends(frozenset({POST}), frozenset(), None)
    for number in range(9):
        parts.put(f"part {number}", "", size=500, depends=depends, since=bench.kept.generation())
        assert pieces.put("list", "whole", size=2_000, depends=depends, since=bench.kept.generation())
    assert pieces.get("list", Micros(bench.now)) == "whole"
    assert 3 < len(parts) < 9
    assert parts.bytes + pieces.bytes <= 10_000
    pieces.put("large", "whole", size=6_000, depends=depends, since=bench.kept.generation())
    assert parts.bytes + pieces.bytes <= 10_000
    bench.look(Touched((POST,)))
    assert pieces.bytes == 0
    bench.look(Touched((POST,), at_once=True))
    assert parts.bytes == 0


def test_what_grows_makes_room() -> None:
    bench = Bench(max_bytes=3_500)
    for key in ("a", "b", "c"):
        bench.put(key, POST)
    value = bench.kept.get("c", Micros(bench.now))
    assert value is not None
    bench.kept.grow("c", value, 2_000)
    assert bench.has("c")
    assert not bench.has("a")
    assert bench.kept.bytes <= 3_500


KINDS = [kind for kind in vars(journal).values() if isinstance(kind, type) and issubclass(kind, Fact)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Fact])
def test_each_fact_says_what_it_makes_old(kind: type[Any]) -> None:
    assert is_dataclass(kind)
    values = {field.name: (1,) if str(field.type).startswith("tuple") else 1 for field in fields(kind)}
    fact = cast("Fact", kind(**values))
    assert isinstance(touched(fact), Touched)


def test_a_fact_that_nobody_mapped_is_noticed() -> None:
    with pytest.raises(NotImplementedError):
        touched(Fact())


def test_a_vote_and_an_erasure_touch_their_post_alone_and_the_site_everything() -> None:
    assert touched(PostVoteSet(7, 1, 0, 1)) == Touched((POST,))  # type: ignore[arg-type]  # ids are ints
    assert touched(SiteChanged()).everything
    assert touched(CommentErased(9, 7)) == Touched((POST,), at_once=True)  # type: ignore[arg-type]  # as above
