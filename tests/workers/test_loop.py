"""The loop of the worker process, on a clock that tests turn."""

import itertools
from collections.abc import Callable

import pytest

from folkmoot.db.faults import StorageFault
from folkmoot.workers.loop import Chore, run_chores


class Sleeper:
    """Time that passes only while the loop sleeps; asks it to stop once `until_s` has come."""

    def __init__(self, until_s: float) -> None:
        self.now_s = 0.0
        self.until_s = until_s

    def monotonic(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> bool:
        self.now_s += seconds
        return self.now_s > self.until_s


def times_of(run: Callable[[int], bool], *, every_s: float, until_s: float) -> list[float]:
    """Run one chore until a time; `run` gets the number of the call. Gives the times at which it was called."""
    sleeper = Sleeper(until_s)
    times: list[float] = []

    def noted() -> bool:
        times.append(sleeper.now_s)
        return run(len(times))

    run_chores([Chore("it", every_s, noted)], wait=sleeper.wait, monotonic=sleeper.monotonic)
    return times


def test_chore_is_done_at_once_and_then_at_its_interval() -> None:
    assert times_of(lambda _: False, every_s=10, until_s=35) == [0, 10, 20, 30]


def test_chore_with_more_to_do_goes_on_at_once() -> None:
    assert times_of(lambda call: call < 3, every_s=10, until_s=15) == [0, 0, 0, 10]


def test_fault_makes_pauses_longer_until_it_is_over() -> None:
    def run(call: int) -> bool:
        if call in (1, 2, 3, 5):
            raise StorageFault("the disk is full")
        return False

    assert times_of(run, every_s=10, until_s=30) == [0, 1, 3, 7, 17, 18, 28]


def test_pause_after_faults_has_a_limit() -> None:
    def run(_call: int) -> bool:
        raise StorageFault("the server is gone")

    times = times_of(run, every_s=10, until_s=2000)
    assert max(after - before for before, after in itertools.pairwise(times)) == 300


def test_bug_ends_the_loop() -> None:
    def run(_call: int) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        times_of(run, every_s=10, until_s=20)


def test_chores_take_turns() -> None:
    sleeper = Sleeper(11)
    done: list[str] = []

    def chore(name: str, every_s: float) -> Chore:
        def run() -> bool:
            done.append(name)
            return False

        return Chore(name, every_s, run)

    run_chores([chore("seldom", 10), chore("often", 4)], wait=sleeper.wait, monotonic=sleeper.monotonic)
    assert done == ["seldom", "often", "often", "often", "seldom"]
