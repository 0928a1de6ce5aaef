"""`folkmoot migrate`, `doctor`: what the operator does to a site now and then."""

import click

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.cli.site import opened_site
from folkmoot.commands.doctor import doctor as findings
from folkmoot.supervisor import Refused


@click.command()
@setting_options("data", "database")
def migrate(**flags: str | None) -> None:
    """Bring the database to the form that this version needs.

    `serve` and every other verb do so by themselves.
    """
    try:
        steps = main.prepare(resolved(flags).settings)
    except Refused as refused:
        raise Refusal(str(refused)) from refused
    click.echo(f"folkmoot: {steps} migrations were run" if steps else "folkmoot: nothing to do", err=True)


@click.command()
@click.option("--repair", is_flag=True, help="Set right the counters that are wrong. Nothing else is changed.")
@setting_options("data", "database")
def doctor(*, repair: bool, **flags: str | None) -> None:
    """Check the database, and mend its counters.

    Everything that can be derived is derived anew and compared, beside a running server or without one. A line for each
    finding goes to standard output; the exit code is 1 where something is still wrong.
    """
    wrong = 0
    with opened_site(resolved(flags).settings) as db:
        for finding in findings(db, repair=repair):
            mended = repair and finding.counter
            wrong += not mended
            ending = "; mended" if mended else ""
            click.echo(f"{finding.where}: {finding.what} is {finding.stored}, should be {finding.derived}{ending}")
    if wrong:
        raise Refusal(f"{wrong} things are not as they should be")
    click.echo("folkmoot: the database is sound", err=True)
