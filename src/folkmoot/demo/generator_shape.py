"""How large is a generated site, and where in it are the things that are hard? Numbers, and draws with a shape."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from random import Random

from folkmoot.model.ids import CommunityId, Micros, PersonId, PostId

DAY_US = 24 * 3600 * 1_000_000
SPAN_DAYS = 3 * 365
"""The first post is so old."""
THREADS = (5_000, 1_000, 10)
"""Threads of so many comments are there in every size."""
RARE_POSTS = 3
MEAN_DELAY_US = DAY_US // 2
"""A post's comments come so long after it, on average."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many there are of each."""

    posts: int
    comments: int
    votes: int
    communities: int
    people: int
    instances: int


class Size(Enum):
    """The three sizes that figures are measured at."""

    S = Extent(posts=1_000, comments=10_000, votes=20_000, communities=50, people=400, instances=20)
    M = Extent(posts=100_000, comments=1_000_000, votes=2_000_000, communities=5_000, people=20_000, instances=200)
    L = Extent(
        posts=1_000_000, comments=10_000_000, votes=10_000_000, communities=20_000, people=100_000, instances=1_000
    )


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Where the hard things are.

    Args:
        threads: by number of comments, posts of the last days in the largest community.
        big_community: has half of everything.
        rare_community: has three posts, a tenth, a half and nine tenths of the way.
        busy_person: wrote a twentieth of all comments.
    """

    threads: Mapping[int, PostId]
    big_community: CommunityId
    rare_community: CommunityId
    busy_person: PersonId


def landmarks(extent: Extent, first: Mapping[str, int]) -> Landmarks:
    """Give the places of a site whose ids begin with `first`, by kind: 1 each in a fresh database."""
    return Landmarks(
        threads={size: PostId(first["post"] + place) for place, size in thread_places(extent).items()},
        big_community=CommunityId(first["community"]),
        rare_community=CommunityId(first["community"] + extent.communities - 1),
        busy_person=PersonId(first["person"] + BUSY_PERSON),
    )


ADMIN, BUSY_PERSON, OTHERS = 0, 1, 2
"""Places among the people."""


def thread_places(extent: Extent) -> dict[int, int]:
    """Give the places of the large threads among the posts, with their sizes: 95 of 100 posts are older."""
    first = extent.posts * 95 // 100 - 1
    return {first + number: size for number, size in enumerate(THREADS)}


def rare_places(extent: Extent) -> set[int]:
    """Give the places of the rare community's posts among the posts."""
    return {extent.posts * tenth // 10 for tenth in (1, 5, 9)}


def moment(now: Micros, share: float) -> Micros:
    """Give the time at which this share of all posts was there: ever more come, 8 of 100 in the last week."""
    return Micros(now - int(SPAN_DAYS * DAY_US * (1 - share) ** 2))


def delay_us(chance: Random, age_us: int) -> int:
    """Draw how long after a post of that age something came: mostly within a day, and never in the future."""
    fits = 1 - math.exp(-age_us / MEAN_DELAY_US)
    return min(age_us, int(-MEAN_DELAY_US * math.log(1 - chance.random() * fits)))


def heavy(chance: Random) -> float:
    """Draw a number with mean 1 and a heavy tail: mostly under 1/3, one of a thousand over 40."""
    return float(((1 - chance.random()) ** (-2 / 3) - 1) / 2)


class Share:
    """Gives out a total in uneven parts, so that nothing is left at the end."""

    def __init__(self, total: int, parts: int) -> None:
        self._total = total
        self._parts = parts
        self._given = 0
        self._least = 0

    def take(self, weight: float, *, most: int, least: int = 0) -> int:
        """Give the next part: `least`, and `weight` times what each would get of the rest if all were alike."""
        self._given += 1
        self._least += least
        usual = self._least / self._given
        rest = max(0.0, self._total - self._parts * usual)
        part = self._total if self._parts == 1 else least + int(weight * rest / self._parts + 0.5)
        part = max(least, min(part, most, self._total))
        self._total -= part
        self._parts -= 1
        return part
