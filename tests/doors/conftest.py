"""A site that answers over HTTP, on each kind of database."""

import asyncio
from dataclasses import dataclass

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot.doors import addresses
from folkmoot.doors.context import WebContext
from folkmoot.doors.web.errors import exception_handlers
from tests.world import World

SITE_URL = "https://hub.example"


@dataclass
class Site:
    """A world, and a client that asks for it: without `Accept` unless told, and without following."""

    world: World
    app: ASGIApp

    def get(self, path: str, accept: str | None = None, **headers: str) -> httpx.Response:
        return self.ask("GET", path, accept, **headers)

    def ask(self, method: str, path: str, accept: str | None = None, **headers: str) -> httpx.Response:
        """Ask once. A header's name is written with underscores. What breaks inside is raised here."""
        told = {name.replace("_", "-"): value.encode("latin-1") for name, value in headers.items()}
        if accept is not None:
            told["accept"] = accept.encode("latin-1")
        return asyncio.run(self._asked(method, path, told))

    async def _asked(self, method: str, path: str, headers: dict[str, bytes]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=SITE_URL) as client:
            del client.headers["accept"]
            sent = [(name.encode(), value) for name, value in headers.items()]
            return await client.request(method, path, headers=sent)


@pytest.fixture
def site(world: World) -> Site:
    """Give an empty site: each test runs once on each kind of database."""
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock)
    return Site(world, Starlette(routes=addresses.routes(context), exception_handlers=exception_handlers(context)))
