"""How is a site of a given size made up? In bulk, the same at each run: what figures are measured on.

`folkmoot seed --size S|M|L`. The sizes, and where the hard things are, stand in `generator_shape.py`; who lives there
in `generator_folk.py`; what they wrote in `generator_threads.py` and `generator_writing.py`; what they say in
`generator_text.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict
from random import Random

from folkmoot.commands.base import perform
from folkmoot.commands.site import SetUpSite
from folkmoot.db.core import Db, open_db
from folkmoot.demo.generator_folk import Folk
from folkmoot.demo.generator_shape import Extent, Landmarks, Size, landmarks
from folkmoot.demo.generator_text import Speech
from folkmoot.demo.generator_writing import Writing
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Conflict
from folkmoot.model.ids import Micros
from folkmoot.store import bulk
from folkmoot.store.bulk import Rows

CACHE_BYTES = 512 * 1024 * 1024
"""Of SQLite while it writes; a quarter is the writer's. Votes come to people in no order."""
_SEED = 20_250_101
_TOLD_EVERY = 20
"""So many lines of progress."""


class PostsAreThere(Exception):
    """The database holds posts; nothing was written."""


def seed_size(dsn: str, size: Size, *, now: Micros, progress: Callable[[str], None]) -> Landmarks:
    """Fill an empty database.

    Args:
        dsn: an SQLite file's path or a PostgreSQL address; migrated where needed.
        size: how much.
        now: the ages of the content count back from here; with the same moment every row is the same.
        progress: told a line now and then.

    Raises:
        PostsAreThere: it is not empty.
    """
    with closing(open_db(dsn, clock=lambda: now, cache_bytes=CACHE_BYTES)) as db:
        with db.read() as reader:
            if bulk.has_posts(reader):
                raise PostsAreThere
        with suppress(Conflict):  # a site that has a name of its own keeps it
            perform(db, OPERATOR, SetUpSite("Tidewater at large", f"A generated site of size {size.name}."))
        return _filled(db, size.value, now, progress)


def _filled(db: Db, extent: Extent, now: Micros, progress: Callable[[str], None]) -> Landmarks:
    chance = Random(_SEED)  # noqa: S311 -- it has to be the same each time, not a secret
    speech = Speech(chance)
    counts = {kind: asdict(extent)[field] for kind, field in _COUNTED.items()}
    first = db.write(lambda tx: bulk.first_ids(tx, counts))
    folk = Folk(extent, first, now)
    writing = Writing(extent, first, folk, now)
    _write(db, folk.rows(speech, chance))
    progress(f"{extent.people:,} people, {extent.communities:,} communities")
    told = 0
    for rows in writing.rows(speech, chance):
        _write(db, [rows])
        done = writing.comments * _TOLD_EVERY // extent.comments
        if done > told:
            told = done
            written = f"{writing.posts:,} posts, {writing.comments:,} comments, {writing.votes:,} votes"
            progress(f"{done * 100 // _TOLD_EVERY} %: {written}")
    db.write(lambda tx: bulk.set_counters(tx, folk.people_counters(), folk.community_counters()))
    db.write(lambda tx: bulk.set_newest_other(tx, writing.newest_others()))
    progress("looking at the tables …")
    _write(db, folk.participation_rows())
    _follow_up(db, extent, first)
    db.write(bulk.finish)
    return landmarks(extent, first)


def _follow_up(db: Db, extent: Extent, first: Mapping[str, int]) -> None:
    """Count who takes part where, and rank what is young: both follow from the rows that are there now."""
    for low, high in _spans(first["community"], extent.communities, 1_000):
        db.write(lambda tx, low=low, high=high: bulk.count_active(tx, low, high))  # type: ignore[misc]  # as in _write
    while db.write(bulk.refresh_ranks):
        pass


def _spans(first: int, count: int, span: int) -> Iterator[tuple[int, int]]:
    for low in range(first, first + count, span):
        yield low, min(low + span, first + count) - 1


_COUNTED = {
    "instance": "instances",
    "person": "people",
    "community": "communities",
    "post": "posts",
    "comment": "comments",
}


def _write(db: Db, pieces: Iterable[Rows]) -> None:
    for rows in pieces:
        db.write(lambda tx, rows=rows: bulk.insert(tx, rows))  # type: ignore[misc]  # mypy cannot see the default
