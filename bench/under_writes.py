"""What do readers feel while the site is written to? 400 writes a second against readers who ask at a steady rate.

Readers ask for mixed pages at random moments, the same number a second with and without the writes, and a wait counts
from the moment that was due: a closed circle of readers would only ask less when it is served more slowly. The pages
are those that change: front pages, the threads that are written to, people, communities.
"""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Self

from bench.deeds import MIXTURE
from bench.machine import CannotMeasure
from bench.own_load import Ask, Readers, Seen
from bench.servers import Serving, calm, database_server, site
from bench.states import State, flags
from bench.writing import performing
from folkmoot.db.core import is_postgresql

WRITES_A_SECOND = 400
READS_A_SECOND = 200
_CONNECTIONS = 16
_WARM_S = 2.0
_LEAD_S = 0.5
"""The writer begins so much earlier than the readers, and ends so much later."""
_CALM_S = 15.0


class LogWatch:
    """Looks at the length of SQLite's log again and again, from another thread."""

    def __init__(self, dsn: str) -> None:
        self.longest_bytes = 0
        self._file = None if is_postgresql(dsn) else Path(f"{dsn}-wal")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while self._file is not None and not self._over.wait(0.02):
            if self._file.exists():
                self.longest_bytes = max(self.longest_bytes, self._file.stat().st_size)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def under_writes(
    serving: Serving, paths: Sequence[str], *, seconds: float, rounds: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    """Measure readers alone and beside a writer, in turns. The site is written to.

    Args:
        serving: how the site is served; the flags that let the load through are added.
        paths: what readers ask for.
        seconds: of each turn.
        rounds: of which the medians are given.
        progress: told a line now and then.
    """
    flagged = Serving(serving.dsn, serving.data, serving.workers, flags(State.CACHED))
    alone: list[Seen] = []
    beside: list[Seen] = []
    written: list[dict[str, Any]] = []
    with site(flagged) as server, performing(serving.dsn) as writer:
        calm([server.pid, *database_server(serving.dsn)], patience_s=_CALM_S)
        asks: list[Ask] = [(server.url + path, {}) for path in paths]
        with Readers(server.url, asks, _CONNECTIONS) as readers, LogWatch(serving.dsn) as watch:
            readers.steady(_WARM_S, READS_A_SECOND)
            for _ in range(rounds):
                alone.append(readers.steady(seconds, READS_A_SECOND))

                def write() -> None:
                    asked = {"deed": MIXTURE, "per_s": WRITES_A_SECOND, "seconds": seconds + 2 * _LEAD_S}
                    written.append(writer.ask(do="steady", **asked))

                thread = threading.Thread(target=write)
                thread.start()
                readers.steady(_LEAD_S, READS_A_SECOND)
                beside.append(readers.steady(seconds, READS_A_SECOND))
                thread.join()
                if len(written) < len(beside):
                    raise CannotMeasure("the writer has ended")
    progress("readers beside a writer: done")
    p99_alone, p99_beside = (median(seen.quantile_ms(0.99) for seen in each) for each in (alone, beside))
    return {
        "reads_a_second": READS_A_SECOND,
        "writes_a_second": round(sum(each["commands"] / each["seconds"] for each in written) / len(written)),
        "p50_alone_ms": round(median(seen.quantile_ms(0.5) for seen in alone), 3),
        "p99_alone_ms": round(p99_alone, 3),
        "p50_beside_ms": round(median(seen.quantile_ms(0.5) for seen in beside), 3),
        "p99_beside_ms": round(p99_beside, 3),
        "p99_ratio": round(p99_beside / p99_alone, 3),
        "write_p99_ms": round(median(each["p99_ms"] for each in written), 3),
        "reader_errors": sum(seen.errors for seen in (*alone, *beside)),
        "writer_errors": sum(each["broken"] + each["refused"] for each in written),
        "log_bytes": watch.longest_bytes,
    }
