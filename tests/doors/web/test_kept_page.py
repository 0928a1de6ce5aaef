"""A page that was exported can be read without a server, and leads back to where it came from."""

import pytest

from folkmoot.doors.web.kept_page import kept_page
from tests.doors.web.factories import frame
from tests.doors.web.markup import elements, one, parsed
from tests.doors.web.pages import PAGES

OURS = "https://hollow.example"


@pytest.mark.parametrize("name", ["lively", "imported", "hostile", "formatted"])
def test_kept_page_asks_for_nothing_and_its_links_are_whole(name: str) -> None:
    kept = kept_page(PAGES[name](frame()), OURS)
    tree = parsed(kept)
    assert [link.get("rel") for link in elements(tree, "link")] == ["canonical", *["alternate"] * 4]
    sheet = one(tree, "style").text or ""
    assert "--paper: #fdfcf9" in sheet
    assert 'url("data:image/svg+xml,%3Csvg' in sheet
    assert "url(icons" not in sheet
    for link in elements(tree, "a"):
        assert (link.get("href") or "").startswith(("#", "https:", "magnet:")), link.get("href")
    assert f'href="{OURS}/post/7.txt"' in kept


def test_kept_page_says_what_the_page_says() -> None:
    page = PAGES["lively"](frame())
    kept = kept_page(page, OURS)
    assert kept.partition("<main")[2].replace(OURS, "") == page.partition("<main")[2].replace(OURS, "")
