"""`./folkmoot fix`: mend what a program can mend."""

import sys

import click

from tools.checks import GENERATED
from tools.running import module, run_shown


@click.command()
def fix() -> None:
    """Format the code, and mend what can be mended.

    The generated parts of the pages are written anew, too.
    """
    steps = (
        module("ruff", "check", "--fix-only", "--quiet", "."),
        module("ruff", "format", "."),
        module("cogapp", "-r", *GENERATED),
    )
    sys.exit(max(run_shown(step) for step in steps))
