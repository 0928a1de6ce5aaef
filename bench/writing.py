"""What do commands cost on a generated site, performed as a web process performs them, and what is their floor?

`bench/perform_writes.py` says what the floor is. On SQLite one copy of the site is written to; two more, alike, serve
the floor: what is taken down on one is run bare on the other.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from bench.perform_writes import Make, floor_us, kinds, measured, taken_down
from bench.processes import cpu_s
from bench.servers import database_server
from folkmoot.db.base import Reader
from folkmoot.db.core import is_postgresql, open_db
from folkmoot.model.callers import Caller
from folkmoot.model.ids import Micros, PersonId, PostId

CALLERS = (1, 16)
_PEOPLE = 200
_POSTS = 500


def written(
    dsn: str, folder: Path, *, seconds: float, rounds: int, progress: Callable[[str], None]
) -> Iterator[dict[str, Any]]:
    """Measure votes and comments, from one caller and from many.

    Args:
        dsn: the generated site. On PostgreSQL it is written to; on SQLite its copies are.
        folder: where the copies go.
        seconds: how long each is measured in a round.
        rounds: of which the medians are given.
        progress: told a line now and then.
    """
    here, first, second = [_copied(dsn, folder, name) for name in ("written", "noted", "bare")]
    with closing(open_db(dsn, clock=lambda: Micros(0), migrate=False)) as db, db.read() as reader:
        ways = kinds(tuple(_callers(reader)), tuple(_posts(reader)))
    seed = 0
    for name, make in ways.items():
        for callers in CALLERS:
            found = []
            for _ in range(rounds):
                seed += 1
                result = _once(here, make, callers, seconds=seconds, seed=seed)
                if not is_postgresql(dsn):
                    group = max(1, round(result["commands_a_commit"]))
                    least = floor_us(second, taken_down(first, make, seed=seed), group)
                    result |= {"floor_us": least, "ratio": result["cpu_us"] / least}
                found.append(result)
            progress(f"{name}, {callers} callers: done")
            yield {"command": name, **_medians(found)}


def _copied(dsn: str, folder: Path, name: str) -> str:
    return dsn if is_postgresql(dsn) else str(shutil.copy(dsn, folder / f"{name}.db"))


def _callers(reader: Reader) -> Iterator[Caller]:
    rows = reader.rows(
        "select id from person where instance_id = 1 and bot = 0 order by id limit :limit", limit=_PEOPLE
    )
    for (person,) in rows:
        yield Caller(PersonId(person))


def _posts(reader: Reader) -> Iterator[PostId]:
    """Give the newest posts that may be answered."""
    rows = reader.rows(
        """
        select r.post_id from post_rank r join community c on c.id = r.community_id
        where r.deleted = 0 and r.removed = 0 and r.locked = 0 and c.deleted = 0 and c.removed = 0
        order by r.published desc, r.post_id desc limit :limit
        """,
        limit=_POSTS,
    )
    for (post,) in rows:
        yield PostId(post)


def _once(dsn: str, make: Make, callers: int, *, seconds: float, seed: int) -> dict[str, Any]:
    """Perform for so long; the CPU time of PostgreSQL's server is added to ours."""
    servers = database_server(dsn)
    before = cpu_s(servers)
    result = measured(dsn, make, callers, seconds, seed=seed)
    result["cpu_us"] += (cpu_s(servers) - before) / (result["per_s"] * seconds) * 1e6
    return result


def _medians(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {key: round(median(each[key] for each in found), 3) for key in found[0]}
