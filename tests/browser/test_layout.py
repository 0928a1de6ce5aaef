"""Things stand where the eye expects them: on a phone, in large letters, right to left, whatever people wrote."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Readers
from tests.doors.web.pages import PAGES

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"width": 360, "has_touch": True, "is_mobile": True}
LANGUAGES = ("en", "de", "ar", "en-XA")
LONG_NAME = "Photographs of canals, locks and narrow boats"
EDGE_PX = 1.5

LINES = """selectors => selectors.map(selector => [...document.querySelectorAll(selector)].map(element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange(), boxes = [];
    while (texts.nextNode()) {
        range.selectNodeContents(texts.currentNode);
        boxes.push(...[...range.getClientRects()].filter(box => box.width > 1));
    }
    return boxes.map(box => [box.left, box.top, box.right, box.bottom]);
}))"""
"""For each selector and each element that it finds: where the pieces of its text stand."""

Box = tuple[float, float, float, float]


def texts(page: Page, *selectors: str) -> list[list[list[Box]]]:
    found: Any = page.evaluate(LINES, list(selectors))
    return [[[tuple(box) for box in element] for element in elements] for elements in found]


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1


def large(page: Page) -> None:
    """Do what a reader does who has set letters of twice the size."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("score", ["1,046", "12,408"])
def test_points_of_a_busy_post_stay_in_one_line_beside_its_title(readers: Readers, width: int, score: str) -> None:
    page = readers(width=width, scripts=False).open("/gallery/front")
    drawn = page.locator(".score").first
    drawn.evaluate("(one, score) => { one.dataset.n = score; one.style.alignSelf = 'start' }", score)
    assert drawn.evaluate("one => one.clientHeight < 1.5 * parseFloat(getComputedStyle(one).lineHeight)")
    assert drawn.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["front", "roomy", "compact", "communities", "person"])
def test_names_have_the_width_of_a_phone_and_the_talk_its_own_place(readers: Readers, name: str, language: str) -> None:
    page = readers(scripts=False, **PHONE).open(f"/gallery/{name}?lang={language}")
    places = page.locator(".posts article:not(.said-on) .place a")
    places.evaluate_all("(places, name) => places.forEach(place => { place.textContent = name })", LONG_NAME)
    for number, article in enumerate(page.locator(".posts article:not(.said-on)").all()):
        article.evaluate("(one, number) => { one.id = 'article' + number }", number)
        [talk], pieces = texts(page, f"#article{number} .talk", f"#article{number} .meta > *")
        assert not any(overlap(said, piece) for said in talk for boxes in pieces for piece in boxes)
        [place] = texts(page, f"#article{number} .place") if name != "communities" else [[]]
        assert all(len({round(box[1]) for box in boxes}) <= 2 for boxes in place)


