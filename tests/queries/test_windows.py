"""How far back does Top look? By the calendar, as PostgreSQL's intervals do."""

from datetime import UTC, datetime

import pytest

from folkmoot.model.ids import Micros
from folkmoot.model.ranking import AGE_BOUNDS, AgeClass, age_class
from folkmoot.queries.views import PostSort
from folkmoot.queries.windows import classes_within, window_start

DAY = 86_400_000_000


def micros(*date: int) -> Micros:
    return Micros(round(datetime(*date, tzinfo=UTC).timestamp()) * 1_000_000)  # type: ignore[arg-type,misc] # a date


def test_short_windows_are_spans() -> None:
    now = micros(2026, 3, 31, 12)
    assert window_start(PostSort.TOP_HOUR, now) == micros(2026, 3, 31, 11)
    assert window_start(PostSort.TOP_SIX_HOUR, now) == micros(2026, 3, 31, 6)
    assert window_start(PostSort.TOP_TWELVE_HOUR, now) == micros(2026, 3, 31)
    assert window_start(PostSort.TOP_DAY, now) == micros(2026, 3, 30, 12)
    assert window_start(PostSort.TOP_WEEK, now) == micros(2026, 3, 24, 12)


@pytest.mark.parametrize(
    ("sort", "now", "start"),
    [
        (PostSort.TOP_MONTH, (2026, 3, 31), (2026, 2, 28)),
        (PostSort.TOP_MONTH, (2024, 3, 31), (2024, 2, 29)),
        (PostSort.TOP_MONTH, (2026, 1, 15), (2025, 12, 15)),
        (PostSort.TOP_THREE_MONTHS, (2026, 5, 31), (2026, 2, 28)),
        (PostSort.TOP_SIX_MONTHS, (2026, 8, 31), (2026, 2, 28)),
        (PostSort.TOP_NINE_MONTHS, (2026, 2, 1), (2025, 5, 1)),
        (PostSort.TOP_YEAR, (2024, 2, 29), (2023, 2, 28)),
        (PostSort.TOP_YEAR, (2025, 3, 1), (2024, 3, 1)),
    ],
)
def test_months_are_of_the_calendar(sort: PostSort, now: tuple[int, ...], start: tuple[int, ...]) -> None:
    assert window_start(sort, micros(*now)) == micros(*start)


def test_all_time_and_other_sorts_have_no_window() -> None:
    assert window_start(PostSort.TOP_ALL, Micros(0)) is None
    assert window_start(PostSort.HOT, Micros(0)) is None
    assert classes_within(None, Micros(0)) == range(len(AgeClass))


def test_classes_of_a_window_hold_every_post_in_it() -> None:
    now = micros(2026, 3, 1)
    for sort in PostSort:
        start = window_start(sort, now)
        if start is None:
            continue
        classes = classes_within(start, now)
        for age in (0, 1, *AGE_BOUNDS, *(bound + 1 for bound in AGE_BOUNDS)):
            published = Micros(now - age)
            assert published <= start or age_class(published, now) in classes
    assert classes_within(Micros(now - DAY), now) == range(AgeClass.DAY + 1)
    assert classes_within(Micros(now - 31 * DAY), now) == range(AgeClass.MONTH + 1)
