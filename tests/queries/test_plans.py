"""Does each query reach its rows through an index, whatever the size of the tables?

The tables here hold thousands of rows and are analysed. On PostgreSQL scans are made dear, so that one is left only
where no index serves.
"""

from dataclasses import dataclass

import pytest

from folkmoot.queries.mentioned import known_people
from folkmoot.queries.site_numbers import site_numbers
from folkmoot.queries.thread import branch, reply, thread
from folkmoot.queries.views import CommentSort
from tests.queries.bulk import Filled, fill
from tests.queries.recording import RecordingReader, recording
from tests.world import World


@dataclass
class Site:
    world: World
    filled: Filled

    def scanned(self, reader: RecordingReader, *, statements: int) -> list[str]:
        assert len(reader.statements) == statements
        return reader.scanned()


@pytest.fixture
def site(world: World) -> Site:
    world.post()
    return Site(world, fill(world))


def test_no_query_reads_a_table_from_end_to_end(site: Site) -> None:
    now, filled = site.world.clock.now, site.filled
    with recording(site.world.db) as reader:
        view = thread(reader, filled.thread, sort=CommentSort.TOP, now=now)
        assert len(view.comments) == 1_000
        assert {comment.depth for comment in view.comments} == {1, 2, 3}
        assert site.scanned(reader, statements=4) == []
    with recording(site.world.db) as reader:
        thread(reader, filled.thread, sort=None, now=now, as_of=now)
        assert site.scanned(reader, statements=4) == []
    with recording(site.world.db) as reader:
        assert len(branch(reader, filled.comment, sort=None, now=now).comments) == 3
        assert site.scanned(reader, statements=4) == []
    with recording(site.world.db) as reader:
        reply(reader, filled.comment)
        assert site.scanned(reader, statements=4) == []
    with recording(site.world.db) as reader:
        found = known_people(reader, [("P7", "FAR.example"), ("writer", "hub.example")], our_host="hub.example")
        assert found == {("writer", "hub.example"): ("writer", None)}
        assert site.scanned(reader, statements=1) == []


def test_the_numbers_of_the_site_count_neither_posts_nor_comments(site: Site) -> None:
    """They stand in the communities, which are looked at once an hour."""
    with recording(site.world.db) as reader:
        assert site_numbers(reader).communities > 300
        assert set(site.scanned(reader, statements=2)) <= {"community"}
