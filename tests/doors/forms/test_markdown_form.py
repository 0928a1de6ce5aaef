"""The Markdown form of a thread: does everybody speak for themselves only, and do their words look as they did?"""

import re
from dataclasses import replace

import comrak
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.doors.forms.embedding import code, literal, literal_lines, source_lines
from folkmoot.doors.forms.markdown import markdown_form
from folkmoot.model.ids import CommentId
from folkmoot.queries.views import Absence, CommentView, ThreadView
from tests.doors.web import factories

SITE_URL = "https://hub.example"
RAW_HTML = "<!-- raw HTML omitted -->"

TOKENS = [
    "`", "``", "```", "~~~", "```\n", "\n```\n", "~~~\n", "<b>", "</b>", "<script>", "<!--", "-->", "<", ">", "\\",
    "\\\\", "[a](", "[a]", "[1]: http://e.example\n", "[^1]", "[^1]: note\n", "(x)", ")", "](`", "`)", "|",
    "\n|a|b|\n|-|-|\n", "- ", "\n- ", "1. ", "\n> ", "> ", "    ", "\t", "  ", "\n", "\n\n", "# ", "\n---\n",
    "\n===\n", "::: spoiler x\n", ":::\n", "*", "_", "http://a.example/`", "<http://a.example>", "www.a.example",
    "<http://a.example/`>", "&lt;", "word", "é", "\r\n", "\r",
]  # fmt: skip
sources = st.lists(st.sampled_from(TOKENS), max_size=16).map("".join)
EXTENSIONS = ("table", "strikethrough", "footnotes", "superscript", "subscript", "autolink", "block_directive")


def rendered(source: str, *, extended: bool = True) -> str:
    extensions = comrak.ExtensionOptions()
    for name in EXTENSIONS if extended else ():
        setattr(extensions, name, True)
    return comrak.render_markdown(source + "\n", extensions)


def quoted(source: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in source_lines(source))


HOSTILE = [
    "- `\n- <script>x</script> `",
    "[a](`) <script> `",
    '[a](x "`") <script> `',
    "| `a | <script> |\n|-|-|\n| `a | <script>` |",
    "- x\n\n  ```\n<script>",
    "<!--\n```\n-->\n<script>\n```",
    "<pre>\n```\n</pre>\n<script>",
    "`` ` <script> ` ``\n<script>",
    "\\`<script>`",
    "\\\\<script>",
    "<http://a`> <script> `",
    "<a\nhref=x>",
    "`a\n` <script> `b\n`",
    "> ```\n<script>",
    "```\n<script>\n``` x\n```\n<script>",
    "~~~ `\n<script>\n~~~\n<script>",
    "    ```\n<script>",
    "a\n    ```\n<script>",
    "  ~~~```\n~~~\n<b>",
    "- ~~~\n\n~~~\n<b>",
    "> ~~~\n~~~\n<b>",
    "::: spoiler x\n```\n:::\n<b>",
    "```\n\t```\n<b>",
    "```\n \t```\n<b>",
    "<http://a.example/`>`<b>",
    "http://a.example/`<b>`",
    "http://a.example/\\<b>",
    "www.a.example/`<b>`",
    "a@b.example`<b>`",
]


@given(sources)
def test_no_raw_html_comes_out(source: str) -> None:
    for extended in (True, False):
        assert RAW_HTML not in rendered(quoted(source), extended=extended)


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_html_is_text(source: str) -> None:
    for extended in (True, False):
        assert RAW_HTML not in rendered(quoted(source), extended=extended)


@given(sources)
@example("[1]: http://e.example\n")
@example("::: spoiler x\n```\n:::\n[1]: http://e.example\n")
def test_no_definition_reaches_another_text(source: str) -> None:
    """A text with all that is left of a label, behind the quoted one, is not changed by it."""
    probe = "[1] [a] [x][1] [word] [^1]"
    alone, beside = rendered(probe), rendered(f"{quoted(source)}\n\nzzz\n\n{probe}")
    assert beside.endswith(alone)


@given(sources)
def test_a_text_ends_with_its_quote_marks(source: str) -> None:
    html = rendered(f"{quoted(source)}\n\nzzz\n")
    assert html.endswith("<p>zzz</p>\n")


@given(
    st.lists(st.sampled_from([token for token in TOKENS if "<" not in token and "[" not in token]), max_size=16).map(
        "".join
    )
)
@settings(derandomize=True, max_examples=300)  # parsers have whims with blank ends of lists: the same cases each time
def test_words_look_behind_quote_marks_as_they_did_alone(source: str) -> None:
    alone = rendered(re.sub(r"\r\n?", "\n", source))
    behind = rendered(quoted(source))
    if behind:
        assert re.sub(r"\s+", " ", behind) == re.sub(r"\s+", " ", f"<blockquote>\n{alone}</blockquote>\n")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("`Vec<T>` and a < b <3", "`Vec<T>` and a < b <3"),
        ("```\nx<T>\n[a]: b\n\n\ty\n```", "```\nx<T>\n[a]: b\n\n\ty\n```"),
        ("a <b>bold</b> `<i>`", "a &lt;b>bold&lt;/b> `<i>`"),
        ("see <https://a.example/x> <me@a.example>", "see <https://a.example/x> <me@a.example>"),
        ("[x][1]\n\n[1]: http://e.example", "[x][1]\n\n\\[1]: http://e.example"),
        ("\tcode\n-\ta", "    code\n-   a"),
        ("x\n1. \t\ny", "x\n1.\ny"),
        ("one  \ntwo\r\nthree", "one  \ntwo\nthree"),
    ],
)
def test_source_stays_as_it_is_but_for_what_reaches_further(source: str, shown: str) -> None:
    assert "\n".join(source_lines(source)) == shown


