"""How is a server loaded? By wrk where it is installed (Debian has it), else by a loop of our own, which costs more.

Both keep some connections busy: each sends its next request when the answer to the last one is there. A load ends by
time, or after so many requests, and goes to this machine only. What it cost the load generator is nobody's figure, but
where it needs a core for itself, requests a second are bounded by it: rates of the two are not compared.

wrk drops what is under way when the time is over. Where few answers are given in that time, their share of the CPU time
would be missing from the count, so slow answers are always asked for by our own loop, which waits for the last ones.
So are mixed addresses, and those that are asked for at a given rate (`bench/own_load.py`).
"""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from bench.machine import CannotMeasure

MOST_REQUESTS = 500_000
_SCRIPT = Path(__file__).with_name("load.lua")
_PATIENCE_S = 60
_STOPPED_AFTER_S = 1.0
_TRIES = 3
_LOOPBACK = ("127.0.0.1", "localhost")


def check_loopback(url: str) -> None:
    """Refuse to load anybody but this machine."""
    if urlsplit(url).hostname not in _LOOPBACK:
        raise ValueError(f"not on this machine: {url}")


@dataclass(frozen=True, slots=True)
class Load:
    """What to ask for, and how: `connections` at once, for `seconds` or until there are `fewest` answers."""

    url: str
    headers: Mapping[str, str]
    seconds: float
    connections: int
    fewest: int = 0

    def __post_init__(self) -> None:
        check_loopback(self.url)


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


def together(results: Sequence[Result]) -> Result:
    """Give what came back in several loads; of the waits their medians."""
    return Result(
        requests=sum(each.requests for each in results),
        seconds=sum(each.seconds for each in results),
        bytes=sum(each.bytes for each in results),
        errors=sum(each.errors for each in results),
        p50_ms=median(each.p50_ms for each in results),
        p99_ms=median(each.p99_ms for each in results),
    )


def generator() -> str:
    """Name the load generator that this machine has."""
    return "wrk" if shutil.which("wrk") else "own"


def loaded(load: Load, *, slow: bool) -> Result:
    """Load a server, and wait for the end.

    Args:
        load: what to ask for.
        slow: whether fewer than a thousand answers can be expected.
    """
    if not slow and generator() == "wrk":
        return _by_wrk(load)
    from bench.own_load import Readers  # noqa: PLC0415 -- it gives results of ours

    with Readers(load.url, [(load.url, load.headers)], load.connections) as readers:
        return readers.busy(load.seconds, fewest=load.fewest).result()


def _by_wrk(load: Load) -> Result:
    """Let wrk load a server. On a busy machine it may be stopped before it can say anything: then once more."""
    for _ in range(_TRIES):
        said = _said_by_wrk(load)
        result = Result(**json.loads(said.splitlines()[-1])) if said else None
        if result is not None and result.requests:
            return result
    raise CannotMeasure(f"{load.url}: no answer to wrk")


def _said_by_wrk(load: Load) -> str:
    """Start wrk for long, and stop it when it is time: by itself it knows whole seconds only."""
    headers = [part for name, value in load.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{_PATIENCE_S}s", "--timeout", "30s", *headers]
    with subprocess.Popen(  # noqa: S603 -- a program of Debian's, with our own arguments
        [*command, "-s", str(_SCRIPT), load.url, "--", str(MOST_REQUESTS)], stdout=subprocess.PIPE, text=True
    ) as process:
        end = time.perf_counter() + _PATIENCE_S
        pause = load.seconds
        while time.perf_counter() < end:
            try:
                return process.communicate(timeout=pause)[0].strip()
            except subprocess.TimeoutExpired:
                # again and again: a signal that comes just before wrk lies down to sleep does not wake it
                process.send_signal(signal.SIGINT)
                pause = _STOPPED_AFTER_S
        process.kill()
    raise CannotMeasure("wrk does not stop")
