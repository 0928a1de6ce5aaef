"""How does the web door say no? One table from refusals and faults to a status, and each in the form asked for.

A page for people; `{"error": code}` for who asked for JSON, one line of text for the other forms.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import PurePosixPath
from typing import cast
from urllib.parse import quote, urlencode

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from folkmoot.db.faults import StorageFault
from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import NEGOTIATED
from folkmoot.doors.negotiate import SUFFIXES, Form, wanted_form
from folkmoot.doors.web.error_page import NOT_TO_BE_FOUND, Fault, error_page
from folkmoot.doors.web.reading import frame_for, path_of
from folkmoot.model.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from folkmoot.queries.site import UNNAMED, site
from folkmoot.queries.views import SiteView

_STATUS: dict[type[Refusal], int] = {NotFound: 404, NotAllowed: 403, Invalid: 400, Conflict: 409}
_NAMELESS = SiteView(name=UNNAMED, description="", set_up=False, version=0)

CODES = {
    400: "bad_request",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "deleted",
    413: "too_long",
    429: "rate_limit_error",
    500: "unknown",
    503: "unavailable",
}
"""What a program is told where no refusal has a code of its own. `rate_limit_error` and `unknown` are Lemmy's."""

_FORMS = (Form.HTML, Form.JSON, Form.ACTIVITY, Form.TEXT, Form.MARKDOWN, Form.RSS)
_BY_SUFFIX = SUFFIXES | {".webmanifest": Form.JSON, ".xml": Form.TEXT, ".ico": Form.TEXT, ".png": Form.TEXT}
_JSON = (Form.JSON, Form.ACTIVITY)

Handler = Callable[[Request, Exception], Awaitable[Response]]


def exception_handlers(context: WebContext) -> dict[int | type[Exception], Handler]:
    """Return what Starlette calls where a handler raised: refusals, its own errors, faults of the store, bugs."""

    async def refused(request: Request, error: Exception) -> Response:
        refusal = cast("Refusal", error)
        fault = Fault(status_of(refusal), refusal.code, start=_start_of_list(request))
        return await error_response(context, request, fault)

    async def http_error(request: Request, error: Exception) -> Response:
        raised = cast("HTTPException", error)
        headers = dict(raised.headers or {})
        fault = Fault(raised.status_code, wait_s=_wait_s(headers))
        return await error_response(context, request, fault, headers=headers)

    async def storage_fault(request: Request, error: Exception) -> Response:
        structlog.get_logger().warning("storage_fault", path=path_of(request), fault=str(error))
        return await error_response(context, request, Fault(503), headers={"retry-after": "60"})

    async def bug(request: Request, error: Exception) -> Response:
        request_id = secrets.token_hex(6)
        structlog.get_logger().error("request_failed", request_id=request_id, path=path_of(request), exc_info=error)
        return await error_response(context, request, Fault(500, request_id=request_id))

    return {Refusal: refused, HTTPException: http_error, StorageFault: storage_fault, Exception: bug}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return next(status for kind, status in _STATUS.items() if isinstance(refusal, kind))


async def error_response(
    context: WebContext, request: Request, fault: Fault, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the answer for a fault, in the reader's language. It never needs the database to say that it is broken."""
    told = {"cache-control": "no-store", "vary": NEGOTIATED, **NOT_TO_BE_FOUND, **(headers or {})}
    if fault.request_id:
        told["x-request-id"] = fault.request_id
    form = _form_of(request)
    if form is Form.HTML:
        # after a fault of the store it would be waited for a second time
        there = _NAMELESS if fault.status == 503 else await context.read(lambda: _site_if_there(context))
        body, media_type = error_page(fault, frame_for(request, context, there)), "text/html; charset=utf-8"
    elif form in _JSON:
        body, media_type = json.dumps({"error": _code(fault)}), "application/json"
    else:
        body, media_type = f"{_code(fault)}\n", "text/plain; charset=utf-8"
    sent = body.encode()
    told |= {"content-type": media_type, "content-length": str(len(sent))}
    return Response(b"" if request.method == "HEAD" else sent, fault.status, headers=told)


def _form_of(request: Request) -> Form:
    """Choose the form: the address's suffix, else what the client likes best, else a page."""
    suffix = PurePosixPath(path_of(request)).suffix
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    return wanted_form(",".join(request.headers.getlist("accept")), _FORMS) or Form.HTML


def _code(fault: Fault) -> str:
    return fault.code or CODES.get(fault.status) or CODES[400 if fault.status < 500 else 500]


def _wait_s(headers: Mapping[str, str]) -> int | None:
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return int(said) if said.isascii() and said.isdecimal() else None


def _start_of_list(request: Request) -> str:
    """Return this address without the place in the list that it names."""
    path = "/" + quote(path_of(request), safe="/@:", errors="replace").lstrip("/")
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return f"{path}?{urlencode(rest, errors='replace')}" if rest else path


def _site_if_there(context: WebContext) -> SiteView:
    try:
        with context.db.read() as reader:
            return site(reader)
    except StorageFault:
        return _NAMELESS
