"""What do commands and queries get to work with? The types that both databases stand behind."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from folkmoot.db.dialect import Dialect
from folkmoot.model.ids import Micros
from folkmoot.model.journal import Fact

Value = int | str | bytes | float | None
"""What a column may hold. A bool is written as 0 or 1."""
Param = Value | Sequence[int] | list[str]
"""What a statement may be given: a value, or a list for `Dialect.among`."""

Clock = Callable[[], Micros]
R = TypeVar("R")


class Reader(Protocol):
    """One read transaction: every statement sees the same snapshot. Use it within its `with` and its thread."""

    @property
    def dialect(self) -> Dialect: ...

    def rows(self, sql: str, **params: Param) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        ...

    def row(self, sql: str, **params: Param) -> tuple[Any, ...] | None:
        """The first row, or None where there is none."""
        ...

    def value(self, sql: str, **params: Param) -> Any:  # noqa: ANN401 -- the column says what it is
        """The first column of the first row, or None where there is no row."""
        ...


class Tx(Reader, Protocol):
    """One command's share of a write transaction: all of it is kept, or nothing."""

    @property
    def now(self) -> Micros:
        """The time of this command: the clock, but never behind the newest fact or an earlier command."""
        ...

    def run(self, sql: str, **params: Param) -> int:
        """Run a statement without an answer.

        Returns:
            How many rows it inserted, changed or deleted.
        """
        ...

    def run_many(self, sql: str, rows: Iterable[Mapping[str, Value]]) -> None:
        """Run one statement for each mapping of parameters, in order."""
        ...

    def next_ids(self, kind: str, count: int = 1) -> int:
        """Take new ids that were never given out and never will be again.

        Args:
            kind: whose ids: "post", "comment", "person", "community", "instance", "modlog".
            count: how many; they follow each other without a gap.

        Returns:
            The first of them.
        """
        ...

    def record(self, fact: Fact) -> None:
        """Write a fact into the journal, in this transaction."""
        ...

    def forget(self) -> None:
        """Let what this transaction overwrites be in no file of SQLite's once it is done, not in its log either."""
        ...


@dataclass(slots=True)
class Stats:
    """What the writing of this process cost since it opened the database. Times in seconds.

    A batch is one transaction; on PostgreSQL each command is one, and no lock of ours is held.
    """

    commands: int = 0
    batches: int = 0
    background_batches: int = 0
    faults: int = 0
    retries: int = 0
    wait_s: float = 0.0
    wait_max_s: float = 0.0
    held_s: float = 0.0
    held_max_s: float = 0.0
    checkpoints: int = 0
    checkpoint_s: float = 0.0
    wal_bytes: int = 0


class Db(Protocol):
    """A database of this process. Open it after forking; it may be shared by threads."""

    @property
    def dialect(self) -> Dialect: ...

    @property
    def reads_inline(self) -> bool:
        """Whether a read is quicker than a hop to another thread, so that the event loop may do it itself."""
        ...

    def read(self) -> AbstractContextManager[Reader]:
        """One snapshot to read from. It may live for 5 s."""
        ...

    def apart(self, work: Callable[[], R]) -> Awaitable[R]:
        """Run what reads in a thread, for one who awaits it in the running event loop.

        It may be run twice (decision 0041): it must have no effect but what it returns, and what it keeps.
        """
        ...

    def write(self, work: Callable[[Tx], R], *, background: bool = False) -> R:
        """Run one command in a transaction and wait until it is durable.

        Args:
            work: called in another thread, possibly more than once: it must have no effect but through its Tx.
            background: whether it can wait for commands that a person waits for.

        Raises:
            StorageFault: it was not done. Whatever `work` raises leaves nothing written, too.
        """
        ...

    def write_soon(self, work: Callable[[Tx], R], *, background: bool = False) -> Future[R]:
        """Like `write`, without waiting: the future is answered when the command is durable."""
        ...

    def write_async(self, work: Callable[[Tx], R], *, background: bool = False) -> "asyncio.Future[R]":
        """Like `write_soon`, for one who awaits it in the running event loop; that is the cheapest way."""
        ...

    def stats(self) -> Stats: ...

    def close(self) -> None:
        """Finish what was submitted, then let go of the database. Closing twice is the same as once."""
        ...
