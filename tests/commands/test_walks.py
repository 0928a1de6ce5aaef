"""Whatever people do, in whatever order: the counters are what the doctor derives."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from folkmoot.commands.doctor import doctor
from tests.commands.walk import Walk
from tests.world import World


@pytest.mark.parametrize("seed", range(3))
def test_counters_are_right_after_a_random_walk(world: World, seed: int) -> None:
    walk = Walk(world, seed)
    walk.settle()
    walk.go(150)
    assert walk.done > 40
    assert walk.refused > 15
    assert list(doctor(world.db)) == []


def test_counters_are_right_after_four_walk_at_once(world: World) -> None:
    """On PostgreSQL their transactions run side by side: this is the test of the row locks and their order."""
    first = Walk(world, 0)
    first.settle()
    walks = [first, *(first.beside(seed) for seed in range(1, 4))]
    with ThreadPoolExecutor(len(walks)) as pool:
        for going in [pool.submit(walk.go, 80) for walk in walks]:
            going.result()
    assert sum(walk.done for walk in walks) > 80
    assert list(doctor(world.db)) == []
