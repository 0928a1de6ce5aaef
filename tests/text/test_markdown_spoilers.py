"""Spoilers: which lines of colons begin and end one."""

import re

import pytest

from folkmoot.text.markdown import render_markdown
from folkmoot.text.mentions import mentions
from tests.text.well_formed import assert_harmless


def outline(source: str) -> str:
    """Return a page in brackets: `[title: content]` for a spoiler, its other text bare."""
    rendered = render_markdown(source)
    assert_harmless(rendered)
    page = re.sub(r"<details[^>]*><summary[^>]*>(.*?)</summary>", r"[\1: ", rendered.html).replace("</details>", "]")
    return re.sub(r"\s+", " ", re.sub(r"<(?!b>|/b>)[^>]*>", " ", page)).replace(" ]", "]").strip()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("::: spoiler T\na\n:::\nb", "[T: a] b"),
        (":::spoiler T\na\n:::", "[T: a]"),
        ("   :::: Spoiler   T  \na\n::::", "[T: a]"),
        ("a\n::: spoiler T\nb\n:::", "a [T: b]"),
        ("::: spoiler T", "[T:]"),
        ("::: spoiler T\na", "[T: a]"),
        ("::: spoiler T\na\n::: spoiler U\nb", "[T: a [U: b]]"),
        ("::: spoiler T\n::: spoiler U\na\n:::\nb\n:::\nc", "[T: [U: a] b] c"),
        (":::: spoiler T\n::: spoiler U\na\n:::\nb\n::::\nc", "[T: [U: a] b] c"),
        (":::: spoiler T\n::: spoiler U\na\n::::\nc", "[T: [U: a]] c"),
        ("::: spoiler T\n:::: spoiler U\na\n::::\nb\n:::\nc", "[T: [U: a] b] c"),
        (":::: spoiler T\na\n:::\nb\n::::", "[T: a ::: b]"),
        ("::: spoiler T\na\n:::::\nb", "[T: a] b"),
        ("::: spoiler\na\n:::", "[…: a]"),
        ("::: spoiler \t\na\n:::", "[…: a]"),
        ("::: spoiler T: U\na\n:::", "[T: U: a]"),
        ("::: spoiler T :::\na\n:::", "[T :::: a]"),
        ("- ::: spoiler T\n  a\n  :::\n- b", "[T: a] b"),
        ("- ::: spoiler T\n  a\n- b\n\n:::\nc", "[T: a] b ::: c"),
        ("> ::: spoiler T\n> a\n> :::\n\nb", "[T: a] b"),
        ("> ::: spoiler T\n> a\n\nb\n:::\nc", "[T: a] b ::: c"),
        ("::: spoiler T\n> ::: spoiler U\n> a\n\nb\n:::\nc", "[T: [U: a] b] c"),
        ("::: spoiler T\n```\n:::\n```\n:::\na", "[T: :::] a"),
        ("```\n::: spoiler T\n```\na\n:::", "::: spoiler T a :::"),
        ("    ::: spoiler T", "::: spoiler T"),
        ("`::: spoiler T`", "::: spoiler T"),
        ("a ::: spoiler T", "a ::: spoiler T"),
        (":: spoiler T", ":: spoiler T"),
        ("::: spoilers T\na\n:::", "::: spoilers T a :::"),
        ("::: note\na\n:::\n::: spoiler T\nb\n:::", "::: note a ::: [T: b]"),
        (":::\n:::", "::: :::"),
    ],
)
def test_lines_of_colons_are_paired(source: str, shown: str) -> None:
    assert outline(source) == shown


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("**b** and `c`", "<strong>b</strong> and <code>c</code>"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ('" onclick="x', '" onclick="x'),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("> no quote", "&gt; no quote"),
        ("::: spoiler", "::: spoiler"),
        ("a\\*b", "a*b"),
        ("x^[note]", "x^[note]"),
        ("[^1]", "[^1]"),
        ("{漢|かん}", "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>"),
        ("12", "12"),
    ],
)
def test_title_is_one_line_of_markdown(title: str, summary: str) -> None:
    rendered = render_markdown(f"::: spoiler {title}\na\n:::")
    assert f'<summary dir="auto">{summary}</summary>' in rendered.html
    assert_harmless(rendered)


def test_title_is_to_be_clicked_and_holds_no_link() -> None:
    source = "::: spoiler by @a@b.example, https://c.example [w](https://d.example) ![p](https://e.example/p.png)\nx"
    rendered = render_markdown(source)
    assert "<a" not in rendered.html
    assert '<span class="mention" dir="ltr">@a@b.example</span>, https://c.example w p</summary>' in rendered.html
    assert rendered.text.startswith("▸ by @a@b.example, https://c.example w p\n\n")
    assert len(mentions(source)) == 1


def test_spoilers_are_not_nested_without_end() -> None:
    page = render_markdown("::: spoiler a\n" * 500).html
    assert page.count("<details") == 12
    assert page.count("::: spoiler a") == 488
