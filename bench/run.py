"""How is everything measured in one run? A site is generated, served, loaded, and written to."""

import contextlib
import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import http_load, results
from bench.reading import Plan, read
from bench.servers import ROOT, first_answer_s
from bench.writing import written
from folkmoot import main
from folkmoot.db import writer
from folkmoot.demo.generator import seed_size
from folkmoot.demo.generator_shape import Size, landmarks
from folkmoot.store.bulk import KINDS
from tests import postgres

_STARTS = 5
_FRESH_MICROS = 2 * 24 * 3600 * 1_000_000
"""A site that was generated longer ago has no newest days any more."""
_FIRST_IDS = dict.fromkeys(KINDS, 1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to measure, and how. `only`: cases whose names contain it, and nothing else.

    Args:
        size: of the site: S, M, L.
        database: sqlite or postgresql.
        workers: web processes.
        rounds: of which the medians are given.
        seconds: how long each case is loaded in a round.
        connections: kept busy.
        only: part of a name; the empty text for everything.
        kept: where generated SQLite sites stay.
        scratch: for the rest; the caller removes it.
    """

    size: str
    database: str
    workers: int
    rounds: int
    seconds: float
    connections: int
    only: str
    kept: Path
    scratch: Path


def run(wish: Wish, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure. Gives the run as `bench/results.py` keeps it."""
    logging.getLogger(writer.__name__).setLevel(logging.ERROR)  # generating holds the lock for long
    size = Size[wish.size]
    with _generated(wish, size, say) as dsn:
        plan = Plan(dsn, wish.scratch, wish.workers, wish.rounds, wish.seconds, wish.connections, wish.only)
        say(f"the load generator is {http_load.generator()}")
        figures = read(plan, landmarks(size.value, _FIRST_IDS), say)
        told = {"size": wish.size, "database": wish.database, "generator": http_load.generator()}
        found = results.run_from(plan, told, figures)
        if not wish.only:
            starts = [first_answer_s(dsn, wish.scratch / "data", workers=wish.workers) for _ in range(_STARTS)]
            found["first_answer_s"] = round(median(starts), 3)
            writes = written(dsn, wish.scratch, seconds=wish.seconds, rounds=wish.rounds, progress=say)
            found["writes"] = list(writes)
    return found


@contextlib.contextmanager
def _generated(wish: Wish, size: Size, say: Callable[[str], None]) -> Iterator[str]:
    """Give a generated site: on SQLite the one that is kept, where it is young and of this generator."""
    if wish.database == "postgresql":
        postgres.made_durable()
        dsn = postgres.made_database()
        seed_size(dsn, size, now=main.clock(), progress=say)
        yield dsn
        postgres.dropped_database(dsn)
        return
    wish.kept.mkdir(parents=True, exist_ok=True)
    file = wish.kept / f"{size.name}-{_generator()}.db"
    if not (file.exists() and main.clock() - file.stat().st_mtime_ns // 1000 < _FRESH_MICROS):
        file.unlink(missing_ok=True)
        unfinished = file.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        seed_size(str(unfinished), size, now=main.clock(), progress=say)
        unfinished.rename(file)
    yield str(file)


def _generator() -> str:
    """Give a digest of the generator: what another one made is another site."""
    seen = hashlib.sha256()
    demo = ROOT / "src/folkmoot/demo"
    for part in sorted((*demo.glob("generator*.py"), demo / "sentences.toml")):
        seen.update(part.read_bytes())
    return seen.hexdigest()[:12]
