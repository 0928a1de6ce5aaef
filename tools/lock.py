"""`./folkmoot lock`: the lock of uv, and the two that pip reads, made from it."""

import sys

import click

from tools.running import module, run_shown

EXPORTS = {"requirements.lock": ("--no-default-groups",), "requirements-dev.lock": ("--group", "dev")}


def export_command(*groups: str) -> list[str]:
    """Give the command line that writes a lock for pip, with hashes, from `uv.lock`."""
    options = ("--frozen", "--no-emit-project", "--no-annotate", "--no-header", "--format", "requirements-txt")
    return module("uv", "export", *options, *groups)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("uv_options", nargs=-1, type=click.UNPROCESSED)
def lock(uv_options: tuple[str, ...]) -> None:
    """Write the lock files anew after pyproject.toml changed.

    That is uv.lock and, made from it, the locks that pip reads. UV_OPTIONS go to `uv lock`, such as --upgrade.
    """
    steps = [module("uv", "lock", *uv_options)]
    steps += [[*export_command(*groups), "--quiet", "--output-file", name] for name, groups in EXPORTS.items()]
    for step in steps:
        if code := run_shown(step):
            sys.exit(code)
