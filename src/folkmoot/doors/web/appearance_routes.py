"""What does `/appearance` answer? The page, and to what is sent a cookie and the way back."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import SITE, Depends
from folkmoot.doors.documents import NEGOTIATED, document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.web.appearance import changed, cookie_of
from folkmoot.doors.web.appearance_page import appearance_page
from folkmoot.doors.web.error_page import NOT_TO_BE_FOUND
from folkmoot.doors.web.reading import frame_for, from_elsewhere, local_path, look_asked
from folkmoot.model.errors import Invalid, NotAllowed
from folkmoot.queries.site import site

PATH = "/appearance"
BODY_MAX_BYTES = 4_096
FIELDS_MAX = 16

ADDRESSES = (GuestAddress(PATH, params=("back",), kept=False, counted=False),)


def routes(context: WebContext) -> list[Route]:
    """Return the route of `/appearance`: GET, HEAD, POST."""

    def page(request: Request) -> str:
        with context.db.read() as reader:
            frame = frame_for(request, context, site(reader))
        return appearance_page(frame, back=local_path(request.query_params.get("back", "")))

    async def answer(request: Request) -> Response:
        if request.method == "POST":
            return await _chosen(request, context.site_url)
        body = await context.read(lambda: page(request))
        headers = {"vary": NEGOTIATED, **NOT_TO_BE_FOUND}
        depends = Depends(frozenset({SITE}), frozenset(), None)
        return document(request, body.encode(), "text/html; charset=utf-8", headers=headers, depends=depends)

    return [Route(PATH, answer, methods=["GET", "POST"])]


async def _chosen(request: Request, site_url: str) -> Response:
    """Keep what was chosen. A field that was not sent leaves that part of the look as it is."""
    if from_elsewhere(request, site_url):
        raise NotAllowed("from_elsewhere")
    fields = _fields(await _body(request))
    look = changed(look_asked(request), fields)
    if look is None:
        raise Invalid("bad_look", field="theme")
    back = local_path(fields.get("back") or PATH)
    if back is None:
        raise Invalid("bad_form", field="back")
    cookie = cookie_of(look, secure=site_url.startswith("https:"))
    headers = {"location": back, "set-cookie": cookie, "cache-control": "no-store"}
    return Response(status_code=303, headers=headers)


async def _body(request: Request) -> bytes:
    """Read the body, and no more of it than any form of ours can hold."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX_BYTES:
            raise HTTPException(413)
    return body


def _fields(body: bytes) -> dict[str, str]:
    """Return the fields of a sent form; of several with one name the last."""
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"))
    except ValueError as error:
        raise Invalid("bad_form", field="body") from error
