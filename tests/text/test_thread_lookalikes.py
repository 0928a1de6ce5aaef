import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.text.ages import JUST_NOW
from folkmoot.text.lookalikes import is_item_lookalike, is_start_lookalike
from folkmoot.text.thread_text import (
    ThreadItem,
    ThreadText,
    format_thread,
    is_handle,
    is_paragraph,
    paragraphs_from_text,
    parse_thread,
)
from tests.text.thread_strategies import lines, paragraphs

ZW = "\u200b"
HEAD = ThreadItem(1, "a@b", False, False, JUST_NOW, ())


def written(*body: str, archive: bool = False) -> str:
    return format_thread(ThreadText(archive, body, ())).decode()


def written_in_item(text: str, level: int = 1) -> str:
    parents = tuple(ThreadItem(above, "a@b", False, False, JUST_NOW, ()) for above in range(1, level))
    item = ThreadItem(level, "a@b", False, False, JUST_NOW, (text,))
    return format_thread(ThreadText(False, (), (*parents, item))).decode().rpartition("\n\n")[2]


@pytest.mark.parametrize(
    ("line", "below", "alike"),
    [
        ("• a@b", "", True),
        ("      • a@b", "", True),
        (ZW + "• a@b", "", True),
        (ZW * 3 + "   • a@b", "", True),
        ("• a@b", "text", True),
        ("• someone", "", False),
        ("• someone", "·", True),
        ("• someone", "   hexagon ", True),
        ("• ", "·", True),
        ("•", "·", False),
        ("•  ", "·", True),
        ("• a@b ", "", False),
        ("• a@b ", "·", True),
        ("•  a@b", "", False),
        ("• a@b@c", "", False),
        ("• a@" + "b" * 253, "", True),
        ("• a@" + "b" * 254, "", False),
        ("• someone", "· x", False),
        ("• someone", "\t·", False),
        ("• someone", ZW + "·", False),
        ("• someone", "hexagons", False),
        ("• someone", "hexa gon", False),
        ("\t• a@b", "·", False),
        ("x • a@b", "·", False),
        (" " + ZW + "• a@b", "·", False),
        (ZW + " " + ZW + "• a@b", "·", False),
        ("\xa0• a@b", "·", False),
        ("•\xa0a@b", "·", False),
        ("- a@b", "·", False),
    ],
)
def test_what_looks_like_an_item(line: str, below: str, alike: bool) -> None:
    assert is_item_lookalike(line, below) is alike
    assert is_item_lookalike(ZW + line, below) is alike


@pytest.mark.parametrize(
    ("line", "alike"),
    [
        ("(archive link)", True),
        (ZW * 2 + "(archive link)", True),
        (" (archive link)", False),
        ("(archive link) ", False),
        (ZW + " (archive link)", False),
        ("(Archive link)", False),
        ("\ufeff", True),
        ("\ufeffText", True),
        (ZW + "\ufeff(archive link)", True),
        (" \ufeff", False),
    ],
)
def test_what_looks_like_a_start_of_the_file(line: str, alike: bool) -> None:
    assert is_start_lookalike(line) is alike
    assert is_start_lookalike(ZW + line) is alike


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("• a@b", ZW + "• a@b"),
        ("  • a@b\n    ·\n    just now", ZW + "  • a@b\n    ·\n    just now"),
        ("one\n• x\n  hexagon\n• y\n• z\n·", "one\n" + ZW + "• x\n  hexagon\n• y\n" + ZW + "• z\n·"),
        (ZW + ZW + "• a@b", ZW * 3 + "• a@b"),
        ("  " + ZW + "• a@b", "  " + ZW + "• a@b"),
        ("\t• a@b\n\t·", "\t• a@b\n\t·"),
        ("• one\n• two", "• one\n• two"),
        ("• one\u2028·", "• one\u2028·"),
        ("·\nhexagon\njust now", "·\nhexagon\njust now"),
    ],
)
def test_one_guard_stands_before_each_lookalike_and_nowhere_else(text: str, shown: str) -> None:
    assert written("first", text) == f"first\n\n{shown}"
    for level in (1, 3):
        pad = " " * (2 * level + 2)
        assert written_in_item(text, level) == pad + shown.replace("\n", "\n" + pad)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (("(archive link)",), ZW + "(archive link)"),
        (("(archive link)\nmore",), ZW + "(archive link)\nmore"),
        ((ZW + "(archive link)",), ZW * 2 + "(archive link)"),
        (("one", "(archive link)"), "one\n\n(archive link)"),
        (("one\n(archive link)",), "one\n(archive link)"),
        (("\ufeffText",), ZW + "\ufeffText"),
    ],
)
def test_archive_mark_written_by_a_person_is_guarded_as_first_line_only(body: tuple[str, ...], shown: str) -> None:
    assert written(*body) == shown
    assert parse_thread(shown.encode()) == ThreadText(False, body, ())
    assert written(*body, archive=True) == "(archive link)\n\n" + "\n\n".join(body)
    assert parse_thread(written(*body, archive=True).encode()) == ThreadText(True, body, ())


