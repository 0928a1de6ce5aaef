r"""How does somebody's text stand inside a larger Markdown document, so that it can speak for nobody else?

Each line of it goes behind a quote mark, so whatever it leaves open (a fence, a list, a spoiler) ends with it. What
reaches further than that is made plain text: definitions of links and footnotes, which one text could make for
another, and raw HTML, which our own pages do not interpret either.
"""

import re
from collections.abc import Iterable, Iterator

_REACHING = ("<", "\t", "\r", "```", "~~~", "]:")
"""Without any of these, nothing in a text reaches further than its line: most texts."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*", re.DOTALL)
_INNER_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t>]+)*(?:`{3}|~{3})")
_FENCE_MARK = re.compile(r"[ \t]*(?:`{3}|~{3})")
_SPOILER = re.compile(r"[ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t>]+)*:{3}")
_LEADING = re.compile(r"[ \t]*(?:(?:[-+*>]|[0-9]{1,9}[.)])[ \t]+)*")
_DEFINITION = re.compile(
    r"^([ \t>]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t>]+)*)\[((?:[^\[\]\\]|\\.){1,999}\]:)", re.MULTILINE | re.DOTALL
)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_TOKEN = re.compile(r"\\?<(?=[A-Za-z/!?])|\\.|`+")
_AUTOLINK = re.compile(r"<(?:https?://[^\s<>`\\]*|[\w.+-]+@[\w.-]+)>", re.ASCII)
_TICKED_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s<`]*`")
_SIMPLE_TARGET = re.compile(r"\]\([^`()<>]*\)")
_TICKS = re.compile(r"`+")

_SPECIAL = re.compile(r"[\\`*\[<~^]|(?<![^\W_])_|_(?![^\W_])|&(?=#?[0-9A-Za-z]+;)")
_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f]*[^\s<>\x00-\x1f.,;:!?'\")\]*_~`]")
_BLOCK_START = re.compile(r"[#+\-=>|:]")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=[ \t]|$)")


def source_lines(source: str) -> list[str]:
    """Give the lines of a Markdown text such that, behind quote marks, they render as they did alone.

    Except for: definitions, raw HTML (both plain text), and tabs at the start of a line, which become spaces. Where
    code cannot be told from text for certain, the `<` of a tag in it becomes `&lt;`, too.
    """
    if not any(map(source.__contains__, _REACHING)):
        return [line if line.strip(" ") else "" for line in source.split("\n")]
    lines: list[str] = []
    for chunk, is_code in _chunks(_LINE_END.split(source)):
        if is_code:
            lines += chunk
        else:
            lines += _plain("\n".join(_spaced(line) for line in chunk)).split("\n")
    return lines


def literal_lines(text: str) -> list[str]:
    """Give the lines of a Markdown text that renders as these words, without any markup."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        words = [word for line in paragraph.split("\n") if (word := line.strip(" \t"))]
        if words:
            lines += ["", *(f"{_literal_line(line)}\\" for line in words[:-1]), _literal_line(words[-1])]
    return lines[1:]


def literal(text: str) -> str:
    """Escape one line of words for the middle of a line."""
    return _literal_words(" ".join(text.split()))


def code(text: str) -> str:
    """Give words without line ends as inline code."""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _literal_line(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        return f"{numbered[1]}\\{numbered[2]}{_literal_words(line[numbered.end() :])}"
    if _BLOCK_START.match(line):
        return f"\\{line[0]}{_literal_words(line[1:])}"
    return _literal_words(line)


def _literal_words(text: str) -> str:
    """Escape what has a meaning, but leave addresses whole: they read and render the same as automatic links."""
    parts: list[str] = []
    place = 0
    for address in _ADDRESS.finditer(text):
        parts += (_SPECIAL.sub(r"\\\g<0>", text[place : address.start()]), f"<{address[0]}>")
        place = address.end()
    return "".join(parts) + _SPECIAL.sub(r"\\\g<0>", text[place:])


def _spaced(line: str) -> str:
    """Make spaces of the tabs that indent a line: their width would change behind a prefix."""
    leading = _LEADING.match(line)
    if leading is None or "\t" not in leading[0]:
        return line
    end = leading.end()
    if end == len(line):  # spaces at a line's end would break the line, tabs do not
        return line.rstrip(" \t").expandtabs(4)
    return line[:end].expandtabs(4) + line[end:]


def _chunks(lines: Iterable[str]) -> Iterator[tuple[list[str], bool]]:
    """Part fenced code, and what blank lines part, from each other; a blank line becomes an empty one.

    Fenced code is what begins at the left margin. Behind a fence that begins elsewhere, or is cut off by the end of a
    spoiler, nobody can tell from the lines alone where code ends: from there on all is text.
    """
    chunk: list[str] = []
    fence = ""
    certain, in_spoiler = True, False
    for line in lines:
        if fence and not (in_spoiler and _SPOILER.match(line)):
            chunk.append(_spaced(line) if _FENCE_MARK.match(line) else line)
            if _closes(line, fence):
                yield chunk, True
                chunk, fence = [], ""
            continue
        if fence:
            yield chunk, True
            chunk, fence, certain = [], "", False
        in_spoiler = in_spoiler or _SPOILER.match(line) is not None
        opening = _FENCE.fullmatch(line) if certain else None
        certain = certain and (opening is not None or not _INNER_FENCE.match(line))
        if opening is None and line.strip(" \t"):
            chunk.append(line)
            continue
        if chunk:
            yield chunk, False
        fence = "" if opening is None else opening[1] or opening[2]
        chunk = [line] if fence else []
        if not fence:
            yield [""], False
    if chunk:
        yield chunk, bool(fence)


def _closes(line: str, fence: str) -> bool:
    bare = line.strip(" \t")
    indented = line.startswith(("    ", "\t"))
    return not indented and len(bare) >= len(fence) and bare == fence[0] * len(bare)


def _plain(chunk: str) -> str:
    """Take from some lines without an empty one between them what would reach beyond their text."""
    chunk = _DEFINITION.sub(r"\1\\[\2", chunk)
    if not _TAG.search(chunk):
        return chunk
    lines = [_without_tags(line) for line in chunk.split("\n")]
    # inline code is certain where it begins and ends in one line, and no address holds a backtick
    certain = "`" not in chunk or not ("](" in _SIMPLE_TARGET.sub("", chunk) or _TICKED_ADDRESS.search(chunk))
    if certain and None not in lines:
        return "\n".join(line for line in lines if line is not None)
    return _TAG.sub("&lt;", chunk)


def _without_tags(line: str) -> str | None:
    """Escape each tag outside of inline code; None where code goes on beyond the line, or over a table's bar."""
    parts: list[str] = []
    place = 0
    while (token := _TOKEN.search(line, place)) is not None:
        start, end = token.span()
        replacement = None
        if token[0].startswith("`"):
            closing = next((run for run in _TICKS.finditer(line, end) if len(run[0]) == len(token[0])), None)
            if closing is None or "|" in line[end : closing.start()]:
                return None
            end = closing.end()
        elif token[0].endswith("<"):
            # a backslash before it is no certain escape: it may be the end of an address
            link = _AUTOLINK.match(line, start)
            end, replacement = (end, "&lt;") if link is None else (link.end(), None)
        parts += (line[place:start], line[start:end] if replacement is None else replacement)
        place = end
    return "".join(parts) + line[place:]
