"""How does the write-ahead log stay short? The writer thread copies it back, and empties it under the lock.

A checkpoint beside other writers copies most of the log but can never empty it: there is always a newer page. So
the bulk is copied without the lock, and a short rest with it.
"""

import logging
import time

import apsw

from folkmoot.db.file_lock import FileLock
from folkmoot.db.sqlite_files import BUSY_TIMEOUT_MS
from folkmoot.db.sqlite_tx import READ_LIFE_S

FRAME_BYTES = 4096 + 24
COPY_FRAMES = 4 * 1024 * 1024 // FRAME_BYTES
"""So much more log since the last copy, and it is copied again."""
EMPTY_FRAMES = 16 * 1024 * 1024 // FRAME_BYTES
"""With so much log it is emptied, unless a reader still needs it."""
STOP_FRAMES = 48 * 1024 * 1024 // FRAME_BYTES
"""With so much log the writers of all processes wait for that reader. Its life is bounded, and so is the log."""
WIPE_WAIT_S = 0.1
"""So long the writers of all processes wait for readers when the log is wiped. It can be wiped another time."""

log = logging.getLogger(__name__)


class Checkpoints:
    """Looks after the log of one file, from the connection of its process's writer."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._frames = 0
        self._tended = 0
        self.count = 0
        self.spent_s = 0.0
        connection.set_wal_hook(self._committed)

    @property
    def wal_bytes(self) -> int:
        """How long the log was at the last commit of this process."""
        return self._frames * FRAME_BYTES

    def _committed(self, _connection: apsw.Connection, _name: str, frames: int) -> int:
        self._frames = frames
        self._tended = min(self._tended, frames)
        return apsw.SQLITE_OK

    def tend(self, lock: FileLock) -> None:
        """Do what the log's length asks for. Called between batches, without the lock."""
        if self._frames - self._tended < COPY_FRAMES:
            return
        began = time.perf_counter()
        self._checkpoint(apsw.SQLITE_CHECKPOINT_PASSIVE)
        if self._frames >= EMPTY_FRAMES:
            with lock:
                self._empty(wait_s=READ_LIFE_S if self._frames >= STOP_FRAMES else 0.0)
        self.count += 1
        self.spent_s += time.perf_counter() - began

    def wipe(self, lock: FileLock) -> bool:
        """Copy the log back and cut it to nothing, so that it holds no text that was overwritten since.

        Returns:
            False where a reader still needs it; try again.
        """
        self._checkpoint(apsw.SQLITE_CHECKPOINT_PASSIVE)
        with lock:
            return self._empty(wait_s=WIPE_WAIT_S, mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def _empty(self, *, wait_s: float, mode: int = apsw.SQLITE_CHECKPOINT_RESTART) -> bool:
        self._connection.set_busy_timeout(int(wait_s * 1000))
        emptied = self._checkpoint(mode)
        self._connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        if emptied:
            self._frames = self._tended = 0
        return emptied

    def _checkpoint(self, mode: int) -> bool:
        self._tended = self._frames
        try:
            self._connection.wal_checkpoint(mode=mode)
        except (apsw.BusyError, apsw.LockedError):
            return False
        except apsw.Error as error:  # nothing is lost: it stays in the log, and is copied another time
            log.warning("the write-ahead log could not be copied: %s", error)
            return False
        return True
