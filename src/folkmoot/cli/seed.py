"""`folkmoot seed`: something to look at, or something to measure on."""

import logging
from collections.abc import Callable

import click

from folkmoot import main
from folkmoot.cli.options import Refusal, resolved, setting_options
from folkmoot.db import writer
from folkmoot.demo.generator import PostsAreThere, seed_size
from folkmoot.demo.generator_shape import Size
from folkmoot.demo.seed import DemoIsThere, seed_demo
from folkmoot.settings import Settings
from folkmoot.supervisor import Refused


@click.command()
@click.option("--demo", is_flag=True, help="Believable people, posts and comments, to look at and try.")
@click.option(
    "--size",
    type=click.Choice([size.name for size in Size]),
    help="Made up in bulk, to measure on: 1,000 posts (S), 100,000 (M) or a million (L). The site must have no posts.",
)
@setting_options("data", "database")
def seed(*, demo: bool, size: str | None, **flags: str | None) -> None:
    """Fill the site with sample content."""
    if demo == (size is not None):
        raise click.UsageError("say with what to fill the site: --demo, or --size")
    settings = resolved(flags).settings
    try:
        main.prepare(settings)
        if size is None:
            seed_demo(settings.database, now=main.clock(), progress=_told)
        else:
            _seed_size(settings, Size[size], _told)
    except DemoIsThere as there:
        raise Refusal("the sample content is there already; nothing was changed") from there
    except PostsAreThere as there:
        raise Refusal("the site has posts; nothing was changed") from there
    except Refused as refused:
        raise Refusal(str(refused)) from refused


def _seed_size(settings: Settings, size: Size, progress: Callable[[str], None]) -> None:
    logging.getLogger(writer.__name__).setLevel(logging.ERROR)  # that it holds the lock for long is meant
    found = seed_size(settings.database, size, now=main.clock(), progress=progress)
    for comments, post in sorted(found.threads.items()):
        progress(f"/post/{post} has {comments:,} comments")


def _told(line: str) -> None:
    click.echo(f"folkmoot: {line}", err=True)
