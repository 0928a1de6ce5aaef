"""What does each answer cost, and what is its floor? In rounds, one case after the other, on the same machine.

The floor of an answer: the same server sending the same bytes and nothing else, and the statements that this answer
ran, bare, and the join of its parts (as many as the statements gave rows). CPU time is that of the whole process tree.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.cases import Case, cases
from bench.constant_server import Answer
from bench.http_load import Load, Result, loaded
from bench.processes import cpu_s, memory
from bench.servers import Server, asked, constant, database_server, nginx, site
from bench.statements import Bare, Recorder, Statements
from folkmoot import main
from folkmoot.db.core import open_db
from folkmoot.demo.generator_shape import Landmarks

Progress = Callable[[str], None]
_WARM_S = 1.0
_FEWEST, _LONGER = 40, 5
"""So many answers are waited for, but no longer than so many times the usual time."""
_SLOW = 1_000
_JOINS = 50
_MOST_PARTS = 50_000


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure."""

    dsn: str
    folder: Path
    workers: int
    rounds: int
    seconds: float
    connections: int
    only: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """One case: CPU in µs a request, the floor with its three parts, rate and waits over HTTP, size of the answer."""

    cpu_us: float
    floor_us: float
    ratio: float
    constant_us: float
    statements_us: float
    join_us: float
    per_s: float
    p50_ms: float
    p99_ms: float
    requests: int
    bytes: int
    statements: int
    rows: int
    nginx_us: float
    """The same bytes from nginx; 0 where it is missing, or where there are no bytes."""


@dataclass(frozen=True, slots=True)
class _Probe:
    """A case with all that its floor needs."""

    case: Case
    answer: Answer
    statements: Statements
    url: str
    constant_url: str
    nginx_url: str | None


@dataclass(frozen=True, slots=True)
class _Servers:
    """The three that are measured; nginx may be missing."""

    site: Server
    repeating: Server
    nginx: Server | None


@dataclass(frozen=True, slots=True)
class Read:
    """All figures of reading, and the memory of each process afterwards, in bytes, by name."""

    cases: Mapping[str, Figures]
    memory: Mapping[str, int]


def read(plan: Plan, places: Landmarks, progress: Progress) -> Read:
    """Serve the site, and measure every case."""
    with ExitStack() as stack:
        served = stack.enter_context(site(plan.dsn, plan.folder / "data", workers=plan.workers))
        chosen = [case for case in _cases(plan, places, served) if plan.only in case.name]
        answers = [_answer(served, case) for case in chosen]
        notes = _noted(plan, chosen)
        servers = _Servers(
            served,
            stack.enter_context(constant(answers, plan.folder, workers=plan.workers)),
            stack.enter_context(nginx(answers, plan.folder, workers=plan.workers)),
        )
        probes = [_probe(servers, *facts) for facts in zip(range(len(chosen)), chosen, answers, notes, strict=True)]
        bare = stack.enter_context(closing(Bare(plan.dsn)))
        found = _measured(_Rounds(plan, servers, bare), probes, progress)
        return Read(found, dict(_memory(served, plan.workers)))


def _answer(served: Server, case: Case) -> Answer:
    answer = asked(served.url + case.path, case.headers)
    if answer.status != case.status:
        raise RuntimeError(f"{case.name}: {answer.status}, not {case.status}")
    return answer


def _probe(servers: _Servers, place: int, case: Case, answer: Answer, statements: Statements) -> _Probe:
    plain = servers.nginx if answer.status == 200 and answer.body else None
    return _Probe(
        case=case,
        answer=answer,
        statements=statements,
        url=servers.site.url + case.path,
        constant_url=f"{servers.repeating.url}/{place}",
        nginx_url=f"{plain.url}/{place}" if plain else None,
    )


def _cases(plan: Plan, places: Landmarks, served: Server) -> Iterator[Case]:
    with closing(open_db(plan.dsn, clock=main.clock, migrate=False)) as db, db.read() as reader:
        yield from cases(reader, places, served.url)


def _noted(plan: Plan, chosen: Sequence[Case]) -> list[Statements]:
    with closing(Recorder(plan.dsn, main.clock)) as recorder:
        return [recorder.statements(case.path, case.headers) for case in chosen]


