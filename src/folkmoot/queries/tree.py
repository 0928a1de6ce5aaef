"""In which order is a thread read, and what of it stands on one page? Pure, without recursion: depth does not matter.

Nodes are plain tuples, as the database gives them: a thread may have many thousands.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.model.ranking import HOT_DAYS, HOT_GRAVITY, controversy_rank
from folkmoot.queries.views import CommentSort

Node = tuple[
    CommentId,  # 0: itself
    CommentId | None,  # 1: what it answers; None: the post
    PersonId,  # 2: its author
    int,  # 3: depth, 1 at the top
    int | None,  # 4: place in an imported file
    Micros,  # 5: published
    Micros | None,  # 6: updated
    Micros,  # 7: received
    int,  # 8: whether its times are approximate
    int,  # 9: how many are below it
    int,  # 10: upvotes
    int,  # 11: downvotes
    int,  # 12: score
    int,  # 13: absence
    Micros | None,  # 14: gone since
    str | None,  # 15: the moderator's reason
]
"""One comment without its text: a row of the narrow table, as `comments.nodes` selects it."""

_HOUR_MICROS = 3_600_000_000
_DECAYED_MICROS = HOT_DAYS * 24 * _HOUR_MICROS

_Key = Callable[[Node], tuple[float, ...]]
Below = Mapping[CommentId | None, list[Node]]
"""Who answers what: the replies of each comment, and under None those of the post."""


def _hot(now: Micros) -> _Key:
    """Sort as `model.ranking.hot_rank` says, reckoned in place: it is asked for each comment."""
    log10 = math.log10

    def key(node: Node) -> tuple[float, float, int]:
        age = now - node[5]
        score = node[12]
        if age >= _DECAYED_MICROS or age < 0:
            return 0.0, -score, node[0]
        rank = log10(score + 2 if score > 0 else 2) / (age / _HOUR_MICROS + 2) ** HOT_GRAVITY
        return -rank, -score, node[0]

    return key


def _top(node: Node) -> tuple[float, ...]:
    return -node[12], node[0]


def _new(node: Node) -> tuple[float, ...]:
    # reckoned times are often the same: then the file's order holds
    return -node[5], -node[0] if node[4] is None else node[4]


def _old(node: Node) -> tuple[float, ...]:
    return node[5], node[0]


def _controversial(node: Node) -> tuple[float, ...]:
    return -controversy_rank(node[10], node[11]), -node[12], node[0]


def _shown(later: _Key) -> _Key:
    return lambda node: (0, node[4]) if node[4] is not None else (1, *later(node))


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


def by_parent(nodes: Iterable[Node]) -> Below:
    """Say who answers what. Siblings are in no order."""
    below: dict[CommentId | None, list[Node]] = {}
    for node in nodes:
        parent = node[1]
        if parent in below:
            below[parent].append(node)
        else:
            below[parent] = [node]
    return below


def reading_order(nodes: Iterable[Node], key: _Key, *, root: CommentId | None = None) -> list[Node]:
    """Put a tree in order: parents before children, siblings by key.

    Args:
        nodes: in any order. One whose parent is not among them is left out with all below it.
        key: see `sort_key`.
        root: what the first of them answer; None: the post.
    """
    below = by_parent(nodes)
    ordered: list[Node] = []
    waiting = sorted(below.get(root, ()), key=key, reverse=True)
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        if node[0] in below:
            replies = below[node[0]]
            if len(replies) > 1:
                replies.sort(key=key, reverse=True)
            waiting += replies
    return ordered


class Limits(NamedTuple):
    """How much stands on one page: so many levels, so many comments."""

    levels: int
    comments: int


class Cut(NamedTuple):
    """Replies that stand on another page: how many, with what is below them, and the first of them.

    `deep`: they lie too deep. `start` is None where all replies of one comment are cut off.
    """

    replies: int
    start: CommentId | None
    deep: bool


@dataclass(slots=True)
class Part:
    """What stands on one page, in reading order; `cuts` by what is answered, None for the post.

    `passed`: how many comments come before, in branches that are not here.
    """

    nodes: list[Node] = field(default_factory=list)
    cuts: dict[CommentId | None, Cut] = field(default_factory=dict)
    passed: int = 0


def page_part(below: Below, key: _Key, limits: Limits, *, root: CommentId | None, start: CommentId | None) -> Part:
    """Choose what a page shows of the replies of a comment, or of the post.

    Whole branches stand on it one after the other, as many as there is room for. One that would take more than half of
    a page is cut. Each comment is on the page, or behind one of its cuts.

    Args:
        below: the tree, or as much of it as can be on the page.
        key: see `sort_key`.
        limits: for all that is below `root`.
        root: whose replies; None: of the post.
        start: the reply to begin with; where it is none of these, the first.
    """
    part = Part()
    branches = sorted(below.get(root, ()), key=key)
    first = next((place for place, node in enumerate(branches) if node[0] == start), 0)
    part.passed = _size(branches[:first])
    deepest = branches[0][3] + limits.levels - 1 if branches else 0
    most = limits.comments if len(branches) - first == 1 else max(limits.comments // 2, 1)
    for place in range(first, len(branches)):
        shown, cuts = _branch(branches[place], below, key, most=most, deepest=deepest)
        if len(part.nodes) + len(shown) > limits.comments:
            part.cuts[root] = Cut(_size(branches[place:]), branches[place][0], deep=False)
            break
        part.nodes += shown
        part.cuts.update(cuts)
    return part


def _branch(
    top: Node, below: Below, key: _Key, *, most: int, deepest: int
) -> tuple[list[Node], dict[CommentId | None, Cut]]:
    """Walk a branch down to a depth and to a number of comments; what is left over becomes cuts."""
    shown: list[Node] = []
    cuts: dict[CommentId | None, Cut] = {}
    waiting = [top]
    while waiting and len(shown) < most:
        node = waiting.pop()
        shown.append(node)
        if node[3] >= deepest:
            if node[9]:
                cuts[node[0]] = Cut(node[9], None, deep=True)
        elif node[0] in below:
            replies = below[node[0]]
            waiting += sorted(replies, key=key, reverse=True) if len(replies) > 1 else replies
    for node in reversed(waiting):
        parent = node[1]
        if parent in cuts:
            cuts[parent] = cuts[parent]._replace(replies=cuts[parent].replies + node[9] + 1)
        else:
            cuts[parent] = Cut(node[9] + 1, None if parent == shown[-1][0] else node[0], deep=False)
    return shown, cuts


def _size(branches: Sequence[Node]) -> int:
    return len(branches) + sum(node[9] for node in branches)


def counted(ordered: Sequence[Node]) -> list[Node]:
    """Reckon how many are below each comment anew from what is there: of a thread as it once was."""
    below = dict.fromkeys((node[0] for node in ordered), 0)
    for node in reversed(ordered):
        if node[1] is not None:
            below[node[1]] += below[node[0]] + 1
    return [(*node[:9], below[node[0]], *node[10:]) for node in ordered]
