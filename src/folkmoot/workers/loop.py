"""When is a chore done? The loop that all share: by interval, at once while there is more, more seldom after faults.

What a chore did not finish, it finds again: stopping and crashing are the same thing. A bug in one ends the process
with its trace; the supervisor starts it again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from folkmoot.db.faults import StorageFault

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do again and again, in portions.

    `run` does one portion, and says whether there is more to do at once.
    """

    name: str
    every_s: float
    run: Callable[[], bool]


@dataclass(slots=True)
class _Turn:
    chore: Chore
    due_s: float
    faults: int = 0


def run_chores(chores: Sequence[Chore], *, wait: Callable[[float], bool], monotonic: Callable[[], float]) -> None:
    """Do each chore at its times, one after the other, until told to stop.

    Args:
        chores: each is done at once for the first time.
        wait: sleeps so many seconds, or until a stop is asked for; says whether that is so.
        monotonic: seconds of a clock that never goes back.
    """
    turns = [_Turn(chore, monotonic()) for chore in chores]
    while turns:
        turn = min(turns, key=lambda turn: turn.due_s)
        if wait(max(0.0, turn.due_s - monotonic())):
            return
        turn.due_s = monotonic() + _take(turn)


def _take(turn: _Turn) -> float:
    """Do one portion; say after how many seconds the next is due."""
    try:
        more = turn.chore.run()
    except StorageFault as fault:
        turn.faults += 1
        pause_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** (turn.faults - 1))
        log.warning("a chore could not be done", chore=turn.chore.name, fault=str(fault), again_in_s=pause_s)
        return pause_s
    turn.faults = 0
    return 0.0 if more else turn.chore.every_s
