"""A database that is there one moment and gone the next."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any

from folkmoot.db.base import Db, Reader
from folkmoot.db.faults import StorageFault


class LosableDb:
    """A database that can be lost, to see what is answered without it."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.lost = False
        self.dialect = db.dialect
        self.reads_inline = db.reads_inline

    def read(self) -> AbstractContextManager[Reader]:
        if self.lost:
            raise StorageFault("lost")
        return self._db.read()

    def apart(self, work: Callable[[], Any]) -> Awaitable[Any]:
        return self._db.apart(work)
