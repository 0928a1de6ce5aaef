"""Does a full cache take about as much memory as it says?"""

import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from folkmoot.doors.depends import SITE, Depends, Of
from folkmoot.doors.kept import Ageing, Changes, Kept
from folkmoot.doors.room import Room
from folkmoot.model.ids import Micros

BOUND = 1_000_000
SHAPES = {
    "small parts of one thread each": (1_000_000, 300, 1, 0),
    "pages that show much": (4_000, 20_000, 60, 30),
    "large pages": (200, 150_000, 2, 300),
}


@pytest.fixture
def _traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("_traced")
@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_kept_stays_within_its_bound(shape: str) -> None:
    most, size, things, people = SHAPES[shape]
    changes = Changes()
    kept: Kept[tuple[str, int], bytes] = Kept(changes, Room(BOUND), ageing=Ageing.LINGER)
    changes.looked([], Micros(1))
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(min(most, 4 * BOUND // size)):
        shown = frozenset({SITE, *((Of.POST, number * things // 2 + more) for more in range(things))})
        depends = Depends(shown, frozenset(range(number, number + people)), None)
        kept.put(("page", number), bytes(size), size=size, depends=depends, since=1)
    gc.collect()
    taken = tracemalloc.get_traced_memory()[0] - before
    assert len(kept) > 3
    assert taken < 1.25 * BOUND
    assert kept.bytes > 0.8 * BOUND
