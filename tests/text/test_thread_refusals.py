"""Every refusal of the form, with the line it names."""

import pytest

from folkmoot.model.limits import IMPORT_DEPTH_MAX, IMPORT_ITEMS_MAX, IMPORT_MAX_BYTES
from folkmoot.text.thread_text import ThreadTextFault, format_thread, parse_thread

HEAD = "  • a@b\n    ·\n    just now"
AUTHOR = "  • a@b\n    hexagon\n    ·\n    just now"
REPLY = "    • c@d\n      ·\n      1 hour ago"

REFUSALS = [
    # what the file is
    ("empty file", b"", 1, "found an empty file"),
    ("byte order mark", b"\xef\xbb\xbfText", 1, "without byte order mark"),
    ("other encoding", "Text".encode("utf-16"), 1, "UTF-8, found the byte 0xFF"),
    ("bad byte", b"one\n\ntwo\nthr\xffee\xff", 4, "UTF-8, found the byte 0xFF"),
    ("cut character at a line's end", b"one\n\xe2\x80\n", 2, "UTF-8, found the byte 0xE2"),
    ("cut character at the end", b"one\n\ntwo\xe2\x80", 3, "UTF-8, found the byte 0xE2"),
    ("surrogate", b"one\n\n\xed\xa0\x80", 3, "UTF-8"),
    ("overlong form", b"\xc0\x80", 1, "UTF-8"),
    ("U+0000", "one\n\nt\0wo", 3, "found U+0000"),
    ("lone carriage return", "one\n\nt\rwo", 3, "line feeds alone"),
    ("CRLF", "one\n\ntwo\r\n\r\nthree", 3, "line feeds alone"),
    # empty lines
    ("newline at the end", "one\n\ntwo\n", 3, "the end of the file"),
    ("newline at the end of an item", HEAD + "\n", 3, "the end of the file"),
    ("two newlines at the end", "one\n\ntwo\n\n", 3, "the end of the file"),
    ("nothing but a newline", "\n", 1, "found an empty line"),
    ("empty line first", "\none", 1, "found an empty line"),
    ("two empty lines first", "\n\none", 1, "found an empty line"),
    ("doubled empty line in the body", "one\n\n\ntwo", 3, "found an empty line"),
    ("tripled empty line in the body", "one\n\n\n\ntwo", 3, "found an empty line"),
    ("doubled empty line before an item", f"one\n\n\n{HEAD}", 3, "found an empty line"),
    ("doubled empty line in an item", f"{HEAD}\n\n\n    x", 5, "found an empty line"),
    ("text under the archive mark", "(archive link)\ntext", 2, "an empty line under the archive mark"),
    ("item under the archive mark", f"(archive link)\n{HEAD}", 2, "an empty line under the archive mark"),
    ("item under the body", f"one\ntwo\n{HEAD}", 3, "an empty line before an item"),
    ("item under an item's text", f"{HEAD}\n\n    x\n{REPLY}", 6, "an empty line before an item"),
    ("item under an age", f"{HEAD}\n{REPLY}", 4, "an empty line under the age"),
    ("text under an age", f"{HEAD}\n    x", 4, "an empty line under the age"),
    ("line of spaces under an age", f"{HEAD}\n    \n    x", 4, "an empty line under the age"),
    # levels and indentation
    ("first item at level 0", "• a@b\n  ·\n  just now", 1, "2 spaces before an item, found 0"),
    ("first item at level 2", f"one\n\n{REPLY}", 3, "2 spaces before an item, found 4"),
    ("first item between levels", "   • a@b\n     ·\n     just now", 1, "2 spaces before an item, found 3"),
    ("level jumps by two", f"{HEAD}\n\n      • c@d\n        ·\n        just now", 5, "from 2 to 4 before an item"),
    ("item between levels", f"{HEAD}\n\n   • c@d\n     ·\n     just now", 5, "an even number of spaces"),
    ("tab before an item", f"{HEAD}\n\n\t• c@d\n\t  ·\n\t  just now", 5, "found a tab"),
    ("tab before a reply", f"{HEAD}\n\n  \t• c@d\n    \t·\n    \tjust now", 5, "found a tab"),
    ("tab before text", f"{HEAD}\n\n    one\n  \ttwo", 6, "4 spaces before the text, found a tab"),
    ("tab before a mark", "  • a@b\n\t·\n    just now", 2, '"·" or "hexagon" behind 4 spaces'),
    ("tab before an age", "  • a@b\n    ·\n\tjust now", 3, "an age"),
    ("text less indented than its item", f"{HEAD}\n\ntext", 5, "behind at least 4 spaces"),
    ("text at its item's bullet", f"{HEAD}\n\n  text", 5, "behind at least 4 spaces"),
    ("second line less indented", f"{HEAD}\n\n    one\n   two", 6, "behind at least 4 spaces"),
    ("text of the parent behind a reply", f"{HEAD}\n\n{REPLY}\n\n    text", 9, "behind at least 6 spaces"),
    ("U+00A0 for a space", f"{HEAD}\n\n   \xa0one", 5, "behind at least 4 spaces"),
    ("guard outside of the item", f"{HEAD}\n\n\u200b    • c@d", 5, "behind at least 4 spaces"),
    ("line of just the indentation", f"{HEAD}\n\n    one\n    \n    two", 6, "found 4 spaces alone"),
    ("paragraph of just the indentation", f"{HEAD}\n\n    \n\n    two", 5, "found 4 spaces alone"),
    ("line of fewer spaces", f"{HEAD}\n\n    one\n  \n    two", 6, "found 2 spaces alone"),
    # the lines of an item
    ("no handle", "one\n\n  • someone\n    ·\n    just now", 3, "a handle name@host"),
    ("no handle at all", "  • \n    ·\n    just now", 1, "a handle name@host"),
    ("no handle, marked", "  • x\n    hexagon\n    ·\n    just now", 1, "a handle name@host"),
    ("two @", "  • a@b@c\n    ·\n    just now", 1, "a handle name@host"),
    ("no name", "  • @b\n    ·\n    just now", 1, "a handle name@host"),
    ("no host", "  • a@\n    ·\n    just now", 1, "a handle name@host"),
    ("blank in a handle", "  • a@b \n    ·\n    just now", 1, "a handle name@host"),
    ("U+2028 in a handle", "  • a\u2028@b\n    ·\n    just now", 1, "a handle name@host"),
    ("handle of 256", f"  • a@{'b' * 254}\n    ·\n    just now", 1, "a handle name@host"),
    ("handle after two blanks", "  •  a@b\n    ·\n    just now", 1, "a handle name@host"),
    ("no mark line", "  • a@b\n    just now", 2, '"·" or "hexagon" behind 4 spaces'),
    ("handle alone", "  • a@b", 2, '"·" or "hexagon" behind 4 spaces, found nothing'),
    ("handle alone in the body", "one\n\n• a@b", 3, "2 spaces before an item"),
    ("unguarded look-alike in the body", "one\n• x\n·", 2, "an empty line before an item"),
    ("unguarded look-alike in an item", f"{HEAD}\n\n    one\n        • x\n    hexagon", 6, "an empty line before"),
    ("mark less indented", "  • a@b\n  ·\n    just now", 2, '"·" or "hexagon" behind 4 spaces'),
    ("mark more indented", "  • a@b\n     ·\n    just now", 2, '"·" or "hexagon" behind 4 spaces'),
    ("mark with a blank", "  • a@b\n    · \n    just now", 2, '"·" or "hexagon" behind 4 spaces'),
    ("hexagon twice", "  • a@b\n    hexagon\n    hexagon\n    just now", 3, '"·" behind 4 spaces'),
    ("hexagon without the point", "  • a@b\n    hexagon\n    just now", 3, '"·" behind 4 spaces'),
    ("hexagon behind the point", "  • a@b\n    ·\n    hexagon\n    just now", 3, 'an age or "edit-2"'),
    ("edit mark before the point", "  • a@b\n    edit-2\n    ·\n    just now", 2, '"·" or "hexagon"'),
    ("edit mark twice", "  • a@b\n    ·\n    edit-2\n    edit-2\n    just now", 4, "an age as"),
    ("no age", "  • a@b\n    ·", 3, "an age"),
    ("no age, text", "  • a@b\n    ·\n\n    text", 3, "an age"),
    ("no age behind the edit mark", "  • a@b\n    ·\n    edit-2", 4, "an age as"),
    ("age less indented", "  • a@b\n    ·\n   just now", 3, "an age"),
    ("age more indented", "  • a@b\n    ·\n     just now", 3, "an age"),
    ("impossible age", "one\n\n  • a@b\n    ·\n    90 minutes ago", 5, "an age"),
    ("plural of one", "  • a@b\n    ·\n    1 hours ago", 3, "an age"),
    ("unknown unit", "  • a@b\n    ·\n    1 week ago", 3, "an age"),
    ("blank behind an age", "  • a@b\n    ·\n    just now ", 3, "an age"),
    # whose post it is
    (
        "mark on two people",
        f"{AUTHOR}\n\n  • c@d\n    hexagon\n    ·\n    just now",
        7,
        "by",
    ),
    (
        "author once without mark",
        f"{AUTHOR}\n\n  • A@B\n    ·\n    just now",
        7,
        "hexagon",
    ),
    ("author first without mark", f"{HEAD}\n\n  • A@b\n    hexagon\n    ·\n    just now", 2, "hexagon"),
    ("unknown author without mark", "  • Unknown@imported.INVALID\n    ·\n    just now", 2, "hexagon"),
]


