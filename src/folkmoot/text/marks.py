"""Which characters carry our own marks through the Markdown parser?

The parser gives HTML, not a tree, so what must not be read by it, or must be found again behind it, is written with
noncharacters (U+FDD0 and following), which no source can contain: `clean_source` takes them out first. An entity such
as `&#xFDD0;` can still make one behind the parser; each mark is therefore harmless when forged: it is shown as the
character that it stands for, or as nothing.
"""

import re
from urllib.parse import quote

MENTION_AT = "\ufdd0"
"""The first `@` of `@name@host`."""
MENTION_BANG = "\ufdd1"
"""The `!` of `!name@host`."""
MENTION_SLASH = "\ufdd2"
"""The first `/` of `/u/name@host` and `/c/name@host`."""
HIDDEN_AT = "\ufdd3"
"""An `@` that makes no mail address: the inner one of a mention, or one too many."""
NOTHING = "\ufdd4"
"""Nothing: put where the parser should not see what follows as what it is."""
TITLE = "\ufdd5"
"""Around the number of a spoiler's title."""
THING = "\ufdd6"
"""In footnote ids, the place of the thing's key."""
OPEN_BRACE = "\ufdd7"
"""A brace behind a backslash: it opens no ruby."""
HIDDEN_PAREN = "\ufdd8"
"""A closing parenthesis that the parser need not count."""
HIDDEN_LT = "\ufdd9"
"""A `<` that the parser need not look for."""

_PLAIN = {
    MENTION_AT: "@",
    MENTION_BANG: "!",
    MENTION_SLASH: "/",
    HIDDEN_AT: "@",
    NOTHING: "",
    TITLE: "",
    THING: "",
    OPEN_BRACE: "{",
    HIDDEN_PAREN: ")",
    HIDDEN_LT: "&lt;",
}
_AS_TYPED = {**_PLAIN, OPEN_BRACE: "\\{"}
_IN_ADDRESS = {**_PLAIN, HIDDEN_LT: "%3C", OPEN_BRACE: "%7B"}
_ENCODED = {quote(mark): character for mark, character in _IN_ADDRESS.items()}

_ANY = re.compile("[\ufdd0-\ufdef]")
_ANY_ENCODED = re.compile("%EF%B7%[9A][0-9A-F]")


def unmarked(markup: str) -> str:
    """Return escaped text with each mark as the character that it stands for."""
    return _ANY.sub(lambda mark: _PLAIN.get(mark[0], "\ufffd"), markup)


def unmarked_code(markup: str) -> str:
    """Return escaped code with each mark as it was typed: there a backslash is a backslash."""
    return _ANY.sub(lambda mark: _AS_TYPED.get(mark[0], "\ufffd"), markup)


def unmarked_address(address: str) -> str:
    """Return an address with each mark, plain or percent-encoded, as the character that it stands for."""
    plain = _ANY.sub(lambda mark: _IN_ADDRESS.get(mark[0], "%EF%BF%BD"), address)
    if "%EF%B7%" not in plain:
        return plain
    return _ANY_ENCODED.sub(lambda mark: _ENCODED.get(mark[0], mark[0]), plain)
