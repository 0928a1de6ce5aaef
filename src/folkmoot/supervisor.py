"""Who starts the processes of a site, and starts them again when they end? A parent that does nothing else.

Children are forked, so they share the memory of what was imported before; the parent starts no thread and keeps no
database open. A child ends when its parent does, however that came about: it watches the lifeline, a pipe whose other
end only the parent has. Standard library only.
"""

import contextlib
import os
import selectors
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import NoReturn, Protocol

REFUSED = 78
"""The exit code of a child that cannot work as things are (EX_CONFIG of sysexits.h)."""

FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 30.0
HEALTHY_AFTER_S = 60.0
ORPHAN_GRACE_S = 10.0

_HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)


class Refused(Exception):
    """Raised in a child that cannot work as things are; the text says why to the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Child:
    """What one child does.

    `run` is called in the child, with a function to call as soon as it is ready; when it returns, the child ends.
    SIGTERM and SIGINT ask it to return.
    """

    name: str
    run: Callable[[Callable[[], None]], None]


class Events(Protocol):
    """Whom the supervisor tells what happens."""

    def ready(self) -> None:
        """All children are ready, for the first time."""

    def ended(self, name: str, how: str, again_in_s: float) -> None:
        """A child ended by itself, and is started again."""

    def failed(self, name: str, how: str) -> None:
        """A child ended before it was ever ready; all stops."""

    def stopping(self) -> None:
        """All are about to be told to stop. Listening sockets can be closed, so that nobody is left hanging."""

    def killing(self, names: Sequence[str]) -> None:
        """These children did not stop in time, or a second stop was asked for."""


@dataclass(slots=True)
class _Place:
    """A child's place in the house: its present process, or when the next one starts."""

    child: Child
    pid: int | None = None
    start_at: float = 0.0
    started: float = 0.0
    failures: int = 0
    was_ready: bool = False


class Supervisor:
    """Keeps a process running for each child until it is told to stop."""

    def __init__(self, children: Sequence[Child], events: Events, *, stop_timeout_s: float) -> None:
        self._places = [_Place(child) for child in children]
        self._events = events
        self._stop_timeout_s = stop_timeout_s
        self._stops_asked = 0
        self._failed = False

    def run(self) -> int:
        """Start the children, start again those that end, and stop them all on SIGTERM or SIGINT.

        Returns:
            The exit code: 0 after a stop that was asked for, 1 where a child failed.
        """
        self._lifeline, self._lifeline_held = os.pipe()
        with selectors.DefaultSelector() as self._selector, self._hearing_signals():
            announced = False
            while not self._stops_asked and not self._failed:
                self._start_due()
                self._wait(min((place.start_at for place in self._places if place.pid is None), default=None))
                self._reap(self._restart_or_fail)
                if not announced and all(place.was_ready for place in self._places):
                    announced = True
                    self._events.ready()
            self._stop()
        return 1 if self._failed else 0

    @contextlib.contextmanager
    def _hearing_signals(self) -> Iterator[None]:
        wake, wake_held = os.pipe()
        os.set_blocking(wake_held, False)
        self._selector.register(wake, selectors.EVENT_READ)
        before = {heard: signal.signal(heard, self._hear) for heard in _HEARD}
        signal.set_wakeup_fd(wake_held)
        try:
            yield
        finally:
            signal.set_wakeup_fd(-1)
            for heard, handler in before.items():
                signal.signal(heard, handler)
            os.close(wake)
            os.close(wake_held)

    def _hear(self, heard: int, _frame: FrameType | None) -> None:
        if heard != signal.SIGCHLD:
            self._stops_asked += 1

    def _start_due(self) -> None:
        now = time.monotonic()
        for place in self._places:
            if place.pid is None and place.start_at <= now:
                self._start(place)

    def _start(self, place: _Place) -> None:
        place.started = time.monotonic()
        ready, ready_held = os.pipe()
        # A signal between the fork and the child's own handlers would be taken for one of the parent's.
        signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)
        pid = os.fork()
        if pid == 0:
            self._be(place.child, ready_held)
        place.pid = pid
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        os.close(ready_held)
        self._selector.register(ready, selectors.EVENT_READ, place)

    def _be(self, child: Child, ready_held: int) -> NoReturn:
        """Live and end as the child."""
        signal.set_wakeup_fd(-1)
        for heard in _HEARD:
            signal.signal(heard, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HEARD)
        os.close(self._lifeline_held)
        threading.Thread(target=_end_with_parent, args=(self._lifeline,), daemon=True).start()
        code = 1
        try:
            child.run(partial(_say_ready, ready_held))
            code = 0
        except Refused as refused:
            print(f"folkmoot: {refused}", file=sys.stderr)  # noqa: T201 -- for the person at the terminal, not the log
            code = REFUSED
        except BaseException:  # noqa: BLE001 -- below are the parent's frames: nothing may pass on to them
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _wait(self, until: float | None) -> None:
        """Wait for a signal or for a child that becomes ready, or until a time."""
        timeout_s = None if until is None else max(0.0, until - time.monotonic())
        for key, _ in self._selector.select(timeout_s):
            said = os.read(key.fd, 512)
            if isinstance(key.data, _Place):
                key.data.was_ready |= bool(said)
                self._selector.unregister(key.fd)
                os.close(key.fd)

    def _reap(self, then: Callable[[_Place, int], None]) -> None:
        """Take note of the processes that have ended, and do `then` with the place and the exit code of each."""
        for place in self._places:
            if place.pid is None:
                continue
            pid, status = os.waitpid(place.pid, os.WNOHANG)
            if pid:
                place.pid = None
                then(place, os.waitstatus_to_exitcode(status))

    def _restart_or_fail(self, place: _Place, code: int) -> None:
        how = f"exit code {code}" if code >= 0 else f"killed by {signal.Signals(-code).name}"
        if (
            not place.was_ready
        ):  # later on whatever is in its way, such as a full disk, may go: the others work meanwhile
            self._failed = True
            self._events.failed(place.child.name, how)
            return
        healthy = time.monotonic() - place.started >= HEALTHY_AFTER_S
        place.failures = 1 if healthy else place.failures + 1
        wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** (place.failures - 1))
        place.start_at = time.monotonic() + wait_s
        self._events.ended(place.child.name, how, wait_s)

    def _stop(self) -> None:
        """Ask all to stop; kill those that did not in time, or all when a second stop is asked for."""
        self._events.stopping()
        self._send(signal.SIGTERM)
        until = time.monotonic() + self._stop_timeout_s
        patience = 0 if self._failed else 1
        while self._alive() and time.monotonic() < until and self._stops_asked <= patience:
            self._wait(until)
            self._reap(_let_it_be)
        if self._alive():
            self._events.killing([place.child.name for place in self._alive()])
            self._send(signal.SIGKILL)
        while self._alive():
            self._wait(None)
            self._reap(_let_it_be)

    def _alive(self) -> list[_Place]:
        return [place for place in self._places if place.pid is not None]

    def _send(self, what: signal.Signals) -> None:
        for place in self._alive():
            if place.pid is not None:
                os.kill(place.pid, what)


def _let_it_be(_place: _Place, _code: int) -> None:
    """A process that ended while all are stopping needs nothing more."""


def _say_ready(pipe: int) -> None:
    os.write(pipe, b"1")


def _end_with_parent(lifeline: int) -> None:
    """Wait for the parent's end, which closes the lifeline; then ask this process to stop, and soon make it."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ORPHAN_GRACE_S)
    os._exit(1)