def test_archive_mark_in_an_item_below_an_empty_body_is_text() -> None:
    thread = ThreadText(False, (), (ThreadItem(1, "a@b", False, False, JUST_NOW, ("(archive link)", "\ufeff")),))
    assert format_thread(thread).decode().endswith("\n\n    (archive link)\n\n    \ufeff")
    assert parse_thread(format_thread(thread)) == thread


@settings(deadline=None, max_examples=300)
@given(lines, lines)
def test_a_guard_more_makes_no_lookalike_and_ends_none(line: str, below: str) -> None:
    assert is_item_lookalike(ZW + line, below) == is_item_lookalike(line, below)
    assert is_item_lookalike(line, below) == is_item_lookalike(line, "      " + below)
    if is_item_lookalike(line, below):
        assert not is_item_lookalike("text", line)


@settings(deadline=None, max_examples=300)
@given(
    st.integers(1, 3), st.lists(st.one_of(paragraphs, st.just("  • eve@x.example\n    ·\n    1 hour ago")), min_size=1)
)
def test_no_text_can_forge_an_item_or_the_archive_mark(level: int, texts: list[str]) -> None:
    parents = tuple(ThreadItem(above, "a@b", False, False, JUST_NOW, ()) for above in range(1, level))
    item = ThreadItem(level, "a@b", False, False, JUST_NOW, tuple(texts))
    for thread in (ThreadText(False, (), (*parents, item)), ThreadText(False, tuple(texts), ())):
        back = parse_thread(format_thread(thread))
        assert len(back.items) == len(thread.items)
        assert back == thread


def test_handle_has_no_white_space_as_python_knows_it() -> None:
    spaces = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    assert not any(is_handle(f"a{space}b@c") for space in spaces)
    others = (chr(code) for code in range(1, 0x3000) if not chr(code).isspace() and code != ord("@"))
    assert all(is_handle(f"a@{other}") for other in others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("\n\n\n", ()),
        ("one", ("one",)),
        ("one\ntwo\n\nthree", ("one\ntwo", "three")),
        ("\n\none\n\n\n\ntwo\n", ("one", "two")),
        ("one\r\ntwo\r\n\r\nthree\rfour\r\rfive", ("one\ntwo", "three\nfour", "five")),
        ("  one \n \n\n  ", ("  one \n ", "  ")),
        ("a\0b\ud800c", ("a\ufffdb\ufffdc",)),
        ("a\u2028\u2028b\x85\x85c\x0b\x0c", ("a\u2028\u2028b\x85\x85c\x0b\x0c",)),
    ],
)
def test_any_text_becomes_legal_paragraphs(text: str, expected: tuple[str, ...]) -> None:
    assert paragraphs_from_text(text) == expected
    assert all(map(is_paragraph, expected))


@settings(deadline=None, max_examples=200)
@given(st.lists(paragraphs, max_size=4))
def test_stored_paragraphs_come_back_as_they_were(body: list[str]) -> None:
    assert paragraphs_from_text("\n\n".join(body)) == tuple(body)


hostile = st.text(st.one_of(st.characters(), st.sampled_from("\n\n\n\r\x00\ud800\u200b•· @\ufeff")), max_size=40)


@settings(deadline=None, max_examples=300)
@given(hostile, hostile, st.booleans())
def test_what_anybody_wrote_survives_export_import_export(post: str, comment: str, archive: bool) -> None:
    body, below = paragraphs_from_text(post), paragraphs_from_text(comment)
    assert all(map(is_paragraph, body + below))
    thread = ThreadText(archive, body, (ThreadItem(1, "a@b", False, False, JUST_NOW, below),))
    data = format_thread(thread)
    again = parse_thread(data)
    assert again == thread
    stored = "\n\n".join(again.body)
    assert format_thread(ThreadText(archive, paragraphs_from_text(stored), again.items)) == data


@pytest.mark.parametrize("text", ["", "\n", "a\n", "\na", "a\n\nb", "a\rb", "a\r\nb", "a\0b", "a\ud800", "é\udfff"])
def test_what_is_no_paragraph_is_not_written(text: str) -> None:
    assert not is_paragraph(text)
    with pytest.raises(ValueError, match="not a paragraph"):
        written(text)


@pytest.mark.parametrize("handle", ["", "a", "a@", "@b", "a@b@c", "a @b", "a@b\n", "a@" + "b" * 254])
def test_what_is_no_handle_is_not_written(handle: str) -> None:
    with pytest.raises(ValueError, match="not a handle"):
        format_thread(ThreadText(False, (), (ThreadItem(1, handle, False, False, JUST_NOW, ()),)))


@pytest.mark.parametrize("levels", [[0], [2], [1, 3], [1, -1], [1, 2, 4]])
def test_levels_that_make_no_tree_are_not_written(levels: list[int]) -> None:
    items = tuple(ThreadItem(level, "a@b", False, False, JUST_NOW, ()) for level in levels)
    with pytest.raises(ValueError, match="an item of level"):
        format_thread(ThreadText(False, (), items))


def test_nothing_is_not_written() -> None:
    with pytest.raises(ValueError, match="no text form"):
        format_thread(ThreadText(False, (), ()))
