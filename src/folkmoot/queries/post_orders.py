"""How is each order of posts read out of an index? The statements of post lists: narrow rows in order, keys only.

Every order is one range of an index, or, for Top, one range for each age class, merged. A list over communities walks
the first ranks in order and leaves out what a guest is not shown; how far it walks is bounded, and where too few
remain, the first of each community are merged instead. See `docs/decisions/0020-lists.md`.
"""

from collections.abc import Iterable, Sequence
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

    def conditions(self, alias: str) -> list[str]:
        """Give the condition of each class's range; of an order without classes the one condition that there is."""
        condition = f"{alias}.deleted = 0 and {alias}.removed = 0"
        if self.window:
            condition += f" and {alias}.published > :start"
        if self.later:
            condition += f" and {_beyond(alias, self.order.columns, self.order)}"
        if not self.order.classes:
            return [condition]
        return [f"{alias}.age_class = {number} and {condition}" for number in range(self.classes)]


def _beyond(alias: str, columns: Sequence[str], order: Order) -> str:
    keys = ", ".join(f":key{place}" for place in range(len(columns)))
    return f"({_columns(alias, columns)}) {'>' if order.rising else '<'} ({keys})"


def _columns(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


def _by(alias: str, columns: Iterable[str], order: Order) -> str:
    way = "asc" if order.rising else "desc"
    return "order by " + ", ".join(f"{alias}.{column} {way}" for column in columns)


def _first(part: Range, *, also: str = "", limit: str) -> str:
    """Select the keys of the first rows of a range, in order."""
    columns, order = part.order.columns, part.order
    ranges = [
        f"select {_columns('r', columns)} from post_rank r where {condition}{also} {_by('r', columns, order)}"
        f" limit {limit}"
        for condition in part.conditions("r")
    ]
    if len(ranges) == 1:
        return ranges[0]
    union = " union all ".join(f"select * from ({one}) as class_{number}" for number, one in enumerate(ranges))
    return f"select {_columns('u', columns)} from ({union}) as u {_by('u', columns, order)} limit {limit}"


@cache
def of_community(part: Range) -> str:
    """Select the keys of the first `:limit` posts of `:community`, unless that is gone."""
    also = f" and r.community_id = :community and {visibility.community_is_there(':community')}"
    return _first(part, also=also, limit=":limit")


@cache
def walk(part: Range, *, local: bool) -> str:
    """Select the keys of the first `:limit` posts that a guest is shown, among the first `:bound` of all.

    There is no `order by` around the walk: it would go to the bound each time. Whoever reads the rows sorts them.
    """
    columns = _columns("w", part.order.columns)
    shown = visibility.shown_to_guests("w.post_id", local=local)
    return f"select {columns} from ({_first(part, limit=':bound')}) as w where {shown} limit :limit"


@cache
def of_each_community(part: Range, dialect: Dialect, *, local: bool) -> str:
    """Select the keys of the first `:limit` posts that a guest is shown, whatever stands before them.

    They are found as the first few of each community that lists show. Nothing is selected where fewer than `:bound`
    posts are left at all, because then the walk has seen them.
    """
    columns, order = part.order.columns, part.order
    left = " union all ".join(
        f"select * from (select 1 from post_rank r where {condition} limit :bound) as left_{number}"
        for number, condition in enumerate(part.conditions("r"))
    )
    each = " union all ".join(
        f"""
            select {_columns("r", columns)}
            from community c {dialect.first_of_each("post_rank", "r", "post_id", few)}
            where {visibility.listed_community("c", local=local)} and (select count(*) from ({left}) as rest) >= :bound
        """
        for few in _few_of_each(part)
    )
    return f"select * from ({each}) as found {_by('found', columns, order)} limit :limit"


def _few_of_each(part: Range) -> list[str]:
    """Give what follows `from post_rank x where` to select the first few posts of community `c`, for each range."""
    columns, order = part.order.columns, part.order
    shown = "x.community_id = c.id and x.nsfw = 0"
    if "scaled_rank" not in columns:
        rest = f"{_by('x', columns, order)} limit :limit"
        return [f"{shown} and {condition} {rest}" for condition in part.conditions("x")]
    # no index of a community has scaled ranks; those above 0 are of the newest days, all others are 0 as hot ones are
    warm, cold = part, part._replace(order=_HOT)
    return [
        f"{shown} and x.hot_rank > 0 and {warm.conditions('x')[0]} {_by('x', columns, order)} limit :limit",
        f"{shown} and x.hot_rank = 0 and {cold.conditions('x')[0]} {_by('x', _HOT.columns, _HOT)} limit :limit",
    ]
