"""The rank formulas, at their edges and by hand."""

from math import isclose, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.model.ids import Micros
from folkmoot.model.ranking import controversy_rank, hot_rank

HOUR = 3_600_000_000
DAY = 24 * HOUR
NOW = Micros(1_780_000_000_000_000)


@pytest.mark.parametrize(
    ("score", "age", "rank"),
    [
        (1, 0, log10(3) / 2**1.8),
        (0, 0, log10(2) / 2**1.8),
        (-100, 0, log10(2) / 2**1.8),
        (98, 8 * HOUR, 2 / 10**1.8),
        (98, HOUR // 2, 2 / 2.5**1.8),
        (98, 7 * DAY - 1, 2 / 170**1.8),
        (98, 7 * DAY, 0.0),
        (98, -1, 0.0),
    ],
)
def test_hot_rank_is_lemmys(score: int, age: int, rank: float) -> None:
    assert isclose(hot_rank(score, Micros(NOW - age), NOW), rank)


@given(st.integers(), st.integers(min_value=0, max_value=8 * DAY), st.integers(min_value=1, max_value=DAY))
def test_hot_rank_falls_with_age_and_rises_with_score(score: int, age: int, more: int) -> None:
    rank = hot_rank(score, Micros(NOW - age), NOW)
    assert rank >= 0
    assert hot_rank(score, Micros(NOW - age - more), NOW) <= rank
    assert hot_rank(score + 1, Micros(NOW - age), NOW) >= rank


@pytest.mark.parametrize(
    ("upvotes", "downvotes", "rank"),
    [(0, 0, 0), (5, 0, 0), (0, 5, 0), (-1, 5, 0), (1, 1, 2), (10, 10, 20), (10, 5, 15**0.5), (5, 10, 15**0.5)],
)
def test_controversy_rank_is_lemmys(upvotes: int, downvotes: int, rank: float) -> None:
    assert isclose(controversy_rank(upvotes, downvotes), rank)
