"""Which other lists stand beside this one? Rows of tabs, as values for a template."""

from dataclasses import dataclass

from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import POST_TABS, post_order
from folkmoot.doors.web.paths import list_path
from folkmoot.queries.views import PostSort


@dataclass(frozen=True, slots=True)
class Tab:
    """One link of a row. `query` is what follows the page's own path."""

    query: str
    name: str
    current: bool


def order_tabs(current: PostSort, usual: PostSort, language: Language, **others: str | None) -> tuple[Tab, ...]:
    """Return the orders of a list of posts, with the current one among them; "More" is the template's.

    Args:
        current: the order that is shown.
        usual: the one that needs no parameter.
        language: of the names.
        others: parameters that stay as they are.
    """
    shown = POST_TABS if current in POST_TABS else (*POST_TABS, current)
    return tuple(
        Tab(
            list_path("", **others, sort=None if sort is usual else sort.value),
            post_order(sort, language),
            sort is current,
        )
        for sort in shown
    )
