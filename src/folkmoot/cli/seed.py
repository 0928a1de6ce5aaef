"""`folkmoot seed --demo`: something to look at."""

import click

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.demo.seed import DemoIsThere, seed_demo
from folkmoot.supervisor import Refused


@click.command()
@setting_options("data", "database", "url")
@click.option("--demo", is_flag=True, help="Invented people, communities, posts and comments.")
def seed(*, demo: bool, **flags: str | None) -> None:
    """Fill the site with sample content. It may run beside a server."""
    if not demo:
        raise click.UsageError("Say what to fill the site with: --demo.")
    settings = resolved(flags).settings
    try:
        main.prepare(settings)
        posts = seed_demo(settings.database, now=main.clock(), progress=lambda line: click.echo(line, err=True))
    except DemoIsThere as there:
        raise Refusal("the sample content is there already, or somebody has one of its people's names") from there
    except Refused as refused:
        raise Refusal(str(refused)) from refused
    click.echo(f"{posts} posts can be read at {settings.url}", err=True)
