"""Is this HTML that a strict parser takes without a word, and that can do nothing?"""

import re

import html5lib  # type: ignore[import-untyped]  # has no types

from folkmoot.text.html import Html, sanitised
from folkmoot.text.markdown import Rendered

_BLOCKS = frozenset(
    {"p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "details", "summary", "div", "hr"}
)
_TABLES = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
_INLINES = frozenset({"a", "br", "code", "del", "em", "rp", "rt", "ruby", "span", "strong", "sub", "sup"})
_ELEMENTS = _BLOCKS | _TABLES | _INLINES
_ATTRIBUTES = frozenset({"href", "class", "title", "dir", "id", "role", "rel", "start", "tabindex"})
_SCHEMES = ("https://", "http://", "mailto:", "magnet:?", "#fn")


def assert_harmless(rendered: Rendered) -> None:
    """Demand what every rendered text must be, whatever it was rendered from."""
    html = rendered.for_thing("c1")
    assert sanitised(rendered.html) == rendered.html, "a second pass of the wall changes it"
    html5lib.HTMLParser(strict=True).parseFragment(html)
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in _ELEMENTS
        assert set(element.attrib) <= _ATTRIBUTES
        assert element.attrib.get("href", "#fn").startswith(_SCHEMES)
    assert not re.search("[\ufdd0-\ufdef]", html), "a mark of ours is left"


def assert_text_form(text: str) -> None:
    """Demand what every text form must be: paragraphs with exactly one empty line between them."""
    if not text:
        return
    for paragraph in text.split("\n\n"):
        assert all(line and not line.isspace() for line in paragraph.split("\n")), paragraph
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]", text)


def words_of(html: Html) -> str:
    """Return all characters of the page's text, for comparing that none is lost."""
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
