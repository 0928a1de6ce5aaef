"""How old are the pages that a site shows? Change something, and ask for a page that shows it until it does.

It has shown it when several answers in a row do, over new connections, so that each web process is met. An answer
without it that was asked for a while after the change was durable is a page so old: at least as old as its question,
and at most as old as its arrival.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any, Self

from bench.deeds import BODY, Ground
from bench.servers import asked
from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.posts import CreatePost, EditPost
from folkmoot.db.base import Db
from folkmoot.db.faults import StorageFault
from folkmoot.model.callers import Caller
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.views import CommentSort, PostSort

_IN_A_ROW = 4
_PAUSE_S = 0.02
_GIVEN_UP_S = 10.0

Change = Callable[[], object]
Shows = Callable[[str], bool]


class Probe:
    """Looks for one change after the other in a thread of its own, each time that it is woken."""

    def __init__(self, db: Db, there: Ground, url: str) -> None:
        self._db = db
        self._there = there
        self._url = url
        self._woken = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._look)
        self._looked = self._errors = self._given_up = 0
        self._oldest_s = self._oldest_at_most_s = 0.0
        self._oldest_path = ""
        self._until_shown_s: list[float] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        """Let it look for another change, unless it looks for one still."""
        self._woken.set()

    @property
    def words(self) -> str:
        return f"{self._looked} changes looked for, the oldest page was {self._oldest_s:.2f} s old"

    def found(self) -> dict[str, Any]:
        """Say what was seen. Ages in seconds."""
        waits = sorted(self._until_shown_s) or [0.0]
        return {
            "looked": self._looked,
            "oldest_s": round(self._oldest_s, 3),
            "oldest_at_most_s": round(self._oldest_at_most_s, 3),
            "oldest_path": self._oldest_path,
            "until_shown_p50_s": round(waits[len(waits) // 2], 3),
            "until_shown_p99_s": round(waits[len(waits) * 99 // 100], 3),
            "errors": self._errors,
            "given_up": self._given_up,
        }

    def _look(self) -> None:
        changes = self._changes()
        while True:
            self._woken.wait()
            self._woken.clear()
            if self._over:
                return
            try:
                self._look_for(*next(changes))
            except (OSError, Refusal, StorageFault):
                self._errors += 1

    def _look_for(self, path: str, change: Change, shows: Shows) -> None:
        for _ in range(2):  # so that there is an old page to be shown
            asked(self._url + path, {})
        change()
        done = time.perf_counter()
        self._looked += 1
        in_a_row = 0
        shown = done
        while in_a_row < _IN_A_ROW:
            sent = time.perf_counter()
            answer = asked(self._url + path, {})
            arrived = time.perf_counter()
            self._errors += answer.status >= 400
            if shows(answer.body.decode(errors="replace")):
                in_a_row += 1
                shown = arrived if in_a_row == 1 else shown
                continue
            in_a_row = 0
            self._note(path, at_least_s=sent - done, at_most_s=arrived - done)
            if sent - done > _GIVEN_UP_S:
                self._given_up += 1
                return
            time.sleep(_PAUSE_S)
        self._until_shown_s.append(shown - done)

    def _note(self, path: str, *, at_least_s: float, at_most_s: float) -> None:
        if at_least_s > self._oldest_s:
            self._oldest_s, self._oldest_path = at_least_s, path
        self._oldest_at_most_s = max(self._oldest_at_most_s, at_most_s)

    def _changes(self) -> Iterator[tuple[str, Change, Shows]]:
        """Make up changes that a page shows: what is written, edited, deleted, voted on; in every form."""
        there, db = self._there, self._db
        for number in count():
            mark = f"mark{number}mark"
            post, author = there.posts[number % len(there.posts)]
            who = there.people[number % len(there.people)]
            newest = f"?sort={CommentSort.NEW.value}"
            made: list[CommentId] = []

            yield f"/post/{post}.json{newest}", partial(_comment, db, who, post, mark, made), _has(mark)
            if not made:
                continue
            (new,) = made
            yield f"/post/{post}.txt", _do(db, who, EditComment(new, f"{mark} edited")), _has(f"{mark} edited")
            yield f"/comment/{new}", _do(db, who, DeleteComment(new, deleted=True)), _lacks(mark)
            yield f"/post/{post}", _do(db, author, EditPost(post, title=f"Title {mark}")), _has(f"Title {mark}")
            community = there.communities[number % len(there.communities)]
            yield (
                f"/?sort={PostSort.NEW.value}",
                _do(db, who, CreatePost(community, f"Post {mark}")),
                _has(f"Post {mark}"),
            )


def _comment(db: Db, who: Caller, post: PostId, mark: str, made: list[CommentId]) -> None:
    made.append(perform(db, who, CreateComment(post, None, f"{BODY}{mark}")))


def _do(db: Db, who: Caller, command: Command[Any]) -> Change:
    return lambda: perform(db, who, command)


def _has(mark: str) -> Shows:
    return lambda body: mark in body


def _lacks(mark: str) -> Shows:
    return lambda body: mark not in body
