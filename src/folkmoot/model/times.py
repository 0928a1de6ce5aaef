"""How is a moment written down exactly? The two notations of the formats that we give out, and the one that we take."""

import re
from datetime import UTC, datetime, timedelta

from folkmoot.model.ids import Micros

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
FIRST = Micros((datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND)
"""The first moment that the calendar of these notations has: the year 1."""
LAST = Micros((datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND)

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


def _moment(at: Micros) -> datetime:
    return _EPOCH + timedelta(microseconds=min(max(at, FIRST), LAST))


def rfc3339(at: Micros) -> str:
    """Write a moment as `2024-11-26T12:00:00Z`, with three or six more digits where it has a part of a second.

    A moment outside the years 1 to 9999 is written as the nearest one inside.

    Source: the timestamps of Lemmy's HTTP API; RFC 3339.
    """
    text = _moment(at).replace(tzinfo=None).isoformat()
    return f"{text.removesuffix('000') if '.' in text else text}Z"


def http_date(at: Micros) -> str:
    """Write a moment as `Tue, 26 Nov 2024 12:00:00 GMT`, whatever the process's locale is.

    Source: RFC 9110, 5.6.7; RSS 2.0 takes the same form.
    """
    moment = _moment(at)
    return (
        f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year:04} "
        f"{moment.hour:02}:{moment.minute:02}:{moment.second:02} GMT"
    )


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
