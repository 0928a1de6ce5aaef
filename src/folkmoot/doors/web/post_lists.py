"""What do all pages with a list of posts share? Where in which list they are, and what leads on from there."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from folkmoot.doors.list_rows import MARK
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import post_order
from folkmoot.doors.web.paths import list_path
from folkmoot.doors.web.present import Markup
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
        return _address(self.path, self.params)

    @property
    def here(self) -> str:
        """The address of this page."""
        return self.at(self.after)

    def at(self, after: str | None) -> str:
        """Return the address of the page that begins after a cursor."""
        return list_path(self.path, **dict(self.params), after=after)

    def form(self, path: str) -> str:
        """Return the address of another form of the list, which always begins at its start."""
        return _address(path, self.params)


@lru_cache(_KEPT)
def _address(path: str, params: tuple[tuple[str, str | None], ...]) -> str:
    return list_path(path, **dict(params))


class Part(NamedTuple):
    """Which part of a list a page shows: whether it has rows, and the cursor of the next page, None on the last."""

    filled: bool
    after: str | None


class Ends(NamedTuple):
    """How a list goes on: whether there is a next page, whether this is not the first, why there is nothing."""

    following: bool
    deep: bool
    empty: str = ""

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what templates need of it, and the reader's density."""
        return {**self._asdict(), "density": frame.look.density.value}


def ends(place: Place, part: Part, empty: str) -> Ends:
    """Say how a list goes on.

    Args:
        place: where the reader is.
        part: what is shown.
        empty: why a list without any rows has none.
    """
    deep = place.after is not None
    return Ends(part.after is not None, deep, "" if part.filled else "end" if deep else empty)


def titled(language: Language, place: Place, *names: str) -> str:
    """Return what a page of a list is called: the names that are no empty ones, and that it is not the first page."""
    # Translators: in the title of the second and every further page of a list
    later = () if place.after is None else (language.gettext("later page"),)
    return " · ".join([name for name in (*names, *later) if name])


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


def emptiness(sort: PostSort) -> str:
    """Return why a list of posts that begins with none has none, as far as that follows from its order."""
    return "window" if sort in _WINDOWS else "all"


def rows_slot(part: Part) -> Markup:
    """Return what stands in the place of the rows, which are put in where the page is sent."""
    return Markup(MARK if part.filled else "")


def order_named(sort: PostSort, language: Language) -> str:
    """Return the name of an order for a title; nothing of the usual one."""
    return "" if sort is USUAL_SORT else post_order(sort, language)
