"""The rank formulas, at their edges and by hand."""

from math import isclose, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.model.ids import Micros
from folkmoot.model.ranking import (
    AGE_BOUNDS,
    RANK_SCALE,
    AgeClass,
    age_class,
    controversy_rank,
    counts_for_active,
    hot_rank,
    next_due,
    post_ranks,
)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
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


@given(
    upvotes=st.integers(min_value=0, max_value=10**6),
    downvotes=st.integers(min_value=0, max_value=10**6),
    age=st.integers(min_value=0, max_value=8 * DAY),
    later=st.integers(min_value=0, max_value=2 * DAY),
    active_month=st.integers(min_value=0, max_value=10**6),
)
def test_stored_ranks_are_the_formulas_in_64_bits(
    upvotes: int, downvotes: int, age: int, later: int, active_month: int
) -> None:
    published = Micros(NOW - age)
    other = Micros(min(NOW, published + later))
    found = post_ranks(upvotes, downvotes, published=published, newest_other=other, active_month=active_month, now=NOW)
    hot = hot_rank(upvotes - downvotes, published, NOW)
    formulas = (
        hot,
        hot_rank(upvotes - downvotes, other, NOW),
        hot / log10(2 + active_month),
        controversy_rank(upvotes, downvotes),
    )
    for stored, formula in zip(found[:4], formulas, strict=True):
        assert 0 <= stored < 2**63
        assert isclose(stored / RANK_SCALE, formula, rel_tol=1e-9, abs_tol=1 / RANK_SCALE)
    assert found[4:] == (upvotes - downvotes, age_class(published, NOW), next_due(published, other, NOW))


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, AgeClass.HOUR),
        (HOUR, AgeClass.HOUR),
        (HOUR + 1, AgeClass.SIX_HOURS),
        (7 * DAY, AgeClass.WEEK),
        (366 * DAY, AgeClass.YEAR),
        (366 * DAY + 1, AgeClass.OLDER),
    ],
)
def test_a_class_holds_posts_not_older_than_its_bound(age: int, expected: AgeClass) -> None:
    assert age_class(Micros(NOW - age), NOW) == expected


def test_there_is_a_bound_for_each_class_but_the_last() -> None:
    assert len(AGE_BOUNDS) == len(AgeClass) - 1
    assert list(AGE_BOUNDS) == sorted(AGE_BOUNDS)


@pytest.mark.parametrize(
    ("age", "commented", "due"),
    [
        (0, 0, 2 * MINUTE),
        (59 * MINUTE, 0, HOUR + 1 - 59 * MINUTE),  # the bound of the first hour
        (HOUR, 0, 1),
        (3 * HOUR, 0, HOUR // 8),
        (4 * HOUR - 24 * SECOND, 0, 600 * SECOND),  # and not 599
        (2 * DAY, 0, 30 * MINUTE),
        (7 * DAY - MINUTE, 0, MINUTE),
        (7 * DAY, 0, 1),
        (7 * DAY + 1, 0, 24 * DAY),
        (8 * DAY, DAY + HOUR, HOUR // 2),  # active for some more time
        (365 * DAY, 0, DAY + 1),
        (366 * DAY + 1, 0, None),
    ],
)
def test_next_due_is_when_age_changes_something_again(age: int, commented: int, due: int | None) -> None:
    published = Micros(NOW - age)
    found = next_due(published, Micros(published + commented), NOW)
    assert found == (None if due is None else NOW + due)


@given(st.integers(min_value=0, max_value=400 * DAY), st.integers(min_value=0, max_value=2 * DAY))
def test_nothing_changes_a_class_before_it_is_due(age: int, later: int) -> None:
    published = Micros(NOW - age)
    other = Micros(min(NOW, published + later))
    due = next_due(published, other, NOW)
    if due is None:
        assert age_class(published, NOW) == AgeClass.OLDER
        return
    assert due > NOW
    assert age_class(published, Micros(due - 1)) == age_class(published, NOW)


@pytest.mark.parametrize(
    ("after", "own", "counts"),
    [(HOUR, False, True), (HOUR, True, False), (2 * DAY, False, False), (2 * DAY - 1, False, True), (0, False, False)],
)
def test_a_comment_by_somebody_else_in_the_first_two_days_counts(after: int, own: bool, counts: bool) -> None:
    assert counts_for_active(NOW, commented=Micros(NOW + after), own=own) == counts
