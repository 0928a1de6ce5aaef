"""How do the parts come together? The composition root: settings become a database, doors, workers, processes."""

import contextlib
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from types import FrameType

from starlette.applications import Starlette

from folkmoot import http_server
from folkmoot.db.core import Db, is_postgresql, open_db
from folkmoot.db.faults import NewerDatabase, StorageFault, UnsuitablePlace
from folkmoot.db.migrate import migrate_database
from folkmoot.doors import health
from folkmoot.doors.context import WebContext
from folkmoot.model.ids import Micros
from folkmoot.settings import Settings
from folkmoot.supervisor import Refused
from folkmoot.workers.loop import Chore, run_chores
from folkmoot.workers.prune import prune_facts

HOUR_S = 3600.0


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
    with _words_for_faults():
        settings.data.mkdir(parents=True, exist_ok=True)
        if not is_postgresql(settings.database):
            Path(settings.database).parent.mkdir(parents=True, exist_ok=True)
        return migrate_database(settings.database)


def site_db(settings: Settings) -> Db:
    """Open the database that `prepare` made.

    Raises:
        Refused: it cannot be opened; in words for the operator.
    """
    with _words_for_faults():
        return open_db(settings.database, clock=clock, migrate=False)


@contextlib.contextmanager
def _words_for_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"cannot make {error.filename}: {error.strerror}") from error
    except (NewerDatabase, UnsuitablePlace) as fault:
        raise Refused(str(fault)) from fault
    except StorageFault as fault:
        raise Refused(f"cannot open the database: {fault}") from fault


def web_app(settings: Settings) -> Starlette:
    """Compose the web application; any ASGI server can run it."""
    db = site_db(settings)
    context = WebContext(db=db, site_url=settings.url, clock=clock)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        db.close()

    return Starlette(routes=health.routes(context), lifespan=lifespan)


def web_process(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Be a web process until asked to stop."""
    http_server.serve(web_app(settings), listener, ready)


def work_process(settings: Settings, ready: Callable[[], None]) -> None:
    """Be the worker process until asked to stop."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, ask)
    db = site_db(settings)
    ready()
    run_chores([Chore("prune facts", HOUR_S, partial(prune_facts, db))], wait=stop.wait, monotonic=time.monotonic)
    db.close()
