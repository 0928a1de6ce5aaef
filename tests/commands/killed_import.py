"""An import that is killed while it runs: `python -m tests.commands.killed_import DSN STEP`.

The process kills itself (SIGKILL) at the STEPth thing that it does in the transaction: a statement, a row, a fact, an
id. Where it does fewer, it dies some milliseconds after its last one, around the commit. A killed process proves
recovery from process death; it proves nothing about power loss.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from folkmoot.commands.imports import ImportThread
from folkmoot.db.base import Param, Tx, Value
from folkmoot.db.core import open_db
from folkmoot.db.dialect import Dialect
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact
from folkmoot.text.ages import Age, Unit
from folkmoot.text.thread_text import ThreadItem, ThreadText
from tests.conftest import NOON

ITEMS = 400
STEPS = 5 * ITEMS
"""A little more than the import takes."""
T = TypeVar("T")

THREAD = ThreadText(
    archive_offered=False,
    body=("Words.",),
    items=tuple(
        ThreadItem(
            level=number % 5 + 1,
            handle=f"user{number % 50}@host{number % 7}.example",
            author_mark=False,
            edited=False,
            age=Age(number % 20 + 1, Unit.DAY),
            paragraphs=(f"Words of comment {number}.",),
        )
        for number in range(ITEMS)
    ),
)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingTx:
    """A transaction that counts what is done in it, and ends the process at one of these."""

    def __init__(self, tx: Tx, die_at: int) -> None:
        self._tx = tx
        self._left = die_at

    def _step(self, value: T) -> T:
        if self._left == 0:
            die()
        self._left -= 1
        return value

    @property
    def dialect(self) -> Dialect:
        return self._tx.dialect

    @property
    def now(self) -> Micros:
        return self._tx.now

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        return self._step(self._tx.rows(sql, **params))

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        return self._step(self._tx.row(sql, **params))

    def value(self, sql: str, **params: Param) -> Any:
        return self._step(self._tx.value(sql, **params))

    def run(self, sql: str, **params: Param) -> int:
        return self._step(self._tx.run(sql, **params))

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]]) -> None:
        counted: Iterator[Mapping[str, Value]] = (self._step(row) for row in rows)
        self._tx.run_many(sql, counted)

    def next_ids(self, kind: str, count: int = 1) -> int:
        return self._step(self._tx.next_ids(kind, count))

    def record(self, fact: Fact) -> None:
        self._tx.record(self._step(fact))

    def forget(self) -> None:
        self._tx.forget()


def command() -> ImportThread:
    return ImportThread(THREAD, "d" * 64, Micros(NOON - 60_000_000))


def import_and_die(dsn: str, die_at: int) -> None:
    """Import, and die at that step or around the commit."""
    db = open_db(dsn, clock=lambda: NOON, migrate=False)
    done = threading.Event()
    thread = command()
    thread.prepare()

    def work(tx: Tx) -> None:
        thread.apply(DyingTx(tx, die_at), OPERATOR)
        done.set()

    db.write_soon(work)
    done.wait()
    time.sleep(die_at % 13 / 1000)
    die()


def steps_of(write: Callable[[Callable[[Tx], int]], int]) -> int:
    """Count the steps of a whole import."""

    def work(tx: Tx) -> int:
        counting = DyingTx(tx, 10 * STEPS)
        command().apply(counting, OPERATOR)
        return 10 * STEPS - counting._left

    return write(work)


if __name__ == "__main__":
    import_and_die(sys.argv[1], int(sys.argv[2]))
