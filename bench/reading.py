"""What does each answer cost, and what is its floor? In rounds, one case after the other, on the same machine.

Each case is asked for in three states: finished pages kept, parts kept, nothing kept. The floor of an answer: the same
server sending the same bytes and nothing else; where the page is made, the statements that this answer ran, bare, and
the join of its parts (as many as the statements gave rows). CPU time is that of the whole process tree.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median

from bench.cases import Case, cases
from bench.constant_server import Answer
from bench.http_load import Load, Result, loaded, together
from bench.machine import CannotMeasure
from bench.processes import cpu_s, memory
from bench.servers import Server, Serving, asked, calm, constant, database_server, nginx, site
from bench.statements import Bare, Recorder, Statements
from bench.states import State, flags
from folkmoot import main
from folkmoot.db.core import open_db
from folkmoot.demo.generator_shape import Landmarks

Progress = Callable[[str], None]
_SLOW = 1_000
"""Fewer answers than this in a load, and every one of them is waited for."""
_MORE_WHERE_QUICK = 4
_TURNS = 3
"""So often at most a cached answer and the constant one take turns within a round."""
_JOINS = 30
_MOST_PARTS = 50_000
_CALM_S = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to measure.

    Args:
        dsn: the generated site; nothing is written but what the worker process does by itself.
        folder: for what the servers keep.
        workers: web processes of each server.
        rounds: of which the medians are given.
        seconds: how long a load takes.
        fewest: so many answers are waited for, however long they take.
        connections: kept busy.
        patience_s: how long all rounds may take; there is one at least.
        only: part of a case's name; the empty text for all.
    """

    dsn: str
    folder: Path
    workers: int
    rounds: int
    seconds: float
    fewest: int
    connections: int
    patience_s: float
    only: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """One case in one state: CPU in µs a request, its floor in three parts, rate and waits, what the answer was.

    `nginx_us`: the same bytes from nginx; 0 where it is missing, or where there are no bytes.
    """

    cpu_us: float
    floor_us: float
    ratio: float
    constant_us: float
    statements_us: float
    join_us: float
    nginx_us: float
    per_s: float
    p50_ms: float
    p99_ms: float
    requests: int
    bytes: int
    statements: int
    rows: int
    errors: int


Key = tuple[str, State]
"""A case's name, and a state."""
_Loaded = tuple[float, Result]
"""The CPU time of an answer in µs, and what the load generator saw."""


@dataclass(frozen=True, slots=True)
class _Probe:
    """A case with all that its floor needs."""

    case: Case
    answer: Answer
    statements: Mapping[State, Statements]
    constant_url: str
    nginx_url: str | None


@dataclass(frozen=True, slots=True)
class _Servers:
    """All that are measured; nginx may be missing."""

    sites: Mapping[State, Server]
    repeating: Server
    nginx: Server | None


@dataclass(frozen=True, slots=True)
class Read:
    """All figures of reading, and the memory of each process of the site before and after, in bytes, by name.

    `left_out` are cases whose addresses this version does not answer as they should be.
    """

    cases: Mapping[str, Case]
    left_out: Sequence[str]
    figures: Mapping[Key, Figures]
    memory_at_start: Mapping[str, int] = field(default_factory=dict)
    memory: Mapping[str, int] = field(default_factory=dict)


def read(plan: Plan, places: Landmarks, progress: Progress) -> Read:
    """Serve the site in each state, and measure every case.

    Memory is looked at while no other server runs: what processes share is divided among all of them.
    """
    with site(_serving(plan, State.CACHED)) as whole:
        if not calm([whole.pid, *database_server(plan.dsn)], patience_s=_CALM_S):
            progress("the site's processes do not come to rest: figures will be too high")
        at_start = dict(_memory(whole, plan.workers))
        seen = _read_beside_others(plan, whole, places, progress)
        return replace(seen, memory_at_start=at_start, memory=dict(_memory(whole, plan.workers)))


def _read_beside_others(plan: Plan, whole: Server, places: Landmarks, progress: Progress) -> Read:
    with ExitStack() as stack:
        others = {state: stack.enter_context(site(_serving(plan, state))) for state in (State.PARTS, State.COLD)}
        sites = {State.CACHED: whole, **others}
        with closing(open_db(plan.dsn, clock=main.clock, migrate=False)) as db, db.read() as reader:
            chosen = [case for case in cases(reader, places, whole.url) if plan.only in case.name]
        answered = [(case, asked(whole.url + case.path, case.headers)) for case in chosen]
        good = [(case, answer) for case, answer in answered if answer.status == case.status]
        left_out = [f"{case.name}: {answer.status}" for case, answer in answered if answer.status != case.status]
        progress(f"{len(good)} addresses in {len(State)} states; left out: {', '.join(left_out) or 'none'}")
        servers, probes = _set_up(plan, stack, sites, good)
        bare = stack.enter_context(closing(Bare(plan.dsn)))
        found = _measured(plan, _Rounds(plan, servers, bare), probes, progress)
        return Read({case.name: case for case, _ in good}, left_out, found)


