"""The text form of Markdown, rule by rule, and the HTML of the same sources."""

from pathlib import Path

import pytest

from folkmoot.text.directions import with_turns_ended
from folkmoot.text.html import sanitised
from folkmoot.text.markdown import render_markdown
from folkmoot.text.plain_text import plain_text

GOLDEN = Path(__file__).parent / "golden"
RULES = sorted(path.stem for path in GOLDEN.glob("*.md"))


@pytest.mark.parametrize("rule", RULES)
def test_text_form_follows_the_rule(rule: str) -> None:
    rendered = render_markdown((GOLDEN / f"{rule}.md").read_text(encoding="utf-8"))
    assert rendered.text + "\n" == (GOLDEN / f"{rule}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_html_is_what_it_was(rule: str) -> None:
    """Who changes a file here raises RENDERER, so that stored texts are rendered anew."""
    rendered = render_markdown((GOLDEN / f"{rule}.md").read_text(encoding="utf-8"))
    assert rendered.for_thing("c1") + "\n" == (GOLDEN / f"{rule}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("source", ["", " ", "\n\n\n", "&nbsp;", "[](javascript:a)", "[a]: https://a.example/"])
def test_source_without_words_has_an_empty_text(source: str) -> None:
    assert render_markdown(source).text == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("bare<br>words<p>then a paragraph</p>", "bare\nwords\n\nthen a paragraph"),
        ("<p>a<br><br><br>b</p>", "a\nb"),
        ("<p>&nbsp;</p><p>\u3000</p><p>x</p>", "x"),
        ("<p>&nbsp;x&amp;lt;</p>", "\xa0x&lt;"),
        ("<ul><li></li><li><p></p></li></ul>", "-\n-"),
        ("<ul><li>a<blockquote><p>b</p></blockquote>c</li></ul>", "- a\n\n  > b\n\n  c"),
        ("<ol start='0'><li>a</li><li>b</li></ol>", "0. a\n1. b"),
        ("<pre><code>\n\n a \n\t\n\n b\n</code></pre>", "     a\n\n     b"),
        ("<pre><code>   </code></pre>", ""),
        ("<blockquote><pre><code>a\n\nb</code></pre></blockquote>", ">     a\n\n>     b"),
        ("<table><tr><td></td><td></td></tr><tr><td>a<br>b</td><td></td></tr></table>", "|\na b |"),
        ("<table><tr><td></td></tr></table>", ""),
        ("<details><summary></summary><p>a</p></details>", "a"),
        ("<p><del> </del><sup></sup><a href='https://a.example/'></a></p>", "(https://a.example/)"),
        ("<p>a<a>b</a></p>", "ab"),
    ],
)
def test_any_sanitised_markup_has_a_text_form(html: str, text: str) -> None:
    assert plain_text(sanitised(html)) == text


def test_text_form_of_deep_nesting_is_bounded() -> None:
    rendered = render_markdown("> - " * 5_000 + "deep")
    assert rendered.text.endswith("deep")
    assert len(rendered.text) < 25_000


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("plain", "plain"),
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("\u2066\u202ea\u2069", "\u2066\u202ea\u2069"),
        ("\u2067a\u202d", "\u2067a\u202d\u202c\u2069"),
        ("\u202c\u2069a", "\u202c\u2069a"),
        ("\u202a\u2066\u202cb", "\u202a\u2066\u202cb\u2069\u202c"),
    ],
)
def test_turns_left_open_are_ended(words: str, ended: str) -> None:
    assert with_turns_ended(words) == ended


def test_override_in_a_links_words_does_not_turn_its_address() -> None:
    text = render_markdown("[\u202egro.elpmaxe](https://evil.example/)").text
    assert text == "\u202egro.elpmaxe\u202c (https://evil.example/)"
