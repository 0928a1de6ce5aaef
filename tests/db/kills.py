"""A process that writes and is killed, and the look at what it left behind.

`python -m tests.db.kills DSN THREADS` is the process: its threads write commands through a `Db`, and it prints what
was acknowledged. `Kills` starts it, ends it with SIGKILL at a random moment, and checks that everything acknowledged
is there and nothing is half there. A killed process proves recovery from process death; it proves nothing about power
loss, for the kernel still writes what it was given.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from folkmoot.db.core import Db, Reader, Tx, open_db
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommunityId, Micros, PostId
from folkmoot.model.journal import PostDeleted

ROOT = Path(__file__).parents[2]
THREADS = 8
GROUP = 40
MOST_ANSWERS = 60


def make_halves(tx: Tx) -> None:
    """Make the tables: each id is in both, or something is half there."""
    tx.run("create table left_half (id integer not null primary key, size integer not null, word text not null)")
    tx.run("create table right_half (id integer not null primary key, first integer not null)")


def write_group(tx: Tx, size: int, *, refuse: bool) -> int:
    """Write one command's rows: a group of ids in both tables, and one fact. Returns the first id."""
    first = tx.next_ids("post", size)
    ids = range(first, first + size)
    word = "refused" if refuse else "kept"
    tx.run_many(
        "insert into left_half (id, size, word) values (:id, :size, :word)",
        [{"id": number, "size": size, "word": word} for number in ids],
    )
    if refuse:
        raise NotFound("couldnt_find_post")
    tx.record(PostDeleted(PostId(first), CommunityId(size), deleted=True))
    tx.run_many(
        "insert into right_half (id, first) values (:id, :first)", [{"id": number, "first": first} for number in ids]
    )
    return first


def write_until_killed(dsn: str, threads: int) -> None:
    """Write from some threads for ever, and print "first size" for each answer. One alone is never refused."""
    db = open_db(dsn, clock=lambda: Micros(time.time_ns() // 1000), migrate=False)

    def go(thread: int) -> None:
        for number in count(thread):
            size = GROUP if number % 5 == 0 else 1
            try:
                work = partial(write_group, size=size, refuse=threads > 1 and number % 7 == 0)
                first = db.write(work, background=number % 3 == 0)
            except NotFound:
                continue
            os.write(1, f"{first} {size}\n".encode())

    writers = [threading.Thread(target=go, args=(thread,)) for thread in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


class Writing:
    """A process that writes, seen from outside."""

    def __init__(self, dsn: str, *, threads: int = THREADS) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        command = [sys.executable, "-m", "tests.db.kills", dsn, str(threads)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert self._process.stdout is not None
        self._answers = self._process.stdout

    def answers(self, wanted: int) -> list[tuple[int, int]]:
        """Wait for so many answers: first id and size of each."""
        return _parsed(self._answers.readline() for _ in range(wanted))

    def killed(self) -> list[tuple[int, int]]:
        """Kill it now. Returns the answers that it gave before and nobody has read."""
        assert self._process.poll() is None, "it ended before it was killed"
        self._process.send_signal(signal.SIGKILL)
        rest = _parsed(self._answers)
        self._answers.close()
        self._process.wait()
        return rest


def _parsed(lines: Iterable[bytes]) -> list[tuple[int, int]]:
    pairs = [line.split() for line in lines if line.endswith(b"\n")]
    return [(int(first), int(size)) for first, size in pairs]


@dataclass
class Kills:
    """One database, and process after process that writes into it and is killed."""

    dsn: str
    chance: random.Random
    answered: int = 0

    def once(self) -> None:
        """Kill one writer at a random moment, then look."""
        writer = Writing(self.dsn)
        answers = writer.answers(self.chance.randrange(MOST_ANSWERS))
        self._look([*answers, *writer.killed()])

    def one_of_two(self) -> None:
        """Kill one of two writers at a random moment: the other goes on, and is killed later."""
        victim, other = Writing(self.dsn), Writing(self.dsn)
        answers = victim.answers(self.chance.randrange(MOST_ANSWERS))
        answers += other.answers(1)
        answers += victim.killed()
        answers += other.answers(self.chance.randrange(1, MOST_ANSWERS))
        self._look([*answers, *other.killed()])

    def _look(self, answers: list[tuple[int, int]]) -> None:
        db = open_db(self.dsn, clock=lambda: Micros(0), migrate=False)
        with db.read() as reader:
            check_whole(reader)
            check_answers(reader, answers)
        check_next(db)
        db.close()
        self.answered += len(answers)


def check_whole(reader: Reader) -> None:
    """Check that no command is half there."""
    lone = "select count(*) from {} a where not exists (select 1 from {} b where a.id = b.id)"
    assert reader.value(lone.format("left_half", "right_half")) == 0
    assert reader.value(lone.format("right_half", "left_half")) == 0
    assert reader.value("select count(*) from left_half where word = 'refused'") == 0
    broken = (
        "select first from right_half r join left_half l on l.id = r.id group by first having count(*) <> max(l.size)"
    )
    assert reader.rows(broken) == []
    groups = reader.value("select count(distinct first) from right_half")
    assert reader.value("select count(*) from journal") == groups
    if reader.dialect.name == "sqlite":
        assert reader.rows("pragma integrity_check") == [("ok",)]


_BROKEN_GROUPS = """
    select r.first from right_half r join left_half l on l.id = r.id group by r.first having count(*) <> max(l.size)
"""


def check_answers(reader: Reader, answers: list[tuple[int, int]]) -> None:
    """Check that everything acknowledged is there."""
    there = dict(reader.rows("select first, count(*) from right_half group by first"))
    missing = [answer for answer in answers if there.get(answer[0]) != answer[1]]
    assert missing == []


def check_next(db: Db) -> None:
    """Check that no id is given out again, and that writing goes on."""
    first = db.write(lambda tx: write_group(tx, 1, refuse=False))
    with db.read() as reader:
        assert reader.value("select max(id) from left_half") == first


if __name__ == "__main__":
    write_until_killed(sys.argv[1], int(sys.argv[2]))
