"""Which small pages are there? The menu, the orders, the modlog, histories, "More", the appearance."""

from starlette.routing import Route

from folkmoot.doors.context import WebContext
from folkmoot.doors.web import appearance_routes

ADDRESSES = (*appearance_routes.ADDRESSES,)


def routes(context: WebContext) -> list[Route]:
    """Return the routes of all of them."""
    return [*appearance_routes.routes(context)]
