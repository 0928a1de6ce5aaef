"""A process that writes and is killed, and the look at what it left behind.

A `Trial` says what the process writes (`half_writes`: rows that come in pairs; `house_writes`: what people do) and what
is looked at afterwards. `Kills` starts the process, ends it with SIGKILL at a random moment, and looks: everything
acknowledged is there and nothing is half there. A killed process proves recovery from process death; it proves nothing
about power loss, for the kernel still writes what it was given.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from folkmoot.db.core import Db, open_db
from folkmoot.model.ids import Micros

ROOT = Path(__file__).parents[2]
THREADS = 8
MOST_ANSWERS = 60

Answer = tuple[int, int]
"""What the process prints when a command of its was acknowledged; the trial knows the meaning."""


def now() -> Micros:
    return Micros(time.time_ns() // 1000)


@dataclass(frozen=True)
class Trial:
    """What is written, and what is looked at.

    Args:
        module: to run as the process, with the database's address and the number of threads.
        prepare: make what the process needs.
        look: assert that all is well after a kill.
    """

    module: str
    prepare: Callable[[Db], None]
    look: Callable[[Db, list[Answer]], None]


def write_until_killed(go: Callable[[Db, int], None]) -> None:
    """Be the process: let each thread write for ever. If one fails, all end, which `Writing.killed` notices."""
    threading.excepthook = _end
    db = open_db(sys.argv[1], clock=now, migrate=False)
    threads = [threading.Thread(target=go, args=(db, number)) for number in range(int(sys.argv[2]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _end(failed: threading.ExceptHookArgs) -> None:
    sys.__excepthook__(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)
    os._exit(1)


def acknowledge(answer: Answer) -> None:
    """Tell that a command was done, in one piece: a pipe takes a short line whole or not at all."""
    os.write(1, f"{answer[0]} {answer[1]}\n".encode())


class Writing:
    """A process that writes, seen from outside."""

    def __init__(self, dsn: str, trial: Trial, *, threads: int = THREADS) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        command = [sys.executable, "-m", trial.module, dsn, str(threads)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert self._process.stdout is not None
        self._answers = self._process.stdout

    def answers(self, wanted: int) -> list[Answer]:
        """Wait for so many answers."""
        return _parsed(self._answers.readline() for _ in range(wanted))

    def killed(self) -> list[Answer]:
        """Kill it now. Returns the answers that it gave before and nobody has read."""
        assert self._process.poll() is None, "it ended before it was killed"
        self._process.send_signal(signal.SIGKILL)
        rest = _parsed(self._answers)
        self._answers.close()
        self._process.wait()
        return rest


def _parsed(lines: Iterable[bytes]) -> list[Answer]:
    pairs = [line.split() for line in lines if line.endswith(b"\n")]
    return [(int(first), int(second)) for first, second in pairs]


@dataclass
class Kills:
    """One database, and process after process that writes into it and is killed."""

    dsn: str
    trial: Trial
    chance: random.Random
    answered: int = 0

    def prepare(self) -> None:
        db = open_db(self.dsn, clock=now)
        self.trial.prepare(db)
        db.close()

    def once(self) -> None:
        """Kill one writer at a random moment, then look."""
        writer = Writing(self.dsn, self.trial)
        answers = writer.answers(self.chance.randrange(MOST_ANSWERS))
        self._look([*answers, *writer.killed()])

    def one_of_two(self) -> None:
        """Kill one of two writers at a random moment: the other goes on, and is killed later."""
        victim, other = Writing(self.dsn, self.trial), Writing(self.dsn, self.trial)
        answers = victim.answers(self.chance.randrange(MOST_ANSWERS))
        answers += other.answers(1)
        answers += victim.killed()
        answers += other.answers(self.chance.randrange(1, MOST_ANSWERS))
        self._look([*answers, *other.killed()])

    def _look(self, answers: list[Answer]) -> None:
        db = open_db(self.dsn, clock=now, migrate=False)
        self.trial.look(db, answers)
        if db.dialect.name == "sqlite":
            with db.read() as reader:
                assert reader.rows("pragma integrity_check") == [("ok",)]
        db.close()
        self.answered += len(answers)
