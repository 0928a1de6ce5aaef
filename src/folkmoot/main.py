"""How do the parts come together? The composition root: settings become a database, doors, workers, processes."""

import contextlib
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import FrameType

from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot import http_server
from folkmoot.db.core import Db, is_postgresql, migrate_database, open_db
from folkmoot.db.faults import ForeignDatabase, NewerDatabase, StorageFault, UnsuitablePlace
from folkmoot.doors import addresses, health
from folkmoot.doors.context import WebContext
from folkmoot.doors.web import routes as pages
from folkmoot.doors.web import small_routes
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.security import SecurityHeaders
from folkmoot.model.ids import Micros
from folkmoot.settings import Settings
from folkmoot.supervisor import Refused
from folkmoot.workers.loop import run_chores
from folkmoot.workers.sweep import sweeping


def clock() -> Micros:
    """Say what time it is: the one place that asks, for everybody else is told."""
    return Micros(time.time_ns() // 1000)


def prepare(settings: Settings) -> int:
    """Make the folders and the database, and bring its tables to this version.

    It leaves nothing open, so that a parent can call it before it forks.

    Returns:
        How many migrations were run.

    Raises:
        Refused: that cannot be done; in words for the operator.
    """
    with _words_for_faults(settings):
        settings.data.parent.mkdir(parents=True, exist_ok=True)
        settings.data.mkdir(mode=0o700, exist_ok=True)
        if not is_postgresql(settings.database):
            Path(settings.database).parent.mkdir(parents=True, exist_ok=True)
        return migrate_database(settings.database)


@contextlib.contextmanager
def site_db(settings: Settings) -> Iterator[Db]:
    """Open the database that `prepare` made, for as long as it is needed.

    Raises:
        Refused: it cannot be opened, or could not do what was asked; in words for the operator.
    """
    with _words_for_faults(settings), contextlib.closing(opened_db(settings)) as db:
        yield db


def opened_db(settings: Settings) -> Db:
    """Open the database that `prepare` made; whoever asks closes it."""
    return open_db(settings.database, clock=clock, migrate=False)


@contextlib.contextmanager
def _words_for_faults(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"cannot make {error.filename}: {error.strerror}") from error
    except (ForeignDatabase, NewerDatabase, UnsuitablePlace) as fault:
        raise Refused(str(fault)) from fault
    except StorageFault as fault:
        # the address of a server may hold a password
        place = "" if is_postgresql(settings.database) else f" {settings.database}"
        raise Refused(f"the database{place}: {fault}") from fault


def web_app(db: Db, site_url: str) -> ASGIApp:
    """Compose the web application; any ASGI server can run it. It closes the database when it ends."""
    context = WebContext(db=db, site_url=site_url, clock=clock)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        db.close()

    routes = [
        *addresses.routes(context),
        *pages.routes(context),
        *small_routes.routes(context),
        *health.routes(context),
    ]
    app = Starlette(routes=routes, exception_handlers=exception_handlers(context), lifespan=lifespan)
    app.router.redirect_slashes = False  # it would send people to the scheme and host that a proxy uses inside
    return SecurityHeaders(app)


def web_process(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Be a web process until asked to stop."""
    with _words_for_faults(settings):
        db = opened_db(settings)
    http_server.serve(web_app(db, settings.url), listener, ready)


def work_process(settings: Settings, ready: Callable[[], None]) -> None:
    """Be the worker process until asked to stop."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, ask)
    with site_db(settings) as db:
        ready()
        run_chores(sweeping(db), wait=stop.wait, monotonic=time.monotonic)
