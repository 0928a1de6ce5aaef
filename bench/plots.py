"""How do results look? One page with figures of all runs in a folder: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bench.results import loaded
from bench.svg import Bar, Line, bars, lines

Run = Mapping[str, Any]
_LIMITS = {"cached": 1.15, "parts": 1.8, "cold": 2.2}
_STATES = {"cached": "finished pages kept", "parts": "parts kept", "cold": "nothing kept"}
_FLOOR = (("send", "constant_us"), ("query", "statements_us"), ("join", "join_us"))
_CUT = 8.0
_WRITE_LIMIT = 1.5

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #666; --grid: #ddd; --limit: #b00020;
  --send: #4477aa; --query: #228833; --join: #66ccee; --rest: #ccbb44; --good: #228833; --bad: #cc3311; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e6e6; --soft: #a5a5a5; --grid: #3a3d41;
  --limit: #ff8a8a; --send: #77aadd; --query: #66bb77; --join: #99ddff; --rest: #ddcc66; --good: #66bb77;
  --bad: #ff8866; } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
figure { margin: 1.5rem 0; overflow-x: auto; }
svg { width: 100%; min-width: 40rem; font: 10px system-ui, sans-serif; }
svg text { fill: var(--ink); } svg text.name { text-anchor: end; fill: var(--soft); }
.limit { stroke: var(--limit); stroke-dasharray: 3 2; } .grid { stroke: var(--grid); }
rect.send { fill: var(--send); } rect.query { fill: var(--query); } rect.join { fill: var(--join); }
rect.rest { fill: var(--rest); } rect.good { fill: var(--good); } rect.bad { fill: var(--bad); }
polyline { fill: none; stroke-width: 1.5; } polyline.one { stroke: var(--send); } polyline.two { stroke: var(--bad); }
svg text.one { fill: var(--send); } svg text.two { fill: var(--bad); }
table { border-collapse: collapse; } th, td { padding: .15rem .8rem .15rem 0; text-align: start; }
td.figure { text-align: end; font-variant-numeric: tabular-nums; } small, .soft { color: var(--soft); }
.met { color: var(--good); } .missed { color: var(--bad); } .key { display: inline-block; margin-inline-end: 1rem; }
.key::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-inline-end: .3em;
  background: var(--of); }
"""


def drawn(folder: Path) -> Path:
    """Draw all runs of a folder. Gives the page's file."""
    runs = [(file.stem, loaded(file)) for file in sorted(folder.glob("*.json"))]
    measured = [(name, run) for name, run in runs if "conditions" in run and ("reading" in run or "writes" in run)]
    soaks = [(name, run) for name, run in runs if "soak" in run]
    parts = [*_head([*measured, *soaks])]
    for name, run in measured:
        parts += _run(name, run)
    for name, run in soaks:
        parts += _soak(name, run)
    page = "\n".join(parts)
    file = folder / "index.html"
    file.write_text(
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Folkmoot: results of the bench</title>\n<style>{_STYLE}</style>\n<main>\n{page}\n</main>\n</html>\n",
        encoding="utf-8",
    )
    return file


def _head(runs: Sequence[tuple[str, Run]]) -> Iterator[str]:
    yield "<h1>Results of the bench</h1>"
    yield "<p>Every file of JSON beside this page, drawn by <code>./folkmoot bench plots</code>. What is compared is"
    yield "CPU time of the whole process tree, and its ratio to the floor of the same run; see docs/bench.md.</p>"
    links = [f'<li><a href="#{escape(name)}">{escape(name)}</a></li>' for name, _ in runs]
    yield f"<ul>{''.join(links)}</ul>"


