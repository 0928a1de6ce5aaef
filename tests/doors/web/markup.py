"""Reads a page as a strict parser does, for tests that ask what is on it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # has no stubs

XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(page: str) -> Element:
    """Return the tree of a page; anything that is not valid HTML raises."""
    parser: Any = html5lib.HTMLParser(strict=True)
    tree: Element = parser.parse(page)
    return tree


def elements(tree: Element, tag: str = "*", kind: str | None = None) -> Iterator[Element]:
    """Give the elements of a name, of a class where one is asked for, in the order of the page."""
    for element in tree.iter():
        if tag not in ("*", element.tag.removeprefix(XHTML)):
            continue
        if kind is None or kind in element.get("class", "").split():
            yield element


def one(tree: Element, tag: str = "*", kind: str | None = None) -> Element:
    """Give the only element of that name and class."""
    [found] = elements(tree, tag, kind)
    return found


def shown(element: Element) -> str:
    """Give the text of an element, its white space run together."""
    return " ".join("".join(element.itertext()).split())


def with_id(tree: Element, name: str) -> Element:
    """Give the only element of that id."""
    [found] = (element for element in tree.iter() if element.get("id") == name)
    return found
