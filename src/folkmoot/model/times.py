"""How is a moment written down exactly? The two notations of the formats that we give out, and the one that we take."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from folkmoot.model.ids import Micros

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
FIRST = Micros((datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND)
"""The first moment that the calendar of these notations has: the year 1."""
LAST = Micros((datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND)

_DAY_MICROS = 24 * 60 * 60 * 1_000_000
_TWO = [f"{number:02}" for number in range(60)]
_MINUTES = [f"{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60)]
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@lru_cache(4_096)
def _day(day: int) -> tuple[str, str]:
    """Give a day, counted from 1970-01-01, in both notations."""
    date = (_EPOCH + timedelta(days=day)).date()
    return date.isoformat(), f"{_DAYS[date.weekday()]}, {date.day:02} {_MONTHS[date.month - 1]} {date.year:04}"


def _parted(at: Micros) -> tuple[tuple[str, str], str, int]:
    """Take a moment apart: the day, the time of day to whole seconds, the microseconds that are left."""
    day, rest = divmod(at if FIRST <= at <= LAST else min(max(at, FIRST), LAST), _DAY_MICROS)
    second, micros = divmod(rest, 1_000_000)
    return _day(day), f"{_MINUTES[second // 60]}{_TWO[second % 60]}", micros


def rfc3339(at: Micros) -> str:
    """Write a moment as `2024-11-26T12:00:00Z`, with three or six more digits where it has a part of a second.

    A moment outside the years 1 to 9999 is written as the nearest one inside.

    Source: the timestamps of Lemmy's HTTP API; RFC 3339.
    """
    (date, _), time, micros = _parted(at)
    if not micros:
        return f"{date}T{time}Z"
    return f"{date}T{time}.{micros // 1_000:03}Z" if micros % 1_000 == 0 else f"{date}T{time}.{micros:06}Z"


def http_date(at: Micros) -> str:
    """Write a moment as `Tue, 26 Nov 2024 12:00:00 GMT`, whatever the process's locale is.

    Source: RFC 9110, 5.6.7; RSS 2.0 takes the same form.
    """
    (_, date), time, _ = _parted(at)
    return f"{date} {time} GMT"


def moment_from_iso(text: str) -> Micros | None:
    """Read an ISO 8601 date or time; without a zone it is UTC, without a time of day midnight.

    Returns:
        None where it is not one.
    """
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Micros((moment - _EPOCH) // _MICROSECOND)
