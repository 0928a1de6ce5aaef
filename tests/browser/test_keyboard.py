"""By the keyboard alone a reader sees where they are, gets everywhere, and is trapped nowhere. No mouse, no scripts."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Readers, serving

pytestmark = pytest.mark.browser

MOST_STOPS = 1_200
HIGHEST_STEP_BACK_PX = 120
"""So far up goes the eye from the end of a line in a list: from the talk beside a title and its excerpt."""
PHONE = {"width": 390, "height": 844}

STOP = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const box = element.getBoundingClientRect();
    const rings = [getComputedStyle(element), getComputedStyle(element, '::before')];
    const link = element.closest('a');
    const places = [...document.querySelectorAll('*')];
    return {
        name: (element.labels?.[0] ?? element).innerText.trim() || element.getAttribute('aria-label') || '',
        href: link ? link.getAttribute('href') : '',
        place: places.indexOf(element),
        ring: rings.some(one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2),
        shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && box.right > 0 && box.left < innerWidth,
        top: box.top + scrollY,
        inside: ['main', 'aside', 'header', 'footer'].find(name => element.closest(name)) ?? '',
    };
}"""
FOCUSABLE = ":is(a[href], button, input:not([type=hidden]), summary, [tabindex='0']):visible"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus is. `place` is the element's number in the document, `top` how far down the page it stands."""

    name: str
    href: str
    place: int
    ring: bool
    shown: bool
    top: float
    inside: str


class Walker:
    """Somebody who has only the keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> Stop | None:
        self.page.keyboard.press(key)
        found: Any = self.page.evaluate(STOP)
        if found is None:
            return None
        stop = Stop(**found)
        assert stop.ring, f"nothing shows that the focus is on {stop}"
        assert stop.shown, f"the focus is where nobody sees it: {stop}"
        return stop

    def go(self, name: str, *, key: str = "Tab") -> Stop:
        """Press a key until the focus is on what is called so; a whole name, or the beginning of one before "…"."""
        passed = []
        for _ in range(MOST_STOPS):
            stop = self.press(key)
            if stop is not None and (stop.name == name or (name[-1] == "…" and stop.name.startswith(name[:-1]))):
                return stop
            passed.append(stop and stop.name)
        pytest.fail(f"{name!r} is not to be reached on {self.page.url}: {passed}")

    def follow(self, name: str, *, key: str = "Tab") -> str:
        """Go there, press Enter, and give the address that it led to."""
        self.go(name, key=key)
        return self.enter()

    def enter(self) -> str:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return re.sub(r"^https?://[^/]+", "", self.page.url)


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample site: its address, the post with more comments than a page has, a comment that was edited."""

    address: str
    busy: str
    edited: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    home = tmp_path_factory.mktemp("demo")
    with serving([sys.executable, "-m", "tests.browser.demo_site", str(home)], home) as said:
        yield Demo(*said.split())


@pytest.fixture
def walkers(browser: Browser, demo: Demo) -> Iterator[Readers]:
    opened = Readers(browser, demo.address)
    yield opened
    opened.close()


KINDS = (
    "/",
    "/?after=nonsense",
    "/c/towpath?sort=new",
    "/post/1",
    "/comment/{edited}",
    "/comment/{edited}/history",
    "/post/1/more",
    "/u/maren?show=comments",
    "/communities",
    "/modlog",
    "/menu",
    "/about",
    "/appearance",
    "/sorts",
    "/nowhere",
)


def all_stops(walker: Walker) -> list[Stop]:
    """Press Tab until it begins anew."""
    stops: list[Stop] = []
    while (stop := walker.press("Tab")) is not None and stop not in stops[:1]:
        stops.append(stop)
        assert len(stops) < MOST_STOPS, "there is no way out"
    return stops


@pytest.mark.parametrize("wishes", [{}, PHONE, {"forced_colors": "active"}], ids=["wide", "phone", "forced-colors"])
@pytest.mark.parametrize("kind", KINDS)
def test_focus_is_seen_comes_in_order_and_gets_out_again(
    walkers: Readers, demo: Demo, kind: str, wishes: dict[str, Any]
) -> None:
    page = walkers(scripts=False, **wishes).open(kind.replace("{edited}", demo.edited))
    walker = Walker(page)
    stops = all_stops(walker)
    places = [stop.place for stop in stops]
    assert places == sorted(set(places))
    inside = [stop.inside for stop in stops if stop.inside]
    assert list(dict.fromkeys(inside)) == [part for part in ("header", "main", "aside", "footer") if part in inside]
    for before, after in pairwise(stops):
        assert after.inside != before.inside or after.top > before.top - HIGHEST_STEP_BACK_PX, (before, after)
    groups = page.locator("fieldset").count()
    assert len(stops) == page.locator(FOCUSABLE).count() - page.locator("input[type=radio]").count() + groups
    assert all(stop.name for stop in stops)
    back = walker.press("Shift+Tab") or walker.press("Shift+Tab")
    assert back is not None
    assert back.inside in ("footer", "")


