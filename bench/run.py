"""How is everything measured in one run? A site is generated, served, loaded, and written to."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import http_load, results
from bench.cases import Case, mixed
from bench.machine import CannotMeasure
from bench.reading import Figures, Plan, Read, read
from bench.servers import Serving, first_answer_s
from bench.sites import Site, Wanted, generated
from bench.states import State
from bench.under_writes import under_writes
from bench.writing import Effort, written
from folkmoot import main
from folkmoot.db.core import open_db
from folkmoot.db.faults import StorageFault
from folkmoot.demo.generator_shape import Landmarks, Size, landmarks
from folkmoot.store.bulk import KINDS

_READING_S = {Size.S: 130.0, Size.M: 450.0, Size.L: 480.0}
_WRITING_S = {Size.S: 45.0, Size.M: 120.0, Size.L: 0.0}
"""How long the rounds may take; there is one at least. On a machine with nothing else to do it is enough for five."""
_FIRST_IDS = dict.fromkeys(KINDS, 1)
READING, WRITING, BESIDE, START = "reading", "writing", "beside", "start"
PARTS = (READING, WRITING, BESIDE, START)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to measure, and how.

    Args:
        wanted: the site.
        workers: web processes.
        rounds: of which the medians are given.
        seconds: how long each load takes.
        fewest: answers that are waited for, however long they take.
        connections: kept busy.
        beside_s: how long readers are measured alone, and beside a writer, in each of their rounds.
        parts: what is measured, of `PARTS`.
        only: part of a case's name; the empty text for all.
        scratch: for all that need not stay; the caller removes it.
        command: as it was given, for the file.
    """

    wanted: Wanted
    workers: int
    rounds: int
    seconds: float
    fewest: int
    connections: int
    beside_s: float
    parts: frozenset[str]
    only: str
    scratch: Path
    command: str


def places_of(size: Size) -> Landmarks:
    """Say where the hard things of a generated site are."""
    return landmarks(size.value, _FIRST_IDS)


def run(wish: Wish, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure. Gives the run as `bench/results.py` keeps it."""
    found: dict[str, Any] = {}
    with generated(wish.wanted, wish.scratch, say) as site:
        began = time.perf_counter()
        say(f"the load generator is {http_load.generator()}")
        dsn = site.dsn if wish.wanted.size is Size.L else site.copied("read")
        tasks = _tasks(wish, site, dsn, say)
        for part, measure in tasks.items():
            try:
                found |= measure()
            except (CannotMeasure, StorageFault, OSError, ZeroDivisionError) as why:
                say(f"{part} failed: {type(why).__name__}: {why}")  # the others are worth having all the same
                found.setdefault("failed", []).append(part)
        say(f"measured in {time.perf_counter() - began:.0f} s")
    return results.run_from(wish.command, _conditions(wish), found)


def _tasks(wish: Wish, site: Site, dsn: str, say: Callable[[str], None]) -> dict[str, Callable[[], dict[str, Any]]]:
    """Give what is to be measured. L is for reading: to copy it takes long, and it is not written to."""
    serving = Serving(dsn, wish.scratch / "started", wish.workers)
    starts = range(min(wish.rounds, 5))
    tasks: dict[str, Callable[[], dict[str, Any]]] = {
        READING: lambda: _read(wish, dsn, say),
        START: lambda: {"first_answer_s": round(median(first_answer_s(serving) for _ in starts), 3)},
        BESIDE: lambda: {"under_writes": _beside(wish, dsn, say)},
        WRITING: lambda: {"writes": _written(wish, site, say)},
    }
    chosen = wish.parts & {READING, START} if wish.wanted.size is Size.L else wish.parts
    return {part: measure for part, measure in tasks.items() if part in chosen}


def _read(wish: Wish, dsn: str, say: Callable[[str], None]) -> dict[str, Any]:
    plan = Plan(
        dsn=dsn,
        folder=wish.scratch,
        workers=wish.workers,
        rounds=wish.rounds,
        seconds=wish.seconds,
        fewest=wish.fewest,
        connections=wish.connections,
        patience_s=_READING_S[wish.wanted.size],
        only=wish.only,
    )
    seen = read(plan, places_of(wish.wanted.size), say)
    return {
        "reading": list(_rows(seen)),
        "left_out": list(seen.left_out),
        "memory": {"at_start": dict(seen.memory_at_start), "after_reading": dict(seen.memory)},
    }


def _rows(seen: Read) -> "list[dict[str, Any]]":
    return [_row(seen.cases[name], state, figures) for (name, state), figures in seen.figures.items()]


def _row(case: Case, state: State, figures: Figures) -> dict[str, Any]:
    about = {"case": case.name, "state": state.value, "path": case.path, "status": case.status}
    told = {"first": case.first, "whole": case.whole, "goal": case.goal}
    numbers = asdict(figures).items()
    return {**about, **told, **{key: round(n, 3) if isinstance(n, float) else n for key, n in numbers}}


def _beside(wish: Wish, dsn: str, say: Callable[[str], None]) -> dict[str, Any]:
    with closing(open_db(dsn, clock=main.clock, migrate=False)) as db, db.read() as reader:
        paths = mixed(reader, places_of(wish.wanted.size))
    serving = Serving(dsn, wish.scratch / "beside", wish.workers)
    return under_writes(serving, paths, seconds=wish.beside_s, rounds=min(wish.rounds, 3), progress=say)


def _written(wish: Wish, site: Site, say: Callable[[str], None]) -> list[dict[str, Any]]:
    effort = Effort(wish.rounds, wish.seconds, _WRITING_S[wish.wanted.size], wish.only)
    return list(written(site, wish.scratch, effort, say))


def _conditions(wish: Wish) -> dict[str, Any]:
    return {
        "size": wish.wanted.size.name,
        "database": wish.wanted.database,
        "workers": wish.workers,
        "rounds": wish.rounds,
        "seconds": wish.seconds,
        "connections": wish.connections,
        "generator": http_load.generator(),
        "nginx": shutil.which("nginx") is not None or Path("/usr/sbin/nginx").exists(),
        "cpu_load_before": round(os.getloadavg()[0], 2),
    }
