"""`./folkmoot test`: every check and every test that this machine allows."""

import sys

import click

from tools.checks import run_checks
from tools.parts import install, may_install, missing_parts, on_ci
from tools.running import module, run_shown


@click.command()
@click.option("--quick", is_flag=True, help="Under two minutes: no browser, no killed processes, nothing slow.")
@click.argument("pytest_options", nargs=-1, type=click.UNPROCESSED)
def test(*, quick: bool, pytest_options: tuple[str, ...]) -> None:
    """Run every check and test; with --quick in under two minutes.

    At the end it lists what was left out, and why. As root on Debian, and on CI, it first installs the browser and the
    PostgreSQL server that some tests need; on CI nothing may be left out. PYTEST_OPTIONS (after `--`) choose tests;
    then the checks are not run.
    """
    if not quick and not pytest_options:
        _bring_parts()
    failed = [] if pytest_options else run_checks(quick=quick)
    options = ["-rfEs", *(["-m", "not slow and not browser"] if quick else [])]
    if not pytest_options:
        options += ["-n", "2", *(["--dist", "loadfile"] if quick else [])]  # what a module sets up is set up once
    if on_ci() and not quick:
        options += ["-p", "tools.skips"]
    code = run_shown(module("pytest", *options, *pytest_options))
    if failed:
        click.echo(f"Failed besides the tests: {', '.join(failed)}.")
    sys.exit(code or bool(failed))


def _bring_parts() -> None:
    missing = missing_parts()
    if missing and may_install():
        install(missing)
        missing = missing_parts()
    for part in missing:
        click.echo(f"folkmoot: {part.name} is missing; on Debian: apt-get install {part.package}", err=True)
    if missing and on_ci():
        raise click.ClickException("on CI nothing may be left out")
