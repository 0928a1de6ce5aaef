"""Killing a process that writes, at random moments: what was acknowledged is there, and nothing is half there.

The thousand is `python -m bench.kills --times 1000`. These tests prove that process death loses nothing. They cannot
prove what a power cut does: for that we rely on SQLite's and PostgreSQL's sync before each answer.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot.db.core import open_db
from folkmoot.model.ids import Micros
from tests.conftest import SetClock
from tests.db.half_writes import HALVES, check_whole, make_halves
from tests.db.house_writes import HOUSE
from tests.db.kills import Kills, Writing

pytestmark = pytest.mark.slow

CHANCE = random.Random(20261124)  # noqa: S311 -- it has to be chance, not a secret
PAGE, HEADER, FRAME = 4096, 32, 24 + 4096
"""Of a write-ahead log, in bytes: a page, the log's head, a page with its head."""


@pytest.fixture(params=[HALVES, HOUSE], ids=["store", "house"])
def kills(dsn: str, request: pytest.FixtureRequest) -> Kills:
    kills = Kills(dsn, request.param, CHANCE)
    kills.prepare()
    return kills


def test_what_a_killed_process_acknowledged_is_there(kills: Kills) -> None:
    for _ in range(7):
        kills.once()
    assert kills.answered > 0


def test_when_one_of_two_processes_is_killed_the_other_goes_on(kills: Kills) -> None:
    for _ in range(3):
        kills.one_of_two()
    assert kills.answered > 0


def commit_ends(log: bytes) -> list[int]:
    """Give where each transaction of a log ends: the frame that says how many pages the database has then."""
    ends = range(HEADER + FRAME, len(log) + 1, FRAME)
    return [end for end in ends if int.from_bytes(log[end - FRAME + 4 : end - FRAME + 8], "big") != 0]


def groups(path: Path) -> list[int]:
    """Open a database that a crash has left, check it, and give the first id of each group in it."""
    db = open_db(str(path), clock=lambda: Micros(0), migrate=False)
    with db.read() as reader:
        check_whole(reader)
        found = [first for (first,) in reader.rows("select distinct first from right_half order by first")]
    db.close()
    return found


def torn(log: bytes, at: int) -> bytes:
    """Lose the end of a log, as when the disk never got it."""
    return log[:at]


def garbled(log: bytes, at: int) -> bytes:
    """Spoil the end of a log, as when the disk wrote parts of it, or what it liked."""
    return log[:at] + bytes(byte ^ 0x5A for byte in log[at:])


@pytest.mark.parametrize("damage", [torn, garbled])
def test_a_torn_log_keeps_exactly_what_was_whole_before_the_tear(
    sqlite_dsn: str, clock: SetClock, tmp_path: Path, damage: Callable[[bytes, int], bytes]
) -> None:
    """What a disk does that lost the end of the log in a power cut.

    It proves: recovery stops at the tear, keeps each transaction that lies whole before it, takes in nothing of one
    that does not, and the database is sound. Since each answer is given after a sync of the log (`synchronous=full`),
    what was answered lies before any tear that an honest disk can make. It does not prove that the disk is honest,
    nor that the sync was asked for; `test_files` looks at the setting.
    """
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    db.write(make_halves)
    db.close()
    writer = Writing(sqlite_dsn, HALVES, threads=1)
    answers = writer.answers(20) + writer.killed()
    log = Path(f"{sqlite_dsn}-wal").read_bytes()
    ends = commit_ends(log)

    def left(tear: int) -> list[int]:
        copy = shutil.copy(sqlite_dsn, tmp_path / "torn.db")
        Path(f"{copy}-wal").write_bytes(damage(log, tear))
        return groups(Path(copy))

    whole = left(len(log))
    assert {first for first, _ in answers} <= set(whole)
    by_end = {end: left(end) for end in (HEADER, *ends)}
    assert all(kept == whole[: len(kept)] for kept in by_end.values())
    for tear in [ends[0] - 1, *(CHANCE.randrange(HEADER, len(log)) for _ in range(12))]:
        assert left(tear) == by_end[max(end for end in by_end if end <= tear)]
