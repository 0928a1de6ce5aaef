"""Threads, texts and files for the property tests, full of what could be mistaken for something else."""

import re

from hypothesis import strategies as st

from folkmoot.text.ages import Age, Unit
from folkmoot.text.thread_text import ThreadItem, ThreadText

MOST = {Unit.MINUTE: 59, Unit.HOUR: 23, Unit.DAY: 29, Unit.MONTH: 11, Unit.YEAR: 999}
ALL_AGES = [Age(0, None), *(Age(count, unit) for unit, most in MOST.items() for count in range(1, most + 1))]

TOKENS = [
    "• ", "•", " ", "  ", "    ", "\t", "\u200b", "\u200b\u200b", "ann@x.example", "@", "a@b", "·", "hexagon", "edit-2",
    "just now", "2 hours ago", "(archive link)", "\ufeff", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\xa0",
    "\u202e", "\u2066", "\u2069", "\u200d", "*x*", "# a", "&amp;", "<b>", "word", "語", "👩‍🚀", "e\u0301",
]  # fmt: skip

any_line = st.text(st.characters(exclude_characters="\n\r\x00", exclude_categories=["Cs"]), min_size=1, max_size=12)
odd_line = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6).map("".join)
lines = st.one_of(odd_line, st.sampled_from(["·", "hexagon", "• ann@x.example", "•  ", "(archive link)"]), any_line)
paragraphs = st.lists(lines, min_size=1, max_size=4).map("\n".join)
several = st.lists(paragraphs, max_size=3).map(tuple)
ages = st.sampled_from(ALL_AGES)
name = st.text(st.characters(exclude_characters="@\x00", exclude_categories=["Cs"]), min_size=1, max_size=8)
handles = st.one_of(
    st.sampled_from(
        ["ann@x.example", "Ann@X.example", "bo@y.example:8080", "ß@ü.example", "SS@ü.example", "語@例え.jp"]
    ),
    st.tuples(name, name).map("@".join).filter(lambda handle: re.search(r"\s", handle) is None),
)


@st.composite
def threads(draw: st.DrawFn) -> ThreadText:
    """Return any legal thread of up to eight items."""
    author = draw(st.one_of(st.none(), handles))
    items: list[ThreadItem] = []
    level = 0
    for step in draw(st.lists(st.integers(0, 3), max_size=8)):
        level = max(1, level + 1 - step)
        handle = draw(handles)
        marked = author is not None and handle.casefold() == author.casefold()
        items.append(ThreadItem(level, handle, marked, draw(st.booleans()), draw(ages), draw(several)))
    body = draw(several)
    return ThreadText(draw(st.booleans()) or not (body or items), body, tuple(items))


raw_line = st.tuples(st.sampled_from([0, 0, 1, 2, 4, 4, 4, 6, 6, 8]), lines).map(lambda pair: " " * pair[0] + pair[1])


@st.composite
def raw_heads(draw: st.DrawFn) -> str:
    """Return an item's first lines, indented somehow."""
    pad = " " * draw(st.sampled_from([0, 2, 2, 2, 3, 4, 4, 6]))
    marks = draw(st.sampled_from([["·"], ["·"], ["hexagon", "·"], ["·", "edit-2"], ["hexagon"]]))
    return "\n".join([f"{pad}• ann@x.example", *(f"{pad}  {line}" for line in [*marks, "2 hours ago"])])


raw_files = st.lists(
    st.tuples(st.one_of(raw_line, raw_heads()), st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n"])),
    min_size=1,
    max_size=6,
).map(lambda parts: "".join(block + sep for block, sep in parts).rstrip("\n").encode())
"""Files that are nearly right."""
