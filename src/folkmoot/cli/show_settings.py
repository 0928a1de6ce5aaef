"""`folkmoot settings`: what is set, and by whom?"""

import os

import click

from folkmoot.cli.options import resolved, setting_options
from folkmoot.settings import SETTINGS, shown, unknown_variables


@click.command("settings")
@setting_options(*SETTINGS)
def show_settings(**flags: str | None) -> None:
    """Show every setting, its value and where it came from.

    The first that is given counts: a flag, a variable FOLKMOOT_…, a line of the TOML file, the default. Passwords are
    not shown.
    """
    found = resolved(flags)
    rows = [(name, shown(found.settings, name), found.origins[name].words) for name in SETTINGS]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, value, origin in rows:
        click.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}")
    for variable in unknown_variables(os.environ):
        click.echo(f"folkmoot: {variable} is set, but there is no such setting.", err=True)
