"""Does a site hold out? Many readers and one writer at once for long, and a probe that looks for old pages.

After every so many commands one is looked for: the page that shows it is asked for until several answers in a row show
it, over new connections, so that each web process is met. An answer without it that was asked for a while after the
command was durable is a page so old: at least as old as its question, and at most as old as its arrival.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from bench import results
from bench.cases import long_mixture
from bench.deeds import BODY, DEEDS, MIXTURE, Ground, ground
from bench.own_load import Readers
from bench.processes import memory
from bench.run import places_of
from bench.servers import Server, Serving, asked, site
from bench.sites import Wanted, generated
from bench.states import State, flags
from folkmoot import main
from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.posts import CreatePost, EditPost
from folkmoot.db.core import Db, open_db
from folkmoot.model.callers import Caller
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.views import CommentSort, PostSort

_MEMORY_EVERY_S = 10.0
_IN_A_ROW = 4
_PAUSE_S = 0.02
_GIVEN_UP_S = 10.0
_SLICE_S = 10.0


@dataclass(frozen=True, slots=True)
class Soak:
    """How long, and with how many: readers' connections, commands a second, and after how many one is looked for."""

    wanted: Wanted
    workers: int
    seconds: float
    readers: int
    writes_a_second: float
    probe_every: int
    scratch: Path
    command: str


@dataclass(slots=True)
class _Probed:
    """What the probe saw. Ages in seconds."""

    looked: int = 0
    oldest_s: float = 0.0
    oldest_at_most_s: float = 0.0
    oldest_path: str = ""
    errors: int = 0
    given_up: int = 0
    until_shown_s: list[float] = field(default_factory=list)


Change = Callable[[], object]
Shows = Callable[[str], bool]


def soaked(wish: Soak, say: Callable[[str], None]) -> dict[str, Any]:
    """Run it. Gives a result as `bench/results.py` keeps it."""
    with generated(wish.wanted, wish.scratch, say) as kept:
        dsn = kept.copied("soaked")
        serving = Serving(dsn, wish.scratch / "data", wish.workers, flags(State.CACHED))
        with site(serving) as server, closing(open_db(dsn, clock=main.clock, migrate=False)) as db:
            with db.read() as reader:
                paths = long_mixture(reader, places_of(wish.wanted.size))
                there = ground(reader)
            say(f"{wish.readers} readers of {len(set(paths))} addresses, for {wish.seconds / 60:g} minutes")
            readers = _started(server, paths, wish)
            found = _Writing(wish, db, there, server, say).run()
            found |= {"readers": _ended(readers)}
    conditions = {"size": wish.wanted.size.name, "database": wish.wanted.database, "workers": wish.workers}
    conditions |= {"minutes": round(wish.seconds / 60, 2), "readers": wish.readers, "writes": wish.writes_a_second}
    found["flat"] = _flatness(found["memory"])
    return results.run_from(wish.command, conditions, {"soak": found})


