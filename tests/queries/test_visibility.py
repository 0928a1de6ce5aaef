"""Do the queries show what `model/visibility.py` says, for each state that a thing can be in?"""

from itertools import product

from folkmoot.model.permissions import State
from folkmoot.model.visibility import Sight, Viewer, is_listed, sight
from folkmoot.queries.front_page import newest_posts
from folkmoot.queries.thread import branch, thread
from folkmoot.queries.views import Absence
from tests.world import World

_POST = "update post_rank set deleted = :deleted, removed = :removed, erased = :erased, gone_since = :since"
_COMMENT = "update comment_node set deleted = :deleted, removed = :removed, erased = :erased, gone_since = :since"


def test_guest_sees_of_each_state_what_the_table_says(world: World) -> None:
    home = world.community("garden")
    post = world.post(community=home, body="words")
    comment = world.comment(on=post)
    for deleted, removed, erased, community_deleted, community_removed in product((False, True), repeat=5):
        if erased and not (deleted or removed):
            continue
        state = State(deleted, removed, erased=erased, community_gone=community_deleted or community_removed)
        _put(world, _POST, state)
        _put(world, _COMMENT, state)
        _put_community(world, deleted=community_deleted, removed=community_removed)
        with world.db.read() as reader:
            view = thread(reader, post, sort=None, now=world.clock.now)
            part = branch(reader, comment, sort=None, now=world.clock.now)
            listed = newest_posts(reader, after=None, limit=5).posts
        whole = sight(Viewer.GUEST, state) is Sight.WHOLE
        for thing in (view.post, view.comments[0], part.post, part.comments[0]):
            assert (thing.absence is Absence.PRESENT) == whole
            assert (thing.text != "" or thing.source != "" or thing.html != "") == whole
            expected = Absence.REMOVED if removed or community_removed else Absence.DELETED
            assert whole or thing.absence is expected
        assert bool(listed) == is_listed(state)


def _put(world: World, sql: str, state: State) -> None:
    world.db.write(
        lambda tx: tx.run(
            sql,
            deleted=state.deleted,
            removed=state.removed,
            erased=state.erased,
            since=world.clock.now if state.gone else None,
        )
    )


def _put_community(world: World, *, deleted: bool, removed: bool) -> None:
    sql = "update community set deleted = :deleted, removed = :removed"
    world.db.write(lambda tx: tx.run(sql, deleted=deleted, removed=removed))
