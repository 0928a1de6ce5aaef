"""What a reader does with a page: fold, follow, print, read on a small screen. Most of them without JavaScript."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.doors.web.pages import PAGES

pytestmark = pytest.mark.browser

NARROW = 320
WIDE_TARGET = 24
THUMB = (40, 36)


def box(page: Page, selector: str) -> dict[str, float]:
    found: Any = page.locator(selector).first.bounding_box()
    assert found is not None
    return {name: float(value) for name, value in found.items()}


def style(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    wanted = f"element => getComputedStyle(element, {pseudo!r} || null).getPropertyValue({name!r})"
    return str(page.eval_on_selector(selector, wanted))


def test_branch_is_folded_by_keyboard_without_scripts(readers: Readers) -> None:
    page = readers(scripts=False).open("/gallery/lively")
    fold = page.locator("#c1 > details > summary")
    assert page.locator("#c2").is_visible()
    assert not page.locator("#c1 > .head .folded").is_visible()
    fold.focus()
    page.keyboard.press("Enter")
    assert not page.locator("#c2").is_visible()
    assert not page.locator("#c1 > details > .text").is_visible()
    said = page.locator("#c1 > .head .folded").evaluate("folded => getComputedStyle(folded, '::after').content")
    assert said == '"1 reply hidden"'
    assert page.locator("#c1 > .head time").first.is_visible()
    page.keyboard.press("Space")
    assert page.locator("#c2").is_visible()


def test_fold_says_what_it_hides_and_whether_it_is_open(readers: Readers) -> None:
    page = readers(scripts=False).open("/gallery/lively")
    said = page.locator("#c1 > details").aria_snapshot()
    assert "Wayfarer, comment and 1 reply" in said
    page.locator("#c1 > details > summary").focus()
    page.keyboard.press("Enter")
    assert "Wayfarer, comment and 1 reply" in page.locator("#c1 > details").aria_snapshot()
    assert page.locator("#c1 > details").get_attribute("open") is None


def test_whole_gutter_folds_and_so_does_the_sign_under_the_thumb(readers: Readers) -> None:
    wide = readers(scripts=False, height=1_400).open("/gallery/lively")
    gutter = box(wide, "#c1 > details > summary")
    branch = box(wide, "#c1 > details")
    assert gutter["width"] >= WIDE_TARGET
    assert gutter["y"] + gutter["height"] >= branch["y"] + branch["height"] - 16
    wide.mouse.click(gutter["x"] + gutter["width"] / 2, gutter["y"] + gutter["height"] - 4)
    assert not wide.locator("#c2").is_visible()
    phone = readers(width=390, height=2_000, scripts=False).open("/gallery/lively")
    sign = box(phone, "#c2 > details > summary")
    assert (sign["width"], sign["height"]) == THUMB
    assert sign["x"] + sign["width"] <= 390
    phone.mouse.click(sign["x"] + sign["width"] / 2, sign["y"] + sign["height"] / 2)
    assert not phone.locator("#c2 > details > .text").is_visible()


def test_opening_by_address_unfolds_what_lies_above(readers: Readers) -> None:
    page = readers(scripts=False, height=500).open("/gallery/lively")
    for number in (4, 5):
        page.locator(f"#c{number} > details > summary").focus()
        page.keyboard.press("Enter")
        if number == 4:
            page.keyboard.press("Enter")
    page.locator("#c4 > details > summary").focus()
    page.keyboard.press("Enter")
    assert not page.locator("#c7").is_visible()
    page.goto(page.url + "#c7")
    assert page.locator("#c7").is_visible()
    assert page.locator("#c7 > details > .text").is_visible()
    assert 0 <= box(page, "#c7")["y"] < 500
    assert style(page, "#c7 > .head", "background-color") != style(page, "#c6 > .head", "background-color")


def test_to_leads_to_the_parent_and_skip_past_the_branch(readers: Readers) -> None:
    page = readers(scripts=False, height=400).open("/gallery/lively")
    page.locator("#c13 > .head a", has_text="to Wayfarer").click()
    assert urlsplit(page.url).fragment == "c12"
    page.locator("#c4 .skip").click()
    assert urlsplit(page.url).fragment == "c8"
    assert 0 <= box(page, "#c8")["y"] < 400


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "ar", "en-XA"])
def test_smallest_screen_needs_no_sideways_scrolling(readers: Readers, name: str, language: str) -> None:
    page = readers(width=NARROW, scripts=False).open(f"/gallery/{name}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_wide_table_and_code_scroll_in_their_own_box_and_can_be_reached(readers: Readers) -> None:
    page = readers(width=NARROW, scripts=False).open("/gallery/formatted")
    for kind in (".wide", "pre"):
        found = page.locator(f"#c1 {kind}").first
        assert found.evaluate("element => element.scrollWidth > element.clientWidth")
        assert found.get_attribute("tabindex") == "0"


def test_page_asks_its_own_server_only_and_little_of_it(readers: Readers) -> None:
    reader = readers()
    with reader.page.expect_response("**/static/icons.*") as icons:
        reader.open("/post/1")
    icons.value.finished()
    assert {urlsplit(address).netloc for address in reader.asked} == {urlsplit(reader.server).netloc}
    assert len(reader.asked) <= 4
    again = reader.open("/")
    sent = "performance.getEntriesByType('resource').map(entry => [entry.name, entry.transferSize])"
    what_the_page_needs = {size for name, size in again.evaluate(sent) if "/mark." not in name}
    assert what_the_page_needs == {0}
    assert not reader.page.context.cookies()


@pytest.mark.parametrize("name", PAGES)
def test_browser_has_nothing_to_complain_about(readers: Readers, name: str) -> None:
    reader = readers()
    reader.open(f"/gallery/{name}")
    assert not reader.complaints


def test_scripts_that_got_in_would_not_run(readers: Readers) -> None:
    """The policy alone holds: the page is made to contain what the renderer would never let through."""
    reader = readers()
    page = reader.open("/gallery/lively")
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.got_in = true';
            document.body.append(script);
            document.body.setAttribute('onclick', 'window.got_in = true');
            document.body.click();
        }"""
    )
    assert page.evaluate("window.got_in") is None
    assert any("Content Security Policy" in said for said in reader.complaints)


