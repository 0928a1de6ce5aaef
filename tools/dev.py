"""`./folkmoot dev`: serve, and start again whenever a file of the program changes."""

import shlex

import click
import watchfiles

from tools.running import ROOT, module


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("serve_options", nargs=-1, type=click.UNPROCESSED)
def dev(serve_options: tuple[str, ...]) -> None:
    """Serve, and start again whenever a file changes.

    SERVE_OPTIONS are those of `serve`.
    """
    command = module("folkmoot", "serve", *serve_options)
    watchfiles.run_process(ROOT / "src", target=shlex.join(command), target_type="command", callback=_say)


def _say(changes: set[tuple[watchfiles.Change, str]]) -> None:
    names = sorted({str(path).removeprefix(f"{ROOT}/") for _, path in changes})
    click.echo(f"folkmoot: changed: {', '.join(names)}; starting again …", err=True)
