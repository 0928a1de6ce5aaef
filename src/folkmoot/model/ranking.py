"""What comes first? Ranks from votes and age: pure functions, no clock."""

import math

from folkmoot.model.ids import Micros

HOT_GRAVITY = 1.8
HOT_DAYS = 7
_HOUR_MICROS = 3_600_000_000


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
    if age < 0 or age >= HOT_DAYS * 24 * _HOUR_MICROS:
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
