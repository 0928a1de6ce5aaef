"""What PyPI cannot bring is installed with apt-get, where that is ours to do."""

from pathlib import Path

import pytest

from tools import parts

APT = """#!/bin/sh
echo "$@" >> {log}
exit {code}
"""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give the folder of the only programs that there are."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return tmp_path


def give_apt(machine: Path, *, code: int = 0) -> None:
    apt = machine / "apt-get"
    apt.write_text(APT.format(log=machine / "log", code=code))
    apt.chmod(0o755)


def test_root_may_install_on_debian_and_others_on_ci(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not parts.may_install()
    give_apt(machine)
    assert parts.may_install()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not parts.may_install()
    monkeypatch.setenv("CI", "true")
    assert parts.may_install()


def test_missing_parts_are_installed_with_their_packages(machine: Path) -> None:
    give_apt(machine)
    assert parts.install(list(parts.PARTS))
    assert (machine / "log").read_text() == "update\ninstall --yes --no-install-recommends chromium postgresql\n"


def test_installation_that_fails_is_told(machine: Path) -> None:
    give_apt(machine, code=100)
    assert not parts.install(list(parts.PARTS))


def test_browser_is_found_by_its_program(machine: Path) -> None:
    assert "a browser" in [part.name for part in parts.missing_parts()]
    program = machine / "chromium"
    program.write_text("")
    program.chmod(0o755)
    assert "a browser" not in [part.name for part in parts.missing_parts()]
