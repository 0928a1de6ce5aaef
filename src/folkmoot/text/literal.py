"""How is a text shown that is no Markdown: as it is, to the letter?"""

import re

from folkmoot.text.html import Html, escaped, sanitised
from folkmoot.text.links import Link, link_target
from folkmoot.text.rendered import Rendered

_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20\u2066-\u2069\u202a-\u202e]{1,2000}+", re.IGNORECASE)
_TRAILING = ".,:;!?'*_~…。、，"


def render_literal(text: str) -> Rendered:
    """Render an imported text: paragraphs between empty lines, nothing in them means anything but bare web addresses.

    The wrapper's class `literal` keeps spaces and tabs visible (`white-space: pre-wrap`); a newline is a `<br>`, so
    that lines stay lines without it.

    Returns:
        Rendered whose `text` is the argument, to the letter.
    """
    return Rendered(literal_html(text), text)


def literal_html(text: str) -> Html:
    """Return the HTML of a literal text, empty for an empty one."""
    if not text:
        return Html("")
    paragraphs = (f'<p dir="auto">{_with_links(paragraph)}</p>' for paragraph in text.split("\n\n"))
    return sanitised(f'<div class="literal">{"".join(paragraphs)}</div>')


def _with_links(paragraph: str) -> str:
    pieces = []
    done = 0
    for found in _ADDRESS.finditer(paragraph):
        address = _without_trailing(found[0])
        target = link_target(address)
        if target:
            link = f"{Link(target).opening(direction='ltr')}{escaped(address)}</a>"
            pieces += [escaped(paragraph[done : found.start()]), link]
            done = found.start() + len(address)
    return "".join([*pieces, escaped(paragraph[done:])]).replace("\n", "<br>")


def _without_trailing(address: str) -> str:
    """Take off what ends the sentence rather than the address; a parenthesis stays where it was opened in it."""
    end = len(address)
    surplus = address.count(")") - address.count("(")
    while end and (address[end - 1] in _TRAILING or (address[end - 1] == ")" and surplus > 0)):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
