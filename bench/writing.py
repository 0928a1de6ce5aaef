"""What do commands cost on a generated site, performed as a web process performs them, and what is their floor?

The floor of a command is the durable transaction of the same rows and nothing else: its writing statements, taken down
while it ran on one copy of the site, run bare on another that is like it, in commits as large as the callers made them.
"""

import json
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from typing_extensions import override

from bench.deeds import DEEDS, MIXTURE
from bench.machine import CannotMeasure
from bench.performing import Written
from bench.processes import cpu_s
from bench.servers import PYTHON, database_server, process_of
from folkmoot.db.core import is_postgresql

CALLERS = (1, 16)
_NOTED = 96
"""So many commands are taken down for a floor."""


class Performing:
    """The process that performs, asked from here."""

    def __init__(self, process: Any, dsn: str) -> None:  # noqa: ANN401 -- Popen of texts
        self._process = process
        self._roots = [process.pid, *database_server(dsn)]
        if self._process.stdout.readline() != "ready\n":
            raise CannotMeasure("the performing process did not start")

    def ask(self, **what: object) -> dict[str, Any]:
        """Have something done and wait for the answer; with it comes the CPU time that it took."""
        before = cpu_s(self._roots)
        answer = ""
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            raise CannotMeasure("the performing process has ended")
        found: dict[str, Any] = json.loads(answer)
        return {**found, "cpu_s": cpu_s(self._roots) - before}


@contextmanager
def performing(dsn: str) -> Iterator[Performing]:
    """Start a process that performs commands on a site."""
    with process_of([PYTHON, "-m", "bench.performing", dsn], told=True) as process:
        yield Performing(process, dsn)


class Copies(Protocol):
    """Where copies of the site come from."""

    dsn: str

    def copied(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: rounds, seconds a deed in each, how long all may take; only deeds named like `only`."""

    rounds: int
    seconds: float
    patience_s: float
    only: str = ""


def written(site: Copies, scratch: Path, effort: Effort, progress: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Measure each deed, from one caller and from many, in rounds; give the medians."""
    deeds = [name for name in DEEDS if name != MIXTURE and effort.only in name]
    if not deeds:
        return
    keys = [(deed, callers) for deed in deeds for callers in CALLERS]
    seen: dict[tuple[str, int], list[dict[str, Any]]] = {key: [] for key in keys}
    addresses = [site.copied(name) for name in ("performed", "noted", "bare")]
    end = time.perf_counter() + effort.patience_s
    with ExitStack() as stack:
        here, noting = [stack.enter_context(performing(dsn)) for dsn in addresses[:2]]
        bare = stack.enter_context(closing(_bare(addresses[2])))
        for number in range(1, effort.rounds + 1):
            began = time.perf_counter()
            for deed, callers in keys:
                performed = here.ask(do="perform", deed=deed, callers=callers, seconds=effort.seconds)
                # on PostgreSQL each command is a commit, and one caller makes none that would be tried again
                noted = _noted(noting, deed, 1 if is_postgresql(site.dsn) else callers, scratch)
                seen[deed, callers].append(_figures(performed, bare, noted))
            spent = time.perf_counter() - began
            progress(f"commands: round {number} of {effort.rounds} is done, in {spent:.0f} s")
            if time.perf_counter() + spent > end:
                break
    for (deed, callers), found in seen.items():
        yield {"command": deed, "callers": callers, **_medians(found)}


def _noted(noting: Performing, deed: str, callers: int, scratch: Path) -> Written:
    file = scratch / "written.pickle"
    noting.ask(do="note", deed=deed, callers=callers, count=_NOTED, file=str(file))
    found: Written = pickle.loads(file.read_bytes())  # noqa: S301 -- from our own other process
    return found


def _figures(performed: dict[str, Any], bare: "_Bare", noted: Written) -> dict[str, Any]:
    group = max(1, round(performed["commands_a_commit"]))
    cpu_us = performed["cpu_s"] / performed["commands"] * 1e6
    floor_us = bare.floor_us(noted, group)
    return {
        "cpu_us": cpu_us,
        "floor_us": floor_us,
        "ratio": cpu_us / floor_us,
        "per_s": performed["commands"] / performed["seconds"],
        "p50_ms": performed["p50_ms"],
        "p99_ms": performed["p99_ms"],
        "commands_a_commit": performed["commands_a_commit"],
        "commands": performed["commands"],
        "refused": performed["refused"],
        "statements": sum(map(len, noted)) / len(noted),
    }


def _medians(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {key: round(median(each[key] for each in found), 3) for key in found[0]}


class _Bare:
    """A connection to write on, and nothing around it."""

    def __init__(self, dsn: str) -> None:
        self._servers = database_server(dsn)

    def floor_us(self, commands: Written, group: int) -> float:
        """Run the statements again, so many commands to a commit; give the CPU time of one, the server's included."""
        theirs = cpu_s(self._servers)  # before ours, for looking costs something, too
        ours = time.process_time()
        for first in range(0, len(commands), group):
            with self.transaction():
                for command in commands[first : first + group]:
                    for sql, params in command:
                        self.run(sql, params)
        return (time.process_time() - ours + cpu_s(self._servers) - theirs) / len(commands) * 1e6

    def transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def run(self, sql: str, params: Any) -> None:  # noqa: ANN401 -- as the driver takes them
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def _bare(dsn: str) -> _Bare:
    return _BarePostgresql(dsn) if is_postgresql(dsn) else _BareSqlite(dsn)


class _BareSqlite(_Bare):
    def __init__(self, dsn: str) -> None:
        from folkmoot.db.sqlite_files import connected  # noqa: PLC0415 -- only one of the two drivers is needed

        super().__init__(dsn)
        self._connection = connected(Path(dsn), cache_bytes=8 * 1024 * 1024)
        self._connection.wal_autocheckpoint(1000)

    @override
    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        yield
        self._connection.execute("commit")

    @override
    def run(self, sql: str, params: Any) -> None:
        self._connection.execute(sql, params).fetchall()

    @override
    def close(self) -> None:
        self._connection.close()


class _BarePostgresql(_Bare):
    def __init__(self, dsn: str) -> None:
        from folkmoot.db.postgresql_connections import BEGIN_WRITE, SESSION, connected  # noqa: PLC0415 -- as above

        super().__init__(dsn)
        self._connection = connected(dsn)
        self._connection.execute(SESSION.encode())
        self._statements, self._begin = self._connection.statements, BEGIN_WRITE

    @override
    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._statements.begin(self._begin)
        yield
        self._statements.tell(b"commit")

    @override
    def run(self, sql: str, params: Any) -> None:
        self._statements.run(sql, params)

    @override
    def close(self) -> None:
        self._connection.close()
