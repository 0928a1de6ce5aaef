"""What does it cost to send these bytes, and nothing else? Our HTTP server with answers that it only repeats.

python -m bench.constant_server ANSWERS WORKERS

ANSWERS is a file of `Answer`s in JSON; the first one is at `/0`, and so on. It serves on loopback, prints where, and
stops when it is told to or when its parent ends.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from socket import socket

import msgspec
from starlette.types import Receive, Scope, Send

from folkmoot import http_server
from folkmoot.supervisor import Child, Supervisor


class Answer(msgspec.Struct, frozen=True):
    """One answer, as it was given."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Repeating:
    """An application that knows its answers by heart."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._messages = {
            f"/{number}": (
                {"type": "http.response.start", "status": answer.status, "headers": answer.headers},
                {"type": "http.response.body", "body": answer.body},
            )
            for number, answer in enumerate(answers)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; of the server's start and stop nothing is to be done."""
        if scope["type"] == "http":
            start, body = self._messages[scope["path"]]
            await send(start)
            await send(body)
        elif scope["type"] == "lifespan":
            for done in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{done}.complete"})


class _Events:
    """Says where the server is, as `folkmoot serve` does."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ready(self) -> None:
        sys.stdout.write(f"It listens at 127.0.0.1:{self._port}\n")
        sys.stdout.flush()

    def ended(self, name: str, how: str, again_in_s: float) -> None:
        sys.stderr.write(f"{name} ended: {how}; again in {again_in_s} s\n")

    def failed(self, name: str, how: str) -> None:
        sys.stderr.write(f"{name} failed: {how}\n")

    def stopping(self) -> None:
        """Nobody waits for this server."""

    def killing(self, names: Sequence[str]) -> None:
        sys.stderr.write(f"cut off: {names}\n")


def _be_web(app: Repeating, listener: socket, ready: Callable[[], None]) -> None:
    http_server.serve(app, listener, ready)


def main() -> None:
    """Serve until told to stop."""
    answers = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=list[Answer])
    listeners = http_server.open_listeners("127.0.0.1", 0, int(sys.argv[2]))
    app = Repeating(answers)
    children = [Child(f"web-{number}", partial(_be_web, app, listener)) for number, listener in enumerate(listeners, 1)]
    sys.exit(Supervisor(children, _Events(listeners[0].getsockname()[1]), stop_timeout_s=5).run())


if __name__ == "__main__":
    main()
