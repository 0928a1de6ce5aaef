"""How is a moment written down exactly?"""

import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.model.ids import Micros
from folkmoot.model.times import FIRST, LAST, http_date, moment_from_iso, rfc3339

NOON = 1_732_622_400_000_000


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (NOON, "2024-11-26T12:00:00Z"),
        (NOON + 120_000, "2024-11-26T12:00:00.120Z"),
        (NOON + 123_456, "2024-11-26T12:00:00.123456Z"),
        (NOON + 10, "2024-11-26T12:00:00.000010Z"),
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (FIRST - 1, "0001-01-01T00:00:00Z"),
        (-(10**30), "0001-01-01T00:00:00Z"),
        (10**30, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_moment_has_as_many_digits_as_it_needs(micros: int, text: str) -> None:
    assert rfc3339(Micros(micros)) == text


@given(st.integers(FIRST, LAST))
def test_written_moment_reads_back_exactly(micros: int) -> None:
    assert moment_from_iso(rfc3339(Micros(micros))) == micros


@given(st.integers(0, LAST))
def test_http_date_reads_back_to_the_second(micros: int) -> None:
    parsed = email.utils.parsedate_to_datetime(http_date(Micros(micros)))
    assert int(parsed.timestamp()) == micros // 1_000_000


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("2024-11-26T12:00:00Z", NOON),
        ("2024-11-26T12:00:00", NOON),
        ("2024-11-26 12:00", NOON),
        ("2024-11-26T14:00:00+02:00", NOON),
        ("2024-11-26T12:00:00.5Z", NOON + 500_000),
        ("2024-11-26", NOON - 12 * 3_600_000_000),
        ("yesterday", None),
        ("2024-13-26T12:00:00Z", None),
        ("2024-11-26T25:00:00Z", None),
        ("٢٠٢٤-11-26", None),
        ("2024-11-26T12:00:00 Z", None),
        ("", None),
    ],
)
def test_iso_time_is_utc_unless_it_says_otherwise(text: str, micros: int | None) -> None:
    assert moment_from_iso(text) == micros
