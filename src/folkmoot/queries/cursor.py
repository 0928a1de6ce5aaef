"""Where does the next page begin? Keysets as short texts that clients hand back unread."""

import re
from collections.abc import Sequence
from functools import lru_cache

from folkmoot.model.errors import Invalid

_LIMIT = 2**63


def cursor_text(order: str, keys: Sequence[int]) -> str:
    """Write down the last row of a page.

    Args:
        order: the name of the list's order, without a dot.
        keys: what the list is ordered by; the last one is an id.
    """
    return ".".join([order, *map(str, keys)])


def cursor_keys(text: str, order: str, *, count: int) -> tuple[int, ...]:
    """Read what `cursor_text` wrote.

    Args:
        text: whatever a client sent.
        order: the order that it must be of.
        count: how many keys that order has.

    Raises:
        Invalid: `bad_cursor`.
    """
    found = _pattern(order, count).fullmatch(text)
    keys = () if found is None else tuple(map(int, found.groups()))
    if not keys or any(not -_LIMIT <= key < _LIMIT for key in keys):
        raise Invalid("bad_cursor", field="after")
    return keys


@lru_cache(maxsize=256)
def _pattern(order: str, count: int) -> re.Pattern[str]:
    number = r"\.(0|-?[1-9][0-9]{0,18})"
    return re.compile(re.escape(order) + number * (count - 1) + r"\.([1-9][0-9]{0,9})")
