"""The rival of a writer thread in each process: one process that writes for all, reached by a socket.

A command travels as it is (a frozen value, prepared by its caller), its answer comes back when it is durable. Only the
benchmark knows it; `docs/decisions` says why.
"""

import pickle
import socket
import struct
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from folkmoot.commands.base import Command
from folkmoot.db.core import Db
from folkmoot.model.callers import Caller

_LENGTH = struct.Struct("!I")


def _send(connection: socket.socket, lock: threading.Lock, message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    with lock:
        connection.sendall(_LENGTH.pack(len(data)) + data)


def _received(connection: socket.socket) -> Iterator[Any]:
    with connection.makefile("rb") as stream:
        while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
            yield pickle.loads(stream.read(_LENGTH.unpack(head)[0]))  # noqa: S301 -- from our own other process


def serve(db: Db, path: Path) -> None:
    """Write for whoever connects, for ever."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen()
        while True:
            connection, _ = door.accept()
            threading.Thread(target=_serve_one, args=(db, connection), daemon=True).start()


def _serve_one(db: Db, connection: socket.socket) -> None:
    lock = threading.Lock()

    def answer(number: int, future: Future[Any]) -> None:
        error = future.exception()
        _send(connection, lock, (number, None if error else future.result(), error))

    for number, caller, command, background in _received(connection):
        future = db.write_soon(partial(command.apply, caller=caller), background=background)
        future.add_done_callback(partial(answer, number))


class Client:
    """The way of a web or worker process to the writing process."""

    def __init__(self, path: Path) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.connect(str(path))
        self._lock = threading.Lock()
        self._numbers = count()
        self._waiting: dict[int, Future[Any]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def perform_soon(self, caller: Caller, command: Command[Any], *, background: bool) -> Future[Any]:
        command.prepare()
        number, future = next(self._numbers), Future[Any]()
        self._waiting[number] = future
        _send(self._connection, self._lock, (number, caller, command, background))
        return future

    def _listen(self) -> None:
        for number, result, error in _received(self._connection):
            future = self._waiting.pop(number)
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
