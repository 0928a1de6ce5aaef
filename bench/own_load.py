"""How do many readers ask for many things? A loop over some connections, in one thread; every answer is waited for.

`busy` keeps each connection busy; `steady` asks at a given rate, and counts a wait from the moment that was due.
"""

import random
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from bench.http_load import MOST_REQUESTS, Result, check_loopback

Ask = tuple[str, Mapping[str, str]]
"""An address, and headers."""
_BUFFER_BYTES = 1024 * 1024
_PATIENCE_S = 60.0
_BARE = (204, 304)
"""Answers with these statuses have no body, whatever their heads say."""


@dataclass(slots=True)
class Seen:
    """What came back so far: waits in seconds, answers by status, and how many connections broke."""

    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    bytes: int = 0
    seconds: float = 0.0

    @property
    def errors(self) -> int:
        return self.broken + sum(count for status, count in self.statuses.items() if status >= 400)

    def quantile_ms(self, share: float) -> float:
        """Give the wait that this share of all did not exceed."""
        ordered = sorted(self.waits) or [0.0]
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000

    def result(self) -> Result:
        p50, p99 = self.quantile_ms(0.5), self.quantile_ms(0.99)
        return Result(len(self.waits), max(self.seconds, 1e-6), self.bytes, self.errors, p50, p99)


class _Line:
    """One connection, and the answer that comes over it."""

    def __init__(self, place: tuple[str, int]) -> None:
        self.socket = socket.create_connection(place, timeout=_PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.since = 0.0
        self.asked = 0.0
        self.status = 0
        self._head = b""
        self._missing = 0

    def ask(self, request: bytes, since: float) -> None:
        self.since, self.asked = since, time.perf_counter()
        self.socket.sendall(request)

    def receive(self, buffer: bytearray) -> tuple[int, bool]:
        """Take what is there. Returns how much, 0 where the other side has gone, and whether the answer is whole."""
        size = self.socket.recv_into(buffer)
        if self._missing:
            self._missing -= size
            return size, self._missing == 0
        self._head += buffer[:size]
        end = self._head.find(b"\r\n\r\n")
        if size == 0 or end < 0:
            return size, False
        self.status = int(self._head[9:12])
        length = 0 if self.status in _BARE else _length(self._head[:end])
        self._missing = end + 4 + length - len(self._head)
        self._head = b""
        return size, self._missing == 0


def _length(head: bytes) -> int:
    """Give the length of an answer's body: our server always says it, but where there is none."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def request_of(url: str, headers: Mapping[str, str]) -> bytes:
    """Give the bytes that ask for something."""
    place = urlsplit(url)
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    lines = [f"GET {path} HTTP/1.1", f"Host: {place.netloc}", *(f"{name}: {text}" for name, text in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Readers:
    """Some connections to one server, and the things that are asked for over them."""

    def __init__(self, base: str, asks: Sequence[Ask], connections: int, *, seed: int = 0) -> None:
        check_loopback(base)
        place = urlsplit(base)
        self._place = place.hostname or "", place.port or 80
        self._requests = [request_of(url, headers) for url, headers in asks]
        self._chance = random.Random(seed)  # noqa: S311 -- which page comes next is no secret
        self._selector = selectors.DefaultSelector()
        self._buffer = bytearray(_BUFFER_BYTES)
        self._idle = deque(self._opened() for _ in range(connections))
        self._busy: set[_Line] = set()
        self._seen = Seen()
        self._look_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for line in (*self._idle, *self._busy):
            line.socket.close()
        self._selector.close()

    def busy(self, seconds: float, *, fewest: int = 0, over: Callable[[], bool] = lambda: False) -> Seen:
        """Keep every connection busy for so long, and longer until there are so many answers, or until it is over."""
        self._seen = seen = Seen()
        began = time.perf_counter()
        while True:
            now = time.perf_counter()
            enough = (now - began >= seconds and len(seen.waits) >= fewest) or len(seen.waits) >= MOST_REQUESTS
            if enough or over():
                break
            while self._idle:
                self._ask(now)
            self._take(began + seconds - now)
        return self._ended(began)

    def steady(self, seconds: float, per_s: float) -> Seen:
        """Ask at random moments, so many times a second on average. A late one is not forgiven."""
        self._seen = Seen()
        began = time.perf_counter()
        due = began
        while (due := due + self._chance.expovariate(per_s)) < began + seconds:
            while not self._idle or time.perf_counter() < due:
                self._take(due - time.perf_counter() if self._idle else _PATIENCE_S)
            self._ask(due)
        return self._ended(began)

    def _ended(self, began: float) -> Seen:
        while self._busy:
            self._take(_PATIENCE_S)
        self._seen.seconds = time.perf_counter() - began
        return self._seen

    def _opened(self) -> _Line:
        line = _Line(self._place)
        self._selector.register(line.socket, selectors.EVENT_READ, line)
        return line

    def _ask(self, since: float) -> None:
        line = self._idle.popleft()
        self._busy.add(line)
        line.ask(self._chance.choice(self._requests), since)

    def _take(self, timeout_s: float) -> None:
        """Take what has come, or wait a while for it."""
        ready = self._selector.select(max(timeout_s, 0.0))
        now = time.perf_counter()
        for key, _ in ready:
            line: _Line = key.data
            try:
                size, whole = line.receive(self._buffer)
            except OSError:
                size, whole = 0, False
            self._seen.bytes += size
            if whole:
                self._seen.waits.append(now - line.since)
                self._seen.statuses[line.status] += 1
                self._give_back(line)
            elif size == 0:
                self._replaced(line)
        if now > self._look_at:
            self._look_at = now + 1.0
            for line in [line for line in self._busy if now - line.asked > _PATIENCE_S]:
                self._replaced(line)

    def _give_back(self, line: _Line) -> None:
        self._busy.discard(line)
        self._idle.append(line)

    def _replaced(self, line: _Line) -> None:
        """Open another connection for one that broke; a request that was under way counts as an error."""
        self._seen.broken += line in self._busy
        self._selector.unregister(line.socket)
        line.socket.close()
        self._busy.discard(line)
        if line in self._idle:
            self._idle.remove(line)
        self._idle.append(self._opened())
