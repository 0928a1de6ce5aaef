"""The short ways through the renderer give what the long one gives, to the letter, on everything that they take."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from folkmoot.text.html import LINK_REL, Html, cleaned, is_clean, sanitised
from folkmoot.text.markdown import Rendered, render_markdown
from folkmoot.text.parser import parse
from folkmoot.text.plain_text import plain_text
from folkmoot.text.rewriting import rewrite
from folkmoot.text.source_guards import clean_source, guard_source
from folkmoot.text.usual import usual, words_only

_WORDS = ("word", "words ", "é", "नमस्ते", "語", "。", "𝕏", "🏳️", "1984", "–", "“", "‘", "%", "\u2003", "\xa0", "\u202e")
_SIGNS = (
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n\n",
    "'",
    '"',
    ".",
    "!",
    "?",
    ":",
    ";",
    "/",
    "$",
    "#",
    "=",
    "-",
    "+",
    "(c)",
    "\t",
)
_BLOCKS = (
    "1) ",
    "10. ",
    "- ",
    "# ",
    "===",
    "---",
    ":-",
    "+++",
    "    ",
    "> ",
    "```",
    "|-|",
    ":::",
    "::: spoiler ",
    "| a |",
)
_INLINES = (
    *("*", "**", "_", "`", "~", "^", "[", "](", ")", "<", ">", "&", "&quot;", "&#10;", "&nbsp;", "\\", "  \n", "{a|b}"),
    *(
        "*em*",
        "**strong** ",
        "`code`",
        "[words](https://a.example/x?a=1&b=2)",
        "[x](http://1.2.3.999/)",
        "[ ](https://a.b/)",
    ),
    *("https://a.example/b", "www.a.example", "<https://a.example>", "a@b.example", "@ada@b.example", "/u/a@b.example"),
    *(
        "[x](mailto:a@b.example)",
        "[x](magnet:?xt=1)",
        "[x](javascript:x)",
        "http://xn--a.b/",
        "<!--a@b.c)>",
        "<b>",
        "[^1]",
        "^[n]",
    ),
)
_HOSTS = (
    *(
        "a.example",
        "www.a-b.org",
        "1.2.3.4",
        "1.2.3.ab",
        "0x1.aa",
        "1.0xff",
        "a--b.cc",
        "ab--cd.ef",
        "xn--a.b",
        "a.xn--b",
    ),
    *("-a.bb", "a-.bb", "localhost", "a..bb", "9.nine", "u@a.bb", "a.bb:80", "a.bb:99999", "[::1]", "é.example"),
)
_PATHS = (
    *("/", "/", "x", "?q=1&amp;r=2", "#f", "%41", "%", "../..", "//", "@", "a:b@c", "[", "]", "\\", "~!$()*+,;=:@"),
    *(" ", "é", "'", '"', "&", "&quot;", "&lt;", "<", ">", "\t", "%00", "{", "|"),
)
_TEXTS = (
    *("word", " ", "\n", "é", "語", "&amp;", "&lt;", "&gt;", "&nbsp;", '"', "'", "&quot;", "\xa0", "\0", "\r", "\x0c"),
    *("\ufdd0", "\uffff", "\ufeff", "\u202e", ">", "<", "&", "&copy;", "&amp", "&#38;", "\x85", "\t", "-->", "😀"),
    *(
        "<br>",
        "<br />",
        "<em>",
        "</em>",
        "<code>",
        "</code>",
        "<a>",
        "</a>",
        "<p>",
        "</p>",
        '<p dir="auto">',
        "<script>",
    ),
)
_TEXT = st.lists(st.sampled_from(_TEXTS[:10]) | st.sampled_from(_TEXTS), max_size=4).map("".join)
_ELEMENT = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(("em", "strong", "code", "del")), _TEXT)
_ADDRESS = st.tuples(st.sampled_from(("http://", "https://", "mailto:")), st.sampled_from(_HOSTS)).map("".join)
_LINK = st.builds(
    '<a href="{}/{}"{} rel="{}">{}</a>'.format,
    _ADDRESS,
    st.lists(st.sampled_from(_PATHS), max_size=3).map("".join),
    st.sampled_from(("", ' dir="ltr"', ' dir="rtl"')),
    st.just(LINK_REL),
    _TEXT,
)
_PARAGRAPH = st.lists(_TEXT | _ELEMENT | _LINK, max_size=4).map(lambda parts: f'<p dir="auto">{"".join(parts)}</p>')
PAGES = st.lists(_PARAGRAPH, max_size=3).map("\n".join)
PLAIN_ONES = st.lists(st.sampled_from((*_WORDS, *_SIGNS, *_BLOCKS[:8], "www", "www.", "://")), max_size=12).map("".join)
ALL_SORTS = st.lists(st.sampled_from((*_WORDS, *_SIGNS, *_BLOCKS, *_INLINES)), max_size=12).map("".join)


def parsed(source: str) -> tuple[str, tuple[str, ...]]:
    guarded = guard_source(clean_source(source))
    markup = parse(guarded.source, footnotes=guarded.footnotes, tables=guarded.tables)
    assert markup is not None
    return markup, guarded.titles


def the_long_way(source: str) -> Rendered:
    html = Html(sanitised(rewrite(*parsed(source))).strip())
    return Rendered(html, plain_text(html))


@given(PLAIN_ONES | st.text())
def test_words_only_are_rendered_as_by_the_parser(source: str) -> None:
    short = words_only(source)
    if short is not None:
        assert short == the_long_way(source)


@example("\u2003[x](mailto:a@b.example)")
@example("<!--a@b.c)> [x](https://a.example/)")
@given(ALL_SORTS | st.text())
def test_usual_markup_is_written_as_by_the_long_way(source: str) -> None:
    short = usual(parsed(source)[0])
    if short is not None and sanitised(short[0]) == short[0]:
        assert Rendered(Html(short[0]), short[1]) == the_long_way(source)


@given(PLAIN_ONES | ALL_SORTS)
def test_the_renderer_gives_what_the_long_way_gives(source: str) -> None:
    assert render_markdown(source) == the_long_way(source)


@example(f'<p dir="auto">a<br><em>b</em> <a href="https://a.example/?b&amp;c" dir="ltr" rel="{LINK_REL}">d</a></p>')
@example('<p dir="auto"></p>')
@given(PAGES)
def test_what_the_wall_takes_for_clean_it_would_not_change(page: str) -> None:
    assert not is_clean(page) or cleaned(page) == page


@pytest.mark.parametrize(
    "page",
    [
        "<p>a</p>",
        '<p dir="auto">a',
        '<p dir="auto"><em>a</p>',
        '<p dir="auto"><b>a</b></p>',
        '<p dir="auto" onclick="x">a</p>',
        f'<p dir="auto"><a href="javascript:x" rel="{LINK_REL}">a</a></p>',
        f'<p dir="auto"><a href="https://a.example/&quot;" rel="{LINK_REL}">a</a></p>',
        f'<p dir="auto"><a href="https://a.example/" onclick="x" rel="{LINK_REL}">a</a></p>',
        '<p dir="auto"><a href="https://a.example/">a</a></p>',
        '<p dir="auto">a & b</p>',
        '<p dir="auto">a</p><script>x</script>',
    ],
)
def test_all_else_the_wall_takes_apart(page: str) -> None:
    assert not is_clean(page)


def test_ordinary_words_need_no_parser() -> None:
    source = 'I think that\'s right, and "nobody" said it (in 2019):\nlet us see!\n\nÜber 3/4 — 是的。'
    assert words_only(source) == Rendered(
        Html(
            '<p dir="auto">I think that\'s right, and "nobody" said it (in 2019):\nlet us see!</p>\n'
            '<p dir="auto">Über 3/4 — 是的。</p>'
        ),
        'I think that\'s right, and "nobody" said it (in 2019): let us see!\n\nÜber 3/4 — 是的。',
    )


@pytest.mark.parametrize(
    "source", ["*a*", "a\n:-", "- a", "1. a", "a  \nb", "www.a.b", "http://a", "a@b.c", "a\n===", "{a|b}"]
)
def test_what_may_mean_something_does(source: str) -> None:
    assert words_only(source) is None


def test_emphasis_and_links_take_the_short_way() -> None:
    markup, _ = parsed("*One* & [two](https://a.example/x?a=1&b=2)  \n`c` https://b.example/\n\n**end**")
    short = usual(markup)
    assert short is not None
    assert sanitised(short[0]) == short[0]
    assert short[1] == "One & two (https://a.example/x?a=1&b=2)\nc https://b.example/\n\nend"


@pytest.mark.parametrize(
    "source", ["# a", "- a", "> a", "a[^1]\n\n[^1]: b", "@a@b.example", "[`c`](https://a.b/)", "~~a~~"]
)
def test_other_markup_takes_the_long_way(source: str) -> None:
    assert usual(parsed(source)[0]) is None
