"""Which messages are there to translate? `python -m folkmoot.doors.web.messages` brings the catalogues up to date.

It reads the code and the templates, writes `locale/messages.pot`, and merges what is new into each language's file,
where it waits for a translator: a test fails until somebody has come.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from folkmoot.doors.web.i18n import CATALOGUES, LANGUAGES, SOURCE

ROOM = Path(__file__).parent
TEMPLATE = CATALOGUES / "messages.pot"

_SAID = re.compile(r'\b_\("([^"\\]*)"\)')
_COMMENT = "Translators:"
"""Begins what the code says to translators, on the line before a message."""
_MADE = datetime(2024, 11, 24, tzinfo=UTC)
"""Written into every file's head: the day of making would differ each time and say nothing."""


def extracted() -> Catalog:
    """Return all messages of this room, in the order of files and lines."""
    catalogue = _catalogue()
    for path in sorted([*ROOM.glob("*.py"), *ROOM.glob("templates/*.html")]):
        found = _in_code(path) if path.suffix == ".py" else _in_template(path)
        for line, message, said in found:
            catalogue.add(message, locations=[(path.relative_to(ROOM).as_posix(), line)], auto_comments=said)
    return catalogue


def template_text() -> str:
    """Return what `messages.pot` should say."""
    return _text(extracted())


def update_all() -> None:
    """Write the template, and merge it into each language's catalogue."""
    template = extracted()
    TEMPLATE.write_text(_text(template), encoding="utf-8")
    for tag in LANGUAGES:
        if tag == SOURCE:
            continue
        path = CATALOGUES / f"{tag}.po"
        merged = _catalogue(tag)
        if path.exists():
            with path.open("rb") as source:
                merged = read_po(source, locale=tag)
        merged.update(template, no_fuzzy_matching=True)
        merged.obsolete.clear()
        path.write_text(_text(merged), encoding="utf-8")


def _catalogue(tag: str | None = None) -> Catalog:
    return Catalog(
        locale=tag,
        project="Folkmoot",
        version="pages",
        copyright_holder="The Folkmoot developers",
        msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=_MADE,
        revision_date=_MADE,
        last_translator="The Folkmoot developers",
        language_team="Folkmoot",
        fuzzy=False,
        header_comment="# Messages of Folkmoot's pages. Made by `python -m folkmoot.doors.web.messages`.",
    )


def _text(catalogue: Catalog) -> str:
    written = io.BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith('"Generated-By'))


Found = tuple[int, str | tuple[str, ...], list[str]]
"""A line's number, the message or its two forms, what is said to translators."""


def _in_code(path: Path) -> Iterator[Found]:
    with path.open("rb") as source:
        for line, message, said, _ in extract("python", source, comment_tags=[_COMMENT]):
            yield line, message, [comment.removeprefix(_COMMENT).strip() for comment in said]


def _in_template(path: Path) -> Iterator[Found]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for found in _SAID.finditer(line):
            yield number, found[1], []


if __name__ == "__main__":
    update_all()
