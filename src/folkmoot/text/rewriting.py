"""How does the parser's HTML become ours?

One pass over its tags, which are balanced as the parser writes them from a tree. Each tag is written anew from what is
known here; nothing of the parser's attributes goes through unread. The pass

- gives blocks their direction, and headings levels that fit under a page's h2 without a gap;
- makes `<details>` of spoilers, rubies, mentions, and links of pictures;
- takes the address from links that may have none, and gives words to links that have none;
- numbers footnotes, with the thing's mark in their ids;
- leaves out what is nested deeper than anybody can read, so that browsers and `sanitised` are never given it.
"""

import re
from collections.abc import Callable, Mapping

from folkmoot.text import links
from folkmoot.text.html import FOOTNOTE_PREFIX, escaped, unescaped
from folkmoot.text.marks import THING, unmarked
from folkmoot.text.parser import parse
from folkmoot.text.source_guards import guard_inline
from folkmoot.text.spoilers import spoiler_title
from folkmoot.text.writer import Writer

NO_TITLE = "…"
"""What a spoiler without a title shows: a word would be of one language."""
_MAX_RICH_TITLES = 100

_TAG = re.compile("<([^>]*)>")
_ATTRIBUTE = re.compile('([a-z-]+)="([^"]*)"')
_LANGUAGE = re.compile("language-([a-z0-9_+#.-]{1,32})", re.IGNORECASE)
_RICH = re.compile(r"[*_~^`\[\]\\<&:@!/{]|www\.")

_VOID_TAGS = {"br /": "<br>", "hr /": "<hr>"}
_PLAIN_TAGS = {
    "p": ('<p dir="auto">', "</p>"),
    "thead": ("<thead>", "</thead>"),
    "tbody": ("<tbody>", "</tbody>"),
    "tr": ("<tr>", "</tr>"),
    "pre": ('<pre dir="auto" tabindex="0">', "</pre>"),
}
_INLINE = frozenset({"em", "strong", "del", "sub", "sup"})
_ALIGNMENTS = frozenset({"left", "center", "right"})
_TOP_HEADING = 3
_LOWEST_HEADING = 6


def rewrite(markup: str, titles: tuple[str, ...]) -> str:
    """Write the parser's HTML anew.

    Args:
        markup: the parser's HTML of a guarded source.
        titles: of the source's spoilers, as Markdown.

    Returns:
        Markup that still has to pass `sanitised`; the ids of its footnotes contain the mark `THING`.
    """
    writer = Writer(titles)
    _write(writer, markup)
    while writer.open:
        writer.end()
    return "".join(writer.out)


def _write(writer: Writer, markup: str) -> None:
    parts = _TAG.split(markup)
    for place in range(0, len(parts) - 1, 2):
        if parts[place]:
            writer.text(parts[place])
        tag = parts[place + 1]
        if tag[:1] == "/":
            writer.end()
        elif tag in _PLAIN_TAGS:
            writer.start(*_PLAIN_TAGS[tag])
        elif tag in _INLINE:
            writer.start_nested(f"<{tag}>", f"</{tag}>")
        elif tag in _VOID_TAGS:
            writer.out.append(_VOID_TAGS[tag])
        else:
            _start(writer, tag, parts[place + 2])
    if parts[-1]:
        writer.text(parts[-1])


def _start(writer: Writer, tag: str, text: str) -> None:
    """Write an opening tag that needs a closer look.

    Args:
        writer: what is written so far.
        tag: what stands between its angle brackets.
        text: what follows it, up to the next tag.
    """
    name = tag.partition(" ")[0]
    attributes = dict(_ATTRIBUTE.findall(tag))
    if name == "a" and "footnote" in tag:
        _start_footnote_link(writer, attributes, text)
    elif name in _STARTS:
        _STARTS[name](writer, attributes)
    elif name[:1] == "h":
        _start_heading(writer, int(name[1:]))
    else:
        writer.start_left_out()


def _start_heading(writer: Writer, level: int) -> None:
    """Open a heading one level below the nearest higher one before it, whatever levels are left out between."""
    while writer.headings and writer.headings[-1] >= level:
        writer.headings.pop()
    ours = min(_TOP_HEADING + len(writer.headings), _LOWEST_HEADING)
    writer.headings.append(level)
    writer.start(f'<h{ours} dir="auto">', f"</h{ours}>")


def _start_item(writer: Writer, attributes: Mapping[str, str]) -> None:
    if writer.leaves_out():
        writer.out.append("<br>")
        writer.start_left_out()
    elif "id" in attributes:
        writer.notes += 1
        writer.start_nested(f'<li id="{FOOTNOTE_PREFIX}-{THING}-{writer.notes}">', "</li>")
    else:
        writer.start_nested("<li>", "</li>")


