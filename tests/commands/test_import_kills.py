"""Killing the process at any moment of an import leaves all or nothing."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from folkmoot.commands.base import perform
from folkmoot.commands.doctor import doctor
from folkmoot.db.base import Db
from folkmoot.db.core import is_postgresql, open_db
from folkmoot.model.callers import OPERATOR
from tests.commands.killed_import import ITEMS, STEPS, command, steps_of
from tests.conftest import SetClock

pytestmark = pytest.mark.slow

NOTHING: tuple[Any, ...] = (0, 0, 0, 0, 0, 0, 0, 0, 0)
WHOLE: tuple[Any, ...] = (1, 1, 1, ITEMS, ITEMS, 1, 1, 1, 1)
ROOT = Path(__file__).parents[2]


def _killed(dsn: str, step: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    process = subprocess.run(
        [sys.executable, "-m", "tests.commands.killed_import", dsn, str(step)], env=environment, check=False
    )
    assert process.returncode == -signal.SIGKILL
    if is_postgresql(dsn):
        _wait_for_the_server(dsn)


def _wait_for_the_server(dsn: str) -> None:
    """Wait until the server has seen that the process is gone: its lock on the table says so."""
    with psycopg.connect(dsn) as connection:
        connection.execute("lock table post, imported")


def _all_or_nothing(db: Db) -> bool:
    with db.read() as reader:
        counts = reader.row(
            """
            select (select count(*) from imported), (select count(*) from post), (select count(*) from post_rank),
                (select count(*) from comment), (select count(*) from comment_node),
                (select count(*) from journal where kind = 'ThreadImported'),
                (select count(*) from person) > 0, (select count(*) from community), (select count(*) from instance) > 1
            """
        )
    assert counts in (NOTHING, WHOLE)
    assert list(doctor(db)) == []
    return counts == WHOLE


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_import_is_whole_or_is_not_there(dsn: str, clock: SetClock, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- moments, not secrets
    for step in [chance.randrange(STEPS), chance.randrange(100), STEPS + chance.randrange(13)]:
        _killed(dsn, step)
        db = open_db(dsn, clock=clock, migrate=False)
        if _all_or_nothing(db):
            db.close()
            return
        db.close()
    db = open_db(dsn, clock=clock, migrate=False)
    assert not perform(db, OPERATOR, command()).already
    assert _all_or_nothing(db)
    db.close()


def test_the_steps_are_all_of_the_import(db: Db) -> None:
    write: Callable[..., int] = db.write
    assert ITEMS * 2 < steps_of(write) < STEPS
