import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.text.excerpt import cut_on_word, excerpt, one_line


@pytest.mark.parametrize(
    ("text", "max_chars", "short"),
    [
        ("", 10, ""),
        (" \n\n ", 10, ""),
        ("one two", 7, "one two"),
        ("one\n\ntwo\t\x85three", 20, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two", 5, "one…"),
        ("one – two three", 8, "one…"),
        ("incomprehensibility", 8, "incompr…"),
        ("a incomprehensibility", 12, "a incompreh…"),
        ("ab", 1, "…"),
        ("a", 1, "a"),
        ("cafe\u0301s of Paris", 5, "caf…"),
        ("ok 👩\u200d🚀👩\u200d🚀", 6, "ok 👩\u200d🚀…"[:2] + "…"),
    ],
)
def test_excerpt_ends_between_two_words(text: str, max_chars: int, short: str) -> None:
    assert excerpt(text, max_chars) == short


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=12), max_size=12).map(" ".join), st.integers(1, 60))
def test_excerpt_is_short_and_the_beginning_of_the_text(text: str, max_chars: int) -> None:
    short = excerpt(text, max_chars)
    line = " ".join(text.split())
    assert len(short) <= max_chars
    assert "\n" not in short
    assert short == line if len(line) <= max_chars else line.startswith(short.removesuffix("…"))


def test_one_line_of_a_huge_text_is_bounded() -> None:
    assert len(one_line("x" * 10_000_000, 50)) == 50
    assert len(one_line("x y " * 1_000_000, 50)) < 60


def test_a_chain_of_accents_without_end_is_cut_anyway() -> None:
    assert cut_on_word("a" + "\u0301" * 500, 200) == "a" + "\u0301" * 199
