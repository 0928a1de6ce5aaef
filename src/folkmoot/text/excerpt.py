"""What does a long text come down to on one line? Its beginning, cut between two words."""

import re
import unicodedata

_WORD = re.compile(r"\S+")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_MOSTLY_ENOUGH = 2
"""In so many times the characters that are wanted there is seldom too much white space."""
_HANGS_ON = 32
"""How far a cut inside a word steps back to keep an accent or a joined emoji whole; a longer chain is cut anyway."""


def excerpt(text: str, max_chars: int) -> str:
    """Return the text on one line, its white space run together, or as many words as fit with `…` behind them.

    Args:
        text: Plain text of any length; only its beginning is looked at.
        max_chars: The most that is returned, `…` included; at least 1.
    """
    line = one_line(text, max_chars + 1)
    if len(line) <= max_chars:
        return line
    return cut_on_word(line, max_chars - 1).rstrip(" ,;:–—") + "…"


def one_line(text: str, enough_chars: int) -> str:
    """Return the text's words with one space between them, or at least the first `enough_chars` characters of that."""
    beginning = text[: _MOSTLY_ENOUGH * enough_chars]
    line = " ".join(beginning.split())
    if len(line) >= enough_chars or len(beginning) == len(text):
        return line[:enough_chars]
    words: list[str] = []
    length = -1
    for word in _WORD.finditer(text):
        words.append(text[word.start() : min(word.end(), word.start() + enough_chars)])
        length += 1 + len(words[-1])
        if length >= enough_chars:
            break
    return " ".join(words)


def cut_on_word(line: str, max_chars: int) -> str:
    """Return at most `max_chars` of a line, ending where a word ends.

    A word that would take more than half of the room is cut itself, but not between a letter and its accents.
    """
    if len(line) <= max_chars:
        return line
    space = line.rfind(" ", 0, max_chars + 1)
    if space * 2 >= max_chars and space > 0:
        return line[:space].rstrip(" ")
    for end in range(max_chars, max(max_chars - _HANGS_ON, 0), -1):
        if not _hangs_together(line[end - 1], line[end]):
            return line[:end].rstrip(" ")
    return line[:max_chars].rstrip(" ")


def _hangs_together(left: str, right: str) -> bool:
    return right in _JOINERS or left == "\u200d" or unicodedata.combining(right) != 0