@pytest.mark.parametrize("name", PAGES)
def test_letters_of_twice_the_size_need_no_sideways_scrolling(readers: Readers, name: str) -> None:
    page = readers(**PHONE).open(f"/gallery/{name}")
    large(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_large_letters_send_the_aside_below(readers: Readers) -> None:
    page = readers().open("/gallery/front")
    large(page)
    main, aside = (page.locator(name).bounding_box() for name in ("main", "aside"))
    assert main is not None
    assert aside is not None
    assert aside["y"] >= main["y"] + main["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_community_above_a_thread_begins_at_the_edge_and_stands_on_one_line(readers: Readers, language: str) -> None:
    page = readers(scripts=False).open(f"/gallery/lively?lang={language}")
    [name], [address] = (
        [box for boxes in found for box in boxes] for found in texts(page, ".crumb b", ".crumb bdi[dir]")
    )
    assert abs(name[3] - address[3]) <= EDGE_PX
    edge = page.locator(".post").bounding_box()
    assert edge is not None
    if language == "ar":
        assert abs(name[2] - edge["x"] - edge["width"]) <= EDGE_PX
        assert name[0] - address[2] >= 8
    else:
        assert abs(name[0] - edge["x"]) <= EDGE_PX
        assert address[0] - name[2] >= 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["lively", "hostile"])
def test_every_line_above_a_comment_begins_at_its_edge(readers: Readers, name: str, language: str) -> None:
    """Marks and ages that find no room beside a long name go on below it, not somewhere."""
    page = readers(scripts=False, **PHONE).open(f"/gallery/{name}?lang={language}")
    found: Any = page.evaluate(
        """rtl => [...document.querySelectorAll('.head')].map(head => {
            const own = head.getBoundingClientRect(), padding = 4;
            const parts = head.querySelectorAll('.who a, .mark, .when > span:not(.folded) > *');
            return [...parts].filter(part => part.getClientRects().length).map(part => {
                const box = part.getBoundingClientRect();
                const out = rtl ? own.right - box.right : box.left - own.left;
                return [out - padding, (box.top + box.bottom) / 2];
            });
        })""",
        language == "ar",
    )
    assert found
    for parts in found:
        for before, part in pairwise(parts):
            if part[1] > before[1] + 8:
                assert abs(part[0]) <= 3, parts


@pytest.mark.parametrize(("language", "side", "other"), [("en", "left", "rtl"), ("ar", "right", "ltr")])
def test_titles_of_a_list_keep_one_edge_whichever_way_they_run(
    readers: Readers, language: str, side: str, other: str
) -> None:
    for page, selector in (("front", ".posts h2"), ("person", ".title h1"), ("community", ".title h1")):
        opened = readers(scripts=False).open(f"/gallery/{page}?lang={language}")
        title = opened.locator(selector).first
        title.evaluate("(title, way) => { title.dir = way }", other)
        assert title.evaluate("title => getComputedStyle(title).textAlign").endswith(side)


def test_headings_of_all_pages_begin_at_one_height_and_empty_ones_have_one_size(readers: Readers) -> None:
    reader = readers(scripts=False)
    tops, sizes = set(), set()
    for name in ("communities", "modlog", "community", "about", "sorts", "menu"):
        tops.add(reader.open(f"/gallery/{name}").locator("h1").evaluate("title => title.getBoundingClientRect().top"))
    for name in ("empty", "modlog-community", "no-communities", "new-person"):
        sizes.add(
            reader.open(f"/gallery/{name}").locator(".plain h2").evaluate("title => getComputedStyle(title).fontSize")
        )
    assert len(tops) == 1
    assert len(sizes) == 1


def test_foot_shows_which_of_its_pages_this_is(readers: Readers) -> None:
    page = readers(scripts=False).open("/gallery/about")
    here, there = (page.locator(f".foot a[href='{path}']") for path in ("/about", "/appearance"))
    weights = [link.evaluate("link => getComputedStyle(link).fontWeight") for link in (here, there)]
    assert weights == ["600", "400"]


@pytest.mark.parametrize("wishes", [{"contrast": "more"}, {"forced_colors": "active"}])
def test_comment_that_is_meant_has_one_frame(readers: Readers, wishes: dict[str, Any]) -> None:
    page = readers(scripts=False, **wishes).open("/gallery/context")
    for part, sides in ((".head", "1px 1px 0px"), ("details > .text", "0px 1px 1px")):
        drawn = page.locator(f".focus > li > {part}").evaluate("part => getComputedStyle(part).borderWidth")
        assert drawn == sides
    head, text = (page.locator(f".focus > li > {part}").bounding_box() for part in (".head", "details > .text"))
    assert head is not None
    assert text is not None
    assert abs(head["y"] + head["height"] - text["y"]) < 1
    assert (head["x"], head["width"]) == (text["x"], text["width"])


def test_forced_colours_leave_the_line_under_the_tabs_whole(readers: Readers) -> None:
    page = readers(scripts=False, forced_colors="active").open("/gallery/lively")
    tab = page.locator(".tabs a:not([aria-current])").first
    assert tab.evaluate("tab => getComputedStyle(tab).borderBlockEndColor") == "rgba(0, 0, 0, 0)"


def test_choices_in_large_letters_are_not_squeezed_into_a_corner(readers: Readers) -> None:
    page = readers(**PHONE).open("/gallery/appearance")
    large(page)
    for title in page.locator(".choices label > span:last-child").all():
        box = title.bounding_box()
        assert box is not None
        assert box["width"] >= PHONE["width"] / 2
