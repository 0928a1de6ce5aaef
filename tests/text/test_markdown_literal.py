"""Imported text, which means nothing but itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.text.html import without_forbidden
from folkmoot.text.markdown import render_literal
from tests.text.well_formed import assert_harmless, words_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("a", '<div class="literal"><p dir="auto">a</p></div>'),
        ("a\nb\n\nc", '<div class="literal"><p dir="auto">a<br>b</p><p dir="auto">c</p></div>'),
        ("*a* # b <i> &amp;", '<div class="literal"><p dir="auto">*a* # b &lt;i&gt; &amp;amp;</p></div>'),
        ("  a\t b  ", '<div class="literal"><p dir="auto">  a\t b  </p></div>'),
        ("@a@b.example ::: {a|b}", '<div class="literal"><p dir="auto">@a@b.example ::: {a|b}</p></div>'),
        ("\x1b\x00", '<div class="literal"><p dir="auto">\ufffd\ufffd</p></div>'),
    ],
)
def test_literal_text_is_shown_to_the_letter(text: str, html: str) -> None:
    rendered = render_literal(text)
    assert rendered.html == html
    assert rendered.text == text


@pytest.mark.parametrize(
    ("text", "address", "words"),
    [
        ("see https://a.example/b.", "https://a.example/b", "https://a.example/b"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("(https://a.example)", "https://a.example/", "https://a.example"),
        ("HTTP://A.example/?q=<b>", "http://a.example/?q=", "HTTP://A.example/?q="),
        ('"https://a.example/"', "https://a.example/", "https://a.example/"),
        ("https://a.example/ü…", "https://a.example/ü", "https://a.example/ü"),
        ("見https://a.example/。", "https://a.example/", "https://a.example/"),
    ],
)
def test_bare_address_in_literal_text_is_a_link(text: str, address: str, words: str) -> None:
    link = f'<a href="{address}" dir="ltr" rel="nofollow ugc noopener">{words}</a>'
    assert link in render_literal(text).html


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://", "https://.", "ftp://a.example", "https://" + "a" * 5_000, "https://a@"]
)
def test_what_is_no_address_in_literal_text_is_no_link(text: str) -> None:
    assert "<a" not in render_literal(text).html


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab \n\t<>&\"'@:/.htps()\u202e\u200b\x00é漢"), max_size=80))
def test_literal_text_loses_nothing(text: str) -> None:
    rendered = render_literal(text)
    assert rendered.text == text
    assert words_of(rendered.html) == without_forbidden(text).replace("\n", "")
    assert_harmless(rendered)
