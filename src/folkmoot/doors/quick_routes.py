"""Who answers a request? For what guests read, the endpoint is found by one look into a table, and asked at once.

Starlette's own way to an endpoint (its router tries one pattern after the other, its middleware wraps `send` four
times) costs more than many an answer. It is left to all other requests: POST, what there is not, the process's start.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from folkmoot.db.faults import StorageFault
from folkmoot.doors.web.errors import Handler
from folkmoot.doors.web.security import secured
from folkmoot.model.errors import Refusal

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_NAMED = re.compile(r"(?P<before>[^{}]*)/\{(?P<name>[a-z_]+)\}")


class QuickRoutes:
    """Wraps the application. Answers and errors are those that Starlette would give."""

    def __init__(
        self, app: ASGIApp, routes: Sequence[Route], handlers: Mapping[int | type[Exception], Handler]
    ) -> None:
        """Make the table.

        Args:
            app: whom all other requests are handed on to; its answers are finished.
            routes: of which those are taken whose path is fixed, or ends with its only variable.
            handlers: who answers where an endpoint raised: one each for refusals, HTTP's errors, faults, and bugs.
        """
        self._app = app
        self._handlers = handlers
        self._exact: dict[str, Endpoint] = {}
        self._named: dict[str, tuple[str, Endpoint]] = {}
        for route in routes:
            if "GET" not in (route.methods or ()):
                continue
            named = _NAMED.fullmatch(route.path)
            if named is not None:
                self._named.setdefault(named["before"], (named["name"], route.endpoint))
            elif "{" not in route.path:
                self._exact.setdefault(route.path, route.endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        endpoint = self.endpoint(scope)
        if endpoint is None:
            await self._app(scope, receive, send)
            return
        request, bug = Request(scope, receive), None
        try:
            answer = await endpoint(request)
        except (Refusal, HTTPException, StorageFault) as error:
            answer = await self._handlers[_kind(error)](request, error)
        except Exception as error:  # noqa: BLE001 -- raised again below, when the client has its answer
            answer, bug = await self._handlers[Exception](request, error), error
        await send(
            {"type": "http.response.start", "status": answer.status_code, "headers": secured(answer.raw_headers)}
        )
        await send({"type": "http.response.body", "body": answer.body})
        if bug is not None:
            raise bug

    def endpoint(self, scope: Scope) -> Endpoint | None:
        """Find who answers a GET, and note in the scope what the path's variable is."""
        path: str = scope["path"]
        endpoint = self._exact.get(path)
        if endpoint is not None:
            scope["path_params"] = {}
            return endpoint
        before, _, value = path.rpartition("/")
        named = self._named.get(before)
        if named is None or not value:
            return None
        scope["path_params"] = {named[0]: value}
        return named[1]


def _kind(error: Refusal | HTTPException | StorageFault) -> type[Exception]:
    return next(kind for kind in (Refusal, HTTPException, StorageFault) if isinstance(error, kind))
