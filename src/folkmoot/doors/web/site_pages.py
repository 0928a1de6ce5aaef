"""What do the pages about the site itself answer? The menu, the orders of lists, "About"."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import HOUR_MICROS, SITE, Depends
from folkmoot.doors.documents import NEGOTIATED, document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.web.about_page import about_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.menu_page import menu_page
from folkmoot.doors.web.reading import frame_for
from folkmoot.doors.web.sorts_page import place_asked, sorts_page
from folkmoot.model.ids import Micros
from folkmoot.queries.site import site
from folkmoot.queries.site_numbers import site_numbers

ADDRESSES = (GuestAddress("/menu"), GuestAddress("/sorts", params=("of", "feed")), GuestAddress("/about"))

_FRAME_ALONE = Depends(frozenset({SITE}), frozenset(), None)


def routes(context: WebContext) -> list[Route]:
    """Return the routes of these pages."""

    def menu(_request: Request, _reader: Reader, frame: Frame) -> tuple[str, Depends]:
        return menu_page(frame), _FRAME_ALONE

    def sorts(request: Request, _reader: Reader, frame: Frame) -> tuple[str, Depends]:
        asked = request.query_params
        return sorts_page(place_asked(asked.get("of", ""), asked.get("feed", "")), frame), _FRAME_ALONE

    def about(_request: Request, reader: Reader, frame: Frame) -> tuple[str, Depends]:
        until = Micros(context.clock() + HOUR_MICROS)  # counting takes long where much is known
        return about_page(site_numbers(reader), frame), Depends(frozenset({SITE}), frozenset(), until)

    return [
        Route("/menu", page_endpoint(context, menu)),
        Route("/sorts", page_endpoint(context, sorts)),
        Route("/about", page_endpoint(context, about, large=True)),
    ]


Drawn = Callable[[Request, Reader, Frame], tuple[str, Depends]]
"""Reads what a page shows and draws it; says what it depends on."""


def page_endpoint(
    context: WebContext, drawn: Drawn, *, large: bool = False, headers: dict[str, str] | None = None
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers an address that is one page and nothing else.

    Args:
        context: of the process.
        drawn: reads and draws, in one read transaction.
        large: others should not wait for it.
        headers: what else every answer says.
    """

    def page(request: Request) -> tuple[str, Depends]:
        with context.db.read() as reader:
            return drawn(request, reader, frame_for(request, context, site(reader)))

    async def answer(request: Request) -> Response:
        body, depends = await context.read(lambda: page(request), large=large)
        told = {"vary": NEGOTIATED, **(headers or {})}
        return document(request, body.encode(), "text/html; charset=utf-8", headers=told, depends=depends)

    return answer
