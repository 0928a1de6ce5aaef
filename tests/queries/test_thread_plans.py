"""Does a page of a thread, or of one comment, reach its rows through an index, and no more of them than it shows?"""

from folkmoot.queries.comments import words
from folkmoot.queries.talk import Wish, is_large, talk_head_of_comment, talk_head_of_post, talk_of_comment, talk_of_post
from folkmoot.queries.thread import branch
from tests.queries.bulk import fill
from tests.queries.bulk_lists import fill_lists
from tests.queries.recording import recording
from tests.world import World

SMALL = {"m"}
"""Who moderates: one row in this test, which SQLite knows."""


def test_no_page_reads_a_table_from_end_to_end(world: World) -> None:
    """Tables of 50,000 posts and 20,000 comments, analysed."""
    world.post()
    fill_lists(world)
    filled = fill(world, posts_count=100)
    now = world.clock.now
    with recording(world.db) as reader:
        above, head = talk_head_of_post(reader, filled.thread, Wish(), now)
        talk = talk_of_post(reader, head, above, Wish())
        words(reader, [node[0] for node in talk.nodes])
        assert set(reader.scanned()) <= SMALL
    with recording(world.db) as reader:
        above, head = talk_head_of_comment(reader, filled.comment, Wish(), now)
        assert len(talk_of_comment(reader, head, above, filled.comment, Wish()).nodes) == 3
        assert set(reader.scanned()) <= SMALL
    with recording(world.db) as reader:
        branch(reader, filled.comment, sort=None, now=now)
        is_large(reader, post=filled.thread)
        is_large(reader, comment=filled.comment)
        assert set(reader.scanned()) <= SMALL
