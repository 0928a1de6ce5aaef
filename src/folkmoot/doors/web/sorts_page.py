"""Which orders does a list have? All of them as links, a sentence each, and below how each is reckoned."""

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

from folkmoot.doors.web.frame import Frame, fill_page, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import person_order, post_order
from folkmoot.doors.web.paths import list_path, named_path
from folkmoot.doors.web.sort_formulas import formulas
from folkmoot.doors.web.words import words_in
from folkmoot.model.ranking import AGE_BOUNDS, OTHERS_COUNT_DAYS
from folkmoot.queries.views import CommentSort, Feed, PersonShow, PersonSort, PostSort

ASKED_MAX_CHARS = 1_000

_HOUR_MICROS = 3_600_000_000
_DAY_MICROS = 24 * _HOUR_MICROS
_PLACE = re.compile(r"/|/(?P<kind>[cu])/(?P<name>[^/\\?#\s\x00-\x1f\x7f-\x9f]{1,300})|/post/[1-9][0-9]{0,9}")
_FEEDS = {feed.value for feed in Feed}
_SHOWN = {show.value for show in PersonShow}

_WINDOWS = [sort for sort in PostSort if sort.name.startswith("TOP_") and sort is not PostSort.TOP_ALL]
WINDOWS = dict(zip(_WINDOWS, AGE_BOUNDS, strict=True))
"""How old the posts of a "Top" order are at most, in microseconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A list whose orders are asked for. `feed` and `show` stay as they are, None where they are usual."""

    path: str = "/"
    feed: str | None = None
    show: str | None = None
    sort: str | None = None

    def sorted_by(self, sort: str) -> str:
        """Return the address of this list in another order."""
        return list_path(self.path, feed=self.feed, show=self.show, sort=sort)

    @property
    def address(self) -> str:
        """The address of this list in the order that it came in."""
        return list_path(self.path, feed=self.feed, show=self.show, sort=self.sort)


class Order(NamedTuple):
    """One way to sort. `value` stands in addresses."""

    value: str
    name: str
    sentence: str


def place_asked(asked: str, feed: str = "") -> Place:
    """Return the list that `?of=` names, the front page where it names none that has orders.

    Args:
        asked: a path of ours, with a query or without.
        feed: what `?feed=` says beside it.
    """
    path, _, query = asked[:ASKED_MAX_CHARS].partition("?")
    found = _PLACE.fullmatch(_decoded(path))
    if found is None:
        return Place()
    path = named_path(f"/{found['kind']}/", found["name"]) if found["kind"] else found[0]
    params = {"feed": feed, **dict(parse_qsl(query, errors="replace"))}
    known = _orders_at(path)
    sort = params.get("sort")
    return Place(
        path=path,
        feed=_kept(params.get("feed"), _FEEDS) if path == "/" else None,
        show=_kept(params.get("show"), _SHOWN) if path.startswith(("/c/", "/u/")) else None,
        sort=sort if sort in known else None,
    )


def _decoded(path: str) -> str:
    """Return the path with its letters as they are; what is no UTF-8 names nothing."""
    try:
        return unquote(path, errors="strict")
    except ValueError:
        return ""


def _kept(value: str | None, known: set[str]) -> str | None:
    return value if value in known else None


def _orders_at(path: str) -> set[str]:
    kind = PersonSort if path.startswith("/u/") else CommentSort if path.startswith("/post/") else PostSort
    return {sort.value for sort in kind}


def sorts_page(place: Place, frame: Frame) -> str:
    """Return the page of all orders of a list."""
    _ = frame.language.gettext
    return fill_page(
        "sorts.html",
        frame,
        head=Head(
            _("How lists are ordered"), "/sorts", _("Every order of posts and comments here, and how it is calculated.")
        ),
        values={
            "here": "sorts",
            "back": plain(place.address),
            "orders": [
                {
                    **_named(order),
                    "href": plain(place.sorted_by(order.value)),
                    "current": order.value == place.sort,
                }
                for order in _orders(place, frame.language)
            ],
            "comments": []
            if place.path.startswith("/post/")
            else list(map(_named, _orders_of_comments(frame.language))),
            "formulas": [
                {
                    "anchor": formula.anchor,
                    "title": plain(formula.title),
                    "said": [plain(paragraph) for paragraph in formula.said],
                    "line": plain(formula.line),
                    "example": plain(formula.example),
                }
                for formula in formulas(frame.language)
            ],
        },
    )


def _named(order: Order) -> dict[str, object]:
    return {"name": plain(order.name), "sentence": plain(order.sentence)}


def _orders(place: Place, language: Language) -> list[Order]:
    if place.path.startswith("/u/"):
        return _orders_of_items(language)
    if place.path.startswith("/post/"):
        return _orders_of_comments(language)
    return _orders_of_posts(language)


def _orders_of_posts(language: Language) -> list[Order]:
    _ = language.gettext
    said: dict[PostSort, str] = {
        PostSort.ACTIVE: language.ngettext(
            "Liked and talked about: a comment by somebody else makes a post young again in its first {count} day.",
            "Liked and talked about: a comment by somebody else makes a post young again in its first {count} days.",
            OTHERS_COUNT_DAYS,
        ),
        PostSort.HOT: _("Liked and new: points against age."),
        PostSort.SCALED: _("As Hot, with the posts of small communities raised."),
        PostSort.NEW: _("The newest first."),
        PostSort.OLD: _("The oldest first."),
        PostSort.CONTROVERSIAL: _("Many votes, evenly for and against."),
        PostSort.MOST_COMMENTS: _("Those with the most comments first."),
        PostSort.NEW_COMMENTS: _("Those with the newest comment first."),
        PostSort.TOP_ALL: _("The most points of all posts."),
    }
    said |= {sort: _most_points(bound, language) for sort, bound in WINDOWS.items()}
    return [Order(sort.value, post_order(sort, language), said[sort]) for sort in PostSort]


def _most_points(bound: int, language: Language) -> str:
    if bound <= _DAY_MICROS:
        return language.ngettext(
            "The most points of the last hour.", "The most points of the last {count} hours.", bound // _HOUR_MICROS
        )
    return language.ngettext(
        "The most points of the last day.", "The most points of the last {count} days.", bound // _DAY_MICROS
    )


def _orders_of_comments(language: Language) -> list[Order]:
    _ = language.gettext
    words = words_in(language.tag)
    said = {
        CommentSort.HOT: _("Liked and new: points against age."),
        CommentSort.TOP: _("The most points first."),
        CommentSort.NEW: _("The newest first."),
        CommentSort.OLD: _("The oldest first."),
        CommentSort.CONTROVERSIAL: _("Many votes, evenly for and against."),
        CommentSort.SHOWN: _("As the imported page had them; what was written here since comes after, by Hot."),
    }
    return [Order(sort.value, words.sort(sort), sentence) for sort, sentence in said.items()]


def _orders_of_items(language: Language) -> list[Order]:
    _ = language.gettext
    said = {PersonSort.NEW: _("The newest first."), PersonSort.TOP: _("The most points first.")}
    return [Order(sort.value, person_order(sort, language), sentence) for sort, sentence in said.items()]
