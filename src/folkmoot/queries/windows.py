"""How far back does "Top" look? Windows that end now, by the calendar, and the age classes that reach into them."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta

from folkmoot.model.ids import Micros
from folkmoot.model.ranking import AGE_BOUNDS
from folkmoot.queries.views import PostSort

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_SPANS = {
    PostSort.TOP_HOUR: timedelta(hours=1),
    PostSort.TOP_SIX_HOUR: timedelta(hours=6),
    PostSort.TOP_TWELVE_HOUR: timedelta(hours=12),
    PostSort.TOP_DAY: timedelta(days=1),
    PostSort.TOP_WEEK: timedelta(weeks=1),
}
_MONTHS = {
    PostSort.TOP_MONTH: 1,
    PostSort.TOP_THREE_MONTHS: 3,
    PostSort.TOP_SIX_MONTHS: 6,
    PostSort.TOP_NINE_MONTHS: 9,
    PostSort.TOP_YEAR: 12,
}


def window_start(sort: PostSort, now: Micros) -> Micros | None:
    """Say when the window of a Top sort begins: posts written later are in it. None where all are, and for other sorts.

    A month is a month of the calendar, in UTC: from 31 March it reaches back to the last day of February.

    Source: the windows of Lemmy's post lists, which are PostgreSQL's intervals.
    """
    if sort in _SPANS:
        return Micros(now - _SPANS[sort] // _MICROSECOND)
    if sort in _MONTHS:
        return _months_before(now, _MONTHS[sort])
    return None


def classes_within(start: Micros | None, now: Micros) -> range:
    """Give the age classes that may hold posts written after `start`: a post is at least as old as its class begins."""
    if start is None:
        return range(len(AGE_BOUNDS) + 1)
    return range(1 + sum(1 for bound in AGE_BOUNDS if bound < now - start))


def _months_before(now: Micros, months: int) -> Micros:
    moment = _EPOCH + now * _MICROSECOND
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return Micros((moment.replace(year=year, month=month + 1, day=day) - _EPOCH) // _MICROSECOND)
