"""Which addresses are files that pages link?"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import ASK_FIRST, document
from folkmoot.doors.web.asked import wants_gzip
from folkmoot.doors.web.static_files import PREFIX, find_static

_FOR_EVER = "public, max-age=31536000, immutable"


def routes(_context: WebContext) -> list[Route]:
    """Return the routes of static files. Pages are routed by their own modules, lists in `doors/lists.py`."""

    async def static(request: Request) -> Response:
        found = find_static(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        file, current = found
        headers = {"cache-control": _FOR_EVER if current else ASK_FIRST, "vary": "Accept-Encoding"}
        packs = wants_gzip(request.headers.get("accept-encoding", ""))
        if packs:
            headers["content-encoding"] = "gzip"
        return document(request, file.packed if packs else file.body, file.media_type, headers=headers)

    return [Route(PREFIX + "{name}", static)]
