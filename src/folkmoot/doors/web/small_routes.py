"""Which small pages are there? The menu, the orders, "About", the appearance, the modlog, histories, "More"."""

from starlette.routing import Route

from folkmoot.doors.context import WebContext
from folkmoot.doors.web import appearance_routes, record_pages, site_pages

ADDRESSES = (*appearance_routes.ADDRESSES, *site_pages.ADDRESSES, *record_pages.ADDRESSES)


def routes(context: WebContext) -> list[Route]:
    """Return the routes of all of them."""
    return [*appearance_routes.routes(context), *site_pages.routes(context), *record_pages.routes(context)]
