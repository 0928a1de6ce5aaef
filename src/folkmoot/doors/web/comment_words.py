"""Which words of a thread's comments are known already? Those that were read for its pages, each with its edition."""

from collections.abc import Iterable, Mapping

from folkmoot.model.ids import CommentId, Micros
from folkmoot.queries.comments import Words
from folkmoot.queries.tree import Node
from folkmoot.queries.views import Absence

_WORDS_BYTES = 500
"""What the words of one comment take besides their letters, about."""


class KnownWords:
    """The words of one thread, as far as they were read. All its pages share them, and any thread may add to them.

    They are right without being told of any change: only those are given out that belong to the row of the comment.
    """

    def __init__(self) -> None:
        self._words: dict[CommentId, tuple[Micros | None, Words]] = {}

    def of(self, nodes: Iterable[Node]) -> dict[CommentId, Words]:
        """Give the words that are known of these comments, in their present edition."""
        get = self._words.get
        return {
            node[0]: found[1]
            for node in nodes
            if (found := get(node[0])) is not None and found[0] == node[6] and not node[13]
        }

    def add(self, nodes: Iterable[Node], read: Mapping[CommentId, Words]) -> int:
        """Keep the words that were read for some of these comments, but for what nobody may see.

        Returns:
            How many bytes are needed more, about.
        """
        size = 0
        for node in nodes:
            found = read.get(node[0])
            if found is not None and node[13] == Absence.PRESENT:
                self._words[node[0]] = (node[6], found)
                size += _WORDS_BYTES + len(found[0])
        return size
