"""Which language does the reader get, and what does a message say in it?

Catalogues are gettext's, in `locale/`; English is what the code itself says. Two languages are made up for testers:
`en-XA` is accented and longer (whatever stays plain was never translated), `ar-XB` runs from right to left.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

CATALOGUES = Path(__file__).parent / "locale"
SOURCE = "en"
LANGUAGES = (SOURCE, "ar", "de")
"""What readers are offered."""
PSEUDO_LANGUAGES = ("en-XA", "ar-XB")
"""What testers may ask for by their exact name."""

_DATES = {SOURCE: "en_GB", "en-XA": "en_GB", "ar-XB": "en_GB"}
_ACCEPT_MAX_CHARS = 500
_NUMBERS_KEPT = 4_096
_PLACEHOLDER = re.compile(r"(\{[a-z_]+\})")
_LEFT_TO_RIGHT_MARK = "\u200e"
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language of the pages. `tag` is its name in HTML, `locale` where its dates and numbers come from."""

    tag: str
    direction: str
    locale: Locale
    singular: Callable[[str], str]
    plural: Callable[[str, str, int], str]

    def gettext(self, message: str) -> str:
        """Return the message in this language."""
        return self.singular(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the message that this language uses with `count`, and put the number in for `{count}`."""
        return self.plural(one, many, abs(count)).replace("{count}", self.number(count))

    def number(self, value: int) -> str:
        """Return the whole number, in groups of thousands, with a true minus."""
        digits = str(abs(value)) if -1000 < value < 1000 else _grouped(self.tag, abs(value))
        if value >= 0:
            return digits
        return f"{_LEFT_TO_RIGHT_MARK}{_MINUS}{digits}" if self.direction == "rtl" else f"{_MINUS}{digits}"


@lru_cache(_NUMBERS_KEPT)
def _grouped(tag: str, value: int) -> str:
    return format_decimal(value, locale=language(tag).locale, numbering_system="latn")


@cache
def language(tag: str) -> Language:
    """Return one of `LANGUAGES` or `PSEUDO_LANGUAGES`.

    Raises:
        KeyError: There is no such language.
    """
    if tag not in (*LANGUAGES, *PSEUDO_LANGUAGES):
        raise KeyError(tag)
    locale = Locale.parse(_DATES.get(tag, tag))
    if disguise := _DISGUISES.get(tag):
        direction = "rtl" if disguise is _mirrored else "ltr"
        return Language(tag, direction, locale, disguise, lambda one, many, n: disguise(one if n == 1 else many))
    said = _translations(tag)
    return Language(tag, locale.text_direction, locale, said.gettext, said.ngettext)


def choose(asked: str | None, accepted: str | None) -> Language:
    """Return the language for a request.

    Args:
        asked: What `?lang=` names; nonsense counts as nothing.
        accepted: The `Accept-Language` header.
    """
    by_key = {tag.casefold(): tag for tag in (*LANGUAGES, *PSEUDO_LANGUAGES)}
    for wish in (asked or "", *_wishes(accepted or "")):
        if found := by_key.get(wish.casefold()) or by_key.get(wish.casefold().partition("-")[0]):
            return language(found)
    return language(SOURCE)


def _wishes(accepted: str) -> list[str]:
    """Return the header's languages, the most wanted first; what is not wanted at all is left out."""
    weighed: list[tuple[float, str]] = []
    for part in accepted[:_ACCEPT_MAX_CHARS].split(","):
        tag, _, weight = part.partition(";")
        try:
            weighed.append((float(weight.strip().removeprefix("q=") or 1), tag.strip()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _translations(tag: str) -> NullTranslations:
    if tag == SOURCE:
        return NullTranslations()
    with (CATALOGUES / f"{tag}.po").open("rb") as source:
        catalogue = read_po(source, locale=tag, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_FILLING = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _accented(message: str) -> str:
    """Return English in disguise, `[Šķîþ ţö çöñţéñţ one two]`: accents everywhere, a third longer, with both ends."""
    parts = _PLACEHOLDER.split(message)
    plain = "".join(part if part.startswith("{") else part.translate(_ACCENTS) for part in parts)
    filling = " ".join(_FILLING[: 1 + len(message) // 12])
    return f"[{plain} {filling}]"


def _mirrored(message: str) -> str:
    """Return the message with each of its words written from right to left."""
    words = message.split(" ")
    return " ".join(word if "{" in word or not word else f"\u202e{word}\u202c" for word in words)


_DISGUISES: dict[str, Callable[[str], str]] = {"en-XA": _accented, "ar-XB": _mirrored}
