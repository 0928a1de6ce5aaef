"""A reader's look in a browser: chosen without JavaScript and by keyboard, the same on every page, clean for axe."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page

from folkmoot.doors.web.appearance import Theme
from tests.browser.conftest import Reader, Readers
from tests.browser.test_accessibility import TAGS
from tests.doors.web.test_look import theme

pytestmark = pytest.mark.browser

THEMES = [one.value for one in Theme if one is not Theme.SYSTEM]
WISHES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more", "color_scheme": "light"},
    "contrast-dark": {"contrast": "more", "color_scheme": "dark"},
}


def ground(page: Page) -> str:
    """Return the colour of the page as the style sheet would write it."""
    drawn = str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    parts = [int(part) for part in drawn.removeprefix("rgb(").removesuffix(")").split(",")]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def with_look(reader: Reader, look: str) -> Reader:
    reader.page.context.add_cookies([{"name": "look", "value": look, "url": reader.server}])
    return reader


def choose(page: Page, value: str) -> None:
    """Choose a radio button by keyboard."""
    page.locator(f'input[value="{value}"]').focus()
    page.keyboard.press("Space")


def test_look_is_chosen_by_keyboard_without_scripts_and_stays(readers: Readers) -> None:
    reader = readers(scripts=False, color_scheme="light")
    page = reader.open("/appearance")
    for value in ("black", "compact", "125"):
        choose(page, value)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert ground(page) == theme("black")["paper"]
    for path in ("/appearance", "/modlog", "/nowhere"):
        reader.open(path)
        assert ground(page) == theme("black")["paper"]
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert not reader.complaints or all("404" in complaint for complaint in reader.complaints)


def test_reader_is_brought_back_to_where_they_came_from(readers: Readers) -> None:
    page = readers(scripts=False).open("/appearance?back=/modlog")
    choose(page, "dark")
    page.locator("main button").click()
    assert page.url.endswith("/modlog")
    assert ground(page) == theme("dark")["paper"]


@pytest.mark.parametrize("wish", WISHES)
def test_without_a_choice_the_device_decides(readers: Readers, wish: str) -> None:
    page = readers(**WISHES[wish]).open("/appearance")
    assert ground(page) == theme(wish)["paper"]


@pytest.mark.parametrize("name", THEMES)
def test_choice_wins_over_the_device(readers: Readers, name: str) -> None:
    for wish in WISHES.values():
        page = with_look(readers(**wish), f"{name}.regular.100").open("/appearance")
        assert ground(page) == theme(name)["paper"]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("path", ["/appearance", "/sorts", "/modlog"])
def test_every_theme_is_clean(readers: Readers, name: str, path: str) -> None:
    reader = with_look(readers(), f"{name}.roomy.112")
    results = Axe().run(reader.open(path), options={"runOnly": {"type": "tag", "values": TAGS}})
    assert not results.violations_count, results.generate_report()


def test_choices_are_large_enough_for_a_thumb_and_need_no_sideways_scrolling(readers: Readers) -> None:
    page = with_look(readers(width=320, has_touch=True, is_mobile=True), "system.regular.125").open("/appearance")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for label in page.locator("label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["height"] >= 44
