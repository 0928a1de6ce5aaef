"""Does the bench count what it should? No test here looks at how long anything took."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bench import plots, results
from bench.constant_server import Answer
from bench.deeds import DEEDS, MIXTURE, ground
from bench.goals import goals, goals_of_two
from bench.http_load import Load, Result, loaded, together
from bench.own_load import Ask, Readers
from bench.processes import cpu_s, parent, pss_bytes, tree
from bench.reading import Figures, medians
from bench.servers import asked, constant
from bench.statements import Bare, Recorder
from bench.states import State
from folkmoot.commands.base import perform
from tests import postgres
from tests.conftest import SetClock
from tests.program import ROOT
from tests.world import World

linux = pytest.mark.skipif(sys.platform != "linux", reason="the bench looks at /proc")

PAGE = Answer(200, [(b"content-type", b"text/plain"), (b"content-length", b"200000")], b"x" * 200_000)
UNCHANGED = Answer(304, [(b"etag", b'"a"')], b"")
MISSING = Answer(404, [(b"content-length", b"2")], b"no")


def figures(**changed: Any) -> Figures:
    usual = dict.fromkeys(Figures.__dataclass_fields__, 0)
    return Figures(**{**usual, "errors": 0, "cpu_us": 30.0, "floor_us": 20.0, "ratio": 1.5, **changed})


def row(case: str, state: str, **changed: Any) -> dict[str, Any]:
    about = {"case": case, "state": state, "status": 200, "first": "", "whole": False, "goal": True}
    return {**about, **dict.fromkeys(Figures.__dataclass_fields__, 1), "errors": 0, **changed}


def finished(*reading: dict[str, Any], **changed: Any) -> dict[str, Any]:
    write = {"command": "vote", "callers": 16, "cpu_us": 9, "floor_us": 3, "ratio": 3, "per_s": 5}
    return {
        "machine": {"commit": "abc", "cores": 2},
        "command": "./folkmoot bench",
        "conditions": {"size": "S", "database": "sqlite", "generator": "wrk", "nginx": False},
        "reading": list(reading),
        "memory": {"after_reading": {"supervisor": 10_000_000, "web 1": 50_000_000}},
        "writes": [{**write, "p50_ms": 1, "p99_ms": 2, "commands_a_commit": 7, "statements": 4, "refused": 0}],
        **changed,
    }


@linux
def test_own_loop_counts_every_answer_and_every_error(tmp_path: Path) -> None:
    with constant([PAGE, UNCHANGED, MISSING], tmp_path, workers=1) as server:
        assert asked(f"{server.url}/0", {}).body == PAGE.body
        assert asked(f"{server.url}/1", {}).status == 304
        whole = loaded(Load(f"{server.url}/0", {}, seconds=0.1, connections=3, fewest=20), slow=True)
        unchanged = loaded(Load(f"{server.url}/1", {}, seconds=0.1, connections=3), slow=True)
        missing = loaded(Load(f"{server.url}/2", {}, seconds=0.1, connections=3), slow=True)
    assert whole.requests >= 20
    assert whole.bytes > whole.requests * 200_000
    assert whole.errors == unchanged.errors == 0
    assert unchanged.requests >= 3
    assert missing.errors == missing.requests >= 3


@linux
def test_steady_readers_ask_for_all_that_they_are_given(tmp_path: Path) -> None:
    with constant([PAGE, MISSING], tmp_path, workers=1) as server:
        asks: list[Ask] = [(f"{server.url}/0", {}), (f"{server.url}/1", {})]
        with Readers(server.url, asks, connections=4) as readers:
            seen = readers.steady(0.3, per_s=200)
    assert set(seen.statuses) == {200, 404}
    assert seen.errors == seen.statuses[404]
    assert len(seen.waits) == sum(seen.statuses.values())


def test_only_this_machine_is_loaded() -> None:
    with pytest.raises(ValueError, match="not on this machine"):
        Load("https://example.org/", {}, seconds=1, connections=1)
    with pytest.raises(ValueError, match="not on this machine"):
        Readers("https://example.org/", [], 1)


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
        assert cpu_s([process.pid]) > 0
        process.communicate(b"\n")
    assert cpu_s([process.pid]) == 0


@pytest.mark.parametrize("state", list(State))
def test_statements_of_an_answer_are_taken_down_and_run_bare(
    world: World, dsn: str, clock: SetClock, state: State
) -> None:
    post = world.post()
    world.comment(on=post)
    with closing(Recorder(dsn, clock, state)) as recorder:
        page = recorder.statements(f"/post/{post}", {})
        nothing = recorder.statements("/post/7000", {})
    assert not any("journal" in sql for sql, _ in page.asked)
    if state is State.COLD:
        assert any("comment_node" in sql for sql, _ in page.asked)
        assert page.rows >= 3
    assert nothing.rows <= 1
    with closing(Bare(dsn)) as bare:
        assert bare.cost_us(page, seconds=0) >= 0


def test_every_made_up_deed_is_allowed_and_changes_something(world: World) -> None:
    world.person(admin=True)
    posts = [world.post() for _ in range(8)]
    for post in posts:
        for _ in range(4):
            world.comment(on=post)
    with world.db.read() as reader:
        there = ground(reader)
    for name, made in DEEDS.items():
        deeds = made(there)
        for _ in range(4):
            before = world.place()
            perform(world.db, *next(deeds))
            assert world.facts(before) or name == MIXTURE  # of what is done by the others already


def test_medians_are_of_each_figure() -> None:
    middle = medians(
        [figures(cpu_us=1.0, requests=9), figures(cpu_us=5.0, requests=2), figures(cpu_us=2.0, requests=4)]
    )
    assert (middle.cpu_us, middle.requests, middle.floor_us) == (2.0, 4, 20.0)


def test_several_loads_count_as_one() -> None:
    all_of_it = together([Result(90, 1.0, 900, 0, 1.0, 5.0), Result(10, 1.5, 100, 2, 3.0, 7.0)])
    assert all_of_it == Result(100, 2.5, 1000, 2, 2.0, 6.0)


def test_goals_say_what_misses_them() -> None:
    run = finished(
        row("front page", "cached", ratio=1.15),
        row("person", "cached", ratio=1.2),
        row("front page", "parts", cpu_us=10),
        row("front page, deep", "parts", cpu_us=21, first="front page"),
        row("thread of 1000, text", "parts", cpu_us=5, whole=True),
        row("thread of 5000, text", "parts", cpu_us=30, whole=True),
        row("unchanged", "cached", status=304, ratio=1.3),
        row("tiny answer", "cached", ratio=9, goal=False),
    )
    found = {goal.name: goal for goal in goals(run)}
    assert found["cached: to the floor"].missed == (("person", 1.2),)
    assert found["deep page: to the first one"].missed == (("front page, deep, parts", 2.1),)
    assert not found["5,000 comments: to 1,000"].missed
    assert found["304: to a tiny answer"].worst == ("unchanged", 1.3)
    assert found["commands of 16 callers: to the floor"].missed == (("vote", 3),)
    assert not found["memory of all processes"].missed


def test_two_runs_have_goals_of_their_own() -> None:
    small = finished(row("front page", "parts", cpu_us=100))
    small["conditions"]["size"] = "M"
    large = finished(row("front page", "parts", cpu_us=125))
    large["conditions"]["size"] = "L"
    (goal,) = goals_of_two(small, large)
    assert goal.missed == (("front page, parts", 1.25),)
    other = finished(row("front page", "cold", cpu_us=240))
    other["conditions"] = {**small["conditions"], "database": "postgresql"}
    (goal,) = goals_of_two(finished(row("front page", "cold", cpu_us=100), conditions=small["conditions"]), other)
    assert not goal.missed
    assert "PostgreSQL: to SQLite" in results.comparison(small | {"reading": other["reading"]}, other)


def test_results_are_kept_under_their_names_shown_compared_and_drawn(tmp_path: Path) -> None:
    before = finished(row("front page", "cold", cpu_us=100, floor_us=50, ratio=2.0))
    file = results.kept(before, tmp_path)
    assert file.name == "S-sqlite-abc.json"
    assert results.loaded(file) == before
    shown = results.table(before)
    assert "nginx is missing here" in shown
    assert "60 MB (supervisor 10, web 1 50)" in shown
    changed = [row("front page", "cold", cpu_us=150, floor_us=50, ratio=3.0), row("person", "cold")]
    after = finished(*changed)
    after["conditions"]["generator"] = "own"
    lines = results.comparison(before, after).splitlines()
    assert lines[1].split() == ["front", "page,", "cold", "100", "150", "1.50", "1.00", "2.00", "3.00", "1.50"]
    assert lines[2].startswith("vote, 16 callers")
    assert lines[-2:] == ["generator: wrk before, own after", "only in one of them: person, cold"]
    page = plots.drawn(tmp_path).read_text()
    assert "<script" not in page
    assert "http" not in page
    assert "front page" in page


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql" and postgres.binaries() is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL server on this machine")
    return str(request.param)


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a folder that PostgreSQL's server can enter, which may run as somebody else than the tests."""
    with TemporaryDirectory(prefix="folkmoot-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def bench() -> Callable[..., str]:
    """Give `./folkmoot bench`."""

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tools", "bench", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    return run


@linux
@pytest.mark.slow
def test_bench_measures_compares_draws_and_soaks(bench: Callable[..., str], home: Path, database: str) -> None:
    kept, folder = home / "kept", home / "results"
    site = ("--size", "S", "--database", database, "--folder", str(kept))
    where = ("--results", str(folder))
    assert "kept in" in bench("seed", *site)
    shown = bench("--quick", "--workers", "1", "--only", "community", *site, *where)
    assert "community of three posts" in shown
    assert "left out: none" in shown
    (file,) = folder.glob("S-*.json")
    run = json.loads(file.read_text())
    assert str(home) not in file.read_text()
    assert {each["state"] for each in run["reading"]} == {"cached", "parts", "cold"}
    assert all(each["statements"] for each in run["reading"] if each["state"] == "cold")
    assert set(run["memory"]["after_reading"]) == {"supervisor", "web 1", "worker"}
    assert run["under_writes"]["reader_errors"] == run["under_writes"]["writer_errors"] == 0
    assert (run["under_writes"]["log_bytes"] > 0) == (database == "sqlite")
    assert run["goals"]
    assert "community, cached" in bench("compare", str(file), str(file))
    writes = bench("--quick", "--only", "vote", "--part", "writing", "--no-file", *site)
    assert "comment vote" in writes
    soak = ("soak", "--minutes", "0.05", "--readers", "4", "--probe-every", "5", "--workers", "1")
    assert "changes looked for" in bench(*soak, *site, *where)
    (file,) = folder.glob("soak-S-*.json")
    found = {goal["goal"]: goal for goal in json.loads(file.read_text())["goals"]}
    assert found["errors"]["met"]
    assert found["changes that were never shown"]["met"]
    bench("plots", str(folder))
    assert "soak-S" in (folder / "index.html").read_text()
