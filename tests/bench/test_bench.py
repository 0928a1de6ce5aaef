"""Does the bench count what it should? No test here looks at how long anything took."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench import results
from bench.constant_server import Answer
from bench.http_load import Load, loaded
from bench.processes import cpu_s, parent, pss_bytes, tree
from bench.reading import Figures, medians
from bench.run import Wish, run
from bench.servers import asked, constant
from bench.statements import Bare, Recorder
from tests.conftest import SetClock
from tests.world import World

linux = pytest.mark.skipif(sys.platform != "linux", reason="the bench looks at /proc")

PAGE = Answer(200, [(b"content-type", b"text/plain"), (b"content-length", b"200000")], b"x" * 200_000)
UNCHANGED = Answer(304, [(b"etag", b'"a"')], b"")
VOTE = {"command": "vote", "callers": 1}
MISSING = Answer(404, [(b"content-length", b"2")], b"no")


def figures(**changed: Any) -> Figures:
    usual = dict.fromkeys(Figures.__dataclass_fields__, 0)
    return Figures(**{**usual, "cpu_us": 30.0, "floor_us": 20.0, "ratio": 1.5, **changed})


def finished(**changed: Any) -> dict[str, Any]:
    cases = {"front page": {**dict.fromkeys(Figures.__dataclass_fields__, 1), **changed}}
    return {
        "machine": {"commit": "abc", "cores": 2},
        "conditions": {"size": "S", "database": "sqlite", "generator": "wrk"},
        "cases": cases,
        "memory_bytes": {"supervisor": 10_000_000, "web 1": 50_000_000},
        "writes": [
            {"command": "vote", "callers": 1, "cpu_us": 9, "floor_us": 3, "ratio": 3, "per_s": 5, "p50": 1, "p99": 2}
        ],
    }


@linux
def test_own_loop_counts_every_answer_and_every_error(tmp_path: Path) -> None:
    with constant([PAGE, UNCHANGED, MISSING], tmp_path, workers=1) as server:
        assert asked(f"{server.url}/0", {}).body == PAGE.body
        assert asked(f"{server.url}/1", {}).status == 304
        whole = loaded(Load(f"{server.url}/0", {}, seconds=0.1, connections=3), slow=True)
        unchanged = loaded(Load(f"{server.url}/1", {}, seconds=0.1, connections=3), slow=True)
        missing = loaded(Load(f"{server.url}/2", {}, seconds=0.1, connections=3), slow=True)
    assert whole.requests >= 3
    assert whole.bytes > whole.requests * 200_000
    assert whole.errors == unchanged.errors == 0
    assert unchanged.requests >= 3
    assert missing.errors == missing.requests >= 3


def test_only_this_machine_is_loaded() -> None:
    with pytest.raises(ValueError, match="not on this machine"):
        Load("https://example.org/", {}, seconds=1, connections=1)


@linux
def test_a_tree_of_processes_is_counted_as_one() -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1, flush=True); input()'])"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert parent(process.pid) == os.getpid()
        found = tree(process.pid)
        assert found[0] == process.pid
        assert len(found) == 2
        assert all(pss_bytes(pid) > 0 for pid in found)
        assert cpu_s([process.pid]) >= 0
        process.communicate(b"\n")


def test_statements_of_an_answer_are_taken_down_and_run_bare(world: World, dsn: str, clock: SetClock) -> None:
    post = world.post()
    world.comment(on=post)
    with closing(Recorder(dsn, clock)) as recorder:
        page = recorder.statements(f"/post/{post}", {})
        nothing = recorder.statements("/post/7000", {})
    assert any("comment_node" in sql for sql, _ in page.asked)
    assert page.rows >= 3
    assert nothing.rows <= 1
    with closing(Bare(dsn)) as bare:
        assert bare.cost_us(page, seconds=0) >= 0


def test_medians_are_of_each_figure() -> None:
    middle = medians(
        [figures(cpu_us=1.0, requests=9), figures(cpu_us=5.0, requests=2), figures(cpu_us=2.0, requests=4)]
    )
    assert (middle.cpu_us, middle.requests, middle.floor_us) == (2.0, 4, 20.0)


def test_results_are_kept_under_their_names_shown_and_compared(tmp_path: Path) -> None:
    before = finished(cpu_us=100, floor_us=50, ratio=2.0)
    file = results.kept(before, tmp_path)
    assert file.name == "S-sqlite-abc.json"
    assert results.loaded(file) == before
    shown = results.table(before)
    assert "front page" in shown
    assert "60 MB (supervisor 10, web 1 50)" in shown
    after = finished(cpu_us=150, floor_us=50, ratio=3.0)
    after["conditions"]["generator"] = "own"
    after["cases"]["person"] = {}
    lines = results.comparison(before, after).splitlines()
    assert lines[1].split() == ["front", "page", "100", "150", "1.50", "1.00", "2.00", "3.00", "1.50"]
    assert lines[2].startswith("vote, 1 callers")
    assert lines[-2:] == ["generator: wrk before, own after", "only in one of them: person"]


@linux
@pytest.mark.slow
def test_a_run_measures_a_page_and_stops(tmp_path: Path) -> None:
    wish = Wish("S", "sqlite", 1, rounds=1, seconds=1, connections=2, only="oldest", kept=tmp_path, scratch=tmp_path)
    said: list[str] = []
    found = run(wish, said.append)
    (name, figures) = next(iter(found["cases"].items()))
    assert name == "front page, oldest"
    assert figures["requests"] > 0
    assert figures["statements"] >= 2
    assert set(found["memory_bytes"]) == {"supervisor", "web 1", "worker"}
    assert "round 1 of 1 is done" in said
    assert list(tmp_path.glob("*.db"))
