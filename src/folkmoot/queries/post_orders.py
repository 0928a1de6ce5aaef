"""How is each order of posts read out of an index? The statements of post lists: narrow rows in order, keys only.

Every order is one range of an index, or, for Top, one range for each age class, merged. A list over communities walks
the first ranks in order and leaves out what a guest is not shown; how far it walks is bounded, and where too few
remain, the first of each community are merged instead. See `docs/decisions/0020-lists.md`.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from folkmoot.db.dialect import Dialect
from folkmoot.queries import visibility
from folkmoot.queries.views import PostSort


class Order(NamedTuple):
    """The columns of `post_rank` that a list is ordered by, the id last; all fall, or all rise.

    `classes`: whether the index has the age class before them.
    """

    columns: tuple[str, ...]
    rising: bool = False
    classes: bool = False


def _ranked(column: str) -> Order:
    return Order((column, "published", "post_id"))


TOP = Order(("top_rank", "published", "post_id"), classes=True)
_HOT = _ranked("hot_rank")
_ORDERS = {
    PostSort.ACTIVE: _ranked("active_rank"),
    PostSort.HOT: _HOT,
    PostSort.SCALED: _ranked("scaled_rank"),
    PostSort.NEW: Order(("published", "post_id")),
    PostSort.OLD: Order(("published", "post_id"), rising=True),
    PostSort.CONTROVERSIAL: _ranked("controversy_rank"),
    PostSort.MOST_COMMENTS: _ranked("comments"),
    PostSort.NEW_COMMENTS: Order(("newest_comment", "post_id")),
}


def order_of(sort: PostSort, *, within_community: bool) -> Order:
    """Give the order of a sort. Within one community Scaled is the order of Hot."""
    if within_community and sort is PostSort.SCALED:
        return _HOT
    return _ORDERS.get(sort, TOP)


class Range(NamedTuple):
    """Which part of the index: of which classes, of how many from the youngest; inside a window, after a row.

    `later` and `window` say that there are the parameters `:key0` … and `:start`.
    """

    order: Order
    classes: int
    window: bool
    later: bool

    def condition(self, alias: str) -> str:
        """Give the condition of the range, but for the class."""
        condition = f"{alias}.deleted = 0 and {alias}.removed = 0"
        if self.window:
            condition += f" and {alias}.published > :start"
        if self.later:
            keys = ", ".join(f":key{place}" for place in range(len(self.order.columns)))
            condition += f" and ({_columns(alias, self.order.columns)}) {'>' if self.order.rising else '<'} ({keys})"
        return condition

    def conditions(self, alias: str) -> list[str]:
        """Give the condition of each class's range; of an order without classes the one condition that there is."""
        if not self.order.classes:
            return [self.condition(alias)]
        return [f"{alias}.age_class = {number} and {self.condition(alias)}" for number in range(self.classes)]


def _columns(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


def _by(columns: Iterable[str | int], order: Order) -> str:
    """Order by columns of one table, or by the places of columns in what is selected."""
    way = "asc" if order.rising else "desc"
    return ", ".join(f"{column} {way}" for column in columns)


def _by_keys(order: Order) -> str:
    return _by(range(1, len(order.columns) + 1), order)


def _first(part: Range, dialect: Dialect, *, also: str = "", limit: str) -> str:
    """Select the keys of the first rows of a range, in order."""
    keys = _columns("r", part.order.columns)
    ranges = [f"select {keys} from post_rank r where {condition}{also}" for condition in part.conditions("r")]
    return dialect.merged(ranges, by=_by_keys(part.order), limit=limit)


@cache
def of_community(part: Range, dialect: Dialect) -> str:
    """Select the keys of the first `:limit` posts of `:community`, unless that is gone."""
    also = f" and r.community_id = :community and {visibility.community_is_there(':community')}"
    return _first(part, dialect, also=also, limit=":limit")


@cache
def walk(part: Range, dialect: Dialect, *, local: bool) -> str:
    """Select the keys of the first `:limit` posts that a guest is shown, among the first `:bound` of all.

    There is no `order by` around the walk: it would go to the bound each time. Whoever reads the rows sorts them.
    """
    columns = _columns("w", part.order.columns)
    shown = visibility.shown_to_guests("w.post_id", local=local)
    return f"select {columns} from ({_first(part, dialect, limit=':bound')}) as w where {shown} limit :limit"


@cache
def of_each_community(part: Range, dialect: Dialect, *, local: bool) -> str:
    """Select the keys of the first `:limit` posts that a guest is shown, whatever stands before them.

    They are found as the first few of each community that lists show. Nothing is selected where fewer than `:bound`
    posts are left at all, because then the walk has seen them.
    """
    ranges = [f"select r.post_id from post_rank r where {condition}" for condition in part.conditions("r")]
    left = f"select count(*) from ({' union all '.join(ranges)} limit :bound) as rest"
    each = " union all ".join(
        f"""
            select {_columns("r", part.order.columns)}
            from community c {classes} {dialect.first_of_each("post_rank", "r", "post_id", few)}
            where {visibility.listed_community("c", local=local)} and ({left}) >= :bound
        """
        for classes, few in _few_of_each(part)
    )
    return f"{each} order by {_by_keys(part.order)} limit :limit"


def _few_of_each(part: Range) -> list[tuple[str, str]]:
    """Give a join with the classes, where there are some, and what selects the first posts `x` of community `c`."""
    shown = "x.community_id = c.id and x.nsfw = 0"
    if part.order.classes:
        classes = ", ".join(f"({number})" for number in range(part.classes))
        return [
            (
                f"cross join (values {classes}) as class",
                f"{shown} and x.age_class = class.column1 and {_few(part)}",
            )
        ]
    if "scaled_rank" not in part.order.columns:
        return [("", f"{shown} and {_few(part)}")]
    # no index of a community has scaled ranks; those above 0 are of the newest days, all others are 0 as hot ones are
    return [
        ("", f"{shown} and x.hot_rank > 0 and {_few(part)}"),
        ("", f"{shown} and x.hot_rank = 0 and {_few(part._replace(order=_HOT))}"),
    ]


def _few(part: Range) -> str:
    by = _by([f"x.{column}" for column in part.order.columns], part.order)
    return f"{part.condition('x')} order by {by} limit :limit"
