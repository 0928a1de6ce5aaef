"""Threads for reads that wait for a server."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import NoReturn

import pytest

from folkmoot.db.core import Db, open_db
from folkmoot.db.faults import ClosedFault
from folkmoot.db.read_threads import ReadThreads
from tests.conftest import SetClock
from tests.db.conftest import keep


def me() -> str:
    return threading.current_thread().name


def test_a_read_apart_is_done_in_another_thread(db: Db) -> None:
    db.write(lambda tx: keep(tx, 1))

    def read() -> tuple[object, str]:
        with db.read() as reader:
            return reader.value("select id from kept"), me()

    async def both() -> list[tuple[object, str]]:
        return list(await asyncio.gather(db.apart(read), db.apart(read)))

    found = asyncio.run(both())
    assert [number for number, _ in found] == [1, 1]
    assert me() not in {thread for _, thread in found}


def test_what_is_raised_comes_to_who_awaits(db: Db) -> None:
    def fail() -> NoReturn:
        raise LookupError("nothing")

    async def failed() -> None:
        with pytest.raises(LookupError, match="nothing"):
            await db.apart(fail)
        assert await db.apart(lambda: 1) == 1

    asyncio.run(failed())


def test_nothing_is_read_apart_from_a_closed_database(postgresql_dsn: str, clock: SetClock) -> None:
    db = open_db(postgresql_dsn, clock=clock, migrate=False)
    db.close()

    async def late() -> None:
        with pytest.raises(ClosedFault):
            await db.apart(me)

    asyncio.run(late())


def in_turn(threads: ReadThreads, *works: Callable[[], str]) -> list[str]:
    async def each() -> list[str]:
        return [await threads.submit(work) for work in works]

    try:
        return asyncio.run(each())
    finally:
        threads.close()


def test_more_than_there_are_threads_wait_for_one() -> None:
    threads = ReadThreads(2)
    go_on, order, names = threading.Event(), list[int](), set[str]()

    def held() -> None:
        go_on.wait()

    def noted(number: int) -> None:
        order.append(number)
        names.add(me())

    async def many() -> None:
        first = [threads.submit(held), threads.submit(held)]
        later = [threads.submit(partial(noted, number)) for number in range(50)]
        await asyncio.sleep(0)
        assert order == []
        go_on.set()
        await asyncio.gather(*first, *later)

    asyncio.run(many())
    threads.close()
    assert sorted(order) == list(range(50))
    assert names == {"folkmoot-read-0", "folkmoot-read-1"} or len(names) == 1


def test_who_went_away_before_it_began_has_nothing_done() -> None:
    threads = ReadThreads(1)
    go_on, done = threading.Event(), list[int]()

    async def impatient() -> None:
        first = threads.submit(go_on.wait)
        second = threads.submit(lambda: done.append(2))
        third = threads.submit(lambda: done.append(3))
        second.cancel()
        go_on.set()
        await asyncio.gather(first, third)

    asyncio.run(impatient())
    threads.close()
    assert done == [3]


def test_who_went_away_meanwhile_harms_nobody() -> None:
    threads = ReadThreads(1)
    began, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        began.set()
        go_on.wait()

    async def impatient() -> str:
        first = threads.submit(slow)
        began.wait()
        first.cancel()
        go_on.set()
        return await threads.submit(me)

    assert asyncio.run(impatient()).startswith("folkmoot-read")
    threads.close()


def test_an_event_loop_that_ended_takes_no_thread_with_it() -> None:
    threads = ReadThreads(1)
    go_on = threading.Event()

    async def leaves() -> None:
        _ = threads.submit(go_on.wait)

    asyncio.run(leaves())
    go_on.set()
    assert in_turn(threads, lambda: "still here") == ["still here"]


def test_closing_finishes_what_was_submitted() -> None:
    threads = ReadThreads(1)
    done: list[int] = []

    async def submitted() -> None:
        for number in range(10):
            _ = threads.submit(partial(done.append, number))
        threads.close()

    asyncio.run(submitted())
    assert done == list(range(10))
    threads.close()
