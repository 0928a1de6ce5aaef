"""`folkmoot migrate`: what keeps a site in order."""

import click

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.supervisor import Refused


@click.command()
@setting_options("data", "database")
def migrate(**flags: str | None) -> None:
    """Bring the database to the form that this version needs; `serve` does so by itself."""
    try:
        steps = main.prepare(resolved(flags).settings)
    except Refused as refused:
        raise Refusal(str(refused)) from refused
    click.echo(f"{steps} migrations were run." if steps else "Nothing to do.", err=True)
