"""A database of the first schema, with rows, becomes one of this release: ranked, counted, and sound."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from string import Template

import apsw
import psycopg
import pytest

from folkmoot.commands.doctor import doctor
from folkmoot.commands.ranks import count_active, refresh_ranks
from folkmoot.db.core import is_postgresql, migrate_database, open_db
from folkmoot.db.migrate import MIGRATIONS
from folkmoot.model.ids import Micros
from folkmoot.model.ranking import AgeClass, post_ranks
from tests import postgres
from tests.conftest import NOON, SetClock

HOUR = 3_600_000_000
DAY = 24 * HOUR
YOUNG, OLD = NOON - DAY, NOON - 400 * DAY
WORDS = {
    "young": YOUNG,
    "old": OLD,
    "noon": NOON,
    "lately": NOON - HOUR,
    "early": YOUNG + 3 * HOUR,
    "late": YOUNG + 5 * HOUR,
    "flags": "0, 0, 0, null, 0",
}

ROWS = (
    """
    insert into person (id, instance_id, name, name_key, provisional, admin, bot, deleted, published, version,
        post_count, comment_count)
    values (1, 1, 'ada', 'ada', 0, 0, 0, 0, 0, 1, 3, 1), (2, 1, 'bob', 'bob', 0, 0, 0, 0, 0, 1, 0, 2)
    """,
    """
    insert into community (id, instance_id, name, name_key, title, description, html, renderer, provisional, nsfw,
        deleted, removed, published, version, posts, comments)
    values (1, 1, 'bees', 'bees', 'Bees', '', '', 1, 0, 0, 0, 0, 0, 1, 3, 3)
    """,
    """
    insert into post (id, version, renderer, format, archive_offered, title, source, html, text)
    values (1, 1, 1, 1, 0, 'Young', '', '', ''), (2, 1, 1, 1, 0, 'Old', '', '', ''), (3, 1, 1, 2, 0, 'Read', '', '', '')
    """,
    """
    insert into post_rank (post_id, community_id, author_id, published, received, imported, approximate,
        newest_comment, tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed, locked, gone_since,
        erased)
    values (1, 1, 1, $young, $young, 0, 0, $late, 3, 2, 1, 1, 0, 0, $flags),
        (2, 1, 1, $old, $old, 0, 0, $noon, 2, 1, 0, 0, 0, 0, $flags),
        (3, 1, 1, $old, $old, 1, 1, $old, 1, 0, 0, 0, 0, 0, $flags)
    """,
    "insert into imported (digest, community_id, post_id, read_at, at) values ('d', 1, 3, $old, $old)",
    """
    insert into comment (id, version, renderer, format, path, source, html, text)
    values (1, 1, 1, 1, '0.1', '', '', ''), (2, 1, 1, 1, '0.2', '', '', ''), (3, 1, 1, 1, '0.3', '', '', '')
    """,
    """
    insert into comment_node (comment_id, post_id, author_id, depth, published, received, approximate, child_count,
        upvotes, downvotes, score, deleted, removed, gone_since, erased)
    values (1, 1, 2, 1, $early, $noon, 0, 0, 0, 0, 0, 0, 0, null, 0),
        (2, 1, 1, 1, $late, $noon, 0, 0, 0, 0, 0, 0, 0, null, 0),
        (3, 2, 2, 1, $noon, $noon, 0, 0, 0, 0, 0, 0, 0, null, 0)
    """,
    """
    insert into vote (person_id, kind, thing_id, value, at) values (1, 1, 1, 1, $young), (2, 1, 1, -1, $lately)
    """,
)
IDS = {"person": 3, "community": 2, "post": 4, "comment": 4}


@pytest.fixture(params=["sqlite", "postgresql"])
def first_dsn(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database with the first schema alone."""
    folder = tmp_path / "first"
    folder.mkdir()
    shutil.copy(MIGRATIONS / "0001_threads.sql", folder)
    if request.param == "sqlite":
        address = str(tmp_path / "first.db")
    else:
        request.getfixturevalue("migrated_server")
        address = postgres.made_database()
    assert migrate_database(address, folder=folder) == 1
    yield address
    if request.param == "postgresql":
        postgres.dropped_database(address)


def fill(dsn: str) -> None:
    rows = [Template(row).substitute(WORDS) for row in ROWS]
    if is_postgresql(dsn):
        with psycopg.connect(dsn) as server:
            for sql in rows:
                server.execute(sql.encode())
            for kind, following in IDS.items():
                server.execute("select setval(%s, %s)", (f"{kind}_ids", following - 1))
        return
    file = apsw.Connection(dsn)
    for sql in rows:
        file.execute(sql)
    for kind, following in IDS.items():
        file.execute("update counter set next = ? where kind = ?", (following, kind))
    file.close()


def test_a_database_of_the_first_version_is_migrated_and_ranked(first_dsn: str, clock: SetClock) -> None:
    fill(first_dsn)
    assert migrate_database(first_dsn) == 1
    with closing(open_db(first_dsn, clock=clock, migrate=False)) as db:
        assert list(doctor(db)) == []
        assert count_active(db, NOON) == 1
        assert refresh_ranks(db, NOON) == 3
        assert refresh_ranks(db, NOON) == 0
        assert list(doctor(db)) == []
        with db.read() as reader:
            ranked = reader.rows(
                """
                select newest_other, hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class, rank_due
                from post_rank order by post_id
                """
            )
            took_part = reader.rows("select person_id, last_active from participation order by 1")
            assert reader.rows("select distinct community_id from comment_node") == [(1,)]
            assert reader.row("select active_day, active_half_year from community") == (2, 2)
    other = Micros(YOUNG + 3 * HOUR)
    young = post_ranks(1, 1, published=Micros(YOUNG), newest_other=other, active_month=2, now=NOON)
    assert ranked == [(other, *young), (OLD, 0, 0, 0, 0, 0, AgeClass.OLDER, None), (OLD, 0, 0, 0, 0, 0, 10, None)]
    assert young.active > young.hot > 0
    assert took_part == [(1, (YOUNG + 5 * HOUR) // HOUR * HOUR), (2, NOON // HOUR * HOUR)]
