"""How does a rendered text read without any marks of a page?

The rules, one golden file each under `tests/text/golden`; what thread-text.md leaves open is decided here:

- paragraphs, headings, cells of one row, and lines broken on purpose are what they were; a line broken in the source
  only is not;
- lists: `- ` or `1. `, two spaces a level; quotes: `> ` on each line; code: four spaces, no blank lines;
- tables: a line for each row, ` | ` between its cells; a line across: `---`;
- links: their words, then the address in brackets where it differs; pictures: their alternative text;
- spoilers: `▸ ` and the title, then what is hidden;
- emphasis has no marks; what is struck out keeps its `~~`, for without them the text would say the contrary;
- raised and lowered digits are written so where they can be (`x²`, `H₂O`), anything else as it is;
- a reading follows its characters in parentheses; a footnote is `[1]`, at its place and before its text at the end.

It reads what `sanitised` wrote, in one pass without recursion.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from folkmoot.text.directions import with_turns_ended
from folkmoot.text.html import Html, unescaped
from folkmoot.text.links import same_address

_TAG = re.compile("<([^>]*)>")
_ATTRIBUTE = re.compile('([a-z]+)="([^"]*)"')
_SPACE = re.compile(r"[ \t\n\r\f]+")
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_CAN_BE_RAISED = re.compile(r"[0-9+\-=()ni]+")
_CAN_BE_LOWERED = re.compile(r"[0-9+\-=()]+")
_CODE_INDENT = "    "
_LEVEL_INDENT = "  "
_ACROSS = "---"
_SPOILER = "▸ "
_STRUCK = "~~"


@dataclass(slots=True)
class _Frame:
    """A quote or an item that is open: what stands before its next line, and before those after it."""

    next: str
    indent: str


@dataclass(slots=True)
class _Span:
    """An inline element that is open, and where its words begin."""

    attributes: dict[str, str]
    start: int


@dataclass(slots=True)
class _Reading:
    """What has been read: finished paragraphs, the words of the one at hand, and what is open around them."""

    done: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    leaf: str = ""
    goes_on: bool = False
    pre: bool = False
    notes: bool = False

    def put(self, lines: list[str], *, same_paragraph: bool = False) -> None:
        """Finish a paragraph, or lines of the one before, with what the open quotes and items put before them."""
        if not lines:
            return
        first = "".join(frame.next for frame in self.frames)
        indent = "".join(frame.indent for frame in self.frames)
        for frame in self.frames:
            frame.next = frame.indent
        text = "\n".join([(first + lines[0]).rstrip(" "), *(indent + line for line in lines[1:])])
        if self.done:
            self.done.append("\n" if same_paragraph and self.goes_on else "\n\n")
        self.done.append(text)
        self.goes_on = same_paragraph

    def flush(self) -> None:
        """Finish the words at hand. Those directly in an item stay in one paragraph with the items around it."""
        if not self.words:
            return
        lines = _lines("".join(self.words))
        self.words.clear()
        if self.leaf == "summary":
            lines = [_SPOILER + " ".join(lines)]
        self.put(lines, same_paragraph=not self.leaf and bool(self.numbers))

    def text(self, markup: str) -> None:
        """Read what stands between two tags."""
        if self.pre:
            self.words.append(unescaped(markup))
        elif self.words or not markup.isspace():
            self.words.append(unescaped(markup).replace("\n", " "))


def plain_text(html: Html) -> str:
    """Return the text form of a rendered text: paragraphs with an empty line between them, no newline at either end."""
    reading = _Reading()
    parts = _TAG.split(html)
    for place in range(0, len(parts) - 1, 2):
        if parts[place]:
            reading.text(parts[place])
        tag = parts[place + 1]
        if tag in _UNHEARD:
            continue
        name = tag.partition(" ")[0]
        if name in _STARTS:
            _STARTS[name](reading, tag)
        elif name in _ENDS:
            _ENDS[name](reading)
    if parts[-1]:
        reading.text(parts[-1])
    reading.flush()
    return "".join(reading.done)


def one_line(text: str) -> str:
    """Return words with one space between them; empty where there are none."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACE.sub(" ", text)
    line = text.strip(" ")
    return "" if line.isspace() else line


def _lines(text: str) -> list[str]:
    return [line for piece in text.split("\n") if (line := one_line(piece))]


def _start_leaf(reading: _Reading, tag: str) -> None:
    reading.flush()
    reading.leaf = tag.partition(" ")[0]


def _end_leaf(reading: _Reading) -> None:
    reading.flush()
    reading.leaf = ""


def _start_part(reading: _Reading, tag: str) -> None:
    reading.flush()
    reading.goes_on = False
    reading.notes = reading.notes or 'class="footnotes"' in tag


def _end_part(reading: _Reading) -> None:
    reading.flush()
    reading.goes_on = False


def _start_quote(reading: _Reading, tag: str) -> None:
    _start_part(reading, tag)
    reading.frames.append(_Frame("> ", "> "))


def _end_quote(reading: _Reading) -> None:
    _end_part(reading)
    reading.frames.pop()


