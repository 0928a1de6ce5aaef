"""Is each post's tree of comments whole? Derived from parents alone, without recursion."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId
from folkmoot.model.limits import COUNTED_LEVELS
from folkmoot.model.paths import ROOT_PATH, path_below


class TreeRow(NamedTuple):
    """One comment as stored. `parent_post` is None where there is no parent, or none such."""

    post: int
    comment: int
    parent: int | None
    parent_post: int | None
    depth: int
    child_count: int
    position: int | None
    path: str | None


class Misfit(NamedTuple):
    """What one comment of a post's tree holds, and what it should hold."""

    what: str
    post: int
    comment: int
    stored: int | str | None
    derived: int | str | None


def rows(reader: Reader, low: int, high: int) -> list[TreeRow]:
    """Read all comments of the posts from `low` to `high`, by post."""
    found = reader.rows(
        """
        select n.post_id, n.comment_id, n.parent_id, p.post_id, n.depth, n.child_count, n.position, c.path
        from comment_node n
        left join comment_node p on p.comment_id = n.parent_id
        left join comment c on c.id = n.comment_id
        where n.post_id between :low and :high
        order by n.post_id, n.comment_id
        """,
        low=low,
        high=high,
    )
    return [TreeRow(*row) for row in found]


def misfits(tree: Sequence[TreeRow]) -> Iterator[Misfit]:
    """Compare one post's comments, all of them, with what their parents say."""
    by_id = {row.comment: row for row in tree}
    order = _reading_order(tree)
    counts = _child_counts(tree, order)
    paths: dict[int | None, str] = {None: ROOT_PATH}
    for row in order:
        depth = 1 if row.parent is None else by_id[row.parent].depth + 1
        if row.depth != depth:
            yield Misfit("depth", row.post, row.comment, row.depth, depth)
        if row.child_count != counts[row.comment]:
            yield Misfit("child_count", row.post, row.comment, row.child_count, counts[row.comment])
        paths[row.comment] = path_below(paths[row.parent], CommentId(row.comment))
        if row.path != paths[row.comment]:
            yield Misfit("path", row.post, row.comment, row.path, paths[row.comment])
    yield from _out_of_reach(tree, order)
    yield from _positions(tree)


def _reading_order(tree: Sequence[TreeRow]) -> list[TreeRow]:
    """Give what can be reached from the post, each comment after its parent, each branch in one piece."""
    below: dict[int | None, list[TreeRow]] = {}
    for row in tree:
        below.setdefault(row.parent, []).append(row)
    waiting = list(below.get(None, []))
    order: list[TreeRow] = []
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting.extend(below.get(row.comment, []))
    return order


def _child_counts(tree: Sequence[TreeRow], order: Sequence[TreeRow]) -> dict[int, int]:
    """Count all below each comment, less the branches that begin more than `COUNTED_LEVELS` further down."""
    below = {row.comment: 0 for row in tree}
    for row in reversed(order):
        if row.parent is not None:
            below[row.parent] += below[row.comment] + 1
    counts = dict(below)
    line: list[int] = []  # from the top down to the present one
    level = {None: 0} | dict.fromkeys(below, 0)
    for row in order:
        level[row.comment] = level[row.parent] + 1
        del line[level[row.comment] - 1 :]
        line.append(row.comment)
        if len(line) > COUNTED_LEVELS + 1:
            counts[line[-COUNTED_LEVELS - 2]] -= below[row.comment] + 1
    return counts


def _out_of_reach(tree: Sequence[TreeRow], order: Sequence[TreeRow]) -> Iterator[Misfit]:
    """Find orphans, replies to a comment under another post, and rings of comments that answer each other."""
    if len(order) == len(tree):
        return
    reached = {row.comment for row in order}
    for row in tree:
        if row.comment not in reached:
            yield Misfit("parent", row.post, row.comment, row.parent, "one in the same tree")


def _positions(tree: Sequence[TreeRow]) -> Iterator[Misfit]:
    """Find gaps in what a file showed: positions count from 0, and what stands above such a one has one, too."""
    placed = sorted((row.position, row.comment) for row in tree if row.position is not None)
    for expected, (position, comment) in enumerate(placed):
        if position != expected:
            yield Misfit("position", tree[0].post, comment, position, expected)
            break
    position_of = {row.comment: row.position for row in tree}
    for row in tree:
        if row.position is not None and row.parent is not None and position_of.get(row.parent, 0) is None:
            yield Misfit("position", row.post, row.parent, None, "one, as below it")