@pytest.mark.parametrize(("data", "line", "words"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_file_is_refused_with_its_line(data: bytes | str, line: int, words: str) -> None:
    with pytest.raises(ThreadTextFault) as caught:
        parse_thread(data.encode() if isinstance(data, str) else data)
    assert caught.value.line == line
    assert words in caught.value.expected
    assert str(caught.value) == f"line {line}: expected {caught.value.expected}"
    assert str(caught.value).isprintable()


def test_fault_shows_little_of_a_long_line_and_escapes_it() -> None:
    with pytest.raises(ThreadTextFault, match=r"'\\x1b\[2Jx{36}…'$"):
        parse_thread(f"  • a@b\n\x1b[2J{'x' * 5_000}\nmore".encode())


def test_file_over_the_limit_is_refused_without_a_line() -> None:
    with pytest.raises(ThreadTextFault, match=r"^expected at most 52,428,800 bytes, found 52,428,801$") as caught:
        parse_thread(b"\xff" * (IMPORT_MAX_BYTES + 1))
    assert caught.value.line is None


def test_file_at_the_limit_is_taken() -> None:
    assert len(parse_thread(b"x" * IMPORT_MAX_BYTES).body[0]) == IMPORT_MAX_BYTES


def chain(depth: int) -> str:
    return "\n\n".join(
        f"{pad}• a@b\n{pad}  ·\n{pad}  just now" for pad in ("  " * level for level in range(1, depth + 1))
    )


def test_deepest_level_is_taken_and_one_deeper_is_refused_at_its_line() -> None:
    data = chain(IMPORT_DEPTH_MAX).encode()
    assert format_thread(parse_thread(data)) == data
    with pytest.raises(ThreadTextFault, match="at most level 2,000, found level 2,001") as caught:
        parse_thread(chain(IMPORT_DEPTH_MAX + 1).encode())
    assert caught.value.line == 4 * IMPORT_DEPTH_MAX + 1


def test_most_items_are_taken_and_one_more_is_refused_at_its_line() -> None:
    data = "\n\n".join([HEAD] * IMPORT_ITEMS_MAX).encode()
    assert len(parse_thread(data).items) == IMPORT_ITEMS_MAX
    with pytest.raises(ThreadTextFault, match="at most 200,000 items") as caught:
        parse_thread(data + f"\n\n{HEAD}".encode())
    assert caught.value.line == 4 * IMPORT_ITEMS_MAX + 1
