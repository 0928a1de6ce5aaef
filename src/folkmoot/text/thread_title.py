"""What is a thread called that was saved without its title? Its first sentence."""

import re
from collections.abc import Sequence

from folkmoot.model.limits import TITLE_MAX_CHARS, TITLE_MIN_CHARS
from folkmoot.text.excerpt import cut_on_word

UNTITLED = "Untitled thread"

_MARKS = "\\.!?…؟۔।॥։።፧‼⁇⁈⁉‽"
_WIDE_MARKS = "。！？．｡"
_CLOSERS = "\"'”’»›)\\]」』）】"
_SENTENCE_END = re.compile(
    # A mark ends a sentence where white space or nothing follows it, so that `3.5` and `example.org` are whole; the
    # point behind a single letter (`U.S. troops`, `e.g. this`) does not. Each run is looked at once: linear time.
    rf"(?<![{_MARKS}])(?!(?<=\b\w)\.\s)[{_MARKS}]++[{_CLOSERS}]*+(?=\s|$)"
    # Chinese and Japanese need no space.
    rf"|[{_WIDE_MARKS}]++[{_CLOSERS}]*+"
)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""A window's title cannot isolate what turns the direction of writing, so a title made here has none of it."""


def title_from_body(body: Sequence[str]) -> str:
    """Return the first sentence of the body's first paragraph that has words, or its first line where no sentence ends.

    The title is one line of 3 to 200 characters, cut between words; `Untitled thread` where less than 3 can be seen.
    """
    written = next((paragraph.strip() for paragraph in body if not paragraph.isspace() and paragraph), "")
    end = _SENTENCE_END.search(written)
    sentence = written[: end.end()] if end else written.partition("\n")[0]
    words = (_CONTROLS.sub("", word) for word in sentence.split())
    title = cut_on_word(" ".join(word for word in words if word), TITLE_MAX_CHARS)
    return title if sum(map(str.isprintable, title)) >= TITLE_MIN_CHARS else UNTITLED
