"""How are figures kept, shown and compared? A file of JSON for each run, and tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.reading import Plan, Read

FOLDER = Path(__file__).parent / "results"
Run = Mapping[str, Any]


def run_from(plan: Plan, told: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """Put all figures of one run together, with all that they depend on."""
    conditions = {"workers": plan.workers, "rounds": plan.rounds, "seconds": plan.seconds}
    return {
        "machine": machine(),
        "conditions": {**conditions, "connections": plan.connections, **told},
        "cases": {
            name: {key: _rounded(value) for key, value in asdict(figures).items()}
            for name, figures in read.cases.items()
        },
        "memory_bytes": dict(read.memory),
    }


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 3)


def kept(run: Run, folder: Path = FOLDER) -> Path:
    """Write a run's file; its name says size, database and commit."""
    conditions, commit = run["conditions"], run["machine"]["commit"]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{conditions['size']}-{conditions['database']}-{commit}.json"
    file.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    return file


def loaded(file: Path) -> Run:
    """Read a run's file."""
    found: Run = json.loads(file.read_text(encoding="utf-8"))
    return found


def table(run: Run) -> str:
    """Show one run."""
    heads = ("", "CPU µs", "floor µs", "ratio", "req/s", "p50 ms", "p99 ms", "KB", "statements", "nginx µs")
    rows = [
        (
            name,
            f"{case['cpu_us']:,.0f}",
            f"{case['floor_us']:,.0f}",
            f"{case['ratio']:.2f}",
            f"{case['per_s']:,.0f}",
            f"{case['p50_ms']:.2f}",
            f"{case['p99_ms']:.2f}",
            f"{case['bytes'] / 1000:,.1f}",
            str(case["statements"]),
            f"{case['nginx_us']:,.0f}" if case["nginx_us"] else "",
        )
        for name, case in run["cases"].items()
    ]
    return "\n".join([*_columns([heads, *rows]), "", *_writes(run), *_rest(run)])


def _writes(run: Run) -> Iterator[str]:
    if not run.get("writes"):
        return
    heads = ("", "CPU µs", "floor µs", "ratio", "/s", "p50 ms", "p99 ms")
    rows = [
        (
            f"{write['command']}, {write['callers']} callers",
            f"{write['cpu_us']:,.0f}",
            *((f"{write['floor_us']:,.0f}", f"{write['ratio']:.2f}") if "floor_us" in write else ("", "")),
            f"{write['per_s']:,.0f}",
            f"{write['p50']:.2f}",
            f"{write['p99']:.2f}",
        )
        for write in run["writes"]
    ]
    yield from _columns([heads, *rows])
    yield ""


def _rest(run: Run) -> Iterator[str]:
    sizes = {name: size / 1e6 for name, size in run["memory_bytes"].items()}
    each = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    yield f"Memory afterwards (PSS): {sum(sizes.values()):.0f} MB ({each})"
    if "first_answer_s" in run:
        yield f"First answer after {run['first_answer_s']:.2f} s"
    conditions = ", ".join(f"{name} {value}" for name, value in run["conditions"].items())
    yield f"{conditions}; {', '.join(f'{name} {value}' for name, value in run['machine'].items())}"


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
    return "\n".join([*_columns([heads, *rows]), *_different(before, after)])


def _pairs(before: Run, after: Run) -> Iterator[tuple[str, Mapping[str, float], Mapping[str, float]]]:
    for name, was in before["cases"].items():
        if name in after["cases"]:
            yield name, was, after["cases"][name]
    written = {(write["command"], write["callers"]): write for write in after.get("writes", ())}
    for write in before.get("writes", ()):
        now = written.get((write["command"], write["callers"]))
        if now and "floor_us" in write and "floor_us" in now:
            yield f"{write['command']}, {write['callers']} callers", write, now


def _different(before: Run, after: Run) -> Iterator[str]:
    """Name what makes two runs hard to compare."""
    yield ""
    for part in ("conditions", "machine"):
        for name, was in before[part].items():
            now = after[part].get(name)
            if now != was:
                yield f"{name}: {was} before, {now} after"
    missing = before["cases"].keys() ^ after["cases"].keys()
    if missing:
        yield f"only in one of them: {', '.join(sorted(missing))}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Align: the first column to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        name, *figures = row
        yield "  ".join([name.ljust(widths[0]), *(f.rjust(w) for f, w in zip(figures, widths[1:], strict=True))])
