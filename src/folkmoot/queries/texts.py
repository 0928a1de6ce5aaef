"""What does a text look like? As it was rendered when it was written; anew where the renderer has changed since."""

from typing import NamedTuple, Protocol

from folkmoot.text.html import Html
from folkmoot.text.markdown import RENDERER, render_literal, render_markdown

LITERAL = 2
"""`format` of an imported text; 1 is Markdown."""


class StoredText(Protocol):
    """A row that holds a text, with what was rendered from it by some renderer."""

    @property
    def source(self) -> str: ...
    @property
    def format(self) -> int: ...
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def renderer(self) -> int: ...


class TextColumns(NamedTuple):
    """The columns of a text, as statements of lists select them."""

    source: str
    format: int
    html: str
    text: str
    renderer: int


def rendered(stored: StoredText, letter: str, thing: int) -> tuple[Html, str]:
    """Give a text as HTML and as plain text.

    Args:
        stored: its row.
        letter: with the id it names the thing in its footnotes: `p` for a post, `c` for a comment.
        thing: the id.
    """
    if stored.renderer == RENDERER:
        return Html(stored.html), stored.text
    render = render_literal if stored.format == LITERAL else render_markdown
    anew = render(stored.source)
    return anew.for_thing(f"{letter}{thing}"), anew.text