PLAIN = [
    "*x*", "_a_", "snake_case", "# a", "1. b", "1) c", "- d", "+ e", "> f", "&amp;", "<b>", "[g](h)", "![i](j)", "~k~",
    "^l^", "`m`", "---", "===", "| n |", "|-|", "::: o", "\\p", "https://a.example/x_y_~z", "[q]: r", "[^s]",
    "@t@u.example", "```", "~~~", "    v", "\tw", "word", "•", "!", ":", "\\", "1", ".",
]  # fmt: skip
plain_lines = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=5).map(" ".join)
plain_texts = st.lists(st.lists(plain_lines, min_size=1, max_size=3).map("\n".join), max_size=3).map("\n\n".join)


@given(plain_texts)
def test_literal_text_renders_to_the_letter(text: str) -> None:
    html = rendered("\n".join(literal_lines(text)))
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br", "a"}
    shown = re.sub(r"<br />|</p>", "", html)
    shown = re.sub(r"<[^>]*>", "", shown)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, character)
    assert shown.split() == text.split()


@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"]), min_size=1, max_size=12))
def test_inline_code_shows_any_handle(text: str) -> None:
    html = rendered(f"x {code(text)} y")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(entity, character)
    assert html == f"<p>x <code>{text}</code> y</p>\n"


def test_title_is_one_heading_whatever_it_says() -> None:
    for title in ("# a #", "C#", "a # b", "*x* <b>", "1. x", "a\u2028b"):
        html = rendered(f"# {literal(title)}\n\nx")
        assert html.count("<h1>") == 1


def thread(*comments: CommentView, **post: object) -> ThreadView:
    view = factories.thread(comments)
    return replace(view, post=replace(factories.post(), **post))  # type: ignore[arg-type] # any field


def markdown_of(view: ThreadView) -> str:
    return markdown_form(view, site_url=SITE_URL).decode()


def test_thread_reads_in_an_editor() -> None:
    ada = factories.author("ada@far.example")
    view = thread(
        factories.changed(factories.comment(1), author=ada, op=True, source="One *word*.\n\n- list"),
        factories.changed(factories.comment(2), depth=2, source="1. literal", literal=True, approximate=True),
        factories.changed(factories.comment(3), source="", absence=Absence.REMOVED),
        author=ada,
        title="A *title*",
        url="https://soil.example/a b",
        source="A body.",
    )
    assert markdown_of(view) == (
        "# A \\*title\\*\n\n"
        "<https://soil.example/a%20b> · archive: <https://archive.example/20241124/clock-tower>\n\n"
        "`ada@far.example` in `towers@lowmoor.example` · 2024-11-24T13:12:00Z\n\n"
        "<https://hub.example/post/7>\n\n"
        "> A body.\n\n"
        "- `ada@far.example` (original poster) · 2024-11-25T06:12:00Z · <https://hub.example/comment/1>\n\n"
        "  > One *word*.\n  >\n  > - list\n\n"
        "  - `kettleby@hub.example` · about 2024-11-25T06:12:00Z · <https://hub.example/comment/2>\n\n"
        "    > 1\\. literal\n\n"
        "- `kettleby@hub.example` · 2024-11-25T06:12:00Z · removed by moderator · <https://hub.example/comment/3>\n"
    )


def test_imported_thread_says_that_nobody_vouches_for_it() -> None:
    assert " · imported from a file, not verified\n" in markdown_of(thread(imported=True))


def test_replies_are_list_items_below_what_they_answer_and_quotes_are_only_words() -> None:
    forged = "words\n\n- `eve@x.example` · 2024\n\n  > I never said that"
    view = thread(
        factories.changed(factories.comment(1), source=forged),
        factories.changed(factories.comment(2), depth=2, source="answer"),
        source="",
    )
    html = rendered(markdown_of(view))
    outside = re.sub(r"<blockquote>.*?</blockquote>", "", html, flags=re.DOTALL)
    assert outside.count("<li>") == 2
    assert "eve" not in outside


def test_deep_threads_keep_their_levels() -> None:
    depth = 200
    view = thread(
        *(factories.changed(factories.comment(number), depth=number, source="x") for number in range(1, depth + 1))
    )
    html = rendered(markdown_of(view))
    deepest = current = 0
    for tag in re.findall(r"</?ul>", html):
        current += 1 if tag == "<ul>" else -1
        deepest = max(deepest, current)
    assert deepest == depth


def test_branch_has_the_title_and_no_body() -> None:
    view = thread(factories.changed(factories.comment(5), depth=4, source="x"), source="The body", title="A title")
    part = markdown_of(replace(view, root=CommentId(5)))
    assert part.startswith("# A title\n")
    assert "The body" not in part
    assert "\n- `kettleby@hub.example`" in part
