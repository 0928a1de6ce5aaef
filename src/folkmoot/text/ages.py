"""How old is it, in the words of a thread's text form? Ages are floored to the largest whole unit that fits.

A month has 30 days and a year 365, so 360 to 364 days are still 11 months. A moment that is yet to come is `just now`.
Pages in other languages translate an `Age`; only the text form speaks the English of `age_text`.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from folkmoot.model.ids import Micros

MINUTE_MICROS = 60 * 1_000_000
HOUR_MICROS = 60 * MINUTE_MICROS
DAY_MICROS = 24 * HOUR_MICROS


class Unit(Enum):
    """A unit of age; the value is its English singular."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_MICROS = {
    Unit.MINUTE: MINUTE_MICROS,
    Unit.HOUR: HOUR_MICROS,
    Unit.DAY: DAY_MICROS,
    Unit.MONTH: 30 * DAY_MICROS,
    Unit.YEAR: 365 * DAY_MICROS,
}
_MOST = {Unit.MINUTE: 59, Unit.HOUR: 23, Unit.DAY: 29, Unit.MONTH: 11, Unit.YEAR: 999}


@dataclass(frozen=True, slots=True)
class Age:
    """A whole number of one unit, from 1 to what the next unit begins with; no unit and 0 is `just now`."""

    count: int
    unit: Unit | None

    def __post_init__(self) -> None:
        """Refuse an age that the text form has no words for."""
        least, most = (0, 0) if self.unit is None else (1, _MOST[self.unit])
        if not least <= self.count <= most:
            raise ValueError(f"no such age: {self.count} {self.unit}")


JUST_NOW = Age(0, None)


_EACH = {unit: tuple(Age(count, unit) for count in range(1, most + 1)) for unit, most in _MOST.items()}
_COARSE = [(_MICROS[unit], _EACH[unit]) for unit in (Unit.YEAR, Unit.MONTH)]
_MINUTES, _HOURS, _DAYS = _EACH[Unit.MINUTE], _EACH[Unit.HOUR], _EACH[Unit.DAY]
_MONTH_MICROS = _MICROS[Unit.MONTH]


def age_between(then: Micros, now: Micros) -> Age:
    """Return the age at `now` of what happened at `then`: of what lies ahead just now, at most 999 years."""
    passed = now - then
    if passed < MINUTE_MICROS:
        return JUST_NOW
    if passed < HOUR_MICROS:
        return _MINUTES[passed // MINUTE_MICROS - 1]
    if passed < DAY_MICROS:
        return _HOURS[passed // HOUR_MICROS - 1]
    if passed < _MONTH_MICROS:
        return _DAYS[passed // DAY_MICROS - 1]
    unit, ages = _COARSE[0] if passed >= _COARSE[0][0] else _COARSE[1]
    return ages[min(passed // unit, len(ages)) - 1]


def age_text_between(then: Micros, now: Micros) -> str:
    """Return the age at `now` of what happened at `then`, as the text form writes it."""
    passed = now - then
    return _text_of_days(passed // DAY_MICROS) if passed >= DAY_MICROS else age_text(age_between(then, now))


@lru_cache(4_096)
def _text_of_days(days: int) -> str:
    return age_text(age_between(Micros(-days * DAY_MICROS), Micros(0)))


def parse_age(text: str) -> Age | None:
    """Return the age that the text form writes exactly so, or None: no blank, zero, or plural too many."""
    return _by_text().get(text)


def age_text(age: Age) -> str:
    """Return the age as the text form writes it: `just now`, `1 hour ago`, `2 hours ago`."""
    if age.unit is None:
        return "just now"
    return f"{age.count} {age.unit.value}{'' if age.count == 1 else 's'} ago"


def latest_time(age: Age, read_at: Micros) -> Micros:
    """Return the latest moment that had this age at `read_at`; `age_between` gives the age back, exactly."""
    return read_at if age.unit is None else Micros(read_at - age.count * _MICROS[age.unit])


@cache
def _by_text() -> dict[str, Age]:
    """Return every age there is, by its words: 1,122 of them."""
    counted = (Age(count, unit) for unit in Unit for count in range(1, _MOST[unit] + 1))
    return {age_text(age): age for age in (JUST_NOW, *counted)}
