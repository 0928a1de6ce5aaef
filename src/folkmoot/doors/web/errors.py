"""How does the web door say no? One table from refusals and faults to a status, and the page for each."""

import secrets
from collections.abc import Awaitable, Callable
from typing import cast

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from folkmoot.db.faults import StorageFault
from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import NEGOTIATED
from folkmoot.doors.web.error_page import error_page
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import choose
from folkmoot.model.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from folkmoot.queries.site import UNNAMED, site
from folkmoot.queries.views import SiteView

_STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Conflict: 409}
_NAMELESS = SiteView(name=UNNAMED, description="", set_up=False, version=0)

Handler = Callable[[Request, Exception], Awaitable[Response]]


def exception_handlers(context: WebContext) -> dict[int | type[Exception], Handler]:
    """Return what Starlette calls where a handler raised: refusals, its own errors, faults of the store, bugs."""

    async def refused(request: Request, error: Exception) -> Response:
        return error_response(context, request, status_of(cast("Refusal", error)))

    async def http_error(request: Request, error: Exception) -> Response:
        fault = cast("HTTPException", error)
        return error_response(context, request, fault.status_code, headers=dict(fault.headers or {}))

    async def storage_fault(request: Request, error: Exception) -> Response:
        structlog.get_logger().warning("storage_fault", path=request.url.path, fault=str(error))
        return error_response(context, request, 503, headers={"retry-after": "60"})

    async def bug(request: Request, error: Exception) -> Response:
        request_id = secrets.token_hex(6)
        structlog.get_logger().error("request_failed", request_id=request_id, path=request.url.path, exc_info=error)
        return error_response(context, request, 500, request_id=request_id)

    return {Refusal: refused, HTTPException: http_error, StorageFault: storage_fault, Exception: bug}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return next(status for kind, status in _STATUS.items() if isinstance(refusal, kind))


def error_response(
    context: WebContext,
    request: Request,
    status: int,
    *,
    request_id: str = "",
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the page for a status, in the reader's language. It never needs the database to say that it is broken."""
    there = _NAMELESS if status == 503 else _site_if_there(context)  # it would be waited for a second time
    language = choose(request.query_params.get("lang"), request.headers.get("accept-language"))
    page = error_page(status, Frame(there, context.site_url, language), request_id=request_id)
    told = {"cache-control": "no-store", "vary": NEGOTIATED} | (headers or {})
    if request_id:
        told["x-request-id"] = request_id
    body = "" if request.method == "HEAD" else page
    return HTMLResponse(body, status, headers=told)


def _site_if_there(context: WebContext) -> SiteView:
    try:
        with context.db.read() as reader:
            return site(reader)
    except StorageFault:
        return _NAMELESS
