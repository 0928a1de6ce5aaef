"""How does a thread of a generated site grow? Planned when its post is written, so that every counter is right then."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from folkmoot.demo.generator_shape import delay_us
from folkmoot.demo.generator_text import Language
from folkmoot.model.ids import CommentId
from folkmoot.model.paths import ROOT_PATH, path_below

DEEPEST = 60
_TOP_LEVEL = 0.35
_TO_A_LATE_ONE = 0.65
_GONE = 0.02
_TOP = -1


@dataclass(slots=True)
class Thread:
    """A post and the comments that it will have, in the order of time; those that are written have ids.

    Args:
        post: the id.
        community: its place.
        share: how many of all posts were there before it.
        published: when the post came.
        language: what is spoken.
        times: when each comment comes.
        parents: the number of the comment that each answers, -1 for the post.
        depths: 1 at the top.
        below: how many will be below each.
        gone: which will be deleted or removed.
        author: the post's, a place; drawn later.
    """

    post: int
    community: int
    share: float
    published: int
    language: Language
    times: list[int]
    parents: list[int]
    depths: list[int]
    below: list[int]
    gone: set[int]
    ids: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    author: int = -1

    @property
    def present(self) -> int:
        return len(self.times) - len(self.gone)

    def written(self, comment: int) -> tuple[int, int | None, str]:
        """Give the next comment an id; give its number, its parent's id and its path."""
        number = len(self.ids)
        parent = self.parents[number]
        path = path_below(ROOT_PATH if parent == _TOP else self.paths[parent], CommentId(comment))
        self.ids.append(comment)
        self.paths.append(path)
        return number, None if parent == _TOP else self.ids[parent], path


@dataclass(frozen=True, slots=True)
class Plot:
    """What is decided about a thread before it is planned. A `whole` one keeps all its comments."""

    post: int
    community: int
    share: float
    language: Language
    published: int
    age_us: int
    comments: int
    whole: bool


def planned(plot: Plot, chance: Random) -> Thread:
    """Plan all comments of a post."""
    size, drawn = plot.comments, chance.random
    parents, depths = _tree(size, chance)
    below = [0] * size
    for number in range(size - 1, -1, -1):
        if parents[number] != _TOP:
            below[parents[number]] += below[number] + 1
    return Thread(
        post=plot.post,
        community=plot.community,
        share=plot.share,
        published=plot.published,
        language=plot.language,
        times=sorted([plot.published + delay_us(chance, plot.age_us) for _ in range(size)]),
        parents=parents,
        depths=depths,
        below=below,
        gone=set() if plot.whole else {number for number in range(size) if drawn() < _GONE},
    )


def _tree(size: int, chance: Random) -> tuple[list[int], list[int]]:
    """Draw what each comment answers: the post, one of the latest, or any. Gives parents and depths."""
    drawn = chance.random
    parents: list[int] = []
    depths: list[int] = []
    for number in range(size):
        at = drawn()
        parent = _TOP
        if number and at >= _TO_A_LATE_ONE:
            parent = int(drawn() * number)
        elif number and at >= _TOP_LEVEL:
            parent = max(0, number - 1 - int(drawn() * 6))
        if parent != _TOP and depths[parent] == DEEPEST:
            parent = _TOP
        parents.append(parent)
        depths.append(1 if parent == _TOP else depths[parent] + 1)
    return parents, depths


class Growing:
    """The threads that have comments still to come."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Thread]] = []

    def add(self, thread: Thread) -> None:
        if thread.times:
            heapq.heappush(self._waiting, (thread.times[0], thread.post, thread))

    def due(self, end: int) -> Iterator[Thread]:
        """Give the thread whose comment is next, as long as that is before `end`.

        The comment must be written before the next one is asked for.
        """
        waiting = self._waiting
        while waiting and waiting[0][0] < end:
            _, post, thread = waiting[0]
            yield thread
            written = len(thread.ids)
            if written < len(thread.times):
                heapq.heapreplace(waiting, (thread.times[written], post, thread))
            else:
                heapq.heappop(waiting)
