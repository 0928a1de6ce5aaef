"""Does a site hold out? Many readers and one writer at once for long, and a probe that looks for old pages.

`bench/probe.py` says how old pages are found.
"""

import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from bench import results
from bench.cases import long_mixture
from bench.deeds import DEEDS, MIXTURE, Ground, ground
from bench.own_load import Readers
from bench.probe import Probe
from bench.processes import memory
from bench.run import places_of
from bench.servers import Server, Serving, site
from bench.sites import Wanted, generated
from bench.states import State, flags
from folkmoot import main
from folkmoot.commands.base import perform
from folkmoot.db.core import Db, open_db
from folkmoot.db.faults import StorageFault
from folkmoot.model.errors import Refusal

_MEMORY_EVERY_S = 10.0
_IN_A_ROW = 4
_PAUSE_S = 0.02
_GIVEN_UP_S = 10.0
_SLICE_S = 10.0


@dataclass(frozen=True, slots=True)
class Soak:
    """How long, and with how many: readers' connections, commands a second, and after how many one is looked for."""

    wanted: Wanted
    workers: int
    seconds: float
    readers: int
    writes_a_second: float
    probe_every: int
    scratch: Path
    command: str


def soaked(wish: Soak, say: Callable[[str], None]) -> dict[str, Any]:
    """Run it. Gives a result as `bench/results.py` keeps it."""
    with generated(wish.wanted, wish.scratch, say) as kept:
        dsn = kept.copied("soaked")
        serving = Serving(dsn, wish.scratch / "data", wish.workers, flags(State.CACHED))
        with site(serving) as server, closing(open_db(dsn, clock=main.clock, migrate=False)) as db:
            with db.read() as reader:
                paths = long_mixture(reader, places_of(wish.wanted.size))
                there = ground(reader)
            say(f"{wish.readers} readers of {len(set(paths))} addresses, for {wish.seconds / 60:g} minutes")
            readers = _started(server, paths, wish)
            found = _Writing(wish, db, there, server, say).run()
            found |= {"readers": _ended(readers)}
    conditions = {"size": wish.wanted.size.name, "database": wish.wanted.database, "workers": wish.workers}
    conditions |= {"minutes": round(wish.seconds / 60, 2), "readers": wish.readers, "writes": wish.writes_a_second}
    found["flat"] = _flatness(found["memory"])
    return results.run_from(wish.command, conditions, {"soak": found})


def _flatness(samples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Compare the last quarter with the second one; the first is for filling caches. Empty with too few samples."""
    quarter = len(samples) // 4
    if not quarter:
        return {}
    total = [sum(value for name, value in sample.items() if name != "at_s") for sample in samples]
    second, last = median(total[quarter : 2 * quarter]), median(total[-quarter:])
    return {"second_quarter_mb": second, "last_quarter_mb": last, "growth": round(last / second, 4)}


def _started(server: Server, paths: Sequence[str], wish: Soak) -> tuple[Any, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    asks = [server.url + path for path in paths]
    process = context.Process(target=_read, args=(server.url, asks, wish.readers, there), daemon=True)
    process.start()
    here.recv()
    return process, here


def _ended(readers: tuple[Any, Connection]) -> dict[str, Any]:
    process, here = readers
    here.send("over")
    found: dict[str, Any] = here.recv()
    process.join()
    return found


def _read(base: str, asks: Sequence[str], connections: int, told: Connection) -> None:
    """Be the readers, in a process of their own, until told that it is over."""
    statuses: dict[int, int] = {}
    slices: list[dict[str, float]] = []
    requests = errors = 0
    spent = 0.0
    with Readers(base, [(url, {}) for url in asks], connections) as readers:
        told.send("ready")
        while not told.poll():
            seen = readers.busy(_SLICE_S, over=told.poll)
            requests, errors, spent = requests + len(seen.waits), errors + seen.errors, spent + seen.seconds
            for status, number in seen.statuses.items():
                statuses[status] = statuses.get(status, 0) + number
            at = {f"p{share * 100:g}_ms": round(seen.quantile_ms(share), 2) for share in (0.5, 0.99, 1.0)}
            slices.append({"requests": len(seen.waits), "errors": seen.errors, **at})
    told.recv()
    told.send(
        {
            "requests": requests,
            "per_s": round(requests / spent, 1),
            "errors": errors,
            "statuses": statuses,
            "p50_ms": median(each["p50_ms"] for each in slices),
            "p99_ms": median(each["p99_ms"] for each in slices),
            "slices": slices,
        }
    )


class _Writing:
    """The writer, with a look at memory; after every so many commands it wakes the probe, which has its own thread."""

    def __init__(self, wish: Soak, db: Db, there: Ground, server: Server, say: Callable[[str], None]) -> None:
        self._wish = wish
        self._db = db
        self._deeds = DEEDS[MIXTURE](there)
        self._server = server
        self._say = say
        self._probe = Probe(db, there, server.url)
        self._memory: list[dict[str, float]] = []
        self._errors = 0

    def run(self) -> dict[str, Any]:
        """Write for as long as is wished."""
        began = time.perf_counter()
        told = 0
        with self._probe:
            for number in count(1):
                now = time.perf_counter() - began
                if now >= self._wish.seconds:
                    break
                if now >= _MEMORY_EVERY_S * (len(self._memory) + 1):
                    self._look_at_memory(now)
                if now >= (told + 1) * 60:
                    told += 1
                    self._say(f"{told} minutes; {self._probe.words}")
                if number % self._wish.probe_every == 0:
                    self._probe.wake()
                self._write()
                time.sleep(max(0.0, began + number / self._wish.writes_a_second - time.perf_counter()))
        self._look_at_memory(time.perf_counter() - began)
        return {
            "commands": number - 1,
            "writer_errors": self._errors,
            "probe": self._probe.found(),
            "memory": self._memory,
        }

    def _write(self) -> None:
        try:
            perform(self._db, *next(self._deeds))
        except (Refusal, StorageFault):
            self._errors += 1

    def _look_at_memory(self, now: float) -> None:
        sizes = {str(place): round(size / 1e6, 2) for place, (_, size) in enumerate(memory(self._server.pid))}
        self._memory.append({"at_s": round(now, 1), **sizes})