def _flatness(samples: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Compare the last quarter with the second one; the first is for filling caches. Empty with too few samples."""
    quarter = len(samples) // 4
    if not quarter:
        return {}
    total = [sum(value for name, value in sample.items() if name != "at_s") for sample in samples]
    second, last = median(total[quarter : 2 * quarter]), median(total[-quarter:])
    return {"second_quarter_mb": second, "last_quarter_mb": last, "growth": round(last / second, 4)}


def _started(server: Server, paths: Sequence[str], wish: Soak) -> tuple[Any, Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    asks = [server.url + path for path in paths]
    process = context.Process(target=_read, args=(server.url, asks, wish.readers, there), daemon=True)
    process.start()
    here.recv()
    return process, here


def _ended(readers: tuple[Any, Connection]) -> dict[str, Any]:
    process, here = readers
    here.send("over")
    found: dict[str, Any] = here.recv()
    process.join()
    return found


def _read(base: str, asks: Sequence[str], connections: int, told: Connection) -> None:
    """Be the readers, in a process of their own, until told that it is over."""
    statuses: dict[int, int] = {}
    slices: list[dict[str, float]] = []
    requests = errors = 0
    spent = 0.0
    with Readers(base, [(url, {}) for url in asks], connections) as readers:
        told.send("ready")
        while not told.poll():
            seen = readers.busy(_SLICE_S, over=told.poll)
            requests, errors, spent = requests + len(seen.waits), errors + seen.errors, spent + seen.seconds
            for status, number in seen.statuses.items():
                statuses[status] = statuses.get(status, 0) + number
            at = {f"p{share * 100:g}_ms": round(seen.quantile_ms(share), 2) for share in (0.5, 0.99, 1.0)}
            slices.append({"requests": len(seen.waits), "errors": seen.errors, **at})
    told.recv()
    told.send(
        {
            "requests": requests,
            "per_s": round(requests / spent, 1),
            "errors": errors,
            "statuses": statuses,
            "p50_ms": median(each["p50_ms"] for each in slices),
            "p99_ms": median(each["p99_ms"] for each in slices),
            "slices": slices,
        }
    )


class _Writing:
    """The writer, the probe and the look at memory: one after the other in this process."""

    def __init__(self, wish: Soak, db: Db, there: Ground, server: Server, say: Callable[[str], None]) -> None:
        self._wish = wish
        self._db = db
        self._there = there
        self._server = server
        self._say = say
        self._seen = _Probed()
        self._memory: list[dict[str, float]] = []
        self._refused = 0

    def run(self) -> dict[str, Any]:
        began = time.perf_counter()
        deeds, changes = DEEDS[MIXTURE](self._there), self._changes()
        told = commands = 0
        for number in count(1):
            now = time.perf_counter() - began
            if now >= self._wish.seconds:
                break
            if now >= _MEMORY_EVERY_S * (len(self._memory) + 1):
                self._look_at_memory(now)
            if now >= (told + 1) * 60:
                told += 1
                self._say(f"{told} minutes; the oldest page was {self._seen.oldest_s:.2f} s old")
            if number % self._wish.probe_every == 0:
                self._look_for(*next(changes))
            self._try(lambda: perform(self._db, *next(deeds)))
            commands += 1
            time.sleep(max(0.0, began + number / self._wish.writes_a_second - time.perf_counter()))
        self._look_at_memory(time.perf_counter() - began)
        seen = self._seen
        waits = sorted(seen.until_shown_s) or [0.0]
        return {
            "commands": commands,
            "refused": self._refused,
            "probe": {
                "looked": seen.looked,
                "oldest_s": round(seen.oldest_s, 3),
                "oldest_at_most_s": round(seen.oldest_at_most_s, 3),
                "oldest_path": seen.oldest_path,
                "until_shown_p50_s": round(waits[len(waits) // 2], 3),
                "until_shown_p99_s": round(waits[len(waits) * 99 // 100], 3),
                "errors": seen.errors,
                "given_up": seen.given_up,
            },
            "memory": self._memory,
        }

    def _try(self, change: Change) -> Any:  # noqa: ANN401 -- whatever the change gives
        try:
            return change()
        except Refusal:
            self._refused += 1
            return None

    def _look_at_memory(self, now: float) -> None:
        sizes = {str(place): round(size / 1e6, 2) for place, (_, size) in enumerate(memory(self._server.pid))}
        self._memory.append({"at_s": round(now, 1), **sizes})

    def _look_for(self, path: str, change: Change, shows: Shows) -> None:
        """Change something, and ask for a page until several answers in a row show it."""
        seen = self._seen
        for _ in range(2):  # so that there is an old page to be shown
            asked(self._server.url + path, {})
        self._try(change)
        done = time.perf_counter()
        seen.looked += 1
        in_a_row = 0
        while in_a_row < _IN_A_ROW:
            sent = time.perf_counter()
            answer = asked(self._server.url + path, {})
            arrived = time.perf_counter()
            seen.errors += answer.status >= 400
            if shows(answer.body.decode(errors="replace")):
                in_a_row += 1
                continue
            in_a_row = 0
            if sent - done > seen.oldest_s:
                seen.oldest_s, seen.oldest_path = sent - done, path
            seen.oldest_at_most_s = max(seen.oldest_at_most_s, arrived - done)
            if sent - done > _GIVEN_UP_S:
                seen.given_up += 1
                return
            time.sleep(_PAUSE_S)
        seen.until_shown_s.append(time.perf_counter() - done)

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
