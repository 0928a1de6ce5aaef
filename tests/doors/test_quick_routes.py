"""The short way to an endpoint gives what Starlette's gives: the same endpoint, the same answers, the same errors."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message

from folkmoot.db.faults import StorageFault
from folkmoot.doors.context import WebContext
from folkmoot.doors.quick_routes import QuickRoutes
from folkmoot.doors.site_app import routes
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.security import SecurityHeaders
from folkmoot.model.errors import Invalid, NotFound
from tests.doors.conftest import SITE_URL
from tests.doors.web.asgi import ask
from tests.world import World

FAULTS: dict[str, Exception] = {
    "refusal": NotFound("couldnt_find_post"),
    "other-refusal": Invalid("bad", "name"),
    "http": HTTPException(406, headers={"vary": "Accept"}),
    "storage": StorageFault("gone"),
}
PATHS = (
    "/", "/front.rss", "/post/1", "/post/1.txt", "/post/1/history", "/post/", "/post", "/c/river", "/c/a/b",
    "/u/ada@else.example", "/communities", "/robots.txt", "/robots.txt/", "/.well-known/security.txt", "/appearance",
    "/c/river\n", "/static/look.css", "/healthz", "/nothing", "//", "", "/modlog", "/comment/9/more",
)  # fmt: skip


async def _raise(request: Request) -> Response:
    raise FAULTS[request.path_params["kind"]]


async def _broken(_: Request) -> Response:
    return PlainTextResponse(str(1 // 0))


async def _own_policy(_: Request) -> Response:
    return PlainTextResponse("x", headers={"content-security-policy": "sandbox"})


async def _asks_nothing() -> Message:
    return {"type": "http.disconnect"}


@pytest.fixture
def ways(world: World) -> tuple[ASGIApp, ASGIApp]:
    """Give one application twice: with the short way, and without."""
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock)
    own = [Route("/fault/{kind}", _raise), Route("/broken", _broken), Route("/own", _own_policy)]
    all_routes, handlers = [*routes(context), *own], exception_handlers(context)
    app = Starlette(routes=all_routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    long = SecurityHeaders(app)
    return QuickRoutes(long, all_routes, handlers), long


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
@pytest.mark.parametrize("path", [*PATHS, *(f"/fault/{kind}" for kind in FAULTS), "/own"])
def test_both_ways_answer_alike(ways: tuple[ASGIApp, ASGIApp], method: str, path: str) -> None:
    for accept in ("text/html", "application/json", "image/png"):
        short, long = (ask(way, path, method=method, headers={"accept": accept}) for way in ways)
        assert (short.status, short.body) == (long.status, long.body)
        assert sorted(short.headers.raw) == sorted(long.headers.raw)


def test_a_bug_is_answered_and_then_raised_for_the_server_to_see(ways: tuple[ASGIApp, ASGIApp]) -> None:
    short, long = (ask(way, "/broken", headers={"accept": "text/plain"}) for way in ways)
    assert (short.status, short.body) == (long.status, long.body) == (500, b"unknown\n")
    assert sorted(short.headers.keys()) == sorted(long.headers.keys())

    async def nothing(_: Message) -> None:
        """Take what is sent."""

    scope = {"type": "http", "method": "GET", "path": "/broken", "query_string": b"", "headers": []}
    with pytest.raises(ZeroDivisionError):
        asyncio.run(ways[0](scope, _asks_nothing, nothing))  # type: ignore[arg-type]  # it is a coroutine function


def test_the_table_knows_what_the_router_finds(world: World) -> None:
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock)
    every = routes(context)
    quick = QuickRoutes(SecurityHeaders(Starlette()), every, exception_handlers(context))
    found = 0
    for path in PATHS:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        first = next((route for route in every if route.matches(dict(scope))[0] is Match.FULL), None)
        endpoint = quick.endpoint(scope)
        if endpoint is not None:
            found += 1
            assert first is not None
            assert endpoint is first.endpoint
            assert scope["path_params"] == first.matches({**scope, "path_params": {}})[1]["path_params"]
    assert found > 10
