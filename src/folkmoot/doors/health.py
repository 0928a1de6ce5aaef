"""Is this process alive, and can it read? For whoever balances the load, and for the first look."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from folkmoot.db.faults import StorageFault
from folkmoot.doors.context import WebContext
from folkmoot.queries.health import answers


def routes(context: WebContext) -> list[Route]:
    """`/healthz`: 200 while the database answers, else 503."""

    def is_healthy() -> bool:
        try:
            with context.db.read() as reader:
                return answers(reader)
        except StorageFault:
            return False

    async def healthz(_request: Request) -> Response:
        # a server is not asked by the threads that read pages: they may all wait for it
        healthy = is_healthy() if context.db.reads_inline else await asyncio.to_thread(is_healthy)
        headers = {"cache-control": "no-store"}
        return PlainTextResponse("ok\n" if healthy else "no database\n", 200 if healthy else 503, headers)

    return [Route("/healthz", healthz)]
