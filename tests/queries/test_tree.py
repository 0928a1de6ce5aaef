"""In which order is a thread read?"""

from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.queries.tree import Node, branch_below, counted, reading_order, sort_key
from folkmoot.queries.views import CommentSort

HOUR = 3_600_000_000
NOW = Micros(1_000 * HOUR)


def node(
    comment: int,
    parent: int | None = None,
    *,
    depth: int = 1,
    position: int | None = None,
    score: int = 0,
    age: int = 0,
) -> Node:
    """Make a comment; `age` in hours."""
    moment = Micros(NOW - age * HOUR)
    return Node(
        comment=CommentId(comment),
        parent=None if parent is None else CommentId(parent),
        author=PersonId(1),
        depth=depth,
        position=position,
        published=moment,
        updated=None,
        received=moment,
        approximate=0,
        child_count=0,
        upvotes=max(score, 0),
        downvotes=max(-score, 0),
        score=score,
        absence=0,
        gone_since=None,
        reason=None,
    )


def ids(nodes: list[Node]) -> list[int]:
    return [found.comment for found in nodes]


def ordered(nodes: list[Node], sort: CommentSort, later: CommentSort = CommentSort.HOT) -> list[int]:
    return ids(reading_order(nodes, sort_key(sort, later=later, now=NOW)))


def test_as_shown_imported_things_come_by_place_and_later_ones_after() -> None:
    nodes = [
        node(5, position=2),
        node(9, age=2),
        node(4, position=0, score=-3),
        node(8, age=1, score=9),
        node(6, position=1, age=99),
    ]
    assert ordered(nodes, CommentSort.SHOWN) == [4, 6, 5, 8, 9]
    assert ordered(nodes, CommentSort.SHOWN, CommentSort.OLD) == [4, 6, 5, 9, 8]
    assert ordered(nodes, CommentSort.SHOWN, CommentSort.SHOWN) == [4, 6, 5, 8, 9]


def test_a_reply_older_than_its_parent_stays_below_it() -> None:
    assert ordered([node(2, 1, depth=2, age=50), node(1, age=1)], CommentSort.OLD) == [1, 2]


def test_equals_stay_in_the_order_of_arrival_whatever_order_the_rows_have() -> None:
    nodes = [node(number, age=500) for number in range(1, 30)]
    for sort in (CommentSort.HOT, CommentSort.TOP, CommentSort.OLD, CommentSort.CONTROVERSIAL):
        assert ordered(nodes[::-1], sort) == ordered(nodes, sort) == list(range(1, 30))
    assert ordered(nodes, CommentSort.NEW) == list(range(29, 0, -1))


def test_imported_equals_stay_in_the_order_of_the_file_in_every_sort() -> None:
    nodes = [node(number, position=number - 10, age=500) for number in range(10, 20)]
    for sort in CommentSort:
        assert ordered(nodes[::-1], sort) == list(range(10, 20))


def test_decayed_comments_come_by_score() -> None:
    assert ordered([node(1, age=500), node(2, age=400, score=5), node(3, age=1)], CommentSort.HOT) == [3, 2, 1]


def test_depth_does_not_matter() -> None:
    levels = 5_000
    chain = [node(number, number - 1 or None, depth=number) for number in range(1, levels + 1)]
    assert ordered(chain[::-1], CommentSort.NEW) == list(range(1, levels + 1))
    assert [found.child_count for found in counted(chain)] == list(range(levels - 1, -1, -1))
    assert len(branch_below(chain, CommentId(2_000))) == levels - 1_999


def test_a_branch_ends_where_the_next_of_its_level_begins() -> None:
    tree = [node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 1, depth=2), node(5)]
    assert ids(branch_below(tree, CommentId(2))) == [2, 3]
    assert ids(branch_below(tree, CommentId(5))) == [5]
    assert branch_below(tree, CommentId(7)) == []


def test_counts_hold_all_below() -> None:
    tree = [node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 1, depth=2), node(5)]
    assert [found.child_count for found in counted(tree)] == [3, 1, 0, 0, 0]
