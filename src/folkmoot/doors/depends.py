"""What does an answer depend on? Doors say it beside each document, so that caches know what a change makes old."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from folkmoot.model.ids import Micros

MINUTE_MICROS = 60 * 1_000_000
HOUR_MICROS = 60 * MINUTE_MICROS
DAY_MICROS = 24 * HOUR_MICROS


class Of(Enum):
    """The kinds of things that an answer can depend on."""

    SITE = "site"
    POST = "post"
    """A post with its whole thread: text, counters, comments, votes."""
    COMMUNITY = "community"
    """A community's own texts, counters, moderators."""
    PLACE = "place"
    """What a community is called, for whoever only names it."""
    PERSON = "person"
    """Somebody's own page: what they are, and what they wrote."""
    LIST = "list"
    """A list of posts or comments: of all communities (id 0), or of one."""
    DIRECTORY = "directory"
    MODLOG = "modlog"

    __hash__ = object.__hash__  # there is one of each, and a list hashes a hundred: an enum's own asks in Python


Thing = tuple[Of, int]
"""A kind and an id; where there is but one of the kind, the id is 0."""

SITE: Thing = (Of.SITE, 0)


class Depends(NamedTuple):
    """What an answer shows.

    `people` are those whose names, marks or roles it shows. `until` is when an age that it shows becomes another one;
    None where it shows none.
    """

    things: frozenset[Thing]
    people: frozenset[int]
    until: Micros | None


def ages_until(times: Iterable[Micros], now: Micros) -> Micros:
    """Say until when the ages of these moments stay as they are: at most a minute from `now`."""
    # what is older than a day, and most is, has its own end only in the last minute of a day
    soon = [at for at in times if now - at < DAY_MICROS or (now - at) % DAY_MICROS > DAY_MICROS - MINUTE_MICROS]
    return min([Micros(now + MINUTE_MICROS), *(age_until(at, now) for at in soon)])


def age_until(at: Micros, now: Micros) -> Micros:
    """Say until when the age of one moment stays as it is: of what is old for up to a day."""
    age = now - at
    unit = MINUTE_MICROS if age < HOUR_MICROS else HOUR_MICROS if age < DAY_MICROS else DAY_MICROS
    return Micros(now + unit - age % unit)