def _start_list(reading: _Reading, tag: str) -> None:
    reading.flush()
    if not reading.numbers:
        reading.goes_on = False
    first = dict(_ATTRIBUTE.findall(tag)).get("start", "1")
    reading.numbers.append(int(first) if tag.startswith("ol") else None)


def _end_list(reading: _Reading) -> None:
    reading.flush()
    reading.numbers.pop()
    if not reading.numbers:
        reading.goes_on = False


def _start_item(reading: _Reading, _tag: str) -> None:
    reading.flush()
    number = reading.numbers[-1]
    if number is None:
        mark = "- "
    else:
        mark = f"[{number}] " if reading.notes else f"{number}. "
        reading.numbers[-1] = number + 1
    reading.frames.append(_Frame(mark, _LEVEL_INDENT))


def _end_item(reading: _Reading) -> None:
    reading.flush()
    if reading.frames[-1].next != _LEVEL_INDENT:
        reading.put([""], same_paragraph=True)
    reading.frames.pop()


def _start_code_block(reading: _Reading, _tag: str) -> None:
    reading.flush()
    reading.pre = True


def _end_code_block(reading: _Reading) -> None:
    lines: list[str] = []
    for line in [*"".join(reading.words).split("\n"), ""]:
        if line and not line.isspace():
            lines.append(_CODE_INDENT + line.rstrip(" \t"))
        else:
            reading.put(lines)
            lines = []
    reading.words.clear()
    reading.pre = False


def _start_table(reading: _Reading, _tag: str) -> None:
    reading.flush()
    reading.rows = []


def _end_table(reading: _Reading) -> None:
    reading.put([row for row in reading.rows if row])


def _start_row(reading: _Reading, _tag: str) -> None:
    reading.cells = []


def _end_row(reading: _Reading) -> None:
    reading.rows.append(" | ".join(reading.cells).strip(" "))


def _end_cell(reading: _Reading) -> None:
    reading.cells.append(with_turns_ended(" ".join(_lines("".join(reading.words)))))
    reading.words.clear()


def _put_break(reading: _Reading, _tag: str) -> None:
    reading.words.append("\n")


def _put_line_across(reading: _Reading, _tag: str) -> None:
    reading.flush()
    reading.put([_ACROSS])


def _start_span(reading: _Reading, tag: str) -> None:
    reading.spans.append(_Span(dict(_ATTRIBUTE.findall(tag)), len(reading.words)))


def _span_words(reading: _Reading) -> tuple[str, dict[str, str]]:
    """Take the words of the innermost inline element off, to be put back in its form."""
    span = reading.spans.pop()
    words = "".join(reading.words[span.start :])
    del reading.words[span.start :]
    return words, span.attributes


def _end_link(reading: _Reading) -> None:
    words, attributes = _span_words(reading)
    kind, address = attributes.get("class", ""), unescaped(attributes.get("href", ""))
    if kind in ("back", "picture nameless"):
        return
    told = kind in ("mention", "picture") or address.startswith("#") or not address or same_address(words, address)
    reading.words.append(words if told else f"{with_turns_ended(words)} ({address.removeprefix('mailto:')})")


def _end_raised(reading: _Reading) -> None:
    words, attributes = _span_words(reading)
    if attributes.get("class") == "footnote":
        reading.words.append(f"[{words}]")
    else:
        reading.words.append(words.translate(_RAISED) if _CAN_BE_RAISED.fullmatch(words) else words)


def _end_lowered(reading: _Reading) -> None:
    words, _ = _span_words(reading)
    reading.words.append(words.translate(_LOWERED) if _CAN_BE_LOWERED.fullmatch(words) else words)


def _end_struck(reading: _Reading) -> None:
    words, _ = _span_words(reading)
    reading.words.append(f"{_STRUCK}{words}{_STRUCK}" if words.strip() else words)


_UNHEARD = frozenset(
    f"{slash}{name}" for name in ("em", "strong", "ruby", "rt", "rp", "thead", "tbody", "code") for slash in ("", "/")
)
_LEAVES = ("p", "h3", "h4", "h5", "h6", "summary")
_STARTS: Mapping[str, Callable[[_Reading, str], None]] = {
    **dict.fromkeys(_LEAVES, _start_leaf),
    **dict.fromkeys(("div", "details"), _start_part),
    **dict.fromkeys(("ul", "ol"), _start_list),
    **dict.fromkeys(("a", "sup", "sub", "del"), _start_span),
    "blockquote": _start_quote,
    "li": _start_item,
    "pre": _start_code_block,
    "table": _start_table,
    "tr": _start_row,
    "br": _put_break,
    "hr": _put_line_across,
}
_ENDS: Mapping[str, Callable[[_Reading], None]] = {
    **dict.fromkeys((f"/{name}" for name in _LEAVES), _end_leaf),
    **dict.fromkeys(("/div", "/details"), _end_part),
    **dict.fromkeys(("/ul", "/ol"), _end_list),
    **dict.fromkeys(("/td", "/th"), _end_cell),
    "/a": _end_link,
    "/blockquote": _end_quote,
    "/del": _end_struck,
    "/li": _end_item,
    "/pre": _end_code_block,
    "/sub": _end_lowered,
    "/sup": _end_raised,
    "/table": _end_table,
    "/tr": _end_row,
}
