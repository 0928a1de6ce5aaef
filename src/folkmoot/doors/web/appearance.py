"""How does a reader want to see the pages? A theme, a density of lists, a size of text: guests keep it in a cookie."""

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

COOKIE = "look"
_YEAR_S = 365 * 24 * 60 * 60


class Theme(Enum):
    """Colours. `SYSTEM` follows what the reader's device wishes: light or dark, more contrast or not."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    BLACK = "black"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"


class Density(Enum):
    """How much room a list gives to each of its lines."""

    COMPACT = "compact"
    REGULAR = "regular"
    ROOMY = "roomy"


class Size(Enum):
    """The size of all text against the browser's own, in whole percent of 93.75, 100, 112.5 and 125."""

    SMALL = "93"
    NORMAL = "100"
    LARGE = "112"
    LARGEST = "125"


@dataclass(frozen=True, slots=True)
class Look:
    """A reader's whole setting. Two that look the same are equal, so caches can go by it."""

    theme: Theme = Theme.SYSTEM
    density: Density = Density.REGULAR
    size: Size = Size.NORMAL


DEFAULT = Look()

_THEMES = {theme.value: theme for theme in Theme}
_DENSITIES = {density.value: density for density in Density}
_SIZES = {size.value: size for size in Size}
V = TypeVar("V")


def look_of(cookie_header: str) -> Look:
    """Return the look that the `Cookie` header asks for. What makes no sense counts as not said.

    Of several cookies of the name the first counts: browsers send the one with the closest path first.
    """
    for pair in cookie_header.split(";"):
        name, _, value = pair.partition("=")
        if name.strip() == COOKIE:
            theme, _, rest = value.strip().partition(".")
            density, _, size = rest.partition(".")
            return look_from(theme, density, size)
    return DEFAULT


def look_from(theme: str, density: str, size: str) -> Look:
    """Return the look of three words, each the default where it is none of those that there are."""
    return Look(
        _THEMES.get(theme, DEFAULT.theme), _DENSITIES.get(density, DEFAULT.density), _SIZES.get(size, DEFAULT.size)
    )


def changed(look: Look, wishes: dict[str, str]) -> Look | None:
    """Return the look with what `wishes` say of `theme`, `density` and `size`; None where a wish is no known word."""
    theme = _wished(_THEMES, wishes.get("theme"), look.theme)
    density = _wished(_DENSITIES, wishes.get("density"), look.density)
    size = _wished(_SIZES, wishes.get("size"), look.size)
    if theme is None or density is None or size is None:
        return None
    return Look(theme, density, size)


def _wished(known: dict[str, V], word: str | None, now: V) -> V | None:
    return now if word is None else known.get(word)


def cookie_of(look: Look, *, secure: bool) -> str:
    """Return the value of a `Set-Cookie` header that keeps the look for a year; one of defaults alone needs no cookie.

    Args:
        look: what the reader wants.
        secure: the site is reached by https.
    """
    kept = f"{COOKIE}={look.theme.value}.{look.density.value}.{look.size.value}"
    age = 0 if look == DEFAULT else _YEAR_S
    return f"{kept}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly" + ("; Secure" if secure else "")


def html_attributes(look: Look) -> str:
    """Return the attributes of `<html>`, each after a space: only what differs from the defaults."""
    said = (
        ("theme", look.theme.value, look.theme is DEFAULT.theme),
        ("density", look.density.value, look.density is DEFAULT.density),
        ("size", look.size.value, look.size is DEFAULT.size),
    )
    return "".join(f' data-{name}="{value}"' for name, value, usual in said if not usual)
