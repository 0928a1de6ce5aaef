"""How what was written reaches the caches: each fact once, as soon as it is committed, on both databases."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

import pytest

from folkmoot.db.core import Db, Tx, open_db
from folkmoot.db.faults import StorageFault
from folkmoot.db.watch import Noticed, look
from folkmoot.doors.depends import Depends, Of
from folkmoot.doors.follower import FACTS_A_LOOK, Follower
from folkmoot.doors.kept import Ageing, Changes, Kept
from folkmoot.doors.room import Room
from folkmoot.model.ids import CommunityId, PostId
from folkmoot.model.journal import Fact, PostEdited, SiteChanged
from tests.conftest import SetClock
from tests.doors.losable import LosableDb
from tests.world import World


def edited(post: int) -> PostEdited:
    return PostEdited(PostId(post), CommunityId(1))


def record_all(tx: Tx, facts: list[Fact]) -> None:
    for fact in facts:
        tx.record(fact)


def record(db: Db, *facts: Fact) -> None:
    db.write(partial(record_all, facts=list(facts)))


class Watch:
    """Looks again and again."""

    def __init__(self, db: Db, limit: int = 100) -> None:
        self.db = db
        self.limit = limit
        self.seen: str | None = None
        self.look()

    def look(self) -> list[Noticed] | None:
        with self.db.read() as reader:
            self.seen, noticed = look(reader, self.seen, self.limit)
        return noticed

    def posts(self) -> list[int]:
        noticed = self.look()
        assert noticed is not None
        return [fact.post for _, fact in noticed if isinstance(fact, PostEdited)]


def test_each_fact_is_noticed_once(db: Db) -> None:
    record(db, edited(1))
    watch = Watch(db)
    assert watch.posts() == []
    record(db, edited(2), edited(3))
    record(db, edited(4))
    assert watch.posts() == [2, 3, 4]
    assert watch.posts() == []


def test_when_it_was_recorded_is_told(db: Db, clock: SetClock) -> None:
    watch = Watch(db)
    record(db, edited(2))
    assert watch.look() == [Noticed(clock.now, edited(2))]


def test_more_than_it_wants_to_read_is_more_than_it_knows(db: Db) -> None:
    watch = Watch(db, limit=3)
    record(db, *(edited(number) for number in range(4)))
    assert watch.look() is None
    record(db, edited(5), edited(6), edited(7))
    assert watch.posts() == [5, 6, 7]


def test_a_fact_that_nobody_knows_is_noticed(db: Db) -> None:
    watch = Watch(db)
    insert = "insert into journal (at, kind, body) values (1, :kind, :body)"
    db.write(lambda tx: tx.run(insert, kind="FromTomorrow", body="{}"))
    db.write(lambda tx: tx.run(insert, kind="PostEdited", body="{}"))
    assert watch.look() == [(1, None), (1, None)]


def test_another_database_under_the_same_name_is_noticed(sqlite_dsn: str, clock: SetClock) -> None:
    db = open_db(sqlite_dsn, clock=clock)
    record(db, edited(1), edited(2))
    watch = Watch(db)
    db.write(lambda tx: tx.run("delete from journal where seq > 1"))
    assert watch.look() is None
    assert watch.look() == []
    db.close()


class SlowWriter:
    """Records a fact and commits only when told to."""

    def __init__(self, db: Db, post: int) -> None:
        self._recorded = threading.Event()
        self._commit = threading.Event()
        self._done = db.write_soon(partial(self._work, post=post))
        assert self._recorded.wait(60)

    def _work(self, tx: Tx, post: int) -> None:
        tx.record(edited(post))
        self._recorded.set()
        assert self._commit.wait(60)

    def commit(self) -> None:
        self._commit.set()
        self._done.result()


def test_a_transaction_that_runs_long_hides_no_other_and_is_not_lost(postgresql_dsn: str, clock: SetClock) -> None:
    db = open_db(postgresql_dsn, clock=clock)
    watch = Watch(db)
    first = SlowWriter(db, 1)
    second = SlowWriter(db, 2)
    record(db, edited(3))
    assert watch.posts() == [3]
    second.commit()
    record(db, edited(4))
    assert sorted(watch.posts()) == [2, 4]
    assert watch.posts() == []
    first.commit()
    assert watch.posts() == [1]
    assert watch.posts() == []
    db.close()


class Followed:
    """A cache of one page that depends on post 7, and the follower of its database."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.changes = Changes()
        self.kept: Kept[str, str] = Kept(self.changes, Room(100_000), ageing=Ageing.LINGER)
        self.follower = Follower(world.db, self.changes, world.clock)

    def put(self) -> bool:
        depends = Depends(frozenset({(Of.POST, 7)}), frozenset(), None)
        return self.kept.put("page", "text", size=4, depends=depends, since=self.kept.generation())

    def has(self) -> bool:
        return self.kept.get("page", self.world.clock.now) is not None

    def later(self, seconds: float) -> None:
        self.world.clock.forward(seconds=seconds)
        self.follower.poll()


def test_nothing_is_trusted_before_the_first_look(world: World) -> None:
    followed = Followed(world)
    followed.put()
    assert not followed.has()
    followed.follower.poll()
    followed.put()
    assert followed.has()


def test_a_change_ends_a_page_just_under_a_second_after_it(world: World) -> None:
    followed = Followed(world)
    followed.follower.poll()
    followed.put()
    record(world.db, edited(7))
    followed.later(0.8)
    assert followed.has()
    followed.later(0.19)
    assert not followed.has()


def test_the_site_and_a_flood_drop_everything(world: World) -> None:
    followed = Followed(world)
    followed.follower.poll()
    for facts in ([SiteChanged()], [edited(1)] * (FACTS_A_LOOK + 1)):
        followed.put()
        assert followed.has()
        record(world.db, *facts)
        followed.follower.poll()
        assert not followed.has()


def test_while_the_journal_cannot_be_read_nothing_is_older_than_a_second(world: World) -> None:
    followed = Followed(world)
    broken = LosableDb(world.db)
    followed.follower = Follower(cast("Db", broken), followed.changes, world.clock)
    followed.follower.poll()
    followed.put()
    broken.lost = True
    record(world.db, edited(7))
    world.clock.forward(seconds=0.9)
    with pytest.raises(StorageFault):
        followed.follower.poll()
    assert followed.has()
    world.clock.forward(seconds=0.09)
    assert not followed.has()
    broken.lost = False
    followed.later(0)
    assert not followed.has()
    assert followed.put()
    assert followed.has()


def test_it_looks_by_itself_while_it_follows(world: World) -> None:
    followed = Followed(world)

    async def follow() -> None:
        async with followed.follower.following():
            await until(lambda: followed.kept.generation() > 0)
            followed.put()
            await asyncio.to_thread(record, world.db, SiteChanged())
            await until(lambda: not followed.has())

    asyncio.run(follow())
    names = {thread.name for thread in threading.enumerate()}
    assert not any(name.startswith("folkmoot-follower") for name in names)


def test_it_goes_on_after_a_fault(world: World) -> None:
    followed = Followed(world)
    broken = LosableDb(world.db)
    broken.lost = True
    followed.follower = Follower(cast("Db", broken), followed.changes, world.clock)

    async def follow() -> None:
        async with followed.follower.following():
            await asyncio.sleep(0.05)
            assert followed.kept.generation() == 0
            broken.lost = False
            await until(lambda: followed.kept.generation() > 0)

    asyncio.run(follow())


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; only a failing test waits long."""
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110 -- nobody could set an event
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def _no_threads_are_left() -> Iterator[None]:
    yield
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("folkmoot-follower")]
