"""In which order is a thread read, and what of it stands on one page?"""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.model.ranking import hot_rank
from folkmoot.queries.tree import Cut, Limits, Node, Part, by_parent, counted, page_part, reading_order, sort_key
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
    above = None if parent is None else CommentId(parent)
    votes = max(score, 0), max(-score, 0), score
    return (CommentId(comment), above, PersonId(1), depth, position, moment, None, moment, 0, 0, *votes, 0, None, None)


def ids(nodes: Sequence[Node]) -> list[int]:
    return [found[0] for found in nodes]


def ordered(nodes: list[Node], sort: CommentSort, later: CommentSort = CommentSort.HOT) -> list[int]:
    return ids(reading_order(nodes, sort_key(sort, later=later, now=NOW)))


def old(nodes: Sequence[Node]) -> list[Node]:
    """Put a tree in order, with the number of those below each."""
    return counted(reading_order(nodes, sort_key(CommentSort.OLD, later=CommentSort.OLD, now=NOW)))


def part(nodes: Sequence[Node], limits: Limits, *, root: int | None = None, start: int | None = None) -> Part:
    key = sort_key(CommentSort.OLD, later=CommentSort.OLD, now=NOW)
    above = None if root is None else CommentId(root)
    first = None if start is None else CommentId(start)
    return page_part(by_parent(nodes), key, limits, root=above, start=first)


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


@given(st.integers(-50, 5_000), st.integers(-5, 400))
def test_hot_is_the_rank_of_the_model(score: int, age: int) -> None:
    [rank, _, _] = sort_key(CommentSort.HOT, later=CommentSort.HOT, now=NOW)(node(1, score=score, age=age))
    assert rank == -hot_rank(score, Micros(NOW - age * HOUR), NOW)


def test_depth_does_not_matter() -> None:
    levels = 5_000
    chain = [node(number, number - 1 or None, depth=number) for number in range(1, levels + 1)]
    assert ordered(chain[::-1], CommentSort.NEW) == list(range(1, levels + 1))
    assert [found[9] for found in counted(chain)] == list(range(levels - 1, -1, -1))


def test_replies_of_one_comment_are_a_branch() -> None:
    tree = [node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 1, depth=2), node(5)]
    key = sort_key(CommentSort.OLD, later=CommentSort.OLD, now=NOW)
    assert ids(reading_order(tree, key, root=CommentId(1))) == [2, 3, 4]
    assert reading_order(tree, key, root=CommentId(5)) == []


def test_counts_hold_all_below() -> None:
    tree = [node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 1, depth=2), node(5)]
    assert [found[9] for found in counted(tree)] == [3, 1, 0, 0, 0]


def test_page_that_has_room_holds_everything() -> None:
    tree = old([node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 1, depth=2), node(5)])
    found = part(tree, Limits(levels=3, comments=10))
    assert (ids(found.nodes), found.cuts, found.passed) == ([1, 2, 3, 4, 5], {}, 0)


def test_what_lies_too_deep_is_left_to_the_page_of_its_comment() -> None:
    tree = old([node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 3, depth=4), node(5)])
    found = part(tree, Limits(levels=2, comments=10))
    assert ids(found.nodes) == [1, 2, 5]
    assert found.cuts == {2: Cut(2, None, deep=True)}


def test_page_ends_before_the_branch_for_which_it_has_no_room() -> None:
    tree = old([node(1), node(2), node(3, 2, depth=2), node(4), node(5, 4, depth=2), node(6)])
    found = part(tree, Limits(levels=8, comments=4))
    assert (ids(found.nodes), found.cuts) == ([1, 2, 3], {None: Cut(3, CommentId(4), deep=False)})
    following = part(tree, Limits(levels=8, comments=4), start=4)
    assert (ids(following.nodes), following.cuts, following.passed) == ([4, 5, 6], {}, 3)


def test_giant_branch_is_cut_so_that_others_are_on_the_page_too() -> None:
    replies = [node(number, 1, depth=2) for number in range(2, 20)]
    tree = old([node(1), *replies, node(20, 19, depth=3), node(30)])
    found = part(tree, Limits(levels=8, comments=10))
    assert ids(found.nodes) == [1, 2, 3, 4, 5, 30]
    assert found.cuts == {1: Cut(15, CommentId(6), deep=False)}
    rest = part(tree, Limits(levels=8, comments=100), root=1, start=6)
    assert (ids(rest.nodes), rest.passed) == ([*range(6, 21)], 4)


def test_comment_at_which_the_room_ends_leaves_all_its_replies_to_its_own_page() -> None:
    tree = old([node(1), node(2, 1, depth=2), node(3, 2, depth=3), node(4, 2, depth=3), node(5, 1, depth=2)])
    found = part(tree, Limits(levels=8, comments=2))
    assert ids(found.nodes) == [1, 2]
    assert found.cuts == {2: Cut(2, None, deep=False), 1: Cut(1, CommentId(5), deep=False)}


def test_a_start_that_is_not_there_is_the_beginning() -> None:
    tree = old([node(1), node(2, 1, depth=2), node(3)])
    assert ids(part(tree, Limits(8, 10), start=2).nodes) == [1, 2, 3]
    assert ids(part(tree, Limits(8, 10), start=77).nodes) == [1, 2, 3]
    assert part([], Limits(8, 10), start=77).nodes == []


@given(st.lists(st.integers(0, 60), max_size=60), st.integers(1, 5), st.integers(1, 12))
def test_every_comment_is_on_a_page_that_links_lead_to(choices: list[int], levels: int, comments: int) -> None:
    """Follow each cut, as a reader follows the links of a page, until nothing is left."""
    made: list[Node] = []
    for number, choice in enumerate(choices, 1):
        above = made[choice % len(made)] if made and choice % 3 else None
        made.append(node(number, None if above is None else above[0], depth=1 if above is None else above[3] + 1))
    tree = old(made)
    seen: list[int] = []
    waiting: list[tuple[int | None, int | None]] = [(None, None)]
    while waiting:
        root, start = waiting.pop()
        found = part(tree, Limits(levels, comments), root=root, start=start)
        assert len(found.nodes) <= max(comments, 1)
        seen += ids(found.nodes)
        waiting += [(above, cut.start) for above, cut in found.cuts.items()]
    assert sorted(seen) == ids(sorted(made))
