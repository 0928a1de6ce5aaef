"""How do the caches of a process learn what changed? It looks into the journal a few times each second.

While it cannot (the database is gone, the process is too busy), what is kept is not trusted for longer than a second.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

import structlog

from folkmoot.db.base import Db
from folkmoot.db.faults import StorageFault
from folkmoot.db.watch import look
from folkmoot.doors.kept import Change, Changes, Touched
from folkmoot.doors.touched import touched
from folkmoot.model.ids import Micros

EVERY_S = 0.2
FACTS_A_LOOK = 5_000
"""After more of them it is quicker to begin anew."""

_EVERYTHING = Touched(everything=True)

log = structlog.get_logger()


class Follower:
    """Tells the changes of the journal to the caches of its process. Nothing is trusted before its first look."""

    def __init__(self, db: Db, changes: Changes, clock: Callable[[], Micros]) -> None:
        self._db = db
        self._changes = changes
        self._clock = clock
        self._seen: str | None = None
        self._faulty = False

    def poll(self) -> None:
        """Look once.

        Raises:
            StorageFault: the journal cannot be read now; the next look will see what this one missed.
        """
        moment = self._clock()  # before the snapshot: what is committed from now on may be missed
        with self._db.read() as reader:
            seen, noticed = look(reader, self._seen, FACTS_A_LOOK)
        if noticed is None:
            changes = [Change(_EVERYTHING, moment)]
        else:
            changes = [Change(_EVERYTHING if fact is None else touched(fact), at) for at, fact in noticed]
        self._changes.looked(changes, moment)
        self._seen = seen

    @contextlib.asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Look again and again while the body runs."""
        # a thread of its own where a look waits for a server: it must not queue behind those who render
        thread = None if self._db.reads_inline else ThreadPoolExecutor(1, thread_name_prefix="folkmoot-follower")
        task = asyncio.create_task(self._follow(thread), name="folkmoot-follower")
        task.add_done_callback(_tell)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])
            if thread is not None:
                thread.shutdown()

    async def _follow(self, thread: ThreadPoolExecutor | None) -> None:
        while True:
            if thread is None:
                self._poll_or_say()
            else:
                await asyncio.get_running_loop().run_in_executor(thread, self._poll_or_say)
            await asyncio.sleep(EVERY_S)

    def _poll_or_say(self) -> None:
        try:
            self.poll()
        except StorageFault as fault:
            if not self._faulty:
                log.warning("the journal cannot be read; nothing is answered from the caches", fault=str(fault))
            self._faulty = True
        else:
            self._faulty = False


def _tell(task: asyncio.Task[None]) -> None:
    """Say that it ended by a bug: the site is right without its caches, but slow."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("the follower of the journal ended; nothing is answered from the caches", exc_info=error)
