"""What did it say then? The fragment that joins a thing's text as it was at some moment before its latest edit."""

from typing import Any, NamedTuple

from folkmoot.model.ids import Micros

POST = 1
COMMENT = 2
"""`kind` in the table `edition`."""

COLUMNS = "e.number, e.title, e.url, e.source, e.format, e.html, e.text, e.renderer, e.updated"
"""What `edition_of` takes, of a statement that `join` is part of."""


class Edition(NamedTuple):
    """What a thing said before an edit. A comment has neither title nor url."""

    title: str
    url: str | None
    source: str
    format: int
    html: str
    text: str
    renderer: int
    updated: Micros | None


def join(kind: int, thing: str) -> str:
    """Join, as `e`, the edition that was current at `:as_of`; there is none where the present text was, already.

    Args:
        kind: `POST` or `COMMENT`.
        thing: the column of the thing's id.
    """
    return f"""
        left join edition e on e.kind = {kind} and e.thing_id = {thing} and e.number = (
            select min(f.number) from edition f
            where f.kind = {kind} and f.thing_id = {thing} and f.known_until > :as_of
        )
    """


def edition_of(columns: tuple[Any, ...]) -> Edition | None:
    """Make an edition of `COLUMNS`; of no columns, as of no edition, none."""
    if not columns or columns[0] is None:
        return None
    return Edition(*columns[1:])
