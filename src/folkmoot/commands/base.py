"""How is something done here? By a command: a frozen value with one method, run in one transaction."""

from collections.abc import Awaitable, Sequence
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from folkmoot.db.base import Db, Tx
from folkmoot.model.callers import Caller

R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Command(Generic[R_co]):
    """One change as a value. Subclasses are frozen dataclasses; equal meaning gives equal commands.

    What a command remembers from `prepare` it keeps in a `functools.cached_property`, which equality does not see.
    """

    def prepare(self) -> None:
        """Do what needs no transaction, such as rendering, before anybody waits for the lock.

        Raises:
            Refusal: the input breaks a rule that does not depend on what is stored.
        """

    def apply(self, tx: Tx, caller: Caller) -> R_co:
        """Get the thing for the purpose, decide, write rows, record facts. May run again after a collision.

        Raises:
            Refusal: nothing was written.
        """
        raise NotImplementedError


def perform(db: Db, caller: Caller, command: Command[R], *, background: bool = False) -> R:
    """Do one thing and wait until it is durable.

    Raises:
        Refusal: an expected no; nothing was written.
        StorageFault: the database could not do it; nothing was written.
    """
    command.prepare()
    return db.write(lambda tx: command.apply(tx, caller), background=background)


def perform_soon(db: Db, caller: Caller, command: Command[R], *, background: bool = False) -> Future[R]:
    """Like `perform`, without waiting for the transaction; the future raises what `perform` would raise."""
    command.prepare()
    return db.write_soon(lambda tx: command.apply(tx, caller), background=background)


def perform_async(db: Db, caller: Caller, command: Command[R], *, background: bool = False) -> Awaitable[R]:
    """Like `perform_soon`, to be awaited in the running event loop: the way of a web process.

    Raises:
        Refusal: from `prepare`, at once; all else when it is awaited.
    """
    command.prepare()
    return db.write_async(lambda tx: command.apply(tx, caller), background=background)


def perform_all(db: Db, caller: Caller, commands: Sequence[Command[Any]], *, background: bool = False) -> list[Any]:
    """Do several things in one transaction: all of them or, where one is refused, none.

    Returns:
        The result of each, in their order.
    """
    for command in commands:
        command.prepare()
    return db.write(lambda tx: [command.apply(tx, caller) for command in commands], background=background)
