"""How is each order reckoned? In words and as formulas, with the numbers that `model/ranking.py` reckons by."""

from typing import NamedTuple

from babel.numbers import format_decimal

from folkmoot.doors.web.i18n import Language
from folkmoot.model.ids import Micros
from folkmoot.model.ranking import (
    HOT_DAYS,
    HOT_GRAVITY,
    OTHERS_COUNT_DAYS,
    REFRESH_MAX_MICROS,
    REFRESH_MIN_MICROS,
    controversy_rank,
    hot_rank,
    scaled_rank,
)

_MINUTE_MICROS = 60_000_000
_HOUR_MICROS = 60 * _MINUTE_MICROS
_NOW = Micros(1_000 * _HOUR_MICROS)
"""Any moment will do for an example: only ages count."""

YOUNG = (50, 3)
"""An example of Hot: points, and hours since it was written."""
OLD = (200, 12)
WOKEN = (50, 30, 2)
"""An example of Active: points, hours since it was written, hours since somebody else commented."""
SMALL, LARGE = 8, 998
"""An example of Scaled: how many took part within a month in a small and in a large community."""
SPLIT, LIKED = (10, 8), (100, 2)
"""An example of Controversial: votes up and down."""


class Formula(NamedTuple):
    """One section. `line` is the formula itself, empty where words are enough; `example` puts numbers in."""

    anchor: str
    title: str
    said: tuple[str, ...]
    line: str = ""
    example: str = ""


def formulas(language: Language) -> tuple[Formula, ...]:
    """Return what is to be known of the orders, from the one that the others build upon."""
    return (_hot(language), _active(language), _scaled(language), _controversial(language), _plain(language))


def _hot(language: Language) -> Formula:
    _ = language.gettext
    return Formula(
        "hot",
        _("Hot"),
        (
            _(
                "Points are votes up minus votes down. They count by their logarithm, so the first ten weigh as much "
                "as the next ninety. The result is divided by a power of the age: everything sinks, and the older the "
                "slower."
            ),
            language.ngettext(
                "The hours are counted with fractions from when it was written. From the age of {count} day on the "
                "rank is 0, and what is newer comes first.",
                "The hours are counted with fractions from when it was written. From the age of {count} days on the "
                "rank is 0, and what is newer comes first.",
                HOT_DAYS,
            ),
        ),
        # Translators: runs from left to right; in Arabic a left-to-right mark stands after each word
        _("rank = log10(max(2, points + 2)) / (hours + 2) ^ {gravity}").replace(
            "{gravity}", _decimal(HOT_GRAVITY, language, 1)
        ),
        _filled(
            # Translators: the numbers may change: word it so that any would fit
            _(
                "{points} points after {hours} hours give {rank}; {more_points} points after {more_hours} hours give "
                "{less_rank}. So the first comes before the second."
            ),
            points=language.number(YOUNG[0]),
            hours=language.number(YOUNG[1]),
            rank=_decimal(_hot_after(*YOUNG), language),
            more_points=language.number(OLD[0]),
            more_hours=language.number(OLD[1]),
            less_rank=_decimal(_hot_after(*OLD), language),
        ),
    )


def _active(language: Language) -> Formula:
    _ = language.gettext
    points, written, commented = WOKEN
    return Formula(
        "active",
        _("Active"),
        (
            language.ngettext(
                "The formula of Hot, with the hours counted from the newest comment that counts: one by somebody "
                "other than the post's author, written in the post's first {count} day. A post without one is ranked "
                "as by Hot.",
                "The formula of Hot, with the hours counted from the newest comment that counts: one by somebody "
                "other than the post's author, written in the post's first {count} days. A post without one is ranked "
                "as by Hot.",
                OTHERS_COUNT_DAYS,
            ),
        ),
        "",
        _filled(
            # Translators: the numbers may change: word it so that any would fit
            _(
                "A post of {hours} hours with {points} points has {rank} by Hot; if somebody else commented "
                "{commented} hours ago, it has {woken} by Active."
            ),
            hours=language.number(written),
            points=language.number(points),
            commented=language.number(commented),
            rank=_decimal(_hot_after(points, written), language),
            woken=_decimal(_hot_after(points, commented), language),
        ),
    )


def _scaled(language: Language) -> Formula:
    _ = language.gettext
    hot = _hot_after(*YOUNG)
    return Formula(
        "scaled",
        _("Scaled"),
        (
            _(
                "The rank of Hot, divided by the logarithm of how many people posted, commented or voted in the "
                "community within a month: so a small community is seen beside a large one. Within one community the "
                "order is that of Hot."
            ),
        ),
        # Translators: runs from left to right; in Arabic a left-to-right mark stands after each word
        _("rank = rank by Hot / log10(2 + people)"),
        _filled(
            _("{rank} by Hot stays {small} where {few} people take part, and becomes {large} where {many} do."),
            rank=_decimal(hot, language),
            few=language.number(SMALL),
            many=language.number(LARGE),
            small=_decimal(scaled_rank(hot, SMALL), language),
            large=_decimal(scaled_rank(hot, LARGE), language),
        ),
    )


def _controversial(language: Language) -> Formula:
    _ = language.gettext
    return Formula(
        "controversial",
        _("Controversial"),
        (_("Many votes on both sides come first. Where one side has no votes the rank is 0. Age does not count."),),
        # Translators: runs from left to right; in Arabic a left-to-right mark stands after each word
        _("rank = (up + down) ^ (the smaller of both / the larger)"),
        _filled(
            _("{up} up and {down} down give {rank}; {more_up} up and {few_down} down give {less_rank}."),
            up=language.number(SPLIT[0]),
            down=language.number(SPLIT[1]),
            rank=_decimal(controversy_rank(*SPLIT), language, 1),
            more_up=language.number(LIKED[0]),
            few_down=language.number(LIKED[1]),
            less_rank=_decimal(controversy_rank(*LIKED), language, 1),
        ),
    )


def _plain(language: Language) -> Formula:
    _ = language.gettext
    refreshed = _filled(
        _(
            "The ranks of posts are stored. They are calculated again soon after a vote or a comment, and as the "
            "post ages: every {least} minutes while it is young, at least every {most} minutes later. Comments are "
            "ranked when their page is made."
        ),
        least=language.number(REFRESH_MIN_MICROS // _MINUTE_MICROS),
        most=language.number(REFRESH_MAX_MICROS // _MINUTE_MICROS),
    )
    return Formula(
        "rest",
        _("The same for all"),
        (
            _("Where two posts rank the same, the newer comes first. Nothing depends on who is reading."),
            refreshed,
        ),
    )


def _hot_after(points: int, hours: int) -> float:
    return hot_rank(points, Micros(_NOW - hours * _HOUR_MICROS), _NOW)


def _decimal(value: float, language: Language, digits: int = 3) -> str:
    pattern = "#,##0." + "0" * digits
    return format_decimal(round(value, digits), pattern, locale=language.locale, numbering_system="latn")


def _filled(message: str, **parts: str) -> str:
    for name, part in parts.items():
        message = message.replace(f"{{{name}}}", part)
    return message
