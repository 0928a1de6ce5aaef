"""How is a text kept? Its source, and what was rendered from it by which renderer."""

from dataclasses import dataclass
from enum import IntEnum

from folkmoot.text.html import Html


class Format(IntEnum):
    """What a source is written in."""

    MARKDOWN = 1
    LITERAL = 2


class Kind(IntEnum):
    """Which table a thing's id belongs to, where one table speaks of both."""

    POST = 1
    COMMENT = 2


@dataclass(frozen=True, slots=True)
class StoredText:
    """A post's or comment's text as its wide row holds it."""

    source: str
    format: Format
    html: Html
    text: str
    renderer: int
