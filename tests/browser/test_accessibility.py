"""No page has a fault that axe can find, however it is looked at."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has no types

from tests.browser.conftest import Readers
from tests.doors.web.pages import PAGES

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
VIEWS: dict[str, tuple[dict[str, Any], str]] = {
    "dark": ({"color_scheme": "dark"}, "en"),
    "contrast": ({"contrast": "more"}, "en"),
    "contrast-dark": ({"contrast": "more", "color_scheme": "dark"}, "en"),
    "forced-colors": ({"forced_colors": "active"}, "en"),
    "phone": (PHONE, "en"),
    "right-to-left": ({}, "ar"),
    "mirrored": ({}, "ar-XB"),
    "accented": (PHONE, "en-XA"),
}
LOOKED_AT = (
    *("lively", "imported", "front", "compact", "roomy", "community", "comments", "person", "communities"),
    *("context", "history", "more", "modlog", "appearance", "error-404"),
)

BY_READERS = {"formatted": ["heading-order"], "hostile": ["heading-order"]}
"""A text of somebody's may begin with a heading of any level."""


def findings(reader_of: Readers, page: str, language: str, wishes: dict[str, Any]) -> str:
    """Return what axe has to say, nothing at best. Lists at the top are drawn whole, as when they are scrolled to."""
    reader = reader_of(**wishes)
    opened = reader.open(f"/gallery/{page}?lang={language}")
    height = opened.evaluate("document.documentElement.scrollHeight")
    opened.set_viewport_size({"width": wishes.get("width", 1280), "height": min(height + 2_000, 12_000)})
    rules = {rule: {"enabled": False} for rule in BY_READERS.get(page, [])}
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules, "resultTypes": ["violations"]}
    results = Axe().run(opened, options=options)
    assert not reader.complaints
    return results.generate_report() if results.violations_count else ""


@pytest.mark.parametrize("page", PAGES)
def test_page_has_no_finding(readers: Readers, page: str) -> None:
    report = findings(readers, page, "en", {})
    assert not report, report


@pytest.mark.parametrize("page", LOOKED_AT)
@pytest.mark.parametrize("view", VIEWS)
def test_page_has_no_finding_however_it_is_looked_at(readers: Readers, page: str, view: str) -> None:
    wishes, language = VIEWS[view]
    report = findings(readers, page, language, wishes)
    assert not report, report
