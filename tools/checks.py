"""What is checked besides the tests? Each check is a command line that says nothing, or why it fails."""

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import click

from tools.running import ROOT, module

GENERATED = ("docs/settings.md",)
"""Pages with parts that cog writes."""


@dataclass(frozen=True, slots=True)
class Check:
    """`quick` says whether it belongs to `test --quick`, too."""

    name: str
    command: Sequence[str]
    quick: bool = True


CHECKS = (
    Check("types", module("mypy")),
    # a cache of its own, because two runs of mypy at once spoil a shared one
    Check("types of the launcher", module("mypy", "--cache-dir", ".mypy_cache/launcher", "folkmoot")),
    Check("repeated code", module("pylint", "src/folkmoot"), quick=False),
    Check("code", module("ruff", "check", "--quiet", ".")),
    Check("format", module("ruff", "format", "--check", "--quiet", ".")),
    Check("contracts between rooms", [*module("tools.contracts")]),
    Check("declared packages", module("deptry", "src")),
    Check("unused code", module("vulture")),
    Check("generated pages", module("cogapp", "--check", *GENERATED)),
)


def run_checks(*, quick: bool) -> list[str]:
    """Run the checks, two at a time; show what fails.

    Returns:
        The names of those that fail.
    """
    chosen = [check for check in CHECKS if check.quick or not quick]
    with ThreadPoolExecutor(max_workers=2) as pool:
        passed = list(pool.map(_passes, chosen))
    return [check.name for check, passes in zip(chosen, passed, strict=True) if not passes]


def _passes(check: Check) -> bool:
    begun = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, capture_output=True, text=True, check=False)
    mark = "ok  " if done.returncode == 0 else "FAIL"
    click.echo(f"{mark} {check.name} ({time.monotonic() - begun:.1f} s)")
    if done.returncode:
        click.echo(done.stdout + done.stderr)
    return done.returncode == 0
