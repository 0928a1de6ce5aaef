"""A real server for the browser: the whole application, and beside it every page of `tests/doors/web/pages.py`.

`python -m tests.browser.gallery FOLDER [THREAD.txt]` keeps its database in the folder, imports the thread where one is
given, prints its address, and serves until SIGTERM. Pages stand at `/gallery/NAME`, the imported thread at `/post/1`,
and as it looked when it was read at `/gallery/as-read`.
"""

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from folkmoot.commands.base import perform
from folkmoot.commands.imports import ImportThread
from folkmoot.db.core import Db, open_db
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import choose
from folkmoot.doors.web.security import SecurityHeaders
from folkmoot.http_server import open_listeners, serve
from folkmoot.main import clock, web_app
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import Micros, PostId
from folkmoot.queries.site import site
from folkmoot.queries.thread import thread
from folkmoot.text.thread_text import parse_thread
from tests.doors.web.factories import frame
from tests.doors.web.pages import PAGES, thread_of
from tests.doors.web.talks import drawn_thread
from tests.doors.web.threads import deep_thread, long_thread

READ_AT = Micros(int(datetime(2024, 11, 24, 9, 12, tzinfo=UTC).timestamp()) * 1_000_000)
LARGE = {"deepest": thread_of(lambda: deep_thread(2_000)), "long": thread_of(lambda: long_thread(1_000))}


async def gallery_page(request: Request) -> HTMLResponse:
    """Draw the page of a name, in the language of `?lang=`."""
    page = (PAGES | LARGE).get(request.path_params["name"])
    if page is None:
        raise HTTPException(404)
    return HTMLResponse(page(frame(choose(request.query_params.get("lang"), None).tag)))


def application(db: Db, address: str) -> ASGIApp:
    """Put the gallery beside the application."""

    async def as_read(request: Request) -> HTMLResponse:
        with db.read() as reader:
            view = thread(reader, PostId(1), sort=None, now=READ_AT)
            drawn_for = Frame(site(reader), "https://folkmoot.example", choose(request.query_params.get("lang"), None))
        return HTMLResponse(drawn_thread(view, drawn_for))

    whole = web_app(db, address)
    routes = [Route("/gallery/as-read", as_read), Route("/gallery/{name}", gallery_page)]
    gallery = SecurityHeaders(Starlette(routes=routes))

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        inner = gallery if str(scope.get("path", "")).startswith("/gallery/") else whole
        await inner(scope, receive, send)

    return both


def import_file(db: Db, path: Path) -> None:
    """Import a thread as the command line does."""
    data = path.read_bytes()
    perform(db, OPERATOR, ImportThread(parse_thread(data), hashlib.sha256(data).hexdigest(), READ_AT))


def main(folder: str, *threads: str) -> None:
    """Serve until told to stop."""
    db = open_db(str(Path(folder) / "gallery.sqlite"), clock=clock)
    for path in threads:
        import_file(db, Path(path))
    [listener] = open_listeners("127.0.0.1", 0, 1)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    serve(application(db, address), listener, lambda: print(address, flush=True))  # noqa: T201 -- for who started us


if __name__ == "__main__":
    main(*sys.argv[1:])
