"""Which goals does a run meet? Ratios, never times of a test: what a goal is about, its limit, and the worst figure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Run = Mapping[str, Any]
Row = Mapping[str, Any]
Named = tuple[str, float]
"""What was measured, and the figure."""

CACHED, PARTS, COLD = "cached", "parts", "cold"
_MADE = (PARTS, COLD)
WRITERS = 16
GROWTH = 1.1
LARGER_SITE = 1.2
OTHER_DATABASE = 2.5


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: `figures` are all that it is about."""

    name: str
    limit: float
    unit: str
    figures: tuple[Named, ...]
    below: bool = False
    """Whether the limit itself misses it."""

    def is_met_by(self, figure: float) -> bool:
        return figure < self.limit if self.below else figure <= self.limit

    @property
    def missed(self) -> tuple[Named, ...]:
        """What misses it, the worst first."""
        bad = [named for named in self.figures if not self.is_met_by(named[1])]
        return tuple(sorted(bad, key=lambda named: -named[1]))

    @property
    def worst(self) -> Named:
        return max(self.figures, key=lambda named: named[1])

    def kept(self) -> dict[str, Any]:
        """Give it as a result's file keeps it."""
        name, figure = self.worst
        return {
            "goal": self.name,
            "limit": self.limit,
            "unit": self.unit,
            "worst": round(figure, 3),
            "of": name,
            "met": not self.missed,
            "measured": len(self.figures),
            "missed": [[name, round(figure, 3)] for name, figure in self.missed],
        }


def goals(run: Run) -> Iterator[Goal]:
    """Give the goals about which the run knows anything."""
    for goal in (*_of_reading(run), *_of_the_rest(run), *_of_a_soak(run)):
        if goal.figures:
            yield goal


def _of_reading(run: Run) -> Iterator[Goal]:
    rows = [row for row in run.get("reading", ()) if row["goal"]]
    whole = [row for row in rows if row["status"] == 200]
    yield Goal("cached: to the floor", 1.15, "×", _ratios(row for row in whole if row["state"] == CACHED))
    yield Goal("304: to a tiny answer", 1.2, "×", _ratios(row for row in rows if row["status"] == 304))
    yield Goal("from parts: to the floor", 1.8, "×", _ratios(row for row in whole if row["state"] == PARTS))
    yield Goal("cold: to the floor", 2.2, "×", _ratios(row for row in whole if row["state"] == COLD))
    yield Goal("deep page: to the first one", 2.0, "×", tuple(_deep(whole)))
    yield Goal("5,000 comments: to 1,000", 6.0, "×", tuple(_large(whole)))
    yield Goal("errors while reading", 0, "", tuple((f"{row['case']}, {row['state']}", row["errors"]) for row in rows))


def _of_the_rest(run: Run) -> Iterator[Goal]:
    many = [write for write in run.get("writes", ()) if write["callers"] == WRITERS]
    yield Goal(
        f"commands of {WRITERS} callers: to the floor",
        1.5,
        "×",
        tuple((write["command"], write["ratio"]) for write in many),
    )
    refused = tuple(
        (f"{each['command']}, {each['callers']} callers", each["refused"]) for each in run.get("writes", ())
    )
    yield Goal("commands that were refused", 0, "", refused)
    beside = run.get("under_writes")
    if beside:
        yield Goal("readers' p99 beside 400 writes/s: to alone", 2.0, "×", (("p99", beside["p99_ratio"]),))
        errors = beside["reader_errors"] + beside["writer_errors"]
        yield Goal("errors meanwhile", 0, "", (("reading and writing", errors),))
        if beside["log_bytes"]:
            yield Goal("SQLite's log meanwhile", 64, "MB", (("log", beside["log_bytes"] / 2**20),), below=True)
    memory = run.get("memory", {}).get("after_reading")
    if memory:
        yield Goal("memory of all processes", 260, "MB", (("PSS", sum(memory.values()) / 1e6),))
    if "first_answer_s" in run:
        yield Goal("first answer", 0.6, "s", (("from the start of Python", run["first_answer_s"]),))


def _of_a_soak(run: Run) -> Iterator[Goal]:
    soak = run.get("soak")
    if not soak:
        return
    probe = soak["probe"]
    errors = (("readers", soak["readers"]["errors"]), ("probe", probe["errors"]), ("writer", soak["writer_errors"]))
    yield Goal("errors", 0, "", errors)
    yield Goal("the oldest page that was shown", 1.0, "s", ((probe["oldest_path"] or "none", probe["oldest_s"]),))
    yield Goal("changes that were never shown", 0, "", (("probe", probe["given_up"]),))
    if soak["flat"]:
        figures = (("last quarter to the second one", soak["flat"]["growth"]),)
        yield Goal("memory of all processes", GROWTH, "×", figures)


def _ratios(rows: Iterable[Row]) -> tuple[Named, ...]:
    return tuple((row["case"], row["ratio"]) for row in rows)


def _deep(rows: Iterable[Row]) -> Iterator[Named]:
    """Compare deep pages with the first of the same list, where pages are made."""
    cpu = {(row["case"], row["state"]): row["cpu_us"] for row in rows}
    for row in rows:
        first = (row["first"], row["state"])
        if row["state"] in _MADE and first in cpu:
            yield f"{row['case']}, {row['state']}", row["cpu_us"] / cpu[first]


def _large(rows: Iterable[Row]) -> Iterator[Named]:
    """Compare whole threads of 5,000 comments with such of 1,000."""
    cpu = {(row["case"], row["state"]): row["cpu_us"] for row in rows}
    for row in rows:
        small = (row["case"].replace("5000", "1000"), row["state"])
        if "5000" in row["case"] and row["whole"] and small in cpu:
            yield f"{row['case']}, {row['state']}", row["cpu_us"] / cpu[small]


def goals_of_two(before: Run, after: Run) -> Iterator[Goal]:
    """Give what is demanded of two runs: of a larger site, or of the other database."""
    was, now = before["conditions"], after["conditions"]
    if was["size"] == now["size"] and (was["database"], now["database"]) == ("sqlite", "postgresql"):
        yield Goal("PostgreSQL: to SQLite", OTHER_DATABASE, "×", tuple(_pairs(before, after, (CACHED, *_MADE))))
    if was["database"] == now["database"] and (was["size"], now["size"]) == ("M", "L"):
        yield Goal("L: to M, from parts", LARGER_SITE, "×", tuple(_pairs(before, after, (PARTS,))))


def _pairs(before: Run, after: Run, states: tuple[str, ...]) -> Iterator[Named]:
    cpu = {(row["case"], row["state"]): row["cpu_us"] for row in before["reading"]}
    for row in after["reading"]:
        key = (row["case"], row["state"])
        if key in cpu and row["state"] in states and row["goal"]:
            yield f"{row['case']}, {row['state']}", row["cpu_us"] / cpu[key]