def _start_numbers(writer: Writer, attributes: Mapping[str, str]) -> None:
    first = attributes.get("start", "")
    writer.start_directed("ol", f' start="{int(first)}"' if first.isdecimal() else "")


def _start_table(writer: Writer, _attributes: Mapping[str, str]) -> None:
    writer.out.append('<div class="wide" tabindex="0">')
    writer.undirected.append(len(writer.out))
    writer.start('<table dir="auto">', "</table></div>")


def _start_cell(writer: Writer, attributes: Mapping[str, str], name: str) -> None:
    alignment = attributes.get("align", "")
    of_kind = f' class="{alignment}"' if alignment in _ALIGNMENTS else ""
    writer.start(f'<{name} dir="auto"{of_kind}>', f"</{name}>")


def _start_code(writer: Writer, attributes: Mapping[str, str]) -> None:
    language = _LANGUAGE.match(attributes.get("class", ""))
    writer.start_code(f'<code class="language-{language[1].lower()}">' if language else "<code>")


def _start_link(writer: Writer, attributes: Mapping[str, str]) -> None:
    link = links.link_from(attributes.get("href", ""), attributes.get("title", ""))
    if link is None or not writer.may_link():
        writer.start_left_out()
    else:
        writer.start_link(link)


def _put_picture(writer: Writer, attributes: Mapping[str, str]) -> None:
    link = links.link_from(attributes.get("src", ""), attributes.get("title", ""))
    words = unmarked(attributes.get("alt", ""))
    if link is None:
        writer.out.append(words)
    elif not writer.may_link():
        writer.out.append(words if words.strip() else escaped(links.file_name(link.address)))
    else:
        writer.out.append(links.picture(link, words))


def _start_container(writer: Writer, attributes: Mapping[str, str]) -> None:
    name = unescaped(attributes.get("class", ""))
    title = spoiler_title(name, writer.titles)
    if title is None:
        writer.out.append(f'<p dir="auto">{escaped(f"::: {name}".rstrip())}</p>')
        writer.start_left_out()
        return
    writer.start_directed("details")
    outer = writer.leaves_out()
    writer.start("<p>" if outer else '<summary dir="auto">', "</p>" if outer else "</summary>")
    writer.linkless = True
    _write_title(writer, title)
    writer.linkless = False
    writer.end()


def _write_title(writer: Writer, title: str) -> None:
    if not title:
        writer.out.append(NO_TITLE)
        return
    writer.rich_titles += 1
    may_be_rich = writer.rich_titles <= _MAX_RICH_TITLES and _RICH.search(title)
    rich = parse(guard_inline(title), footnotes=False, tables=False) if may_be_rich else None
    if rich is None or not rich.startswith("<p>"):
        writer.text(escaped(title))
    else:
        _write(writer, rich.removeprefix("<p>").partition("</p>")[0])


def _start_footnote_mark(writer: Writer, _attributes: Mapping[str, str]) -> None:
    """Open what stands around a footnote's number; the number of a way back looks the same to the parser."""
    back = writer.open[-1:] == ["</a>"]
    writer.start("<sup>" if back else '<sup class="footnote">', "</sup>")


def _start_footnote_link(writer: Writer, attributes: Mapping[str, str], number: str) -> None:
    """Open the way to a footnote, or back from it."""
    back = attributes.get("data-footnote-backref-idx")
    if not writer.may_link():
        writer.start_left_out()
    elif back:
        writer.start(f'<a class="back" href="#{FOOTNOTE_PREFIX}ref-{THING}-{back}" role="doc-backlink">', "</a>")
    else:
        name = attributes.get("href", "").removeprefix("#fn-")
        again = attributes.get("id", "").removeprefix(f"fnref-{name}")
        here, there = f"{FOOTNOTE_PREFIX}ref-{THING}-{number}{again}", f"{FOOTNOTE_PREFIX}-{THING}-{number}"
        writer.start(f'<a href="#{there}" id="{here}" role="doc-noteref">', "</a>")


_STARTS: Mapping[str, Callable[[Writer, Mapping[str, str]], None]] = {
    "a": _start_link,
    "blockquote": lambda writer, _: writer.start_directed("blockquote"),
    "code": _start_code,
    "div": _start_container,
    "img": _put_picture,
    "li": _start_item,
    "ol": _start_numbers,
    "section": lambda writer, _: writer.start('<div class="footnotes">', "</div>"),
    "sup": _start_footnote_mark,
    "table": _start_table,
    "td": lambda writer, attributes: _start_cell(writer, attributes, "td"),
    "th": lambda writer, attributes: _start_cell(writer, attributes, "th"),
    "ul": lambda writer, _: writer.start_directed("ul"),
}
