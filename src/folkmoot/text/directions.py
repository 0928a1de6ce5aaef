"""From which side is a text read, and how far does a turn in it reach?

A browser settles the direction of a paragraph by itself (`dir="auto"`), but not that of a quote, list or table whose
paragraphs have settled theirs: their own text is not asked. So those get theirs here. On a page each block and each
mention or address is isolated, so that no bidi control reaches beyond it; in plain text what follows words on the same
line (an address, the next cell) is protected by ending what they left open.
"""

import re
import unicodedata

_LETTER = re.compile(r"[^\W\d_]|[\u200e\u200f\u061c]")
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_POP = "\u202c"
_POP_ISOLATE = "\u2069"
_FROM_RIGHT = frozenset({"R", "AL"})


def reads_from_right(text: str) -> bool | None:
    """Say whether the first letter of a text belongs to a script written from right to left; None without letters."""
    for letter in _LETTER.finditer(text):
        direction = unicodedata.bidirectional(letter[0])
        if direction == "L":
            return False
        if direction in _FROM_RIGHT:
            return True
    return None


def with_turns_ended(words: str) -> str:
    """Return the words with an end for each embedding, override and isolate that is left open in them."""
    if not _TURN.search(words):
        return words
    ends: list[str] = []
    isolates = 0
    for turn in _TURN.findall(words):
        if turn == _POP_ISOLATE:
            if isolates:
                isolates -= 1
                while ends.pop() != turn:
                    pass
        elif turn == _POP:
            if ends[-1:] == [_POP]:
                ends.pop()
        elif turn in _EMBEDDINGS:
            ends.append(_POP)
        else:
            isolates += 1
            ends.append(_POP_ISOLATE)
    return words + "".join(reversed(ends))
