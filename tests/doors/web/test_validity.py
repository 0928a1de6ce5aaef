"""Every page is valid HTML, says nothing inline, leads nowhere that does not exist, and cannot be broken out of."""

import re
from itertools import pairwise

import pytest

from tests.doors.web.factories import frame
from tests.doors.web.markup import elements, one, parsed, shown
from tests.doors.web.pages import PAGES
from tests.doors.web.talks import drawn_thread
from tests.doors.web.threads import HOSTILE, deep_thread

KNOWN_PATHS = re.compile(
    r"(/|/(front|communities)\.(rss|json)|/communities|/modlog|/sorts|/[cu]/[^/?#]+)(\?[a-z]+=[^&#]+(&[a-z]+=[^&#]+)*)?(#about)?"
    r"|/menu|/about|/appearance|/manifest\.webmanifest|/static/.+"
    r"|/post/\d+(\.(txt|md|json|rss)|/(history|more)|(\?[a-z]+=\w+(&[a-z]+=\w+)*)?(#(comments|c\d+))?)"
    r"|/comment/\d+(\.(txt|md|json|rss)|/(history|more)|(\?[a-z]+=\w+(&[a-z]+=\w+)*))?"
)
OURS = "https://hollow.example"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("tag", ["en", "ar", "en-XA"])
def test_page_is_valid_html_with_each_id_once(name: str, tag: str) -> None:
    tree = parsed(PAGES[name](frame(tag)))
    ids = [element.get("id") for element in elements(tree) if element.get("id") is not None]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_main_heading_and_no_level_left_out(name: str) -> None:
    tree = parsed(PAGES[name](frame()))
    written = {
        id(element) for kind in ("body", "text") for text in elements(tree, kind=kind) for element in text.iter()
    }
    tags = [element.tag[-2:] for element in elements(one(tree, "main")) if id(element) not in written]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_page_runs_nothing_and_styles_nothing_inline(name: str) -> None:
    for element in elements(parsed(PAGES[name](frame()))):
        assert element.tag.rpartition("}")[2] not in {"script", "style", "iframe", "object", "embed", "base"}
        if element.tag.endswith("}form"):
            assert element.get("action") in {"/appearance", "/modlog"}
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert attribute != "style"
            assert not (attribute in {"href", "src"} and value.strip().lower().startswith("javascript:"))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_what_exists(name: str) -> None:
    tree = parsed(PAGES[name](frame()))
    ids = {element.get("id") for element in elements(tree)}
    for element in elements(tree):
        address = element.get("href")
        if address is None or (address.startswith(("http:", "https:")) and not address.startswith(OURS)):
            continue
        if address.startswith("#"):
            assert address[1:] in ids
        else:
            assert KNOWN_PATHS.fullmatch(address.removeprefix(OURS)), address


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_nothing_of_other_hosts(name: str) -> None:
    for element in elements(parsed(PAGES[name](frame()))):
        assert element.get("src") is None
        if element.tag.endswith("}link") and element.get("rel") in {"stylesheet", "icon"}:
            assert (element.get("href") or "").startswith("/static/")


def test_hostile_text_is_shown_as_text_in_every_place() -> None:
    tree = parsed(PAGES["hostile"](frame()))
    plain = HOSTILE.replace("\u0007", "\ufffd")
    for kind in ("gone", "text", "who"):
        assert plain.split()[0] in shown(next(elements(tree, kind=kind)))
    assert shown(one(tree, "h1")) == " ".join(plain.split())
    assert "{count}" in shown(next(elements(tree, kind="who")))


@pytest.mark.parametrize("name", PAGES)
def test_addresses_stand_in_the_page_as_they_are(name: str) -> None:
    assert "&#x2f;" not in PAGES[name](frame())


def test_language_and_direction_are_said_on_the_page() -> None:
    for tag, direction in (("en", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("ar-XB", "rtl")):
        root = parsed(PAGES["lively"](frame(tag)))
        assert (root.get("lang"), root.get("dir")) == (tag, direction)


def test_a_chain_of_2000_replies_is_drawn_whole_and_nested_no_deeper_than_browsers_build() -> None:
    tree = parsed(drawn_thread(deep_thread(2_000), frame()))
    assert sum(1 for _ in elements(tree, "details")) == 2_001
    deepest, level = 0, [(tree, 1)]
    while level:
        element, depth = level.pop()
        deepest = max(deepest, depth)
        level.extend((child, depth + 1) for child in element)
    assert deepest < 100
