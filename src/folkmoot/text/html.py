"""What may be put into a page unescaped, and who says so?

`Html` is made here and nowhere else outside `text/`: by `escaped` from plain text, and by `sanitised` from markup. Both
walls stand whatever stood before them: `sanitised` is run over our own renderer's output as over a stranger's.
"""

import re
from functools import cache
from html import escape
from typing import NewType

import nh3

Html = NewType("Html", str)
"""Markup that a page may contain as it is."""

LINK_REL = "nofollow ugc noopener"
"""On every link of a text: written by users, not vouched for, and without a way back to our window."""

LINK_SCHEMES = frozenset({"http", "https", "mailto", "magnet"})

FOOTNOTE_PREFIX = "fn"
"""Ids in a text are those of its footnotes, and begin so; nothing else in a text can be addressed."""

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f"
_FORBIDDEN_ASCII = re.compile(f"[{_CONTROLS}]")
_FORBIDDEN = re.compile(f"[{_CONTROLS}\x80-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORBIDDEN_BUT_MARKS = re.compile(f"[{_CONTROLS}\x80-\x9f\ud800-\udfff\ufffe\uffff]")
_HIGH = re.compile("[\U0001fffe-\U0010ffff]")
_ENDS_OF_PLANES = re.compile(
    f"[{''.join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))}]"
)
_REPLACEMENT = "\ufffd"
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", "\xa0"), ("&amp;", "&"))

_BLOCKS = ("p", "h3", "h4", "h5", "h6", "blockquote", "ul", "pre", "table", "th", "td", "details", "summary")
_BARE = ("br", "hr", "em", "strong", "del", "sub", "thead", "tbody", "tr", "ruby", "rt", "rp")
_ATTRIBUTES = {
    **{tag: {"dir"} for tag in _BLOCKS},
    **{tag: set[str]() for tag in _BARE},
    "a": {"href", "class", "title", "dir", "id", "role"},
    "code": {"class"},
    "div": {"class", "tabindex"},
    "li": {"id"},
    "ol": {"dir", "start"},
    "pre": {"dir", "tabindex"},
    "span": {"class", "dir"},
    "sup": {"class"},
    "td": {"dir", "class"},
    "th": {"dir", "class"},
}

_SOME_WORDS = "[^<>&\x00-\x09\x0b-\x1f\x7f-\xa0\ud800-\udfff]++|&(?:amp|lt|gt|nbsp);"
_WORDS = f"(?>(?:{_SOME_WORDS})*)"
_ADDRESS = (
    r"https?://(?>(?:(?!xn--)[a-z0-9]++(?>(?:-++[a-z0-9]++)*)\.)+)[a-z]{2,24}+/"
    r"(?>(?:[A-Za-z0-9_.~!$()*+,;=:@%/?#-]++|&amp;)*)"
)
_CLEAN = re.compile(
    '(?>(?:<p dir="auto">(?>(?:'
    f"{_SOME_WORDS}|<br>|"
    + "".join(f"<{name}>{_WORDS}</{name}>|" for name in ("em", "strong", "code"))
    + f'<a href="{_ADDRESS}"(?: dir="ltr")? rel="{LINK_REL}">{_WORDS}</a>'
    ")*)</p>\n?)*)"
)
"""Paragraphs of words, lines, emphasis, code and links, not within each other, and nothing else."""


def without_forbidden(text: str) -> str:
    """Return the text with each character that HTML forbids (controls, noncharacters, lone surrogates) as U+FFFD.

    Tab and newline stay; a carriage return does not (callers make newlines of it first where it is one).
    """
    return _replaced(text, _FORBIDDEN)


def without_forbidden_but_marks(markup: str) -> str:
    """Return the parser's HTML likewise, after entities have become characters; our own marks (`marks`) stay in it."""
    return _replaced(markup, _FORBIDDEN_BUT_MARKS)


def escaped(text: str) -> Html:
    """Return plain text as markup, fit for an element's content and for a quoted attribute."""
    return Html(escape(without_forbidden(text)))


def unescaped(markup: str) -> str:
    """Return the text of markup without tags, as the parser and `sanitised` write it: they use five entities only."""
    if "&" not in markup:
        return markup
    for entity, character in _ENTITIES:
        markup = markup.replace(entity, character)
    return markup


def sanitised(markup: str) -> Html:
    """Return only what a text may contain: the elements above, no script, no style, no frame, no picture.

    Whatever comes out is balanced, and comes out of a second pass unchanged. What is seen to be of the simplest kind is
    not taken apart for it.
    """
    return Html(markup if is_clean(markup) else cleaned(markup))


def is_clean(markup: str) -> bool:
    """Say whether markup is of a kind that `cleaned` never changes; most texts are, and this is told more quickly."""
    return _CLEAN.fullmatch(markup) is not None


def cleaned(markup: str) -> str:
    """Take markup apart as a browser would, and write what may be there."""
    return _wall().clean(markup)


@cache
def _wall() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_ATTRIBUTES),
        attributes=_ATTRIBUTES,
        url_schemes=set(LINK_SCHEMES),
        url_relative=_own_footnote,
        link_rel=LINK_REL,
    )


def _own_footnote(address: str) -> str | None:
    return address if address.startswith("#" + FOOTNOTE_PREFIX) else None


def _replaced(text: str, forbidden: re.Pattern[str]) -> str:
    if text.isascii():
        if text.replace("\n", "").replace("\t", "").isprintable():  # told quicker than by an expression
            return text
        return _FORBIDDEN_ASCII.sub(_REPLACEMENT, text)
    text = forbidden.sub(_REPLACEMENT, text)
    return _ENDS_OF_PLANES.sub(_REPLACEMENT, text) if _HIGH.search(text) else text
