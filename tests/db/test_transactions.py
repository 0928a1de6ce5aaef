"""What a transaction keeps, on both databases."""

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from enum import IntEnum
from functools import partial

import pytest

from folkmoot.db.core import Db, Reader, Tx, open_db
from folkmoot.db.faults import ClosedFault, ConstraintFault, TextFault
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import Micros
from folkmoot.model.journal import SiteChanged
from tests.conftest import SetClock
from tests.db.conftest import keep, kept

COUNT_WHERE = "select count(*) from kept where "


def test_what_was_written_is_read(db: Db) -> None:
    assert db.write(lambda tx: keep(tx, 7, "seven")) == 1
    with db.read() as reader:
        assert reader.row("select id, word from kept where id = :id", id=7) == (7, "seven")
        assert reader.row("select id, word from kept where id = :id", id=8) is None
        assert reader.value("select word from kept where id = :id", id=7) == "seven"


def test_run_counts_the_rows_that_it_changed(db: Db) -> None:
    db.write(lambda tx: tx.run_many("insert into kept (id, word) values (:id, :id)", [{"id": n} for n in range(5)]))
    assert db.write(lambda tx: tx.run("update kept set word = word || '!' where id > :least", least=1)) == 3
    assert db.write(lambda tx: tx.run("delete from kept where id > :least", least=9)) == 0


def test_a_list_of_ids_or_of_words_is_one_parameter(db: Db) -> None:
    db.write(lambda tx: [keep(tx, number) for number in (1, 2, 3)])
    with db.read() as reader:
        by_id = COUNT_WHERE + reader.dialect.among("id", "ids")
        by_word = COUNT_WHERE + reader.dialect.among("word", "words")
        assert [reader.value(by_id, ids=ids) for ids in ([1, 3, 9], (2,), range(1, 4), [])] == [2, 1, 3, 0]
        assert reader.value(by_word, words=["word 2", "word 9"]) == 1


class Colour(IntEnum):
    RED = 4


def test_values_come_back_alike_from_both(db: Db) -> None:
    with db.read() as reader:
        row = reader.row(
            "select cast(:flag as integer), cast(:colour as integer), sum(cast(:big as bigint)), 1 = 1, avg(3), "
            "cast(:bytes as " + ("blob" if reader.dialect.name == "sqlite" else "bytea") + ")",
            flag=True,
            colour=Colour.RED,
            big=2**60,
            bytes=b"\x00\xff",
        )
    assert row == (1, 4, 2**60, 1, 3.0, b"\x00\xff")
    assert [type(value) for value in row[:4]] == [int, int, int, int]


@pytest.mark.parametrize("bad", ["a\0b", "half \ud83d"])
def test_text_that_a_database_cannot_keep_is_refused(db: Db, bad: str) -> None:
    with pytest.raises(TextFault):
        db.write(lambda tx: keep(tx, 1, bad))
    with db.read() as reader, pytest.raises(TextFault):
        reader.rows(COUNT_WHERE + reader.dialect.among("word", "words"), words=["fine", bad])
    assert kept(db) == []


def test_what_a_command_raises_leaves_nothing(db: Db) -> None:
    def refuses(tx: Tx) -> None:
        keep(tx, 7)
        tx.record(SiteChanged())
        raise NotFound("couldnt_find_post")

    with pytest.raises(NotFound):
        db.write(refuses)
    assert kept(db) == []
    with db.read() as reader:
        assert reader.value("select count(*) from journal") == 0


def test_a_command_that_is_given_up_half_done_costs_the_others_nothing(db: Db) -> None:
    def refuses(tx: Tx) -> None:
        tx.next_ids("person", 100)
        keep(tx, 1_000)
        raise NotFound("couldnt_find_post")

    def keeps(tx: Tx) -> int:
        number = tx.next_ids("person")
        keep(tx, number)
        tx.record(SiteChanged())
        return number

    done = [db.write_soon(refuses if number % 5 == 3 else keeps) for number in range(40)]
    numbers = [int(str(future.result())) for future in done if future.exception() is None]
    assert len(set(numbers)) == 32
    assert kept(db) == sorted(numbers)
    with db.read() as reader:
        assert reader.value("select count(*) from journal") == 32


def test_each_of_many_threads_gets_its_own_answer(db: Db) -> None:
    def even(number: int) -> int:
        def work(tx: Tx) -> int:
            keep(tx, number)
            if number % 2:
                raise NotFound(f"{number}")
            return number

        try:
            return db.write(work)
        except NotFound as refusal:
            return -int(refusal.code)

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(even, range(200)))
    assert answers == [-number if number % 2 else number for number in range(200)]
    assert kept(db) == list(range(0, 200, 2))


def test_a_broken_key_is_a_fault_and_leaves_nothing(db: Db) -> None:
    db.write(lambda tx: keep(tx, 1, "one"))
    with pytest.raises(ConstraintFault):
        db.write(lambda tx: [keep(tx, 2, "two"), keep(tx, 3, "one")])
    assert kept(db) == [1]


def ids(tx: Tx, count: int) -> int:
    return tx.next_ids("person", count)


def test_ids_follow_each_other(db: Db) -> None:
    assert [db.write(partial(ids, count=count)) for count in (5, 1, 3)] == [1, 6, 7]
    assert db.write(lambda tx: tx.next_ids("instance")) == 2
    with pytest.raises(KeyError):
        db.write(lambda tx: tx.next_ids("unheard_of"))


