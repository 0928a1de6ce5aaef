"""Several processes that write at once all go on. How long each waits is measured by `bench/write_burst.py`."""

import pytest

from folkmoot.db.core import Db, open_db
from tests.conftest import SetClock
from tests.db.half_writes import HALVES, check_answers, check_whole, make_halves, write_group
from tests.db.kills import Writing


@pytest.fixture
def half_db(dsn: str, clock: SetClock) -> Db:
    db = open_db(dsn, clock=clock, migrate=False)
    db.write(make_halves)
    return db


def test_single_writes_and_bursts_of_other_processes_all_go_on(half_db: Db, dsn: str) -> None:
    bursts = [Writing(dsn, HALVES), Writing(dsn, HALVES)]
    answers = [answer for burst in bursts for answer in burst.answers(5)]
    for _ in range(20):
        first = half_db.write(lambda tx: write_group(tx, 1, refuse=False))
        answers += [(first, 1), *bursts[0].answers(1), *bursts[1].answers(1)]
    for burst in bursts:
        answers += burst.killed()
    with half_db.read() as reader:
        check_whole(reader)
        check_answers(reader, answers)
    half_db.close()
