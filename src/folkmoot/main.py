"""How do the parts come together? The composition root: settings become a database, doors, workers, processes."""

import contextlib
import gc
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
from folkmoot.doors.caches import caches, no_caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.crawl_budget import Budget
from folkmoot.doors.follower import Follower
from folkmoot.doors.site_app import site_app
from folkmoot.memory import keep_returning
from folkmoot.model.ids import Micros
from folkmoot.settings import Settings
from folkmoot.supervisor import Refused
from folkmoot.workers.loop import run_chores
from folkmoot.workers.ranks import ranking
from folkmoot.workers.sweep import sweeping

_MEGABYTE = 1_000_000
OBJECTS_BETWEEN_LOOKS = 20_000
"""Of Python's collector, in web processes."""


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


def web_app(db: Db, site_url: str, settings: Settings | None = None) -> ASGIApp:
    """Compose the web application; any ASGI server can run it. It closes the database when it ends.

    Args:
        db: opened in this process.
        site_url: the public address, without a slash at its end.
        settings: what it may keep, and how much anybody may ask for; None: nothing is kept, nobody is counted.
    """
    kept, security_contact = no_caches(), ""
    if settings is not None:
        security_contact = settings.security_contact
        kept = caches(page_bytes=settings.page_cache * _MEGABYTE, part_bytes=settings.part_cache * _MEGABYTE)
    context = WebContext(db=db, site_url=site_url, clock=clock, kept=kept, security_contact=security_contact)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with contextlib.nullcontext() if settings is None else Follower(db, kept.changes, clock).following():
            yield
        db.close()

    if settings is None:
        return site_app(context, lifespan=lifespan)
    budget = Budget(settings.crawl_budget, settings.crawl_refill).shared_by(settings.workers)
    return site_app(context, lifespan=lifespan, budget=budget, trusted_proxies=settings.trusted_proxies.networks)


def web_process(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Be a web process until asked to stop."""
    with _words_for_faults(settings):
        db = opened_db(settings)
    # a page makes thousands of short-lived tuples and no circles: looking for them costs 5 to 10 % of a large thread
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    keep_returning()
    http_server.serve(web_app(db, settings.url, settings), listener, ready)


def work_process(settings: Settings, ready: Callable[[], None]) -> None:
    """Be the worker process until asked to stop."""
    stop = threading.Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, ask)
    with site_db(settings) as db:
        ready()
        run_chores([*sweeping(db), *ranking(db, clock)], wait=stop.wait, monotonic=time.monotonic)