def test_ids_taken_by_many_at_once_are_all_different(db: Db) -> None:
    counts = [1, 7, 1, 20, 1, 3] * 10
    firsts = [db.write_soon(partial(ids, count=count)) for count in counts]
    taken = [first.result() + more for first, count in zip(firsts, counts, strict=True) for more in range(count)]
    assert len(set(taken)) == sum(counts)


def test_time_is_never_behind_the_newest_fact(db: Db, dsn: str, clock: SetClock) -> None:
    then = clock.now
    db.write(lambda tx: tx.record(SiteChanged()))
    clock.forward(seconds=-60)
    assert db.write(lambda tx: tx.now) == then
    other = open_db(dsn, clock=clock, migrate=False)
    assert other.write(lambda tx: tx.now) == then
    other.close()
    clock.now = Micros(then + 1)
    assert db.write(lambda tx: tx.now) == then + 1


def test_a_read_sees_one_snapshot(db: Db) -> None:
    with db.read() as reader:
        assert reader.value("select count(*) from kept") == 0
        db.write(lambda tx: keep(tx, 1))
        assert reader.value("select count(*) from kept") == 0
    assert kept(db) == [1]


def test_reads_within_reads_are_apart(db: Db) -> None:
    with db.read() as outer:
        assert outer.value("select count(*) from kept") == 0
        db.write(lambda tx: keep(tx, 1))
        with db.read() as inner:
            assert inner.value("select count(*) from kept") == 1
        assert outer.value("select count(*) from kept") == 0


def test_a_read_cannot_write(db: Db) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only"), db.read() as reader:
        reader.rows("insert into kept (id, word) values (1, 'x') returning id")
    assert kept(db) == []


def test_a_reader_or_a_transaction_that_was_kept_is_of_no_use(db: Db) -> None:
    with db.read() as reader:
        old_reader: Reader = reader
    old_tx = db.write(lambda tx: tx)
    for old in (old_reader, old_tx):
        with pytest.raises(AttributeError):
            old.rows("select id from kept")


def test_a_command_cannot_run_another(db: Db) -> None:
    with pytest.raises(RuntimeError, match="a command may not run another one"):
        db.write(lambda _: db.write(lambda inner: keep(inner, 1)))
    assert db.write(lambda tx: keep(tx, 2)) == 1


def test_many_callers_at_once_are_all_kept(db: Db) -> None:
    futures = [db.write_soon(partial(keep, number=n), background=n % 3 == 0) for n in range(200)]
    assert [future.result() for future in futures] == [1] * 200
    assert kept(db) == list(range(200))
    assert db.stats().commands >= 200


def test_one_refusal_among_many_costs_the_others_nothing(db: Db) -> None:
    def command(number: int) -> Future[int]:
        def work(tx: Tx) -> int:
            done = keep(tx, number)
            if number % 7 == 0:
                raise NotFound("couldnt_find_post")
            return done

        return db.write_soon(work)

    futures = [command(number) for number in range(70)]
    refused = [number for number, future in enumerate(futures) if future.exception() is not None]
    assert refused == list(range(0, 70, 7))
    assert kept(db) == [number for number in range(70) if number % 7]


def test_close_finishes_what_was_submitted(db: Db, dsn: str, clock: SetClock) -> None:
    other = open_db(dsn, clock=clock, migrate=False)
    futures = [other.write_soon(partial(keep, number=n), background=n % 2 == 0) for n in range(50)]
    other.close()
    other.close()
    assert all(future.result() == 1 for future in futures)
    assert kept(db) == list(range(50))
    with pytest.raises(ClosedFault):
        other.write(lambda tx: keep(tx, 99))
    with pytest.raises(ClosedFault), other.read() as reader:
        reader.rows("select id from kept")


def test_an_event_loop_can_wait_for_writes(db: Db) -> None:
    async def write_all() -> list[int]:
        pending = [asyncio.wrap_future(db.write_soon(partial(keep, number=number))) for number in range(20)]
        return await asyncio.gather(*pending)

    assert asyncio.run(write_all()) == [1] * 20


def test_an_event_loop_awaits_commands_themselves(db: Db) -> None:
    """Each gets its own answer: a result, or a refusal that took back what it wrote and nothing else."""

    def refused(tx: Tx) -> int:
        keep(tx, 100)
        raise NotFound("couldnt_find_post")

    async def write_all() -> list[object]:
        works = (partial(keep, number=1), refused, partial(keep, number=2))
        return list(await asyncio.gather(*(db.write_async(work) for work in works), return_exceptions=True))

    first, no, second = asyncio.run(write_all())
    assert (first, second) == (1, 1)
    assert isinstance(no, NotFound)
    assert kept(db) == [1, 2]


def test_reads_and_writes_of_many_threads_go_together(db: Db) -> None:
    seen: list[int] = []

    def go(first: int) -> None:
        for number in range(first, first + 20):
            db.write(partial(keep, number=number))
            with db.read() as reader:
                seen.append(reader.value("select count(*) from kept where id = :id", id=number))

    threads = [threading.Thread(target=go, args=(1000 * which,)) for which in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 120