def _serving(plan: Plan, state: State) -> Serving:
    """Say how a site is served in a state. One of them has the worker process; that one's memory is looked at."""
    role = "all" if state is State.CACHED else "web"
    return Serving(plan.dsn, plan.folder / state.value, plan.workers, ["--role", role, *flags(state)])


def _set_up(
    plan: Plan, stack: ExitStack, sites: Mapping[State, Server], chosen: Sequence[tuple[Case, Answer]]
) -> tuple[_Servers, list[_Probe]]:
    notes = [{State.CACHED: Statements()} for _ in chosen]
    for state in (State.PARTS, State.COLD):
        with closing(Recorder(plan.dsn, main.clock, state)) as recorder:
            for (case, _), noted in zip(chosen, notes, strict=True):
                noted[state] = recorder.statements(case.path, case.headers)
    answers = [answer for _, answer in chosen]
    tiny = Answer(200, [(b"content-type", b"text/plain"), (b"content-length", b"2")], b"ok")
    least = [tiny if answer.status == 304 else answer for answer in answers]
    servers = _Servers(
        sites,
        stack.enter_context(constant(least, plan.folder, workers=plan.workers)),
        stack.enter_context(nginx(answers, plan.folder, workers=plan.workers)),
    )
    probes = []
    for number, ((case, answer), noted) in enumerate(zip(chosen, notes, strict=True)):
        plain = servers.nginx if answer.status == 200 and answer.body else None
        nginx_url = f"{plain.url}/{number}" if plain else None
        probes.append(_Probe(case, answer, noted, f"{servers.repeating.url}/{number}", nginx_url))
    return servers, probes


def _memory(served: Server, workers: int) -> Iterator[tuple[str, int]]:
    names = ["supervisor", *(f"web {number + 1}" for number in range(workers)), "worker"]
    for name, (_, size) in zip(names, memory(served.pid), strict=True):
        yield name, size


