"""A page cache before an application of one function, for tests of what it keeps and how it has it made."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from folkmoot.doors.caches import caches
from folkmoot.doors.depends import SITE, Depends, Of
from folkmoot.doors.documents import NEGOTIATED, document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.kept import Change, Touched
from folkmoot.doors.negotiate import Form
from folkmoot.doors.page_cache import PageCache
from tests.conftest import SetClock

ADDRESSES = (
    GuestAddress("/thread/{name}", ("sort",), tuple(Form)),
    GuestAddress("/page", ("sort",)),
    GuestAddress("/own", kept=False),
)
TEXT = "All about the river and what it brought. " * 100
POST = (Of.POST, 7)

R = TypeVar("R")


class OpenGate:
    """Lets everybody pass, until it is closed."""

    def __init__(self) -> None:
        self.answer: ASGIApp | None = None
        self.asked = 0

    def refused(self, scope: Scope) -> ASGIApp | None:
        assert scope["type"] == "http"
        self.asked += 1
        return self.answer


class Answer:
    """What the server got."""

    def __init__(self, messages: list[Message]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


Make = Callable[[Request], Awaitable[Response]]


class House:
    """A page cache before an application of one function, `make`."""

    def __init__(self, make: Make | None = None) -> None:
        self.clock = SetClock()
        self.kept = caches(page_bytes=2_000_000, part_bytes=0)
        self.gate = OpenGate()
        self.made: list[str] = []
        self.make: Make = make or self.page
        self.app = PageCache(self.inner, self.kept.pages, addresses=ADDRESSES, clock=self.clock, gate=self.gate)
        self.look()

    def look(self, *touches: Touched) -> None:
        self.kept.changes.looked([Change(touch, self.clock.now) for touch in touches], self.clock.now)

    async def inner(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made.append(scope["path"])
        answer = await self.make(Request(scope))
        await answer(scope, receive, send)

    async def page(self, request: Request) -> Response:
        depends = Depends(frozenset({SITE, POST}), frozenset(), None)
        said = f"{request.url.path} {request.query_params.get('sort')} {request.headers.get('accept')} {TEXT}"
        headers = {"vary": NEGOTIATED}
        return document(request, said.encode(), "text/plain; charset=utf-8", headers=headers, depends=depends)

    async def asked(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": sent,
            "client": ("192.0.2.1", 9), "server": ("hub.example", 80), "scheme": "http",
        }  # fmt: skip
        await self.app(scope, nothing, send)
        return Answer(messages)

    def get(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
        return asyncio.run(self.asked(path, method, query, **headers))


async def nothing() -> Message:
    await asyncio.sleep(0)
    return {"type": "http.disconnect"}


def run(work: Coroutine[Any, Any, R]) -> R:
    return asyncio.run(work)
