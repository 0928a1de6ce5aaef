"""Where does the next page begin? Keysets as short texts that clients hand back unread."""

import re

from folkmoot.model.errors import Invalid
from folkmoot.model.ids import Micros, PostId

_CURSOR = re.compile(r"(-?[0-9]{1,18})\.([1-9][0-9]{0,9})")


def cursor_text(published: Micros, post: PostId) -> str:
    """Write down the last row of a page."""
    return f"{published}.{post}"


def cursor_from_text(text: str) -> tuple[Micros, PostId]:
    """Read what `cursor_text` wrote.

    Raises:
        Invalid: `bad_cursor`.
    """
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise Invalid("bad_cursor", field="after")
    return Micros(int(found[1])), PostId(int(found[2]))
