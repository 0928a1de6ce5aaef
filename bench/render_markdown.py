"""How long does a text take to render, and what is the worst that somebody can write?

`python -m bench.render_markdown` prints a table (standard error) and JSON (standard output). Figures are milliseconds
of CPU of one process, the least of several rounds. With `--search SECONDS` it looks for worse texts by itself: random
patterns, repeated to the length.
"""

import argparse
import json
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from bench.hostile_texts import hostile_texts
from folkmoot.text.markdown import render_literal, render_markdown

CHARS = 50_000
TYPICAL = """Thanks, that is a **good** summary of https://example.org/2024/11/a-long-article?ref=front, and I agree
with @ada@lemmy.example about the second half. But:

> the numbers are from 2019, before the change

So I would add ~~two~~ three things:

- the *newer* figures are in [this table](https://example.net/table)
- nobody has asked `who pays`
- see also !botany@plants.example

::: spoiler How I counted
Every third Tuesday, H~2~O included.
:::
"""
PLAIN = "I think that is right, but *only* if you read https://example.org/x first.\n\nOtherwise not."
_PIECES = (
    *("a", "b", " ", "\n", "\n\n", "*", "**", "_", "`", "~", "~~", "^", "[", "](", "]", ")", "(", "<", ">", "> ", "- "),
    *(
        "1. ",
        "|",
        "|-|\n",
        ":::",
        "::: spoiler ",
        "{a|b}",
        "{",
        "@",
        "@a@b.c",
        "/u/a@b.c",
        "&",
        "&amp;",
        ";",
        "\\",
        "!",
    ),
    *("https://a.b/", "www.a.b", ".", '"', "\t", "    ", "漢", "\u202e", "א", "[^a]", "[^a]: ", "[a]: b\n", "<a:b>"),
    *("<!--", "-", "=", ":", "# ", "\xa0", "😀", "?", "/"),
)


class Row(TypedDict):
    """One text and what it cost."""

    text: str
    chars: int
    markdown_ms: float
    literal_ms: float
    html_chars: int


def main() -> None:
    """Measure, print, and leave."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds for each text (default 3)")
    options.add_argument("--search", type=float, default=0, metavar="SECONDS", help="look for worse texts so long")
    options.add_argument("--seed", type=int, default=1, help="of the search (default 1)")
    chosen = options.parse_args()
    usual = {
        "two paragraphs": PLAIN,
        "comment with everything": TYPICAL,
        "long post": TYPICAL * (CHARS // len(TYPICAL)),
    }
    typical = [measured(name, text, max(5, 100_000 // len(text))) for name, text in usual.items()]
    hostile = [measured(name, text, chosen.rounds) for name, text in hostile_texts(CHARS).items()]
    found = searched(chosen.search, chosen.seed) if chosen.search else []
    report(typical, sorted([*hostile, *found], key=lambda row: -row["markdown_ms"]))


def measured(name: str, text: str, rounds: int) -> Row:
    """Render a text so many times and keep the least time of each way."""
    return {
        "text": name,
        "chars": len(text),
        "markdown_ms": _least_ms(lambda: render_markdown(text), rounds),
        "literal_ms": _least_ms(lambda: render_literal(text), min(rounds, 10)),
        "html_chars": len(render_markdown(text).html),
    }


def searched(seconds: float, seed: int) -> list[Row]:
    """Render random patterns for that long and return the ten worst."""
    chance = random.Random(seed)  # noqa: S311 -- for patterns, not for secrets
    end = time.process_time() + seconds
    worst: list[Row] = []
    while time.process_time() < end:
        unit = "".join(chance.choices(_PIECES, k=chance.choice((1, 2, 2, 3, 3, 4, 5, 8, 12))))
        worst.append(measured(f"found {unit!r}", (unit * (CHARS // len(unit) + 1))[:CHARS], 1))
        worst = sorted(worst, key=lambda row: -row["markdown_ms"])[:10]
    return worst


def report(typical: list[Row], hostile: list[Row]) -> None:
    """Print the table for people and the figures for programs."""
    for row in [*typical, *hostile[:25]]:
        figures = f"{row['markdown_ms']:9.3f} ms {row['literal_ms']:9.3f} ms literal {row['html_chars']:9,} chars"
        sys.stderr.write(f"{row['text'][:44]:44} {figures}\n")
    times = [row["markdown_ms"] for row in hostile]
    sys.stderr.write(
        f"{len(hostile)} hostile texts: median {statistics.median(times):.1f} ms, worst {times[0]:.1f} ms\n"
    )
    machine = {"python": platform.python_version(), "machine": platform.machine(), "commit": _commit()}
    sys.stdout.write(json.dumps({"machine": machine, "typical": typical, "hostile": hostile}, indent=1) + "\n")


def _least_ms(work: Callable[[], object], rounds: int) -> float:
    least = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return round(least * 1_000, 4)


def _commit() -> str:
    head = Path(__file__).parent.parent / ".git" / "HEAD"
    try:
        name = head.read_text().strip().removeprefix("ref: ")
        return (head.parent / name).read_text().strip()[:12] if "/" in name else name[:12]
    except OSError:
        return "unknown"


if __name__ == "__main__":
    main()