def _run(name: str, run: Run) -> Iterator[str]:
    yield from _title(name, run)
    yield _goals(run)
    reading = run.get("reading", ())
    for state, words in _STATES.items():
        rows = [row for row in reading if row["state"] == state and row["goal"]]
        if rows:
            limit = _LIMITS[state]
            ratios = [_ratio_bar(row["case"], row["ratio"], limit) for row in rows]
            yield bars(f"Times the floor, {words}", ratios, lines=[limit], cut=_CUT)
    for state, words in _STATES.items():
        rows = [row for row in reading if row["state"] == state and row["goal"] and row["cpu_us"] < _LARGE_US]
        if rows:
            yield bars(f"CPU µs of an answer, {words}", [_cost_bar(row) for row in rows])
    large = [row for row in reading if row["goal"] and row["cpu_us"] >= _LARGE_US]
    if large:
        yield bars("CPU µs of the large answers", [_cost_bar(row, with_state=True) for row in large])
    if reading:
        keys = (("send", "sending the bytes"), ("query", "the statements"), ("join", "the join"), ("rest", "all else"))
        words = "".join(f'<span class="key" style="--of: var(--{style})">{text}</span>' for style, text in keys)
        yield f"<p>{words}</p>"
    writes = run.get("writes", ())
    if writes:
        ratios = [
            _ratio_bar(f"{row['command']}, {row['callers']} callers", row["ratio"], _WRITE_LIMIT) for row in writes
        ]
        yield bars("Commands: times the floor", ratios, lines=[_WRITE_LIMIT], cut=_CUT)


_LARGE_US = 5_000


def _title(name: str, run: Run) -> Iterator[str]:
    yield f'<h2 id="{escape(name)}">{escape(name)}</h2>'
    told = {**run["conditions"], **run["machine"]}
    words = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in told.items())
    yield f"<p><code>{escape(run['command'])}</code><br><small>{escape(words)}</small></p>"


def _goals(run: Run) -> str:
    rows = []
    for goal in run.get("goals", ()):
        verdict = "met" if goal["met"] else f"missed by {len(goal['missed'])} of {goal['measured']}"
        style = "met" if goal["met"] else "missed"
        cells = f"<td>{escape(goal['goal'])}</td><td class=figure>{goal['limit']:g} {goal['unit']}</td>"
        cells += f"<td class=figure>{goal['worst']:,.2f}</td><td class={style}>{verdict}</td>"
        rows.append(f"<tr>{cells}<td class=soft>{escape(goal['of'])}</td></tr>")
    heads = "<tr><th>goal</th><th>limit</th><th>worst</th><th></th><th>of</th></tr>"
    return f"<table>{heads}{''.join(rows)}</table>" if rows else ""


def _ratio_bar(name: str, ratio: float, limit: float) -> Bar:
    return Bar(name, [("good" if ratio <= limit else "bad", ratio)], f"{ratio:.2f}")


def _cost_bar(row: Mapping[str, Any], *, with_state: bool = False) -> Bar:
    """Show the floor's parts, and what the answer costs above them; a floor that is higher than all is cut."""
    left = row["cpu_us"]
    parts = []
    for style, key in _FLOOR:
        size = min(row[key], left)
        left -= size
        parts.append((style, size))
    name = f"{row['case']}, {row['state']}" if with_state else row["case"]
    return Bar(name, [*parts, ("rest", left)], f"{row['cpu_us']:,.0f}")


def _soak(name: str, run: Run) -> Iterator[str]:
    soak = run["soak"]
    readers, probe = soak["readers"], soak["probe"]
    yield from _title(name, run)
    yield f"<p>{readers['requests']:,} answers and {soak['commands']:,} commands; {readers['errors']} errors of "
    yield f"readers, {probe['errors']} of the probe. {probe['looked']} changes looked for: the oldest page was "
    yield f"{probe['oldest_s']:.2f} s old, at most {probe['oldest_at_most_s']:.2f} s.</p>"
    sizes = [(sample["at_s"], _total(sample)) for sample in soak["memory"]]
    if len(sizes) > 1:
        yield lines("Memory of all processes", [Line("PSS", "one", sizes)], unit="MB")
    waits = list(_over_time(readers["slices"], readers["requests"] / readers["per_s"]))
    if len(waits) > 1:
        yield lines(
            "What readers waited",
            [Line("p50", "one", [w[:2] for w in waits]), Line("p99", "two", [(w[0], w[2]) for w in waits])],
            unit="ms",
        )


def _total(sample: Mapping[str, float]) -> float:
    return sum(size for name, size in sample.items() if name != "at_s")


def _over_time(slices: Iterable[Mapping[str, float]], seconds: float) -> Iterator[tuple[float, float, float]]:
    rows = list(slices)
    for number, row in enumerate(rows, 1):
        yield seconds * number / len(rows), row["p50_ms"], row["p99_ms"]
