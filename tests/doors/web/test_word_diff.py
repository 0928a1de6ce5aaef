"""Two texts can be made again of their differences, whatever they are; the work is bounded."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.web.word_diff import Change, Effort, Piece, word_diff

PLENTY = 10**9
SAME, GONE, NEW = Change.SAME, Change.GONE, Change.NEW

texts = st.text() | st.text(alphabet="ab \n") | st.lists(st.sampled_from(["a ", "b", "\n", "long "])).map("".join)


def differences(old: str, new: str, effort: int = PLENTY) -> list[tuple[Change, str]]:
    return [(piece.change, piece.text) for piece in word_diff(old, new, Effort(effort))]


def side(pieces: list[Piece], without: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change is not without)


@given(texts, texts, st.integers(0, 300))
def test_both_texts_are_made_of_the_pieces(old: str, new: str, effort: int) -> None:
    pieces = word_diff(old, new, Effort(effort))
    assert side(pieces, NEW) == old
    assert side(pieces, GONE) == new
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("the same", "the same", [(SAME, "the same")]),
        ("", "all new", [(NEW, "all new")]),
        ("all gone", "", [(GONE, "all gone")]),
        (
            "The bell weighs two tonnes.",
            "The bell weighs nearly two tonnes.",
            [(SAME, "The bell weighs "), (NEW, "nearly "), (SAME, "two tonnes.")],
        ),
        (
            "One line.\nIt was red.\nThe end.",
            "One line.\nIt was blue.\nThe end.",
            [(SAME, "One line.\nIt was "), (GONE, "red."), (NEW, "blue."), (SAME, "\nThe end.")],
        ),
        (
            "He saw two old bells there.",
            "He saw three new bells there.",
            [(SAME, "He saw "), (GONE, "two old"), (NEW, "three new"), (SAME, " bells there.")],
        ),
        ("The end.", "The end.\nOr not.", [(SAME, "The end."), (NEW, "\nOr not.")]),
    ],
)
def test_difference_is_shown_in_words(old: str, new: str, pieces: list[tuple[Change, str]]) -> None:
    assert differences(old, new) == pieces


def test_lines_with_little_in_common_are_not_torn_to_shreds() -> None:
    old, new = "Rain came in by the roof all winter.", "The council will pay by spring."
    assert differences(old, new) == [(GONE, old), (NEW, new)]


def test_what_is_too_much_to_compare_is_shown_as_a_whole() -> None:
    old, new = "a b c d", "a c x d"
    assert differences(old, new, effort=0) == [(SAME, "a "), (GONE, "b c"), (NEW, "c x"), (SAME, " d")]


@pytest.mark.parametrize("words", [["a "], ["a ", "b "], ["a ", "b\n", "c "], ["\n"]])
def test_effort_is_never_overdrawn(words: list[str]) -> None:
    old = "".join(words[number * number % len(words)] for number in range(20_000))
    new = "".join(words[number * 7 % len(words)] for number in range(19_999)) + "x"
    effort = Effort(100_000)
    pieces = word_diff(old, new, effort)
    assert effort.pairs >= 0
    assert side(pieces, NEW) == old
    assert side(pieces, GONE) == new