def test_print_shows_exact_times_and_everything_that_was_folded(readers: Readers) -> None:
    page = readers().open("/gallery/lively")
    page.locator("#c4 > details > summary").focus()
    page.keyboard.press("Enter")
    page.emulate_media(media="print")
    for gone in ("header.bar", "footer", "aside", ".tabs nav", "#c1 > details > summary", ".deeds", ".forms"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator("#c7 > details > .text").is_visible()
    assert style(page, "#c1 time", "font-size") == "0px"
    assert style(page, "#c1 time", "content", "::after") == "attr(title)" or re.match(
        r'"25 November 2024, 07:12 UTC"', style(page, "#c1 time", "content", "::after")
    )
    assert page.locator(".address").inner_text() == "https://hollow.example/post/7"
    assert "lecourrier.example/2024" in style(page, ".strip a.out", "content", "::after")


def test_a_chain_of_2000_replies_can_be_read_to_its_end_on_a_phone(readers: Readers) -> None:
    page = readers(width=NARROW, scripts=False).open("/gallery/deepest#c2000")
    last = page.locator("#c2000 > details > .text")
    assert last.inner_text() == "Level 2000."
    assert 0 <= box(page, "#c2000")["y"] < 900
    assert box(page, "#c2000")["width"] >= 150
    assert "level 2,000" in page.locator("#c2000 > .head").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert page.locator("#c2001").count() == 1


def test_thread_of_1000_comments_draws_only_what_is_looked_at(readers: Readers) -> None:
    page = readers(scripts=False).open("/gallery/long")
    assert style(page, ".comments > li", "content-visibility") == "auto"
    page.goto(page.url + "#c1000")
    assert page.locator("#c1000 > details > .text").is_visible()
    assert 0 <= box(page, "#c1000")["y"] < 900


@pytest.mark.parametrize("wishes", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_everything_that_takes_the_focus_shows_it(readers: Readers, wishes: dict[str, Any]) -> None:
    page = readers(**wishes).open("/gallery/formatted")
    focusable = page.locator(":is(a[href], summary, [tabindex='0']):visible").count()
    seen: set[str] = set()
    for _ in range(focusable):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            """() => {
                const element = document.activeElement;
                const rings = [getComputedStyle(element), getComputedStyle(element, '::before')];
                const drawn = rings.some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
                return [element.outerHTML.slice(0, 80), drawn];
            }"""
        )
        assert ring[1], ring[0]
        seen.add(ring[0])
    assert len(seen) > focusable / 2


@pytest.mark.parametrize(
    ("setting", "paper"),
    [
        ("light", "rgb(253, 252, 249)"),
        ("dark", "rgb(24, 23, 21)"),
        ("black", "rgb(0, 0, 0)"),
        ("contrast", "rgb(255, 255, 255)"),
        ("contrast-dark", "rgb(0, 0, 0)"),
    ],
)
def test_readers_setting_wins_over_the_systems_wish(readers: Readers, setting: str, paper: str) -> None:
    for scheme in ("light", "dark"):
        page = readers(color_scheme=scheme, contrast="more").open("/gallery/lively")
        page.evaluate("setting => document.documentElement.dataset.theme = setting", setting)
        assert style(page, "body", "background-color") == paper


def test_right_to_left_hangs_the_gutter_on_the_other_side(readers: Readers) -> None:
    page = readers(scripts=False).open("/gallery/arabic?lang=ar")
    gutter, text = box(page, "#c1 > details > summary"), box(page, "#c1 > details > .text")
    assert gutter["x"] >= text["x"] + text["width"] - 8
    english = box(page, "#c7 > details > .text p")
    assert page.locator("#c7 > details > .text p").evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert english["x"] >= 0


def test_imported_thread_is_served_with_its_own_order_and_without_points(readers: Readers) -> None:
    reader = readers(scripts=False)
    page = reader.open("/post/1")
    assert page.locator("h1").inner_text() == "The harbour office wants to move the old crane, the paper says."
    assert page.locator(".imported").inner_text().startswith("imported from a file, not verified")
    assert page.locator(".strip").inner_text() == "archived copy, address not known"
    assert page.locator(".tabs a[aria-current]").inner_text() == "As shown"
    page.locator(".tabs a", has_text="Old").click()
    assert page.locator(".tabs a[aria-current]").inner_text() == "Old"
    assert not page.get_by_text("points").count()
    for kind in ("text", "Markdown", "JSON", "feed"):
        link = page.locator(".forms a", has_text=re.compile(f"^{kind}$"))
        assert page.request.get(reader.server + (link.get_attribute("href") or "")).status == 200
    assert not reader.complaints


def test_every_link_of_the_front_page_and_the_thread_answers(readers: Readers) -> None:
    reader = readers(scripts=False)
    waiting, seen = ["/", "/post/1"], set[str]()
    while waiting:
        address = waiting.pop()
        page = reader.open(address)
        for link in page.locator("a[href^='/'], link[href^='/']").all():
            path = (link.get_attribute("href") or "").partition("#")[0]
            if path not in seen:
                seen.add(path)
                assert page.request.get(reader.server + path).status == 200, path
                if path.startswith("/?") or path == "/post/1":
                    waiting.append(path)
    assert "/post/1" in seen
