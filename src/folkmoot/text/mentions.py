"""Who is named in a text?"""

import re

from folkmoot.text.html import Html, unescaped
from folkmoot.text.markdown import render_markdown
from folkmoot.text.mention_syntax import Mention, parse_mention

__all__ = ["Mention", "mentions", "mentions_in"]

_SHOWN = re.compile(r'<(?:a|span) class="mention"[^>]*>([^<]*)<')


def mentions(source: str) -> tuple[Mention, ...]:
    """Return whom a Markdown text names, each once, in the order of the text.

    What stands in code, in an address or behind a backslash names nobody; the words of a link do.
    """
    return mentions_in(render_markdown(source).html)


def mentions_in(html: Html) -> tuple[Mention, ...]:
    """Return whom a rendered text names: for a caller that has rendered it already."""
    found = (parse_mention(unescaped(typed)) for typed in _SHOWN.findall(html))
    return tuple(dict.fromkeys(mention for mention in found if mention))
