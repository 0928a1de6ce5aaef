"""What does a person's Markdown look like, on a page and as plain text?

`guard_source` → the parser → `rewrite` → `sanitised` → `plain_text`; `usual` knows shorter ways for most texts. What is
supported, and what becomes of pictures, is in `docs/markdown.md`; what each step costs, in `bench/render_markdown.py`.
"""

import re

from folkmoot.text.html import Html, sanitised
from folkmoot.text.literal import literal_html, render_literal
from folkmoot.text.parser import parse
from folkmoot.text.plain_text import plain_text
from folkmoot.text.rendered import Rendered
from folkmoot.text.rewriting import rewrite
from folkmoot.text.source_guards import clean_source, guard_source
from folkmoot.text.usual import usual, words_only

__all__ = ["MAX_SOURCE_CHARS", "RENDERER", "Rendered", "render_literal", "render_markdown"]

RENDERER: int = 1
"""Rises with each change of what a source is rendered to; a row with a lower number is rendered anew."""

MAX_SOURCE_CHARS = 100_000
"""A longer source is shown as it is: no door lets one in."""
MAX_TAGS = 16_000
"""So many tags in the parser's HTML no text of that length needs; one that has more is shown as it is."""
MAX_MARKUP_CHARS = 2_000_000

_BLANK_LINES = re.compile(r"\n\s*\n")


def render_markdown(source: str) -> Rendered:
    """Render a text written here or by a peer.

    Never raises, and takes a bounded time whatever the source: one that would cost too much (longer than
    `MAX_SOURCE_CHARS`, more than `MAX_TAGS`) is shown as it was typed.
    """
    if len(source) <= MAX_SOURCE_CHARS and (words := words_only(source)) is not None:
        return words
    clean = clean_source(source)
    if len(clean) > MAX_SOURCE_CHARS:
        return _as_typed(clean)
    guarded = guard_source(clean)
    markup = parse(guarded.source, footnotes=guarded.footnotes, tables=guarded.tables)
    if markup is None or len(markup) > MAX_MARKUP_CHARS or markup.count("<") > MAX_TAGS:
        return _as_typed(clean)
    return _usual(markup) or _rewritten(markup, guarded.titles)


def _usual(markup: str) -> Rendered | None:
    """Take the short way with markup that allows it; the wall says whether it was the right one."""
    found = usual(markup)
    if found is None or (html := sanitised(found[0])) != found[0]:
        return None
    return Rendered(html, found[1])


def _rewritten(markup: str, titles: tuple[str, ...]) -> Rendered:
    html = Html(sanitised(rewrite(markup, titles)).strip())
    return Rendered(html, plain_text(html))


def _as_typed(source: str) -> Rendered:
    text = _BLANK_LINES.sub("\n\n", source.strip())
    return Rendered(literal_html(text), text)
