"""Which addresses are pages and nothing else? The front page, and the files that pages link."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import ASK_FIRST, NEGOTIATED, document
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.front_page import front_page
from folkmoot.doors.web.i18n import choose
from folkmoot.doors.web.static_files import PREFIX, find_static
from folkmoot.queries.front_page import newest_posts
from folkmoot.queries.site import site

POSTS_A_PAGE = 25

_FOR_EVER = "public, max-age=31536000, immutable"


def routes(context: WebContext) -> list[Route]:
    """Return the routes of this room. `/post/…` is not among them: that address has many forms."""

    def front(request: Request) -> str:
        language = choose(request.query_params.get("lang"), request.headers.get("accept-language"))
        with context.db.read() as reader:
            posts = newest_posts(reader, after=request.query_params.get("after"), limit=POSTS_A_PAGE)
            frame = Frame(site(reader), context.site_url, language)
        return front_page(posts, frame, context.clock())

    async def home(request: Request) -> Response:
        if context.db.dialect.name == "sqlite":
            page = front(request)
        else:
            page = await asyncio.to_thread(front, request)
        return document(request, page.encode(), "text/html; charset=utf-8", headers={"vary": NEGOTIATED})

    async def static(request: Request) -> Response:
        found = find_static(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        file, current = found
        headers = {"cache-control": _FOR_EVER if current else ASK_FIRST, "vary": "Accept-Encoding"}
        packs = "gzip" in request.headers.get("accept-encoding", "")
        if packs:
            headers["content-encoding"] = "gzip"
        return document(request, file.packed if packs else file.body, file.media_type, headers=headers)

    return [Route("/", home), Route(PREFIX + "{name}", static)]
