"""What is a text once it is rendered?"""

from dataclasses import dataclass

from folkmoot.text.html import Html
from folkmoot.text.marks import THING


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML for pages and as plain text for all else.

    `text` is paragraphs with an empty line between them, without a newline at either end.
    """

    html: Html
    text: str

    def for_thing(self, key: str) -> Html:
        """Return the HTML with `key` (`c123`, `p7`) in the ids of its footnotes, so that a page can hold many texts."""
        return Html(self.html.replace(THING, key))
