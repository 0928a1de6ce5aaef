"""What comes first? Ranks from votes and age: pure functions, no clock.

Comments are ranked when they are read, as floats. Posts have stored ranks: integers in steps of 1 / `RANK_SCALE`,
larger first, which a worker refreshes when `next_due` says so.
"""

import math
from bisect import bisect_left
from enum import IntEnum
from typing import NamedTuple

from folkmoot.model.ids import Micros

HOT_GRAVITY = 1.8
HOT_DAYS = 7
OTHERS_COUNT_DAYS = 2
"""So long after a post a comment by somebody else makes it active again."""
RANK_SCALE = 10**10

_MINUTE_MICROS = 60_000_000
_HOUR_MICROS = 60 * _MINUTE_MICROS
_DAY_MICROS = 24 * _HOUR_MICROS
HOT_MICROS = HOT_DAYS * _DAY_MICROS
OTHERS_COUNT_MICROS = OTHERS_COUNT_DAYS * _DAY_MICROS

REFRESH_MIN_MICROS = 2 * _MINUTE_MICROS
REFRESH_MAX_MICROS = 30 * _MINUTE_MICROS
_REFRESHES_AN_AGE = 24
_TOGETHER_MICROS = 10_000_000


class AgeClass(IntEnum):
    """The shortest window of "Top" that a post is within; a class holds posts not older than its bound.

    The posts of a window are those of its class and of all smaller ones.
    """

    HOUR = 0
    SIX_HOURS = 1
    TWELVE_HOURS = 2
    DAY = 3
    WEEK = 4
    MONTH = 5
    THREE_MONTHS = 6
    SIX_MONTHS = 7
    NINE_MONTHS = 8
    YEAR = 9
    OLDER = 10


AGE_BOUNDS: tuple[int, ...] = (
    _HOUR_MICROS,
    6 * _HOUR_MICROS,
    12 * _HOUR_MICROS,
    _DAY_MICROS,
    7 * _DAY_MICROS,
    31 * _DAY_MICROS,
    92 * _DAY_MICROS,
    184 * _DAY_MICROS,
    275 * _DAY_MICROS,
    366 * _DAY_MICROS,
)
"""How old the posts of each class are at most, in microseconds, by the number of the class; `OLDER` has no bound."""


class Ranks(NamedTuple):
    """What a post's row holds of its ranks. `top` is the score; `due` is as `next_due` says."""

    hot: int
    active: int
    scaled: int
    controversy: int
    top: int
    age_class: int
    due: Micros | None


def hot_rank(score: int, published: Micros, now: Micros) -> float:
    """Rank so that newer and better sort first.

    Args:
        score: upvotes minus downvotes; any sign.
        published: when it was written.
        now: when it is looked at.

    Returns:
        At least 0; larger sorts earlier. 0 for the future and from the age of 7 days on.

    Source: Lemmy 0.19's SQL function `hot_rank` (hours with fractions); its own documentation has other
    constants.
    """
    age = now - published
    if age < 0 or age >= HOT_MICROS:
        return 0.0
    return math.log10(max(2, score + 2)) / math.pow(age / _HOUR_MICROS + 2, HOT_GRAVITY)


def controversy_rank(upvotes: int, downvotes: int) -> float:
    """Rank so that many and evenly split votes sort first.

    Returns:
        At least 0; larger sorts earlier. 0 where one side has no votes.

    Source: Lemmy 0.19's SQL function `controversy_rank`.
    """
    if upvotes <= 0 or downvotes <= 0:
        return 0.0
    return math.pow(upvotes + downvotes, min(upvotes, downvotes) / max(upvotes, downvotes))


def scaled_rank(hot: float, active_month: int) -> float:
    """Raise the hot rank of posts in communities where few take part.

    Source: Lemmy 0.19's SQL function `scaled_rank`.
    """
    return hot / math.log10(2 + active_month)


def post_ranks(
    upvotes: int, downvotes: int, *, published: Micros, newest_other: Micros, active_month: int, now: Micros
) -> Ranks:
    """Give a post's ranks as they are stored.

    Args:
        upvotes: how many.
        downvotes: how many.
        published: when it was written.
        newest_other: when the newest comment was written that counts for Active; `published` where there is none.
        active_month: how many took part in its community within a month.
        now: for which moment.
    """
    score = upvotes - downvotes
    hot = hot_rank(score, published, now)
    active = hot if newest_other == published else hot_rank(score, newest_other, now)
    controversy = controversy_rank(upvotes, downvotes)
    return Ranks(
        hot=_stored(hot),
        active=_stored(active),
        scaled=_stored(scaled_rank(hot, active_month)),
        controversy=_stored(controversy),
        top=score,
        age_class=age_class(published, now),
        due=next_due(published, newest_other, now),
    )


def _stored(rank: float) -> int:
    return round(rank * RANK_SCALE)


def counts_for_active(published: Micros, *, commented: Micros, own: bool) -> bool:
    """Tell whether a comment makes its post active again: by somebody else, in the post's first two days.

    Source: Lemmy 0.19's column `newest_comment_time_necro`.
    """
    return not own and published < commented < published + OTHERS_COUNT_MICROS


def age_class(published: Micros, now: Micros) -> int:
    """Give the number of the `AgeClass` that a post is in."""
    return bisect_left(AGE_BOUNDS, now - published)


def next_due(published: Micros, newest_other: Micros, now: Micros) -> Micros | None:
    """Say when age alone changes a post's ranks or its class again, None where it never will.

    While they decay that is after a 24th of the age, but within 2 to 30 minutes, at whole 10 s, so that those that are
    due can be refreshed together.
    """
    older = age_class(published, now)
    due = None if older == AgeClass.OLDER else published + AGE_BOUNDS[older] + 1
    cold = max(published, newest_other) + HOT_MICROS
    if now < cold:
        age = now - max(published, newest_other)
        pause = min(max(age // _REFRESHES_AN_AGE, REFRESH_MIN_MICROS), REFRESH_MAX_MICROS)
        again = min(cold, -(-(now + pause) // _TOGETHER_MICROS) * _TOGETHER_MICROS)
        due = again if due is None else min(due, again)
    return None if due is None else Micros(due)
