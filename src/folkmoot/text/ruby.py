"""Small readings over characters: `{漢字|かんじ}`, and `{漢字|かん|じ}` with one reading for each character.

The grammar is that of Lemmy's web client, but for one thing: white space beside a brace or the bar makes it no ruby, so
that `{x | x > 0}` stays what it was. A backslash before the brace does the same.
"""

import re
from html import escape, unescape

_RUBY = re.compile(r"\{([^{}|\n]{1,100})\|([^{}\n]{1,200})\}")


def show_ruby(markup: str, at_most: int) -> tuple[str, int]:
    """Replace each ruby in escaped text by its elements; a reader without them sees the reading in parentheses.

    Returns:
        The markup, and how many were looked at: no more than `at_most` are, which is at least 1.
    """
    return _RUBY.subn(_shown, markup, count=at_most)


def _shown(found: re.Match[str]) -> str:
    base, readings = unescape(found[1]), unescape(found[2]).split("|")
    if any(part != part.strip() or not part for part in (base, *readings)):
        return found[0]
    pieces = list(base) if len(readings) == len(base) else [base]
    if len(pieces) == 1:
        readings = ["".join(readings)]
    pairs = zip(pieces, readings, strict=True)
    return "<ruby>" + "".join(_pair(piece, reading) for piece, reading in pairs) + "</ruby>"


def _pair(base: str, reading: str) -> str:
    return f"{escape(base)}<rp>(</rp><rt>{escape(reading)}</rt><rp>)</rp>"
