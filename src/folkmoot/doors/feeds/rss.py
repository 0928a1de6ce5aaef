"""How is RSS 2.0 written? Elements whose texts may hold anything, and the channel around the items."""

import re
from collections.abc import Iterable
from html import escape

_FORBIDDEN_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = " ".join(
    (
        'xmlns:atom="http://www.w3.org/2005/Atom"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
    )
)


def xml_text(text: str) -> str:
    """Escape for element and attribute; what XML 1.0 cannot hold becomes U+FFFD."""
    if not text.replace("\n", "").isprintable():  # says in one go that nothing is forbidden, of nearly all texts
        text = (_FORBIDDEN_ASCII if text.isascii() else _FORBIDDEN).sub("\ufffd", text)
    return escape(text) if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text else text


def element(name: str, text: str, **attributes: str) -> str:
    """Give one element with a text inside."""
    told = "".join(f' {key}="{xml_text(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{xml_text(text)}</{name}>"


def self_link(address: str) -> str:
    """Say where the feed itself is."""
    return f'<atom:link rel="self" type="application/rss+xml" href="{xml_text(address)}"/>'


def rss(channel: Iterable[str], items: Iterable[str]) -> bytes:
    """Give the document: what the channel says of itself, then its items."""
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<rss version="2.0" {_NAMESPACES}>',
        "<channel>",
        *channel,
        element("generator", "Folkmoot"),
        *items,
        "</channel>",
        "</rss>",
    )
    return ("\n".join(lines) + "\n").encode()
