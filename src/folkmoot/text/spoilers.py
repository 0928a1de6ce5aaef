"""Which `:::` lines begin and end a spoiler?

The parser knows containers of any name and closes an outer one at the first line of colons. Lemmy's users write only
`::: spoiler Title`, nest them with the same number of colons, leave them open and leave them without a title. So the
lines are paired here, before parsing: an outer spoiler gets more colons than what it holds, each title becomes a
number, and colons that begin or end nothing are hidden, so that they stay text.
"""

import re
from dataclasses import dataclass, field

from folkmoot.text.marks import NOTHING, TITLE

_MAX_DEPTH = 12
_MAX_LINES_IN_CODE = 100
"""What looks like code without an end may be none to the parser; more lines than these are hidden from it anyhow."""
_LINE = re.compile(
    r"^((?>(?:[ \t>]|(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]))*))(?:(:{3,}+)([^\n]*)|(`{3,}+(?=[^`\n]*$)|~{3,}+)([^\n]*))$",
    re.MULTILINE,
)
_OPENING = re.compile(r"[ \t]*spoiler(?:[ \t](.*))?", re.IGNORECASE)
_TITLE_MARK = re.compile(f"{TITLE}([0-9]+){TITLE}")


@dataclass(slots=True)
class _Fence:
    """One opening line: where its colons stand, how many they are, and how many they must be."""

    start: int
    end: int
    colons: int
    quotes: int
    needed: int
    title: int
    closing: tuple[int, int] | None = None


@dataclass(slots=True)
class _Scan:
    """What has been seen so far, line by line."""

    titles: list[str] = field(default_factory=list)
    fences: list[_Fence] = field(default_factory=list)
    open: list[_Fence] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    code: str = ""
    in_code: list[int] = field(default_factory=list)


def mark_spoilers(source: str) -> tuple[str, tuple[str, ...]]:
    """Rewrite the lines of colons so that the parser reads them as they are meant.

    Returns:
        The source with a numbered mark in the place of each title, and the titles by their numbers.
    """
    if ":::" not in source:
        return source, ()
    scan = _Scan()
    for line in _LINE.finditer(source):
        _read_line(scan, line)
    return _rewritten(source, scan), tuple(scan.titles)


def spoiler_title(name: str, titles: tuple[str, ...]) -> str | None:
    """Return the title, as Markdown, of a container of that name; None where the container is no spoiler."""
    found = _OPENING.fullmatch(name)
    if found is None:
        return None
    return with_titles((found[1] or "").strip(), titles)


def with_titles(text: str, titles: tuple[str, ...]) -> str:
    """Put the titles back into a text in which their marks are left: the lines stood where no spoiler can begin."""
    if TITLE not in text:
        return text
    return _TITLE_MARK.sub(lambda mark: titles[int(mark[1])] if int(mark[1]) < len(titles) else "", text)


def _read_line(scan: _Scan, line: re.Match[str]) -> None:
    if line[4]:
        _read_code_fence(scan, line[4], line[5])
        return
    if scan.code:
        scan.in_code.append(line.start(2))
        return
    quotes = line[1].count(">")
    while scan.open and scan.open[-1].quotes > quotes:
        scan.open.pop()
    opening = _OPENING.fullmatch(line[3])
    if opening and len(scan.open) < _MAX_DEPTH:
        _open(scan, line, quotes, (opening[1] or "").strip())
    elif line[3].strip(" \t") or not _close(scan, line):
        scan.hidden.append(line.start(2))


def _read_code_fence(scan: _Scan, fence: str, rest: str) -> None:
    """Follow code, in whose lines colons mean nothing; the parser would end a spoiler there, so they are hidden."""
    if not scan.code:
        scan.code = fence
    elif fence.startswith(scan.code) and not rest.strip(" \t"):
        scan.code = ""
        scan.hidden += scan.in_code
        scan.in_code.clear()


def _open(scan: _Scan, line: re.Match[str], quotes: int, title: str) -> None:
    fence = _Fence(line.start(2), line.end(3), len(line[2]), quotes, len(line[2]), len(scan.titles))
    scan.titles.append(title)
    scan.fences.append(fence)
    scan.open.append(fence)


def _close(scan: _Scan, line: re.Match[str]) -> bool:
    """Close the innermost spoiler of as many colons, else of fewer; those inside it end with it."""
    colons = len(line[2])
    here = [index for index, fence in enumerate(scan.open) if fence.colons <= colons]
    if not here:
        return False
    exact = [index for index in here if scan.open[index].colons == colons]
    chosen = (exact or here)[-1]
    scan.open[chosen].closing = (line.start(2), line.end(2))
    for outer, inner in zip(reversed(scan.open[:-1]), reversed(scan.open[1:]), strict=True):
        outer.needed = max(outer.needed, inner.needed + 1)
    del scan.open[chosen:]
    return True


def _rewritten(source: str, scan: _Scan) -> str:
    for outer, inner in zip(reversed(scan.open[:-1]), reversed(scan.open[1:]), strict=True):
        outer.needed = max(outer.needed, inner.needed + 1)
    changes = [(start, start, NOTHING) for start in [*scan.hidden, *scan.in_code[_MAX_LINES_IN_CODE:]]]
    for fence in scan.fences:
        title = f" spoiler {TITLE}{fence.title}{TITLE}" if scan.titles[fence.title] else " spoiler"
        changes.append((fence.start, fence.end, ":" * fence.needed + title))
        if fence.closing:
            changes.append((*fence.closing, ":" * fence.needed))
    pieces = []
    done = 0
    for start, end, text in sorted(changes):
        pieces += [source[done:start], text]
        done = end
    return "".join([*pieces, source[done:]])
