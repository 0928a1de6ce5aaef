"""How are figures kept, shown and compared? A file of JSON for each run, and tables."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.goals import Goal, goals, goals_of_two
from bench.machine import machine

FOLDER = Path(__file__).parent / "results"
Run = Mapping[str, Any]


def run_from(command: str, conditions: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Put all figures of one run together, with all that they depend on, and what they say about the goals."""
    run = {"machine": machine(), "command": command, "conditions": dict(conditions), **found}
    return {**run, "goals": [goal.kept() for goal in goals(run)]}


def kept(run: Run, folder: Path = FOLDER) -> Path:
    """Write a run's file; its name says size, database and commit."""
    conditions, commit = run["conditions"], run["machine"]["commit"]
    folder.mkdir(parents=True, exist_ok=True)
    kind = "soak-" if "soak" in run else ""
    file = folder / f"{kind}{conditions['size']}-{conditions['database']}-{commit}.json"
    file.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def loaded(file: Path) -> Run:
    """Read a run's file."""
    found: Run = json.loads(file.read_text(encoding="utf-8"))
    return found


def table(run: Run) -> str:
    """Show one run."""
    parts = (_reading, _writes, _under_writes, _soak, _memory, _conditions)
    shown = [*(list(part(run)) for part in parts[:-1]), _goals(goals(run)), list(parts[-1](run))]
    return "\n\n".join("\n".join(lines) for lines in shown if lines)


_HEADS = (
    "",
    "state",
    "CPU µs",
    "floor µs",
    "ratio",
    "goal",
    "req/s",
    "p50 ms",
    "p99 ms",
    "KB",
    "statements",
    "nginx µs",
)
_LIMITS = {"cached": 1.15, "parts": 1.8, "cold": 2.2}


def _reading(run: Run) -> Iterator[str]:
    rows = [
        (
            row["case"],
            row["state"],
            f"{row['cpu_us']:,.0f}",
            f"{row['floor_us']:,.0f}",
            f"{row['ratio']:.2f}",
            _verdict(row),
            f"{row['per_s']:,.0f}",
            f"{row['p50_ms']:.2f}",
            f"{row['p99_ms']:.2f}",
            f"{row['bytes'] / 1000:,.1f}",
            str(row["statements"]),
            f"{row['nginx_us']:,.0f}" if row["nginx_us"] else "",
        )
        for row in run.get("reading", ())
    ]
    if rows:
        yield from _columns([_HEADS, *rows], words=2)
        if not run["conditions"].get("nginx", True):
            yield "nginx is missing here: no outer limit was measured"


def _verdict(row: Mapping[str, Any]) -> str:
    if not row["goal"]:
        return ""
    limit = 1.2 if row["status"] == 304 else _LIMITS[row["state"]]
    return f"≤ {limit}" if row["ratio"] <= limit else f"> {limit} missed"


def _writes(run: Run) -> Iterator[str]:
    rows = [
        (
            write["command"],
            f"{write['callers']}",
            f"{write['cpu_us']:,.0f}",
            f"{write['floor_us']:,.0f}",
            f"{write['ratio']:.2f}",
            f"{write['per_s']:,.0f}",
            f"{write['p50_ms']:.2f}",
            f"{write['p99_ms']:.2f}",
            f"{write['commands_a_commit']:.1f}",
            f"{write['statements']:.1f}",
        )
        for write in run.get("writes", ())
    ]
    if rows:
        heads = ("", "callers", "CPU µs", "floor µs", "ratio", "/s", "p50 ms", "p99 ms", "a commit", "statements")
        yield from _columns([heads, *rows])


def _under_writes(run: Run) -> Iterator[str]:
    beside = run.get("under_writes")
    if beside:
        yield (
            f"{beside['reads_a_second']} readings a second: p50 {beside['p50_alone_ms']:.2f} ms, "
            f"p99 {beside['p99_alone_ms']:.2f} ms alone; {beside['p50_beside_ms']:.2f} and "
            f"{beside['p99_beside_ms']:.2f} ms beside {beside['writes_a_second']} writes a second "
            f"(their own p99: {beside['write_p99_ms']:.2f} ms)"
        )
        yield (
            f"Errors: {beside['reader_errors']} of readers, {beside['writer_errors']} of writers; "
            f"the log was at most {beside['log_bytes'] / 2**20:.1f} MB long"
        )


