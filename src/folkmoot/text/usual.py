"""How are the texts that most people write rendered quicker, the same to the letter?

Most consist of words, some also of emphasis, code and links. For those the long way does much that comes to nothing.
Two short ways, each of which takes only what it knows and leaves all else to the long one:

- `words_only`: what contains no character that could mean anything is its own HTML, and needs no parser;
- `usual`: the parser's HTML of paragraphs with simple elements becomes page and plain text in one pass over its tags.

`tests/text/test_usual.py` holds that both give what the long way gives.
"""

import re
from html import escape

from folkmoot.model.limits import URL_MAX_CHARS
from folkmoot.text.directions import with_turns_ended
from folkmoot.text.html import LINK_REL, Html, unescaped
from folkmoot.text.links import link_target, same_address
from folkmoot.text.marks import unmarked_address
from folkmoot.text.plain_text import one_line
from folkmoot.text.rendered import Rendered

_MEANING = re.compile(
    r"[\\`*_~^\[\]<>&|@{}\x00-\x09\x0b-\x1f\x7f-\xa0"
    "\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U0001fffe-\U0010ffff]"
)
"""Signs of Markdown, HTML, mentions and readings, white space but for spaces and newlines, and what is not shown."""
_MEANINGS = ("::", ":/", "  ", " \n")
"""Containers, addresses, lines broken on purpose."""
_BLOCK = re.compile(r"[-+=:# ]|[0-9]{1,9}[.)](?: |$)")
"""What a line may not begin with: items, headings, lines across, columns of a table, code."""

_TAG = re.compile("<([^>]*)>")
_HREF = re.compile('a href="([^"]*)"')
_PLAIN_HREF = re.compile('a href="(https?://[a-z0-9-]+(?:[.][a-z0-9-]+)+/[A-Za-z0-9!$()*+,./:;=@_~?#-]*)"')
"""Of an address that is canonical, and has nothing to escape or to decode in it."""
_PLAIN_WORDS = re.compile("[A-Za-z0-9,:;!?/()'-][A-Za-z0-9 ,:;!?/()'-]*")
"""Words that are no address, for these have a point."""
_MARK = re.compile("[\ufdd0-\ufdef]")
_SIMPLE = {f"{slash}{name}": f"<{slash}{name}>" for name in ("em", "strong", "code") for slash in ("", "/")}
_MAX_TAGS = 200
"""More are taken the long way, which bounds how deep they are nested."""


def words_only(source: str) -> Rendered | None:
    """Render a text in which no character can mean anything to the parser or to us; None for another."""
    if _MEANING.search(source) or source[-1:] == " " or "www." in source.lower():
        return None
    if any(sign in source for sign in _MEANINGS):
        return None
    paragraphs: list[str] = []
    goes_on = False
    for line in source.split("\n"):
        if not line:
            goes_on = False
        elif _BLOCK.match(line):
            return None
        elif goes_on:
            paragraphs[-1] += "\n" + line
        else:
            paragraphs.append(line)
            goes_on = True
    html = "\n".join([f'<p dir="auto">{paragraph}</p>' for paragraph in paragraphs])
    return Rendered(Html(html), "\n\n".join([paragraph.replace("\n", " ") for paragraph in paragraphs]))


def usual(markup: str) -> tuple[str, str] | None:
    """Write the page's and the plain form of the parser's HTML, if it has nothing but what is known here.

    Returns:
        Markup as the wall would write it, which still has to pass it, and the plain text, which is right if the wall
        changes nothing. None for another text.
    """
    if markup[:3] != "<p>" or "{" in markup or markup.count("<") > _MAX_TAGS:
        return None
    if not markup.isascii() and _MARK.search(markup):
        return None
    parts = iter(_TAG.split(markup.replace("&quot;", '"').replace("\xa0", "&nbsp;")))
    out: list[str] = [next(parts)]
    words: list[str] = []
    paragraphs: list[str] = []
    for tag in parts:
        text = next(parts)
        if tag in _SIMPLE:
            out += (_SIMPLE[tag], text)
        elif tag == "/p" and (not text or text == "\n"):
            paragraphs += _lines(words)
            words = []
            out += ("</p>", text)
            continue
        elif tag == "p":
            out += ('<p dir="auto">', text)
        elif tag == "br /":
            out += ("<br>", text)
            words.append("\n")
        elif (link := _link(tag, text)) is not None and next(parts) == "/a":
            out.append(link[0])
            words.append(link[1])
            text = next(parts)
            out.append(text)
        else:
            return None
        if text and (words or not text.isspace()):
            words.append(text.replace("\n", " "))
    return "".join(out).strip(), "\n\n".join(paragraphs)


def _lines(words: list[str]) -> list[str]:
    """Give a paragraph, if there is anything in it."""
    text = unescaped("".join(words))
    if "\n" not in text:
        line = one_line(text)
        return [line] if line else []
    lines = [line for piece in text.split("\n") if (line := one_line(piece))]
    return ["\n".join(lines)] if lines else []


def _link(tag: str, text: str) -> tuple[str, str] | None:
    """Give a link with its words for the page, and for the plain text; None where it is no simple one."""
    if (plain := _PLAIN_HREF.fullmatch(tag)) is not None and len(tag) < URL_MAX_CHARS:
        if text == plain[1]:
            return f'<{tag} dir="ltr" rel="{LINK_REL}">{text}</a>', text
        if _PLAIN_WORDS.fullmatch(text):
            return f'<{tag} rel="{LINK_REL}">{text}</a>', f"{text} ({plain[1]})"
    href = _HREF.fullmatch(tag)
    words = unescaped(text)
    if href is None or "\n" in words or not words.strip():
        return None
    address = link_target(unmarked_address(unescaped(href[1])))
    if address is None:
        return None
    target = escape(address)
    if same_address(words, address):
        return f'<a href="{target}" dir="ltr" rel="{LINK_REL}">{text}</a>', text
    told = f"{with_turns_ended(text)} ({target.removeprefix('mailto:')})"
    return f'<a href="{target}" rel="{LINK_REL}">{text}</a>', told
