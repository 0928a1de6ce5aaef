"""How is the web application asked without a server? In this process, with all that runs beside it in a web process."""

import asyncio
import threading
from collections.abc import Mapping
from typing import Any, Self

import httpx

from bench.servers import PATIENCE_S, SITE_URL
from bench.states import State, settings_in
from folkmoot import main
from folkmoot.db.base import Db


class InProcess:
    """The application of a web process, in a thread with a loop of its own; its caches follow what is written."""

    def __init__(self, db: Db, dsn: str, state: State) -> None:
        self._app = main.web_app(db, SITE_URL, settings_in(state, dsn, SITE_URL))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._said: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()

    def __enter__(self) -> Self:
        self._thread.start()
        self._running = asyncio.run_coroutine_threadsafe(self._lifespan(), self._loop)
        self._tell("startup")
        return self

    def __exit__(self, *_: object) -> None:
        self._tell("shutdown")
        self._running.result(PATIENCE_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def ask(self, path: str, headers: Mapping[str, str]) -> int:
        """Ask for something once. Gives the status of the answer."""
        return asyncio.run_coroutine_threadsafe(self._answer(path, headers), self._loop).result(PATIENCE_S)

    async def _answer(self, path: str, headers: Mapping[str, str]) -> int:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE_URL) as client:
            return (await client.get(path, headers=dict(headers))).status_code

    async def _lifespan(self) -> None:
        await self._app({"type": "lifespan", "asgi": {"version": "3.0"}}, self._told.get, self._say)

    async def _say(self, message: Any) -> None:  # noqa: ANN401 -- whatever an application says
        await self._said.put(message)

    def _tell(self, what: str) -> None:
        async def told() -> None:
            await self._told.put({"type": f"lifespan.{what}"})
            await self._said.get()

        asyncio.run_coroutine_threadsafe(told(), self._loop).result(PATIENCE_S)
