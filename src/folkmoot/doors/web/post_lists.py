"""What do all pages with a list of posts share? Where in which list they are, and what leads on from there."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from folkmoot.doors.web.appearance import Density
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.paths import list_path
from folkmoot.doors.web.post_rows import PostRows, Shown
from folkmoot.doors.web.present import Markup
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PostList
from folkmoot.queries.views import PostSort
from folkmoot.text.html import Html, escaped

USUAL_SORT = PostSort.ACTIVE

_KEPT = 2_048
_WINDOWS = frozenset(sort for sort in PostSort if sort.name.startswith("TOP_")) - {PostSort.TOP_ALL}


class Place(NamedTuple):
    """Where a reader is: a list by its address without cursor, and the cursor that they came with.

    `path` is the page's, without a query; `params` are those of the list, in their order, None where they are usual.
    """

    path: str
    params: tuple[tuple[str, str | None], ...]
    after: str | None

    @property
    def start(self) -> str:
        """The address of the list's first page."""
        return list_path(self.path, **dict(self.params))

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.at(self.after)

    def at(self, after: str | None) -> str:
        """Return the address of the page that begins after a cursor."""
        return list_path(self.path, **dict(self.params), after=after)

    def form(self, path: str) -> str:
        """Return the address of another form of the list, which always begins at its start."""
        return list_path(path, **dict(self.params))


class Ends(NamedTuple):
    """How a list goes on: whether there is a next page, whether this is not the first, why there is nothing."""

    following: bool
    deep: bool
    empty: str = ""

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what templates need of it, and the reader's density."""
        return {**self._asdict(), "density": frame.look.density.value}


@lru_cache(_KEPT)
def list_slots(place: Place, after: str | None) -> Mapping[str, Markup | Html]:
    """Return the addresses that a list's page leads to. They are remembered: nothing is to be changed in them."""
    return {
        "base": escaped(place.path),
        "of": escaped(quote(place.start, safe="/")),
        "back": escaped(place.here),
        "start": escaped(place.start),
        "next": escaped("" if after is None else place.at(after)),
    }


def emptiness(view: PostList, place: Place) -> str:
    """Return why a list is empty, as far as that follows from the list itself; nothing where it is not."""
    if view.posts:
        return ""
    if place.after is not None:
        return "end"
    return "window" if view.sort in _WINDOWS else "all"


def drawn(view: PostList, frame: Frame, now: Micros, *, community: bool) -> Markup:
    """Return the posts of a list as the reader's density wants them."""
    shown = Shown(community=community, excerpt=frame.look.density is Density.ROOMY)
    return PostRows(frame.scene(now), shown).rows(view.posts)
