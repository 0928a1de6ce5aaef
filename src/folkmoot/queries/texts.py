"""What does a text look like? As it was rendered when it was written; anew where the renderer has changed since."""

from dataclasses import dataclass

from folkmoot.text.html import Html
from folkmoot.text.markdown import RENDERER, render_literal, render_markdown

LITERAL = 2
"""`format` of an imported text; 1 is Markdown."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as its row holds it."""

    source: str
    format: int
    html: str
    text: str
    renderer: int


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text in all its shapes: see `PostView`."""

    html: Html
    text: str
    source: str
    literal: bool


NOTHING = ShownText(html=Html(""), text="", source="", literal=False)


def shown_text(stored: StoredText, *, key: str) -> ShownText:
    """Give a text as pages show it.

    Args:
        stored: as its row holds it, from whichever renderer.
        key: names the thing in its footnotes' ids, such as `c123`.
    """
    literal = stored.format == LITERAL
    if stored.renderer == RENDERER:
        return ShownText(Html(stored.html), stored.text, stored.source, literal)
    anew = render_literal(stored.source) if literal else render_markdown(stored.source)
    return ShownText(anew.for_thing(key), anew.text, stored.source, literal)
