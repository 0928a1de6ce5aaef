import pytest
from hypothesis import given, settings

from folkmoot.text.thread_text import UNTITLED, title_from_body
from tests.text.thread_strategies import several

LONG = "word " * 60


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ((), UNTITLED),
        (("Hi",), UNTITLED),
        (("Hi.",), "Hi."),
        (("…",), UNTITLED),
        (("   ", "\u2028", "Third paragraph"), "Third paragraph"),
        (("\u200b\u200b\u200b\u200b",), UNTITLED),
        (("First one. Second one.",), "First one."),
        (("Who? Me!",), "Who?"),
        (("Stop!! Now",), "Stop!!"),
        (("He said “No.” Then he left.",), "He said “No.”"),
        (("これは題です。次の文。",), "これは題です。"),
        (("ما هذا؟ نص آخر",), "ما هذا؟"),
        (("यह शीर्षक है। और",), "यह शीर्षक है।"),
        (("No end in sight", "Second paragraph. With ends."), "No end in sight"),
        (("A heading\nand the text under it",), "A heading"),
        (("One sentence on\ntwo lines. And more",), "One sentence on two lines."),
        (("Python 3.11 and example.org are out. More",), "Python 3.11 and example.org are out."),
        (("The U.S. troops left. More",), "The U.S. troops left."),
        (("tabs\tand  spaces\x0band \x07bells",), "tabs and spaces and bells"),
        (("a bell at the end \x1b",), "a bell at the end"),
        (("turned \u202e round \u2066 twice",), "turned round twice"),
        ((LONG,), ("word " * 40).strip()),
        (("x" * 300,), "x" * 200),
        (("y " + "x" * 300,), "y " + "x" * 198),
        (("x" * 199 + ". More",), "x" * 199 + "."),
        (("..." * 10 + "x",), "..." * 10 + "x"),
    ],
)
def test_title_is_the_first_sentence(body: tuple[str, ...], title: str) -> None:
    assert title_from_body(body) == title


@settings(deadline=None)
@given(several)
def test_title_is_always_one_line_of_legal_length(body: tuple[str, ...]) -> None:
    title = title_from_body(body)
    assert 3 <= len(title) <= 200
    assert title == " ".join(title.split())


@pytest.mark.parametrize("unit", [".", ".'", '.")', "a.", "。a", "!?x", "A. "])
def test_a_megabyte_without_end_of_sentence_takes_linear_time(unit: str) -> None:
    assert 3 <= len(title_from_body([unit * 300_000])) <= 200