def test_skip_link_leads_to_the_content(walkers: Readers) -> None:
    walker = Walker(walkers(scripts=False).open("/"))
    first = walker.press("Tab")
    assert first is not None
    assert first.name == "Skip to content"
    walker.page.keyboard.press("Enter")
    second = walker.press("Tab")
    assert second is not None
    assert second.inside == "main"


def test_lists_are_walked(walkers: Readers) -> None:
    walker = Walker(walkers(scripts=False).open("/"))
    assert walker.follow("Local") == "/?feed=local"
    assert walker.follow("New") == "/?feed=local&sort=new"
    assert walker.follow("More") == "/sorts?of=/%3Ffeed%3Dlocal%26sort%3Dnew"
    assert "sort=old" in walker.follow("Old")
    assert walker.follow("Next page").startswith("/?")
    assert "after=" in walker.page.url
    assert "after=" not in walker.follow("Start of the list")
    assert walker.follow("Communities") == "/communities"
    assert walker.follow("The towpath") == "/c/towpath"
    assert walker.follow("New") == "/c/towpath?sort=new"
    assert walker.follow("Comments") == "/c/towpath?show=comments"
    assert walker.follow("kettleby") == "/u/kettleby"
    assert "show=posts" in walker.follow("Posts")
    assert walker.follow("Modlog") == "/modlog"
    assert walker.follow("About", key="Shift+Tab") == "/about"
    walker.page.go_back()
    assert walker.page.url.endswith("/modlog")
    assert walker.press("Tab") is not None


def test_thread_is_walked(walkers: Readers, demo: Demo) -> None:
    """From the end of a long page one goes backwards: that is nearer."""
    walker = Walker(walkers(scripts=False).open(f"/post/{demo.busy}"))
    assert walker.follow("Old") == f"/post/{demo.busy}?sort=old#comments"
    assert "from=" in walker.follow("Load …", key="Shift+Tab")
    assert "from=" not in walker.follow("First comments")
    walker.page.goto(walker.page.url.partition("#")[0])
    assert walker.follow("Continue this branch …").startswith("/comment/")
    assert "context=" in walker.follow("Show 5 earlier comments")
    assert walker.follow("All 539 comments").startswith(f"/post/{demo.busy}?all=1")
    walker.page.goto(f"{demo.address}/comment/{demo.edited}")
    assert walker.follow("edited …") == f"/comment/{demo.edited}/history"
    assert "#" not in walker.follow("Back …")
    assert walker.follow("More") == f"/comment/{demo.edited}/more"
    assert walker.follow("Its author") == "/u/kettleby"


@pytest.mark.parametrize("wishes", [{}, PHONE], ids=["wide", "phone"])
def test_focus_below_a_long_thread_stays_in_sight(walkers: Readers, demo: Demo, wishes: dict[str, Any]) -> None:
    """Comments that are drawn only when they come near take their height after the focus has gone past them."""
    walker = Walker(walkers(scripts=False, **wishes).open(f"/post/{demo.busy}?all=1"))
    walker.press("Shift+Tab")
    for _ in range(3):  # frames
        walker.page.screenshot()
    found: Any = walker.page.evaluate(STOP)
    assert found["inside"] == "footer"
    assert found["shown"]


def test_branch_is_folded_and_found_again(walkers: Readers, demo: Demo) -> None:
    walker = Walker(walkers(scripts=False).open(f"/comment/{demo.edited}"))
    open_ones = walker.page.locator("details[open]").count()
    walker.go("kettleby, comment and …")
    for key, folded in (("Enter", 1), ("Space", 0), ("Space", 1)):
        walker.press(key)
        assert walker.page.locator("details:not([open])").count() == folded
    after = walker.press("Tab")
    assert after is not None
    assert after.inside == "main"
    walker.press("Shift+Tab")
    walker.press("Enter")
    assert walker.page.locator("details[open]").count() == open_ones


def test_look_is_chosen_and_kept(walkers: Readers) -> None:
    walker = Walker(walkers(scripts=False, **PHONE).open("/"))
    assert walker.follow("Menu") == "/menu"
    assert walker.follow("Appearance") == "/appearance"
    walker.go("Aa\nAa\nSame as this device…")
    walker.page.keyboard.press("ArrowDown")
    walker.page.keyboard.press("ArrowDown")
    walker.follow("Save")
    assert walker.page.locator("html").get_attribute("data-theme") == "dark"
    walker.page.goto(walker.page.url.partition("?")[0] + "/nowhere")
    assert walker.page.locator("html").get_attribute("data-theme") == "dark"
    assert walker.follow("Front page") == "/"


def test_list_is_made_denser_beside_itself(walkers: Readers) -> None:
    walker = Walker(walkers(scripts=False).open("/?sort=new"))
    assert walker.follow("Compact") == "/?sort=new"
    assert walker.page.locator("html").get_attribute("data-density") == "compact"


def test_modlog_is_asked_for_one_community(walkers: Readers) -> None:
    walker = Walker(walkers(scripts=False).open("/modlog"))
    walker.go("Of one community")
    walker.page.keyboard.type("towpath")
    assert walker.enter() == "/modlog?community=towpath"
    assert walker.follow("all communities") == "/modlog"