class _Rounds:
    """One round after the other, over all cases in all states."""

    def __init__(self, plan: Plan, servers: _Servers, bare: Bare) -> None:
        self._plan = plan
        self._servers = servers
        database = database_server(plan.dsn)
        self._roots = {state: [server.pid, *database] for state, server in servers.sites.items()}
        self._bare = bare
        self._per_s: dict[str, float] = {}

    def warm(self, probe: _Probe) -> None:
        """Fill the caches of all processes, and see how quick the answers are."""
        urls = [server.url + probe.case.path for server in self._servers.sites.values()]
        for url in (*urls, probe.constant_url, probe.nginx_url):
            if url is not None:
                load = Load(url, probe.case.headers, 0.05, self._plan.connections, self._plan.connections)
                self._per_s[url] = loaded(load, slow=True).per_s

    def _warm_again(self, probe: _Probe, url: str) -> None:
        """Bring back what the cases between two rounds pushed out: the caches are smaller than all cases together."""
        loaded(Load(url, probe.case.headers, 0.0, self._plan.connections, self._plan.connections), slow=True)

    def once(self, probe: _Probe) -> Iterator[tuple[Key, Figures]]:
        """Measure a case in each state, and the parts of its floor."""
        short = self._plan.seconds / 2
        constant_us = self._constant_us(probe)
        nginx_us = 0.0
        if probe.nginx_url is not None and self._servers.nginx is not None:
            nginx_us, _ = self._loaded(probe, probe.nginx_url, [self._servers.nginx.pid], short)
        for state in probe.case.states:
            yield (probe.case.name, state), self._in_state(probe, state, constant_us, nginx_us)

    def _constant_us(self, probe: _Probe) -> float:
        return self._loaded(probe, probe.constant_url, [self._servers.repeating.pid], self._plan.seconds / 2)[0]

    def _in_state(self, probe: _Probe, state: State, constant_us: float, nginx_us: float) -> Figures:
        statements = probe.statements[state]
        url = self._servers.sites[state].url + probe.case.path
        if state is not State.COLD:
            self._warm_again(probe, url)
        if state is State.CACHED:  # its floor is the constant answer alone
            cpu_us, constant_us, result = self._beside_constant(probe, url)
        else:
            cpu_us, result = self._loaded(probe, url, self._roots[state], self._plan.seconds)
        strange = asked(url, probe.case.headers).status != probe.case.status
        statements_us = self._bare.cost_us(statements, self._plan.seconds / 3)
        join_us = _join_us(probe.answer.body, statements.rows)
        floor_us = constant_us + statements_us + join_us
        return Figures(
            cpu_us=cpu_us,
            floor_us=floor_us,
            ratio=cpu_us / floor_us,
            constant_us=constant_us,
            statements_us=statements_us,
            join_us=join_us,
            nginx_us=nginx_us,
            per_s=result.per_s,
            p50_ms=result.p50_ms,
            p99_ms=result.p99_ms,
            requests=result.requests,
            bytes=len(probe.answer.body),
            statements=len(statements.asked),
            rows=statements.rows,
            errors=result.errors + strange,
        )

    def _beside_constant(self, probe: _Probe, url: str) -> tuple[float, float, Result]:
        """Measure a cached answer and the constant one in turns; give the CPU time of both, and the first's result.

        They differ by less than two loads of the same differ: by what else the machine does, and by how the
        connections happen to be spread over the processes. Short turns meet more of both, and both meet it alike.
        """
        expected = self._per_s[url] * self._plan.seconds
        turns = min(_TURNS, max(1, int(expected / _SLOW)))
        slow = expected / turns < _SLOW
        constant_s, site_s = self._plan.seconds / (turns + 1), self._plan.seconds / turns
        repeating, whole = [self._servers.repeating.pid], self._roots[State.CACHED]
        theirs = [self._loaded(probe, probe.constant_url, repeating, constant_s, slow=slow)]
        ours: list[_Loaded] = []
        for _ in range(turns):
            ours.append(self._loaded(probe, url, whole, site_s, slow=slow))
            theirs.append(self._loaded(probe, probe.constant_url, repeating, constant_s, slow=slow))
        return _mean_us(ours), _mean_us(theirs), together([result for _, result in ours])

    def _loaded(
        self, probe: _Probe, url: str, roots: Sequence[int], seconds: float, *, slow: bool | None = None
    ) -> _Loaded:
        """Load a server. `slow` says by which generator; left out, that goes by how quick it was."""
        if slow is None:
            slow = self._per_s[url] * seconds < _SLOW
        # Few connections are spread over the processes by chance; a slow answer of each has to be waited for.
        connections = self._plan.connections * (1 if slow else _MORE_WHERE_QUICK)
        load = Load(url, probe.case.headers, seconds, connections, self._plan.fewest)
        before = cpu_s(roots)
        result = loaded(load, slow=slow)
        spent = cpu_s(roots) - before
        if not result.requests:
            raise CannotMeasure(f"{url}: no answer, {result.errors} errors")
        self._per_s[url] = result.per_s
        return spent / result.requests * 1e6, result


def _measured(plan: Plan, rounds: _Rounds, probes: Sequence[_Probe], progress: Progress) -> dict[Key, Figures]:
    """Run the rounds, one after the other, as long as the next one will be over in time."""
    for probe in probes:
        rounds.warm(probe)
    progress("all caches are warm")
    seen: dict[Key, list[Figures]] = {}
    end = time.perf_counter() + plan.patience_s
    for number in range(1, plan.rounds + 1):
        began = time.perf_counter()
        for probe in probes:
            for key, figures in rounds.once(probe):
                seen.setdefault(key, []).append(figures)
        progress(f"round {number} of {plan.rounds} is done, in {time.perf_counter() - began:.0f} s")
        spent = time.perf_counter() - began
        if number < plan.rounds and time.perf_counter() + spent > end:
            progress(f"no time for more than {number} of {plan.rounds} rounds")
            break
    return {key: medians(figures) for key, figures in seen.items()}


def _mean_us(loads: Sequence[_Loaded]) -> float:
    """Give the CPU time of one answer over several loads."""
    return sum(cpu_us * result.requests for cpu_us, result in loads) / sum(result.requests for _, result in loads)


def medians(figures: Sequence[Figures]) -> Figures:
    """Give the median of each figure over some rounds; errors are added up."""
    rows = [asdict(each) for each in figures]
    whole = ("requests", "bytes", "statements", "rows", "errors")
    middle = {name: median(row[name] for row in rows) for name in rows[0]}
    middle["errors"] = sum(each.errors for each in figures)
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
