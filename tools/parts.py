"""Which parts of the tests can PyPI not bring? A browser and a PostgreSQL server; Debian has both."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True, slots=True)
class Part:
    """Something that some tests need, and the Debian package that brings it."""

    name: str
    package: str
    is_there: Callable[[], bool]


def _has_browser() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def _has_postgresql() -> bool:
    told = os.environ.get("FOLKMOOT_TEST_POSTGRESQL")
    return bool(told or shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


PARTS = (Part("a browser", "chromium", _has_browser), Part("a PostgreSQL server", "postgresql", _has_postgresql))


def missing_parts() -> list[Part]:
    return [part for part in PARTS if not part.is_there()]


def on_ci() -> bool:
    return bool(os.environ.get("CI"))


def may_install() -> bool:
    """Whether this machine's packages are ours to install: as root on Debian, and always on CI."""
    return shutil.which("apt-get") is not None and (os.geteuid() == 0 or on_ci())


def install(parts: list[Part]) -> bool:
    """Install the parts with apt-get, whose progress is shown; say whether that worked."""
    packages = [part.package for part in parts]
    click.echo(f"folkmoot: installing {' and '.join(packages)} with apt-get …", err=True)
    become_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive", "--preserve-env=DEBIAN_FRONTEND"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        if subprocess.run([*become_root, "apt-get", *step], env=environment, check=False).returncode:
            return False
    return True
