"""The command line, called in this process: on either database, with a clock that stands still."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot import main
from folkmoot.cli import main as folkmoot
from folkmoot.model.ids import Micros
from tests.conftest import SetClock

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dsn: str, clock: SetClock) -> Call:
    """Give a function that calls `folkmoot` with these arguments, on a fresh database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(main, "clock", lambda: Micros(clock()))
    monkeypatch.setenv("FOLKMOOT_DATABASE", dsn)
    monkeypatch.setenv("FOLKMOOT_DATA", str(tmp_path))
    monkeypatch.setenv("FOLKMOOT_URL", "https://forum.example")

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(folkmoot, arguments, input=stdin, prog_name="folkmoot", catch_exceptions=False)

    return run
