"""Who sees what of a post or comment? The one table; `queries/visibility.py` says the same in SQL."""

from enum import IntEnum

from folkmoot.model.permissions import State


class Viewer(IntEnum):
    """Who looks, towards one thing. Somebody who is more than one of these is the last one."""

    GUEST = 0
    PERSON = 1
    AUTHOR = 2
    MODERATOR = 3
    ADMIN = 4


class Sight(IntEnum):
    """How much is seen. `PLACE`: that something stood there, by whom and when, and what others answered; no text."""

    PLACE = 1
    WHOLE = 2


def sight(viewer: Viewer, thing: State) -> Sight:
    """How much of a post or comment does a page of its own, or its thread, show to this viewer?

    A thing that is gone keeps its place for everybody. Its text stays readable for its author, who may restore it, and
    for those who answer for the community, until it is erased.
    """
    if thing.erased:
        return Sight.PLACE
    if thing.gone or thing.community_gone:
        return Sight.WHOLE if viewer >= Viewer.AUTHOR else Sight.PLACE
    return Sight.WHOLE


def is_listed(post: State) -> bool:
    """Does a list of posts, a feed or a search show this post? The same for all viewers."""
    return not (post.gone or post.community_gone)
