"""The style sheet keeps what the look promises: contrast computed from its tokens, themes that agree, weights."""

import gzip
import re
from functools import cache

import pytest

from folkmoot.doors.web.static_files import sheet_source, static_files
from tests.doors.web.factories import frame
from tests.doors.web.pages import PAGES
from tests.doors.web.talks import drawn_thread, listed, node_of, talk_of
from tests.doors.web.threads import lively_thread, long_thread

KB = 1_000
SHEET = sheet_source()
TOKENS = SHEET.partition("@layer base")[0]
SYSTEM = ":root:not([data-theme])"
WISHES = {
    "dark": "@media (prefers-color-scheme: dark)",
    "contrast": "@media (prefers-contrast: more)",
    "contrast-dark": "@media (prefers-contrast: more) and (prefers-color-scheme: dark)",
}
THEMES = ("light", "dark", "black", "contrast", "contrast-dark")

TEXT = [
    *((ink, ground) for ink in ("ink", "ink2", "ink3", "woad", "madder", "oak") for ground in ("paper", "sunk")),
    *((ink, "weld-tint") for ink in ("ink", "ink2", "ink3", "weld")),
    *((ink, "raised") for ink in ("ink", "ink2")),
    ("visited", "paper"),
    ("madder", "madder-tint"),
    ("ink3", "oak-tint"),
    ("on-woad", "woad"),
]
SHAPES = [("edge", "paper"), ("edge", "sunk"), ("focus", "paper"), ("focus", "sunk"), ("focus", "weld-tint")]


def tokens_in(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block))


@cache
def theme(name: str) -> dict[str, str]:
    """Return the colours of a reader's setting."""
    [light] = re.findall(r'\n  :root, \[data-theme="light"\] \{(.*?)\n  \}', SHEET, re.DOTALL)
    colours = tokens_in(light)
    for selector, block in re.findall(r'\n  (\[data-theme="[^{]*)\{(.*?)\}', SHEET, re.DOTALL):
        if f'"{name}"' in selector:
            colours |= tokens_in(block)
    return colours


def luminance(colour: str) -> float:
    """Source: WCAG 2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Source: WCAG 2, contrast ratio."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("colour", "ground"), TEXT)
def test_text_is_readable_in_every_theme(name: str, colour: str, ground: str) -> None:
    enough = 7 if name.startswith("contrast") else 4.5
    assert contrast(theme(name)[colour], theme(name)[ground]) >= enough


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("colour", "ground"), SHAPES)
def test_edges_and_rings_can_be_seen_in_every_theme(name: str, colour: str, ground: str) -> None:
    assert contrast(theme(name)[colour], theme(name)[ground]) >= 3


@pytest.mark.parametrize("name", WISHES)
def test_the_systems_wish_gives_the_same_colours_as_the_readers_setting(name: str) -> None:
    block = re.escape(WISHES[name]) + r" \{\s*" + re.escape(SYSTEM) + r" \{(.*?)\}"
    [wished] = re.findall(block, TOKENS, re.DOTALL)
    assert tokens_in(wished) == theme(name)


def test_every_theme_has_every_colour() -> None:
    assert len({frozenset(theme(name)) for name in THEMES}) == 1


def test_sheet_uses_logical_properties_only() -> None:
    rules = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
    physical = re.compile(
        r"(?<![-\w])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|float)\s*:(?!\s*inline-)"
    )
    assert not physical.findall(rules)


def test_sheet_names_no_other_host_and_no_data() -> None:
    addresses = re.findall(r"url\(([^)]*)\)", static_files()["look.css"].body.decode())
    assert addresses
    assert all(re.fullmatch(r"icons\.[0-9a-f]{12}\.svg", address) for address in addresses)
    assert "@import" not in SHEET


def test_style_sheet_keeps_its_weight() -> None:
    sheet = static_files()["look.css"]
    assert len(sheet.body) <= 32 * KB
    assert len(sheet.packed) <= 8 * KB


def test_comment_keeps_its_weight() -> None:
    """Markup only: the texts are what people wrote."""
    view = lively_thread()
    drawn = listed(view, talk_of(view, list(map(node_of, view.comments))), frame()).markup.decode()
    texts = sum(len(comment.html) for comment in view.comments)
    assert (len(drawn.encode()) - texts) / len(view.comments) <= 900
    heaviest = max(drawn.split("<li id="), key=lambda part: len(re.findall(r"<[a-z]", part)))
    assert len(re.findall(r"<[a-z]", heaviest)) + 1 <= 26


@pytest.mark.parametrize("name", ["context", "cut"])
def test_parts_and_pages_of_comments_keep_the_weight_of_a_comment(name: str) -> None:
    page = PAGES[name](frame())
    talk = page[page.index('<section id="comments"') : page.index("</section>")]
    texts = sum(len(text) for text in re.findall(r"<div class=text[^>]*>(.*?)</div>", talk, re.DOTALL))
    assert (len(talk.encode()) - texts - 1_000) / talk.count("<li id=c") <= 900


def test_thread_of_200_comments_keeps_its_weight() -> None:
    page = drawn_thread(long_thread(200), frame()).encode()
    assert len(gzip.compress(page, 6)) <= 50 * KB


def test_front_page_keeps_its_weight() -> None:
    page = PAGES["front"](frame()).encode()
    assert len(gzip.compress(page * 2, 6)) <= 8 * KB
