"""What do all rooms of the doors make together? The application, with the page cache before everything."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from folkmoot.doors import addresses, health, lists, site_files
from folkmoot.doors.context import WebContext
from folkmoot.doors.crawl_budget import NO_BUDGET, Budget, CrawlBudget, Network
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.page_cache import PageCache
from folkmoot.doors.quick_routes import QuickRoutes
from folkmoot.doors.web import routes as pages
from folkmoot.doors.web import small_routes
from folkmoot.doors.web.error_page import Fault
from folkmoot.doors.web.errors import error_response, exception_handlers
from folkmoot.doors.web.security import SecurityHeaders

GUEST_ADDRESSES: tuple[GuestAddress, ...] = (
    *lists.ADDRESSES,
    *addresses.ADDRESSES,
    *small_routes.ADDRESSES,
    *site_files.ADDRESSES,
)
"""All addresses that a guest can read, except files that never change and the state of the process."""


def site_app(
    context: WebContext,
    *,
    lifespan: Lifespan[Starlette] | None = None,
    budget: Budget = NO_BUDGET,
    trusted_proxies: Sequence[Network] = (),
) -> ASGIApp:
    """Compose the application; any ASGI server can run it.

    Args:
        context: what all doors share. Where it keeps something, somebody has to follow the journal.
        lifespan: what has to run beside it.
        budget: how much the guests of one network may ask for.
        trusted_proxies: whose word about who asks is taken.
    """
    every, handlers = routes(context), exception_handlers(context)
    app = Starlette(routes=every, exception_handlers=handlers, lifespan=lifespan)
    app.router.redirect_slashes = False  # it would send people to the scheme and host that a proxy uses inside
    gate = CrawlBudget(
        budget,
        trusted_proxies=trusted_proxies,
        clock=context.clock,
        answer=lambda wait_s: SecurityHeaders(_TooFast(context, wait_s)),
    )
    quick = QuickRoutes(SecurityHeaders(app), every, handlers)
    return PageCache(quick, context.kept.pages, addresses=GUEST_ADDRESSES, clock=context.clock, gate=gate)


def routes(context: WebContext) -> list[Route]:
    """Return the routes of all rooms."""
    return [
        *addresses.routes(context),
        *lists.routes(context),
        *pages.routes(context),
        *small_routes.routes(context),
        *site_files.routes(context),
        *health.routes(context),
    ]


class _TooFast:
    """Tells somebody to wait, in the form that was asked for."""

    def __init__(self, context: WebContext, wait_s: int) -> None:
        self._context = context
        self._wait_s = wait_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        told = {"retry-after": str(self._wait_s)}
        fault = Fault(429, wait_s=self._wait_s)
        answer = await error_response(self._context, request, fault, headers=told)
        await answer(scope, receive, send)
