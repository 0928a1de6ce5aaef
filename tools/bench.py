"""`./folkmoot bench`: what pages and commands cost on a generated site, and what they could cost at the least."""

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tools.running import ROOT

if TYPE_CHECKING:
    from bench.sites import Wanted

F = TypeVar("F", bound=Callable[..., Any])
_RESULTS = ROOT / "bench/results"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PARTS = ("reading", "writing", "beside", "start")
_USUAL_SECONDS = {"S": 0.1, "M": 0.35, "L": 0.35}
_USUAL_FEWEST = {"S": 8, "M": 16, "L": 16}
_USUAL_BESIDE = {"S": 2.0, "M": 4.0, "L": 4.0}


def _site_options(command: F) -> F:
    """Add the flags that say which generated site is meant."""
    for option in (
        click.option(
            "--folder", type=click.Path(path_type=Path), help="Where generated sites are kept; without it they are not."
        ),
        click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True),
        click.option("--size", type=click.Choice(["S", "M", "L"]), default="S", show_default=True, help="Of the site."),
    ):
        command = option(command)
    return command


_results_option = click.option(
    "--results", type=click.Path(path_type=Path), default=_RESULTS, help="Where the file goes; usually bench/results/."
)
_workers_option = click.option(
    "--workers", default=max(2, os.cpu_count() or 1), show_default=True, help="Web processes."
)


@click.group(invoke_without_command=True)
@_site_options
@_workers_option
@_results_option
@click.option("--rounds", type=int, help="Of which the medians are given; usually 5.")
@click.option("--seconds", type=float, help="How long each load takes; usually 0.1 at S, else 0.35.")
@click.option(
    "--fewest", type=int, help="Answers that are waited for, however long they take; usually 8 at S, else 16."
)
@click.option("--connections", default=8, show_default=True, help="Kept busy by the load generator.")
@click.option(
    "--part", "parts", type=click.Choice(_PARTS), multiple=True, help="Only this; may be given several times."
)
@click.option("--only", default="", help="Only cases and commands whose names contain this.")
@click.option("--quick", is_flag=True, help="One tiny round of everything, to see that it works; no figure is good.")
@click.option("--no-file", is_flag=True, help="Show the table only.")
@click.pass_context
def bench(ctx: click.Context, /, *, quick: bool, no_file: bool, **flags: Any) -> None:  # noqa: ANN401 -- click's
    """Measure what pages and commands cost, and their floors.

    On a generated site, with a load generator on this machine; each run stops by itself. A table goes to standard
    output, all figures to a file in `bench/results/` that is named by size, database and commit.
    """
    if ctx.invoked_subcommand is not None:
        return
    from bench.results import kept, table  # noqa: PLC0415 -- half of the house, which the other verbs need not load
    from bench.run import PARTS, Wish, run  # noqa: PLC0415 -- as above

    size = flags["size"]
    with _scratch() as scratch:
        wish = Wish(
            wanted=_wanted(flags, scratch),
            workers=flags["workers"],
            rounds=flags["rounds"] or (1 if quick else 5),
            seconds=flags["seconds"] or (0.02 if quick else _USUAL_SECONDS[size]),
            fewest=flags["fewest"] or (1 if quick else _USUAL_FEWEST[size]),
            connections=flags["connections"],
            beside_s=0.5 if quick else _USUAL_BESIDE[size],
            parts=frozenset(flags["parts"] or PARTS),
            only=flags["only"],
            scratch=scratch,
            command=_command(),
        )
        found = run(wish, _say)
    click.echo(table(found))
    if not no_file:
        _say(f"kept in {kept(found, flags['results'])}")


@bench.command()
@_site_options
def seed(**flags: Any) -> None:  # noqa: ANN401 -- click's
    """Generate a site and keep it in --folder, so that the next runs need not."""
    from bench.sites import generated  # noqa: PLC0415 -- as above

    if flags["folder"] is None:
        raise click.UsageError("say with --folder where it is kept")
    with _scratch() as scratch:
        wanted = _wanted(flags, scratch)
        if wanted.is_fresh():
            _say("it is there already")
        with generated(wanted, scratch, _say) as site:
            _say(f"kept in {flags['folder']}: {site.dsn if flags['database'] == 'sqlite' else wanted.name}")


@bench.command()
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
def compare(before: Path, after: Path) -> None:
    """Show the ratios of two results: BEFORE and AFTER are files of `bench/results/`."""
    from bench.results import comparison, loaded  # noqa: PLC0415 -- as above

    click.echo(comparison(loaded(before), loaded(after)))


@bench.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=_RESULTS)
def plots(folder: Path) -> None:
    """Draw the results of a folder into one page: FOLDER/index.html."""
    from bench.plots import drawn  # noqa: PLC0415 -- as above

    _say(f"drawn in {drawn(folder)}")


@bench.command()
@_site_options
@_workers_option
@_results_option
@click.option("--minutes", default=10.0, show_default=True, help="How long.")
@click.option("--readers", default=64, show_default=True, help="Connections that are kept busy.")
@click.option("--writes", default=50.0, show_default=True, help="Commands a second.")
@click.option("--probe-every", default=20, show_default=True, help="After so many commands, one is looked for.")
def soak(*, minutes: float, results: Path, **flags: Any) -> None:  # noqa: ANN401 -- click's
    """Let readers and a writer at a site for long: errors, the age of what is shown, memory."""
    from bench.results import kept, table  # noqa: PLC0415 -- as above
    from bench.soak import Soak, soaked  # noqa: PLC0415 -- as above

    with _scratch() as scratch:
        wish = Soak(
            wanted=_wanted(flags, scratch),
            workers=flags["workers"],
            seconds=minutes * 60,
            readers=flags["readers"],
            writes_a_second=flags["writes"],
            probe_every=flags["probe_every"],
            scratch=scratch,
            command=_command(),
        )
        found = soaked(wish, _say)
    click.echo(table(found))
    _say(f"kept in {kept(found, results)}")


def _wanted(flags: dict[str, Any], scratch: Path) -> "Wanted":
    from bench.sites import Wanted  # noqa: PLC0415 -- as above
    from folkmoot.demo.generator_shape import Size  # noqa: PLC0415 -- as above

    folder = flags["folder"]
    return Wanted(Size[flags["size"]], flags["database"], folder.resolve() if folder else scratch)


def _command() -> str:
    """Give the command line as it was typed, without the folders of this machine."""
    words = [re.sub(r"^(--[a-z]+=)?[/~].*/", r"\1", word) for word in sys.argv[1:]]
    return shlex.join(["./folkmoot", *words])


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder that is gone afterwards, with every server stopped, however the run ends."""
    from bench.machine import CannotMeasure  # noqa: PLC0415 -- as above

    signal.signal(signal.SIGTERM, _ended)
    with TemporaryDirectory(prefix="folkmoot-bench-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's server may run as somebody else
        try:
            yield Path(folder)
        except CannotMeasure as why:
            raise click.ClickException(str(why)) from why


def _ended(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _say(line: str) -> None:
    click.echo(f"folkmoot: {line}", err=True)
