"""`./folkmoot bench`: what pages and commands cost on a generated site, and what they could cost at the least."""

import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import click

from tools.running import ROOT


@click.group(invoke_without_command=True)
@click.option("--size", type=click.Choice(["S", "M", "L"]), default="S", show_default=True, help="Of the site.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True)
@click.option("--workers", default=max(2, os.cpu_count() or 1), show_default=True, help="Web processes.")
@click.option("--rounds", default=5, show_default=True, help="Of which the medians are given.")
@click.option("--seconds", default=3.0, show_default=True, help="How long each case is loaded in a round.")
@click.option("--connections", default=8, show_default=True, help="Kept busy by the load generator.")
@click.option("--only", default="", help="Only cases whose names contain this; no file is written.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where generated SQLite sites are kept for next time.")
@click.option("--results", type=click.Path(path_type=Path), default=ROOT / "bench/results", help="Where the file goes.")
@click.pass_context
def bench(ctx: click.Context, /, *, folder: Path | None, results: Path, **wishes: Any) -> None:  # noqa: ANN401 -- click's
    """Measure what pages and commands cost, and their floors.

    On a generated site, with a load generator on this machine; each run stops by itself. A table goes to standard
    output, all figures to a file in `bench/results/` that is named by size, database and commit.
    """
    if ctx.invoked_subcommand is not None:
        return
    from bench.results import kept, table  # noqa: PLC0415 -- half of the house, which the other verbs need not load
    from bench.run import Wish, run  # noqa: PLC0415 -- as above

    signal.signal(signal.SIGTERM, _ended)
    with TemporaryDirectory(prefix="folkmoot-bench-") as scratch:
        found = run(Wish(**wishes, kept=folder or Path(scratch), scratch=Path(scratch)), _say)
    click.echo(table(found))
    if not wishes["only"]:
        _say(f"kept in {kept(found, results)}")


@bench.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def compare(before: Path, after: Path) -> None:
    """Show the ratios of two results: BEFORE and AFTER are files of `bench/results/`."""
    from bench.results import comparison, loaded  # noqa: PLC0415 -- as above

    click.echo(comparison(loaded(before), loaded(after)))


def _ended(number: int, _frame: FrameType | None) -> None:
    """End so that every server is stopped and every file removed."""
    sys.exit(128 + number)


def _say(line: str) -> None:
    click.echo(f"folkmoot: {line}", err=True)