def _memory(served: Server, workers: int) -> Iterator[tuple[str, int]]:
    names = ["supervisor", *(f"web {number + 1}" for number in range(workers)), "worker"]
    for name, (_, size) in zip(names, memory(served.pid), strict=True):
        yield name, size


class _Rounds:
    """One round after the other, over all cases."""

    def __init__(self, plan: Plan, servers: _Servers, bare: Bare) -> None:
        self.rounds = plan.rounds
        self._plan = plan
        self._site = [servers.site.pid, *database_server(plan.dsn)]
        self._repeating = [servers.repeating.pid]
        self._nginx = [servers.nginx.pid] if servers.nginx else []
        self._bare = bare
        self._per_s: dict[str, float] = {}

    def warm(self, probe: _Probe) -> None:
        """Fill the caches, and see how quick the answers are."""
        for url in (probe.url, probe.constant_url, probe.nginx_url):
            if url is not None:
                load = Load(url, probe.case.headers, _WARM_S, self._plan.connections)
                self._per_s[url] = loaded(load, slow=True).per_s

    def once(self, probe: _Probe) -> Figures:
        headers = probe.case.headers
        cpu_us, result = self._loaded(probe.url, headers, self._site)
        constant_us, _ = self._loaded(probe.constant_url, headers, self._repeating)
        nginx_us = self._loaded(probe.nginx_url, headers, self._nginx)[0] if probe.nginx_url else 0.0
        statements_us = self._bare.cost_us(probe.statements, self._plan.seconds / 3)
        join_us = _join_us(probe.answer.body, probe.statements.rows)
        floor_us = constant_us + statements_us + join_us
        return Figures(
            cpu_us=cpu_us,
            floor_us=floor_us,
            ratio=cpu_us / floor_us,
            constant_us=constant_us,
            statements_us=statements_us,
            join_us=join_us,
            per_s=result.per_s,
            p50_ms=result.p50_ms,
            p99_ms=result.p99_ms,
            requests=result.requests,
            bytes=len(probe.answer.body),
            statements=len(probe.statements.asked),
            rows=probe.statements.rows,
            nginx_us=nginx_us,
        )

    def _loaded(self, url: str, headers: Mapping[str, str], roots: Sequence[int]) -> tuple[float, Result]:
        """Load for as long as the plan says, longer where that is too short for a few answers."""
        seconds = self._plan.seconds
        seconds = min(max(seconds, _FEWEST / self._per_s[url]), seconds * _LONGER)
        slow = self._per_s[url] * seconds < _SLOW
        before = cpu_s(roots)
        result = loaded(Load(url, headers, seconds, self._plan.connections), slow=slow)
        spent = cpu_s(roots) - before
        if result.errors or not result.requests:
            raise RuntimeError(f"{url}: {result.errors} errors in {result.requests} requests")
        return spent / result.requests * 1e6, result


def _measured(rounds: _Rounds, probes: Sequence[_Probe], progress: Progress) -> dict[str, Figures]:
    for probe in probes:
        rounds.warm(probe)
    seen: dict[str, list[Figures]] = {probe.case.name: [] for probe in probes}
    for number in range(1, rounds.rounds + 1):
        for probe in probes:
            seen[probe.case.name].append(rounds.once(probe))
        progress(f"round {number} of {rounds.rounds} is done")
    return {name: medians(figures) for name, figures in seen.items()}


def medians(figures: Sequence[Figures]) -> Figures:
    """Give the median of each figure over some rounds."""
    rows = [asdict(each) for each in figures]
    whole = ("requests", "bytes", "statements", "rows")
    middle = {name: median(row[name] for row in rows) for name in rows[0]}
    return Figures(**{name: int(value) if name in whole else value for name, value in middle.items()})


def _join_us(body: bytes, rows: int) -> float:
    """Join a body from so many parts of one size; give the CPU time of the quickest of some."""
    if rows < 2 or not body:
        return 0.0
    size = max(1, len(body) // min(rows, _MOST_PARTS))
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    quickest = float("inf")
    for _ in range(_JOINS):
        began = time.process_time_ns()
        b"".join(parts)
        quickest = min(quickest, (time.process_time_ns() - began) / 1000)
    return quickest
