"""What is different between two texts? Pieces that are the same, were taken away or were added: words, in order.

The work is bounded: `difflib` can take the square of a text's length. Lines are compared first, then the words of
lines that changed, and each comparison is paid for from an `Effort`; what that does not reach to is taken away and
added as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby, takewhile
from typing import NamedTuple

_WORD = re.compile(r"\S+|\n|[^\S\n]+")
ALIKE = 0.3
"""Lines that have less than this in common are not compared word by word: the reader would see shreds."""


class Change(Enum):
    """What became of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    """Some words, with the white space between them."""

    change: Change
    text: str


@dataclass(slots=True)
class Effort:
    """How many pairs of lines or words may still be compared. One is shared by all comparisons of a page."""

    pairs: int

    def reaches(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Take what a comparison of these costs, where there is enough left."""
        cost = len(old) * len(new)
        if cost > self.pairs:
            return False
        self.pairs -= cost
        return True


def word_diff(old: str, new: str, effort: Effort) -> list[Piece]:
    """Return the pieces of which both texts are made.

    Those that are `SAME` or `GONE` make the old text, those that are `SAME` or `NEW` the new one. Neighbours are of
    different kinds, and what is gone stands before what came in its place.
    """
    pieces = list(_by_lines(old.splitlines(keepends=True), new.splitlines(keepends=True), effort))
    return list(_joined(pieces))


def _by_lines(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Piece]:
    for same, before, after in _blocks(old, new, effort):
        if same:
            yield Piece(Change.SAME, "".join(before))
        else:
            yield from _by_words("".join(before), "".join(after), effort)


def _by_words(old: str, new: str, effort: Effort) -> Iterator[Piece]:
    blocks = list(_blocks(_WORD.findall(old), _WORD.findall(new), effort))
    shared = sum(len("".join(before)) for same, before, _ in blocks if same)
    if 2 * shared < ALIKE * (len(old) + len(new)):
        blocks = [(False, [old], [new])]
    for number, (same, before, after) in enumerate(blocks):
        inside = 0 < number < len(blocks) - 1
        if same and not (inside and _is_gap(before)):
            yield Piece(Change.SAME, "".join(before))
        else:
            yield from (Piece(Change.GONE, "".join(before)), Piece(Change.NEW, "".join(after)))


def _is_gap(words: Sequence[str]) -> bool:
    """Whether these are no more than the space between two words: then what changed on both sides is one change."""
    return len(words) == 1 and words[0] != "\n" and words[0].isspace()


Block = tuple[bool, Sequence[str], Sequence[str]]
"""Whether both sides are the same, and the two sides."""


def _blocks(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Block]:
    """Cut both into what is the same and what is not. The ends that they share cost nothing."""
    head = _shared(old, new)
    old_rest, new_rest = old[head:], new[head:]
    tail = _shared(old_rest[::-1], new_rest[::-1])
    old_middle, new_middle = old_rest[: len(old_rest) - tail], new_rest[: len(new_rest) - tail]
    if head:
        yield True, old[:head], new[:head]
    if effort.reaches(old_middle, new_middle):
        for tag, a, b, c, d in SequenceMatcher(None, old_middle, new_middle).get_opcodes():
            yield tag == "equal", old_middle[a:b], new_middle[c:d]
    else:
        yield False, old_middle, new_middle
    if tail:
        yield True, old_rest[len(old_middle) :], new_rest[len(new_middle) :]


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Count with how many of the same both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Run neighbours of one kind together; between two that are the same, all that is gone before all that is new."""
    for same, run in groupby((piece for piece in pieces if piece.text), lambda piece: piece.change is Change.SAME):
        together = list(run)
        kinds = (Change.SAME,) if same else (Change.GONE, Change.NEW)
        for kind in kinds:
            text = "".join(piece.text for piece in together if piece.change is kind)
            if text:
                yield Piece(kind, text)
