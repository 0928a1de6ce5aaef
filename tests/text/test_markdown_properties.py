"""Whatever is written, the page stays whole and harmless, and the text form is one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.text.markdown import render_markdown
from folkmoot.text.mentions import mentions, mentions_in
from tests.text.well_formed import assert_harmless, assert_text_form

_PIECES = (
    *("a", "b", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "```", "~", "~~", "^", "^[", "[", "](", "[^", "]", "("),
    *(")", "<", ">", "> ", "- ", "1. ", "# ", "|", "|-|\n", "|a|\n", ":", ":::", "::: spoiler ", "\n:::\n", "{", "}"),
    *("{a|b}", "@", "@a@b.c", "!c@d.e", "/u/a@b.c", "&", "&amp;", "&#xFDD0;", "&#x202e;", "&lt;", ";", "\\", "!", "!["),
    *(
        "https://a.b/",
        "www.a.b",
        ".",
        '"',
        "'",
        "\t",
        "    ",
        "漢",
        "\u202e",
        "\u2069",
        "א",
        "\ufdd0",
        "\ufdd4",
        "\x00",
    ),
    *("\ufdd5", "[^a]", "[^a]: ", "[a]: b\n", "[a]", "<a:b>", "<!--", "-", "=", "+", "mailto:", "javascript:", "\xa0"),
    *("\r", "😀", "?", "%", "/"),
)
_MARKDOWN = st.lists(st.sampled_from(_PIECES), max_size=60).map("".join)


@settings(deadline=None, max_examples=400)
@given(st.one_of(_MARKDOWN, st.text(max_size=100)))
def test_page_is_whole_and_harmless(source: str) -> None:
    rendered = render_markdown(source)
    assert_harmless(rendered)
    assert_text_form(rendered.text)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.sampled_from(["{}", "`{}`", "[{}](https://a.b)", "![{}](https://a.b)", "    {}"]))
def test_no_character_is_too_strange(text: str, around: str) -> None:
    rendered = render_markdown(around.replace("{}", text))
    assert_harmless(rendered)
    assert_text_form(rendered.text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.from_regex(r"[A-Za-z0-9 ,.]{0,20}[a-z]", fullmatch=True), min_size=1, max_size=5))
def test_plain_paragraphs_come_back(paragraphs: list[str]) -> None:
    words = [" ".join(("x " + paragraph).split()) for paragraph in paragraphs]
    assert render_markdown("\n\n".join(words)).text == "\n\n".join(words)


@settings(deadline=None, max_examples=100)
@given(_MARKDOWN)
def test_rendering_twice_gives_the_same(source: str) -> None:
    assert render_markdown(source) == render_markdown(source)
    assert mentions(source) == mentions_in(render_markdown(source).html)
