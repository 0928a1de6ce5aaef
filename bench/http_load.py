"""How is a server loaded? By wrk where it is installed (Debian has it), else by a loop of our own, which costs more.

Both keep some connections busy: each sends its next request when the answer to the last one is there. A load ends by
time, or after so many requests, and goes to this machine only. What it cost the load generator is nobody's figure, but
where it needs a core for itself, requests a second are bounded by it: rates of the two are not compared.

wrk drops what is under way when the time is over. Where few answers are given in that time, their share of the CPU time
would be missing from the count, so slow answers are always asked for by our own loop, which waits for the last ones.
"""

import asyncio
import json
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from typing_extensions import override

MOST_REQUESTS = 500_000
_SCRIPT = Path(__file__).with_name("load.lua")
_PATIENCE_S = 60
_LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class Load:
    """What to ask for, and how: `connections` at once, for `seconds` at most."""

    url: str
    headers: Mapping[str, str]
    seconds: float
    connections: int

    def __post_init__(self) -> None:
        """Refuse to load anybody but this machine."""
        if urlsplit(self.url).hostname not in _LOOPBACK:
            raise ValueError(f"not on this machine: {self.url}")


@dataclass(frozen=True, slots=True)
class Result:
    """What came back. Errors are broken connections and statuses from 400 on."""

    requests: int
    seconds: float
    bytes: int
    errors: int
    p50_ms: float
    p99_ms: float

    @property
    def per_s(self) -> float:
        return self.requests / self.seconds


def generator() -> str:
    """Name the load generator that this machine has."""
    return "wrk" if shutil.which("wrk") else "own"


def loaded(load: Load, *, slow: bool) -> Result:
    """Load a server, and wait for the end.

    Args:
        load: what to ask for.
        slow: whether fewer than a thousand answers can be expected.
    """
    return asyncio.run(_by_ourselves(load)) if slow or generator() == "own" else _by_wrk(load)


def _by_wrk(load: Load) -> Result:
    headers = [part for name, value in load.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{max(1, round(load.seconds))}s", "--timeout", "30s"]
    done = subprocess.run(  # noqa: S603 -- a program of Debian's, with our own arguments
        [*command, *headers, "-s", str(_SCRIPT), load.url, "--", str(MOST_REQUESTS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=load.seconds + _PATIENCE_S,
    )
    return Result(**json.loads(done.stdout.strip().splitlines()[-1]))


class _Asking(asyncio.Protocol):
    """One connection. It asks until the time is over, then closes."""

    def __init__(self, request: bytes, end: float, waits: list[float]) -> None:
        self.closed = asyncio.get_running_loop().create_future()
        self.bytes = self.errors = 0
        self._request = request
        self._end = end
        self._waits = waits
        self._sent = 0.0
        self._missing = 0
        self._head = b""
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 -- what a stream's protocol gets
        self._transport = transport
        self._ask(transport)

    def _ask(self, transport: asyncio.Transport) -> None:
        self._sent = time.perf_counter()
        if self._sent > self._end or len(self._waits) >= MOST_REQUESTS:
            transport.close()
        else:
            transport.write(self._request)

    @override
    def data_received(self, data: bytes) -> None:
        self.bytes += len(data)
        if self._missing == 0:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _length(self._head[:end])
            self.errors += self._head[9:10] in (b"4", b"5")
            self._missing = length - (len(self._head) - end - 4)
            self._head = b""
        else:
            self._missing -= len(data)
        if self._missing == 0 and self._transport is not None:
            self._waits.append(time.perf_counter() - self._sent)
            self._ask(self._transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.errors += exc is not None
        if not self.closed.done():
            self.closed.set_result(None)


def _length(head: bytes) -> int:
    """Give the length of an answer's body: our server always says it, but where there is none."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def _by_ourselves(load: Load) -> Result:
    place = urlsplit(load.url)
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {place.netloc}",
        *(f"{name}: {text}" for name, text in load.headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    waits: list[float] = []
    began = time.perf_counter()
    end = began + load.seconds
    loop = asyncio.get_running_loop()
    asking = []
    for _ in range(load.connections):
        there = place.hostname or "", place.port or 80
        _, protocol = await loop.create_connection(lambda: _Asking(request, end, waits), *there)
        asking.append(protocol)
    await asyncio.wait_for(asyncio.gather(*(each.closed for each in asking)), load.seconds + _PATIENCE_S)
    seconds = time.perf_counter() - began
    ordered = sorted(waits) or [0.0]
    return Result(
        requests=len(waits),
        seconds=seconds,
        bytes=sum(each.bytes for each in asking),
        errors=sum(each.errors for each in asking),
        p50_ms=ordered[len(ordered) // 2] * 1000,
        p99_ms=ordered[len(ordered) * 99 // 100] * 1000,
    )
