"""What a transaction keeps, on both databases."""

import pytest

from folkmoot.db.core import Db, Tx
from folkmoot.db.journal import START, facts_after
from folkmoot.model.ids import CommunityId, Micros, PersonId, PostId
from folkmoot.model.journal import PostCreated
from tests.conftest import SetClock
from tests.db.conftest import keep, kept

FACT = PostCreated(post=PostId(1), community=CommunityId(2), author=PersonId(3))


def test_what_was_written_is_read(db: Db) -> None:
    assert db.write(lambda tx: keep(tx, 7, "seven")) == 1
    with db.read() as reader:
        assert reader.row("select id, word from kept where id = :id", id=7) == (7, "seven")
        assert reader.row("select id, word from kept where id = :id", id=8) is None
        assert reader.value("select word from kept where id = :id", id=7) == "seven"
        among = reader.dialect.among("id", "ids")
        assert reader.value("select max(id) from kept where " + among, ids=[1, 7, 9]) == 7  # noqa: S608


def test_what_a_command_raises_leaves_nothing(db: Db) -> None:
    def breaks(tx: Tx) -> None:
        keep(tx, 7)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        db.write(breaks)
    assert kept(db) == []


def test_ids_follow_each_other(db: Db) -> None:
    assert [db.write(lambda tx: tx.next_ids("person", 5)), db.write(lambda tx: tx.next_ids("person"))] == [1, 6]
    assert db.write(lambda tx: tx.next_ids("instance")) == 2


def test_time_is_never_behind_the_newest_fact(db: Db, clock: SetClock) -> None:
    then = clock.now
    db.write(lambda tx: tx.record(FACT))
    clock.forward(seconds=-60)
    assert db.write(lambda tx: tx.now) == then
    clock.now = Micros(then + 1)
    assert db.write(lambda tx: tx.now) == then + 1


def test_facts_come_back_in_order(db: Db) -> None:
    db.write(lambda tx: tx.record(FACT))
    with db.read() as reader:
        assert [recorded.fact for recorded in facts_after(reader, START, 10)] == [FACT]
