import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.model.ids import Micros
from folkmoot.text.ages import JUST_NOW, Age, Unit, age_between, age_text, latest_time, parse_age
from tests.text.thread_strategies import ALL_AGES, ages

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NOW = Micros(1_732_622_400 * SECOND)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-(10**30), "just now"),
        (-1, "just now"),
        (0, "just now"),
        (MINUTE - 1, "just now"),
        (MINUTE, "1 minute ago"),
        (2 * MINUTE - 1, "1 minute ago"),
        (HOUR - 1, "59 minutes ago"),
        (HOUR, "1 hour ago"),
        (90 * MINUTE, "1 hour ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "1 day ago"),
        (30 * DAY - 1, "29 days ago"),
        (30 * DAY, "1 month ago"),
        (59 * DAY, "1 month ago"),
        (60 * DAY, "2 months ago"),
        (360 * DAY - 1, "11 months ago"),
        (360 * DAY, "11 months ago"),
        (364 * DAY, "11 months ago"),
        (365 * DAY - 1, "11 months ago"),
        (365 * DAY, "1 year ago"),
        (730 * DAY - 1, "1 year ago"),
        (730 * DAY, "2 years ago"),
        (999 * 365 * DAY, "999 years ago"),
        (10**30, "999 years ago"),
    ],
)
def test_age_is_floored_to_the_largest_whole_unit(passed: int, words: str) -> None:
    assert age_text(age_between(Micros(NOW - passed), NOW)) == words


def test_every_age_comes_back_from_its_words() -> None:
    assert len({age_text(age) for age in ALL_AGES}) == 1_122
    assert [parse_age(age_text(age)) for age in ALL_AGES] == ALL_AGES


@pytest.mark.parametrize("read_at", [0, NOW, -(10**17) - 1])
def test_every_age_comes_back_from_its_latest_time_and_from_nothing_later(read_at: int) -> None:
    now = Micros(read_at)
    for age in ALL_AGES:
        latest = latest_time(age, now)
        assert age_between(latest, now) == age
        assert age == JUST_NOW or age_between(Micros(latest + 1), now) != age


@settings(deadline=None)
@given(ages, st.integers(-(10**18), 10**18))
def test_age_comes_back_from_its_latest_time_whenever_it_was_read(age: Age, read_at: int) -> None:
    assert age_between(latest_time(age, Micros(read_at)), Micros(read_at)) == age


@settings(deadline=None)
@given(st.integers(-(10**16), 10**17), st.integers(0, 10**17))
def test_any_two_moments_have_an_age_and_it_never_shrinks(passed: int, more: int) -> None:
    age, later = (age_between(Micros(NOW - span), NOW) for span in (passed, passed + more))
    assert parse_age(age_text(age)) == age
    assert latest_time(later, NOW) <= latest_time(age, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "Just now", "just now ", " just now", "just  now", "0 minutes ago", "1 minutes ago", "2 minute ago",
        "60 minutes ago", "90 minutes ago", "1 hours ago", "24 hours ago", "30 days ago", "12 months ago",
        "1000 years ago", "01 hour ago", "02 hours ago", "-1 hours ago", "+2 hours ago", "٢ hours ago", "２ hours ago",
        "1 week ago", "5 seconds ago", "an hour ago", "2 hours", "2 hours ago.", "2\u00a0hours ago", "2 Hours ago",
        "2 hours ago\n",
    ],
)  # fmt: skip
def test_what_is_no_age_is_none(text: str) -> None:
    assert parse_age(text) is None


@pytest.mark.parametrize(
    ("count", "unit"),
    [(1, None), (-1, None), (0, Unit.MINUTE), (60, Unit.MINUTE), (24, Unit.HOUR), (30, Unit.DAY), (12, Unit.MONTH),
     (1000, Unit.YEAR)],
)  # fmt: skip
def test_impossible_age_cannot_be_made(count: int, unit: Unit | None) -> None:
    with pytest.raises(ValueError, match="no such age"):
        Age(count, unit)