def _soak(run: Run) -> Iterator[str]:
    soak = run.get("soak")
    if not soak:
        return
    readers, probe, flat = soak["readers"], soak["probe"], soak["flat"]
    yield (
        f"{readers['requests']:,} answers ({readers['per_s']:,.0f}/s, p50 {readers['p50_ms']:.1f} ms, "
        f"p99 {readers['p99_ms']:.1f} ms), {soak['commands']:,} commands"
    )
    yield (
        f"{probe['looked']} changes looked for: shown after {probe['until_shown_p50_s']:.2f} s (p50); the oldest page "
        f"was {probe['oldest_s']:.2f} s old, at most {probe['oldest_at_most_s']:.2f} s"
    )
    if flat:
        yield f"memory: {flat['second_quarter_mb']:.0f} MB in the second quarter, then {flat['last_quarter_mb']:.0f} MB"


def _memory(run: Run) -> Iterator[str]:
    for when, sizes in run.get("memory", {}).items():
        each = ", ".join(f"{name} {size / 1e6:.0f}" for name, size in sizes.items())
        yield f"Memory (PSS) {when.replace('_', ' ')}: {sum(sizes.values()) / 1e6:.0f} MB ({each})"
    if "first_answer_s" in run:
        yield f"First answer after {run['first_answer_s']:.2f} s"


def _conditions(run: Run) -> Iterator[str]:
    conditions = ", ".join(f"{name} {value}" for name, value in run["conditions"].items())
    yield f"{conditions}; {', '.join(f'{name} {value}' for name, value in run['machine'].items())}"


def _goals(chosen: Iterable[Goal]) -> list[str]:
    rows = []
    for goal in chosen:
        name, figure = goal.worst
        met = "met" if not goal.missed else f"missed by {len(goal.missed)} of {len(goal.figures)}"
        limit = f"{'<' if goal.below else '≤'} {goal.limit:g} {goal.unit}"
        rows.append((goal.name, limit, f"{figure:.2f}", met, name))
    return list(_columns([("goal", "limit", "worst", "", "of"), *rows])) if rows else []


def comparison(before: Run, after: Run) -> str:
    """Show the ratios of two runs: of the CPU time, and of how far that is from the floor of the same run.

    The floor's own ratio says how much the machine differed; where it is not near 1, look at the other two with care.
    """
    heads = ("", "CPU before", "after", "after/before", "floor after/before", "ratio before", "after", "after/before")
    rows = [
        (
            name,
            f"{was['cpu_us']:,.0f}",
            f"{now['cpu_us']:,.0f}",
            f"{now['cpu_us'] / was['cpu_us']:.2f}",
            f"{now['floor_us'] / was['floor_us']:.2f}",
            f"{was['ratio']:.2f}",
            f"{now['ratio']:.2f}",
            f"{now['ratio'] / was['ratio']:.2f}",
        )
        for name, was, now in _pairs(before, after)
    ]
    demanded = _goals(goal for goal in goals_of_two(before, after) if goal.figures)
    return "\n".join([*_columns([heads, *rows]), *(("", *demanded) if demanded else ()), *_different(before, after)])


def _named(run: Run) -> dict[str, Mapping[str, float]]:
    reading = {f"{row['case']}, {row['state']}": row for row in run.get("reading", ())}
    return {**reading, **{f"{row['command']}, {row['callers']} callers": row for row in run.get("writes", ())}}


def _pairs(before: Run, after: Run) -> Iterator[tuple[str, Mapping[str, float], Mapping[str, float]]]:
    now = _named(after)
    for name, was in _named(before).items():
        if name in now:
            yield name, was, now[name]


def _different(before: Run, after: Run) -> Iterator[str]:
    """Name what makes two runs hard to compare."""
    yield ""
    for part in ("conditions", "machine"):
        for name, was in before[part].items():
            now = after[part].get(name)
            if now != was:
                yield f"{name}: {was} before, {now} after"
    missing = _named(before).keys() ^ _named(after).keys()
    if missing:
        yield f"only in one of them: {'; '.join(sorted(missing))}"


def _columns(rows: Sequence[Sequence[str]], *, words: int = 1) -> Iterator[str]:
    """Align: the first columns, which are words, to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.ljust(w) if at < words else cell.rjust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
