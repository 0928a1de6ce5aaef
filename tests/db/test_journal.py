"""Followers of the journal: each fact at least once, in an order that never changes, on both databases."""

import threading
from collections.abc import Callable
from functools import partial

import pytest

from folkmoot.db.core import Db, Reader, Tx
from folkmoot.db.facts import decoded, encoded
from folkmoot.db.journal import (
    KEEP_MICROS,
    START,
    Place,
    Recorded,
    facts_after,
    move_cursor,
    newest_place,
    place_of,
    prune_journal,
)
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId
from folkmoot.model.journal import CommentCreated, Fact, PostDeleted, SiteChanged
from tests.conftest import SetClock
from tests.db.conftest import keep


def deleted(post: int) -> PostDeleted:
    return PostDeleted(PostId(post), CommunityId(1), deleted=True)


def record_one(tx: Tx, fact: Fact) -> None:
    tx.record(fact)


def record(db: Db, *posts: int) -> None:
    for post in posts:
        db.write(partial(record_one, fact=deleted(post)))


def posts_after(db: Db, place: Place, limit: int = 1000) -> list[int]:
    with db.read() as reader:
        return posts(facts_after(reader, place, limit))


def posts(found: list[Recorded]) -> list[int]:
    return [each.fact.post for each in found if isinstance(each.fact, PostDeleted)]


@pytest.mark.parametrize(
    "fact",
    [
        SiteChanged(),
        deleted(7),
        CommentCreated(CommentId(1), PostId(2), CommunityId(3), PersonId(4), parent=None),
    ],
)
def test_a_fact_comes_back_as_it_was(fact: Fact) -> None:
    assert decoded(*encoded(fact)) == fact


def test_a_fact_of_another_release_is_named() -> None:
    with pytest.raises(KeyError, match="UnheardOf"):
        decoded("UnheardOf", "{}")


def test_facts_are_read_in_order_and_in_parts(db: Db, clock: SetClock) -> None:
    record(db, 1, 2, 3)
    with db.read() as reader:
        first = facts_after(reader, START, 2)
        rest = facts_after(reader, first[-1].place, 2)
        assert [found.fact for found in (*first, *rest)] == [deleted(1), deleted(2), deleted(3)]
        assert facts_after(reader, rest[-1].place, 2) == []
    assert {found.at for found in first} == {clock.now}


def test_a_place_is_durable_and_moves_with_the_follower(db: Db) -> None:
    record(db, 1, 2)
    with db.read() as reader:
        assert place_of(reader, "mail") is None
        place = facts_after(reader, START, 1)[0].place

    def follow(tx: Tx, *, fails: bool) -> None:
        keep(tx, 1)
        move_cursor(tx, "mail", place)
        if fails:
            raise OSError("the mail server is away")

    with pytest.raises(OSError, match="away"):
        db.write(lambda tx: follow(tx, fails=True))
    with db.read() as reader:
        assert place_of(reader, "mail") is None
    db.write(lambda tx: follow(tx, fails=False))
    with db.read() as reader:
        assert place_of(reader, "mail") == place
    assert posts_after(db, place) == [2]


def test_who_starts_at_the_newest_place_sees_what_comes_later(db: Db) -> None:
    record(db, 1)
    with db.read() as reader:
        place = newest_place(reader)
        record(db, 2)
    record(db, 3)
    assert posts_after(db, place) == [2, 3]


def naive_after(reader: Reader, last: int) -> list[int]:
    """Follow by the last number seen, as one would who does not know the trap."""
    return [seq for (seq,) in reader.rows("select seq from journal where seq > :last order by seq", last=last)]


def test_two_slow_writers_make_a_naive_follower_lose_facts_and_ours_none(db: Db) -> None:
    """One writer draws its number first and commits last.

    On PostgreSQL the follower that remembers the last number never sees the first writer's fact; SQLite has one
    writer at a time, so nothing can be lost there: the same followers see all.
    """
    drawn, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        tx.record(deleted(1))
        drawn.set()
        go_on.wait(4)

    naive_seen: list[int] = []
    ours_seen: list[int] = []
    place = START

    def look() -> Place:
        with db.read() as reader:
            naive_seen.extend(naive_after(reader, naive_seen[-1] if naive_seen else 0))
            found = facts_after(reader, place, 100)
            ours_seen.extend(posts(found))
        return found[-1].place if found else place

    first = db.write_soon(slow)
    drawn.wait()
    second = db.write_soon(lambda tx: tx.record(deleted(2)))
    if db.dialect.name == "postgresql":
        second.result()
    place = look()
    go_on.set()
    first.result()
    second.result()
    place = look()
    record(db, 3)
    place = look()
    assert ours_seen == ([1, 2, 3])
    assert len(naive_seen) == (2 if db.dialect.name == "postgresql" else 3), "the trap is there, or is not"


class Looks:
    """How often the follower has looked; a slow writer waits for some more."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def add(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait_for(self, more: int) -> None:
        with self._changed:
            wanted = self._count + more
            self._changed.wait_for(lambda: self._count >= wanted)


def test_many_slow_writers_lose_nothing_to_a_follower_that_looks_all_the_time(db: Db) -> None:
    looks, done = Looks(), threading.Event()
    seen: list[int] = []

    def follow() -> None:
        place, over = START, False
        while not over:
            last_look = done.is_set()
            with db.read() as reader:
                found = facts_after(reader, place, 7)
            looks.add()
            over = last_look and not found
            seen.extend(posts(found))
            place = found[-1].place if found else place

    def slow(tx: Tx, post: int) -> None:
        tx.record(deleted(post))
        looks.wait_for(1 + 2 * (post % 3))

    follower = threading.Thread(target=follow)
    follower.start()
    for future in [db.write_soon(partial(slow, post=post)) for post in range(200)]:
        future.result()
    done.set()
    follower.join()
    assert sorted(seen) == list(range(200))


@pytest.fixture
def aged(db: Db, clock: SetClock) -> Callable[[], int]:
    """Record 1, 2 and 3 now and 4 fifteen days later; give the way to prune."""
    record(db, 1, 2, 3)
    clock.forward(days=15)
    record(db, 4)
    return lambda: db.write(lambda tx: prune_journal(tx, 100), background=True)


def test_old_facts_go_when_nobody_follows(db: Db, aged: Callable[[], int]) -> None:
    assert aged() == 3
    assert posts_after(db, START) == [4]
    assert aged() == 0


def test_old_facts_stay_for_the_slowest_follower_that_lives(db: Db, clock: SetClock, aged: Callable[[], int]) -> None:
    with db.read() as reader:
        places = [found.place for found in facts_after(reader, START, 100)]
    db.write(lambda tx: move_cursor(tx, "slow", places[0]))
    db.write(lambda tx: move_cursor(tx, "quick", places[3]))
    assert aged() == 1
    assert posts_after(db, START) == [2, 3, 4]
    clock.forward(days=31)
    db.write(lambda tx: move_cursor(tx, "quick", places[3]))
    assert aged() == 3, "who has not moved for a month is given up"


def test_young_facts_stay(db: Db, clock: SetClock) -> None:
    record(db, 1)
    clock.now = Micros(clock.now + KEEP_MICROS)
    assert db.write(lambda tx: prune_journal(tx, 100)) == 0
    assert posts_after(db, START) == [1]


def test_pruning_looks_at_so_many_of_the_oldest(db: Db, aged: Callable[[], int]) -> None:
    del aged
    assert db.write(lambda tx: prune_journal(tx, 2)) == 2
    assert posts_after(db, START) == [3, 4]
