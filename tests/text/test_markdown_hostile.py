"""What a stranger writes to break the page, the browser, or the house."""

import threading

import pytest

from bench.hostile_texts import hostile_texts
from folkmoot.text.markdown import Rendered, render_literal, render_markdown
from tests.text.well_formed import assert_harmless, assert_text_form

_CHARS = 20_000
_HOSTILE = hostile_texts(_CHARS)
_SMALL_STACK_BYTES = 256 * 1024

_SCRIPTS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//e.example>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "</p></div></article><h1>Mine</h1>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<form action=//e.example><input name=x>",
    "<base href=//e.example>",
    "<meta http-equiv=refresh content=0>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](java\ufdd4script:alert(1))",
    "[x](java&#xFDD4;script:alert(1))",
    "[x](java%EF%B7%94script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\u200bjavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://e.example/x.png)',
    '![x](https://e.example/x.png"onerror="alert(1))',
    "[x](https://e.example/ '\" onmouseover=\"alert(1)')",
    '[x](https://e.example/"onmouseover="alert(1))',
    '```"><script>alert(1)</script>\nx\n```',
    '::: spoiler "><script>alert(1)</script>\nx\n:::',
    '::: "><script>alert(1)</script>\nx\n:::',
    "[^<script>alert(1)</script>]\n\n[^<script>alert(1)</script>]: x",
    "{<script>alert(1)</script>|<img src=x onerror=alert(1)>}",
    "{&lt;script&gt;alert(1)&lt;/script&gt;|&quot;&gt;x}",
    '@"onclick="alert(1)@e.example @a@e.example"onclick="alert(1)',
    "@a@e.example&#34;onclick=&#34;alert(1)",
    "|<script>alert(1)</script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "https://e.example/<script>alert(1)</script>",
    "https://e.example/'onmouseover='alert(1)",
    'https://e.example/"onmouseover="alert(1)',
    "\ufdd0a\ufdd3e.example\ufdd1 &#xFDD0;a&#xFDD3;e.example &#xFDD5;0&#xFDD5; &#xFDD9;script>",
    "\u202e\u2066<script>\u2069",
    "<<script>alert(1)//<</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ud800<script>\udc00",
)


@pytest.mark.parametrize("source", _SCRIPTS)
@pytest.mark.parametrize("around", ["{}", "> - {}", "**{}**", "[{}](https://a.example)", "::: spoiler {}\nx"])
def test_script_in_any_disguise_is_text(source: str, around: str) -> None:
    rendered = render_markdown(around.replace("{}", source))
    assert_harmless(rendered)
    assert_text_form(rendered.text)
    assert_harmless(render_literal(source))


@pytest.mark.parametrize("name", list(_HOSTILE))
def test_costly_text_is_rendered_like_any_other(name: str) -> None:
    rendered = render_markdown(_HOSTILE[name])
    assert_text_form(rendered.text)
    assert_bounded(rendered)


def assert_bounded(rendered: Rendered) -> None:
    """Demand that neither the page nor the depth of its elements can grow without end."""
    assert len(rendered.html) <= 20 * _CHARS
    depth = deepest = 0
    for tag in rendered.html.split("<")[1:]:
        if tag.startswith("/"):
            depth -= 1
        elif not tag.startswith(("br>", "hr>")):
            depth += 1
        deepest = max(deepest, depth)
    assert depth == 0
    assert deepest <= 60


@pytest.mark.parametrize(
    "source", ["a@b.example " * 4_000, "*a " * 16_000, ">" * 50_000, "[" * 50_000, "^[a" * 15_000], ids=lambda s: s[:4]
)
def test_rendering_needs_little_stack(source: str) -> None:
    """A parser that calls itself for each of these ends the process, not the call: hence a thread with little of it."""
    rendered: list[Rendered] = []
    before = threading.stack_size(_SMALL_STACK_BYTES)
    try:
        thread = threading.Thread(target=lambda: rendered.append(render_markdown(source)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert_text_form(rendered[0].text)


def test_mail_addresses_of_a_person_are_links_a_flood_is_not() -> None:
    html = render_markdown("a@b.example " * 1_000).html
    assert html.count("mailto:") == 100
    assert html.count("a@b.example") == 1_100


def test_empty_cells_of_a_table_cannot_fill_the_memory() -> None:
    source = "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n" + "a\n" * 20_000
    assert "<td" not in render_markdown(source).html
    assert "<td" in render_markdown("|a|b|\n|-|-|\n" + "|c|\n" * 1_000).html
