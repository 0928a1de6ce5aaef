"""In which order is a thread read? Pure: nodes in, nodes out, without recursion, so that depth does not matter."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.model.ranking import controversy_rank, hot_rank
from folkmoot.queries.views import CommentSort


class Node(NamedTuple):
    """One comment without its text: a row of the narrow table, as `comments.nodes` selects it."""

    comment: CommentId
    parent: CommentId | None
    author: PersonId
    depth: int
    position: int | None
    published: Micros
    updated: Micros | None
    received: Micros
    approximate: int
    child_count: int
    upvotes: int
    downvotes: int
    score: int
    absence: int
    gone_since: Micros | None
    reason: str | None


_Key = Callable[[Node], tuple[float, ...]]


def _hot(now: Micros) -> _Key:
    return lambda node: (-hot_rank(node.score, node.published, now), -node.score, node.comment)


def _top(node: Node) -> tuple[float, ...]:
    return -node.score, node.comment


def _new(node: Node) -> tuple[float, ...]:
    # reckoned times are often the same: then the file's order holds
    return -node.published, -node.comment if node.position is None else node.position


def _old(node: Node) -> tuple[float, ...]:
    return node.published, node.comment


def _controversial(node: Node) -> tuple[float, ...]:
    return -controversy_rank(node.upvotes, node.downvotes), -node.score, node.comment


def _shown(later: _Key) -> _Key:
    return lambda node: (0, node.position) if node.position is not None else (1, *later(node))


def sort_key(sort: CommentSort, *, later: CommentSort, now: Micros) -> _Key:
    """Give the key by which siblings are sorted. Ids of imported things rise in the order of their file.

    Args:
        sort: the order asked for.
        later: with `SHOWN`, the order of what was not in the file; `SHOWN` itself means `HOT` there.
        now: the moment at which `HOT` is reckoned.

    Source: Lemmy's order of comment lists; the last element of each key is ours.
    """
    match sort:
        case CommentSort.SHOWN:
            then = CommentSort.HOT if later is CommentSort.SHOWN else later
            return _shown(sort_key(then, later=then, now=now))
        case CommentSort.HOT:
            return _hot(now)
        case CommentSort.TOP:
            return _top
        case CommentSort.NEW:
            return _new
        case CommentSort.OLD:
            return _old
        case CommentSort.CONTROVERSIAL:
            return _controversial


def reading_order(nodes: Iterable[Node], key: _Key) -> list[Node]:
    """Put a tree in order: parents before children, siblings by key.

    Args:
        nodes: in any order. One whose parent is not among them is left out with all below it.
        key: see `sort_key`.
    """
    below: dict[CommentId | None, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    for siblings in below.values():
        siblings.sort(key=key)
    ordered: list[Node] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting.extend(reversed(below.get(node.comment, ())))
    return ordered


def branch_below(ordered: Sequence[Node], root: CommentId) -> list[Node]:
    """Cut a branch out of a tree in reading order: the comment and all below it, or nothing where it is not there."""
    start = next((place for place, node in enumerate(ordered) if node.comment == root), None)
    if start is None:
        return []
    depth = ordered[start].depth
    end = start + 1
    while end < len(ordered) and ordered[end].depth > depth:
        end += 1
    return list(ordered[start:end])


def counted(ordered: Sequence[Node]) -> list[Node]:
    """Reckon `child_count` anew from what is there: of a thread as it once was."""
    below = dict.fromkeys((node.comment for node in ordered), 0)
    for node in reversed(ordered):
        if node.parent is not None:
            below[node.parent] += below[node.comment] + 1
    return [node._replace(child_count=below[node.comment]) for node in ordered]
