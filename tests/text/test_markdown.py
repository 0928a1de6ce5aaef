"""Markdown as HTML: what is not said by the golden files."""

import pytest

from folkmoot.text.html import escaped
from folkmoot.text.markdown import MAX_SOURCE_CHARS, MAX_TAGS, render_markdown
from tests.text.well_formed import assert_harmless


def html(source: str) -> str:
    return render_markdown(source).for_thing("c1")


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ((1,), (3,)),
        ((6,), (3,)),
        ((2, 3, 2), (3, 4, 3)),
        ((3, 1, 2), (3, 3, 4)),
        ((1, 2, 3, 4, 5, 6), (3, 4, 5, 6, 6, 6)),
    ],
)
def test_headings_begin_below_the_page_and_leave_no_level_out(levels: tuple[int, ...], shown: tuple[int, ...]) -> None:
    page = html("\n\n".join("#" * level + " x" for level in levels))
    assert page.replace("\n", "") == "".join(f'<h{level} dir="auto">x</h{level}>' for level in shown)


@pytest.mark.parametrize(
    ("info", "opening"),
    [
        ("python", '<code class="language-python">'),
        ("C++ numbered", '<code class="language-c++">'),
        ("rust,ignore", '<code class="language-rust">'),
        ("", "<code>"),
        ('"onload=x', "<code>"),
        ("@ada@lemmy.example", "<code>"),
        ("x" * 50, f'<code class="language-{"x" * 32}">'),
    ],
)
def test_language_of_code_is_a_class(info: str, opening: str) -> None:
    assert opening in html(f"~~~{info}\na\n~~~")


def test_code_keeps_every_character() -> None:
    code = "@a@b.example \\{a|b} {a|b} \\@x@y.example <b> ::: https://a.example &amp; ~~x~~\n::: spoiler t\n:::\n> > >"
    rendered = render_markdown("```\n" + code + "\n```")
    assert f"<code>{escaped(code)}\n</code>".replace("&quot;", '"') in rendered.html


def test_footnotes_of_two_things_do_not_share_an_id() -> None:
    rendered = render_markdown("a[^1] b[^1]\n\n[^1]: note")
    for key in ("c1", "p27"):
        page = rendered.for_thing(key)
        assert f'<a href="#fn-{key}-1" id="fnref-{key}-1" role="doc-noteref"' in page
        assert f'id="fnref-{key}-1-2"' in page
        assert f'<li id="fn-{key}-1">' in page
        assert f'href="#fnref-{key}-1-2" role="doc-backlink"' in page


def test_footnote_name_cannot_choose_an_id() -> None:
    rendered = render_markdown('a[^x"onclick="y] b[^-2] c[^-2]\n\n[^x"onclick="y]: one\n\n[^-2]: two')
    assert_harmless(rendered)
    page = rendered.for_thing("c1")
    assert [part.partition('"')[0] for part in page.split(' id="')[1:]] == [
        *("fnref-c1-1", "fnref-c1-2", "fnref-c1-2-2"),
        *("fn-c1-1", "fn-c1-2"),
    ]


def test_text_cannot_forge_the_mark_of_a_thing() -> None:
    rendered = render_markdown("\ufdd6 &#xFDD6; `\ufdd6`")
    assert rendered.for_thing("c1") == rendered.html


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("[![a](https://p.example/a)](https://b.example/)", '"https://b.example/" rel="nofollow ugc noopener">a</a>'),
        ("[ ](https://b.example/)", ">https://b.example/</a>"),
        ("![](https://p.example/)", 'class="picture nameless" href="https://p.example/"'),
        ("![](https://p.example/)", ">p.example</a>"),
        ("![](https://p.example/%E2%80%AEx.png)", ' dir="auto" rel="nofollow ugc noopener">\u202ex.png</a>'),
        ('![a"b<c](https://p.example/x "t\'<")', 'title="t\'&lt;"'),
        ("[a https://b.example/ c](https://d.example/)", 'href="https://d.example/"'),
        ("[a](https://b.example/?x=1&amp;y=%22)", 'href="https://b.example/?x=1&amp;y=%22"'),
    ],
)
def test_links_and_pictures_have_words(source: str, page: str) -> None:
    assert page in html(source)


@pytest.mark.parametrize(
    "source", ["[a [b](https://c.example) d](https://e.example)", "[https://a.example](https://b.example)"]
)
def test_link_in_link_is_only_one_link(source: str) -> None:
    page = html(source)
    assert "<a" not in page.partition("<a")[2].partition("</a>")[0]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/" + "a" * 2_000,
        "/post/1",
        "post/1",
        "//example.com",
        "#top",
        "ftp://example.com/x",
        "https://exa mple.com",
        "mailto:",
        "mailto:ada",
        "mailto:a@b.example?bcc=c@d.example",
        "magnet:x",
    ],
)
def test_link_that_leads_nowhere_stays_as_its_words(address: str) -> None:
    assert html(f"[words](<{address}>)") == '<p dir="auto">words</p>'


def test_addresses_in_words_are_read_from_the_left() -> None:
    assert '<a href="https://example.com/a" dir="ltr"' in html("שלום https://example.com/a")


@pytest.mark.parametrize("element", ["> {}", "- {}", "1. {}", "|{}|\n|-|", "::: spoiler {}\nx\n:::"])
def test_blocks_of_blocks_take_the_side_of_their_first_letter(element: str) -> None:
    assert ' dir="rtl"' in html(element.format("12 &quot; *שלום*"))
    assert ' dir="rtl"' not in html(element.format("12 &quot; *hello* שלום"))


def test_override_ends_with_its_block() -> None:
    """Every browser isolates a block with `dir`, and an item of a list in itself; nothing is outside of one."""
    page = html("\u202eV\n\n> \u2067W\n\n- \u202dX\n\n|\u202eY|\n|-|\n\n## \u202eZ")
    for letter in "VWXYZ":
        opening = page[: page.index(letter)].rpartition("<")[2]
        assert 'dir="auto"' in opening or opening.startswith("li>")


def test_ends_of_lines_of_any_system_are_equal() -> None:
    assert render_markdown("a\r\n\r\nb  \rc") == render_markdown("a\n\nb  \nc")


@pytest.mark.parametrize(
    "character", [chr(code) for code in (0, 0x1B, 0x7F, 0x85, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0x10FFFF)]
)
def test_what_html_forbids_is_shown_as_unknown(character: str) -> None:
    rendered = render_markdown(f"a{character}b")
    assert rendered.html == '<p dir="auto">a\ufffdb</p>'
    assert rendered.text == "a\ufffdb"


@pytest.mark.parametrize("entity", ["&#0;", "&#27;", "&#x9b;", "&#13;", "&#xD800;", "&#x1FFFF;"])
def test_entity_makes_no_forbidden_character(entity: str) -> None:
    assert_harmless(render_markdown(f"a{entity}b ![{entity}](https://p.example/x) [a](https://b.example/ '{entity}')"))


@pytest.mark.parametrize("source", ["a\n" * (MAX_SOURCE_CHARS // 2 + 1), "*a* " * MAX_TAGS])
def test_text_that_costs_too_much_is_shown_as_typed(source: str) -> None:
    rendered = render_markdown(source)
    assert rendered.html.startswith('<div class="literal"><p dir="auto">')
    assert rendered.text == source.strip()
