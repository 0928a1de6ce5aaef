"""Who speaks HTTP? Granian, embedded in a web process, on a listening socket that the supervisor made.

The supervisor keeps the sockets open, so connections that arrive while a web process is started again wait in the
socket's queue instead of being refused. On Linux each web process has a socket of its own on the same port, between
which the kernel spreads the connections.
"""

import asyncio
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder  # type: ignore[attr-defined]  # what Granian's own processes share sockets by
from granian.server.embed import Server
from starlette.types import ASGIApp
from typing_extensions import override

BACKLOG = 1024
HEADERS_MAX_BYTES = 64 * 1024
HEADER_TIMEOUT_MS = 10_000
CONNECTIONS = 2_000
"""So many each process has open, with idle ones and unfinished requests; who comes then waits until one ends."""
FILES_BESIDE = 200
"""Of the database, and of what else a process has open."""

_STOPS = (signal.SIGTERM, signal.SIGINT)
_NO_UNIX_SOCKET = False
_LOG_AS_OTHERS = {
    "formatters": {},
    "handlers": {},
    "loggers": {"_granian": {"handlers": [], "propagate": True}, "granian.access": {"handlers": [], "propagate": True}},
}


class AddressTaken(Exception):
    """Somebody listens at this address already, or it is not this machine's; the text says which."""


def open_listeners(host: str, port: int, how_many: int) -> list[socket.socket]:
    """Open the sockets that the web processes take connections from.

    Args:
        host: a name or an address.
        port: 0 takes a free one.
        how_many: web processes; where the kernel spreads no connections, all get the same socket.

    Raises:
        AddressTaken: nobody can listen there.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # Sockets that share a port would share it with a stranger's, too: first see whether it is free.
        with _bound(family, address, shared=False) as probe:
            port = probe.getsockname()[1]
    except OSError as error:
        raise AddressTaken(f"cannot listen at {host}, port {port}: {error.strerror or error}") from error
    address = (address[0], port, *address[2:])
    if sys.platform == "linux":
        listeners = [_bound(family, address, shared=True) for _ in range(how_many)]
    else:
        listeners = [_bound(family, address, shared=False)] * how_many
    for listener in listeners:
        listener.listen(BACKLOG)
        listener.setblocking(False)  # noqa: FBT003 -- the standard library's signature
    return listeners


def _bound(family: int, address: Any, *, shared: bool) -> socket.socket:  # noqa: ANN401 -- as getaddrinfo gives it
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        opened.bind(address)
    except OSError:
        opened.close()
        raise
    return opened


class _Server(Server):
    """Granian's embedded server, but listening on a socket that is open already."""

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        super().__init__(
            target=app,
            interface=Interfaces.ASGI,
            http=HTTPModes.auto,
            websockets=False,
            http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS, max_buffer_size=HEADERS_MAX_BYTES),
            backpressure=CONNECTIONS,  # Granian's word for it; left to itself it is 128
            log_level=LogLevels.warning,
            log_dictconfig=_LOG_AS_OTHERS,
        )
        self._listener = listener

    @override
    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._shd = SocketHolder(self._listener.detach(), _NO_UNIX_SOCKET, BACKLOG)  # type: ignore[call-arg, assignment]  # stubs lag behind


def serve(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve an application until SIGTERM or SIGINT, and then finish the requests in flight."""
    logging.getLogger("_granian").addFilter(_is_news)
    logging.getLogger("_granian.utils").addFilter(_is_fault)
    _allow_files(CONNECTIONS + FILES_BESIDE)
    asyncio.run(_serve(app, listener, ready))


async def _serve(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    server = _Server(app, listener)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        """Stop once: a second signal, while the loop is being closed, would find nobody to take it."""
        for asked in _STOPS:
            loop.remove_signal_handler(asked)
            signal.signal(asked, signal.SIG_IGN)
        server.stop()  # type: ignore[no-untyped-call]  # not annotated

    for asked in _STOPS:
        loop.add_signal_handler(asked, stop)
    loop.call_soon(ready)
    await server.serve()


def _allow_files(wanted: int) -> None:
    """Let this process have so many files open, or as many as the system allows at all."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _is_news(record: logging.LogRecord) -> bool:
    """Drop what Granian says at each start of an embedded server."""
    return "experimental" not in record.getMessage()


def _is_fault(record: logging.LogRecord) -> bool:
    """Drop what Granian says of requests that end with the loop: whoever made them has hung up, or it had waited."""
    return not record.getMessage().rstrip().endswith("CancelledError:")
