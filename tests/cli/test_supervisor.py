"""The supervisor, with real processes: what it starts, starts again, and stops."""

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.program import PATIENCE_S, started

PRELUDE = """
import os, signal, sys, threading
from folkmoot.supervisor import Child, Refused, Supervisor

class Events:
    def say(self, *words): print("event", *words, flush=True)
    def ready(self): self.say("ready")
    def ended(self, name, how, again_in_s): self.say("ended", name, how)
    def failed(self, name, how): self.say("failed", name, how)
    def stopping(self): self.say("stopping")
    def killing(self, names): self.say("killing", *names)

stop = threading.Event()

def until_stopped(ready):
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print("child", os.getpid(), flush=True)
    ready()
    stop.wait()

def deaf(ready):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready()
    while True:
        signal.pause()

def refuses(ready):
    raise Refused("the house is full")

def broken(ready):
    raise LookupError("a bug")

def refuses_the_second_time(ready):
    with open("starts", "a+") as starts:
        starts.write("x")
        starts.seek(0)
        times = len(starts.read())
    if times == 2:
        raise Refused("the disk is full")
    until_stopped(ready)

def supervise(*runs, timeout=60):
    children = [Child(f"{run.__name__}-{number}", run) for number, run in enumerate(runs)]
    sys.exit(Supervisor(children, Events(), stop_timeout_s=timeout).run())
"""


def supervising(folder: Path, call: str) -> AbstractContextManager["subprocess.Popen[str]"]:
    return started([sys.executable, "-c", PRELUDE + call], folder)


def said(process: "subprocess.Popen[str]", beginning: str) -> str:
    """Read up to the next line that begins so."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(beginning):
            return line.strip()
    raise AssertionError(f"it ended without saying {beginning!r}")


def test_all_children_stop_when_the_parent_is_told_to(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(until_stopped, until_stopped)") as parent:
        said(parent, "event ready")
        parent.send_signal(signal.SIGTERM)
        rest, _ = parent.communicate(timeout=PATIENCE_S)
        assert rest.splitlines() == ["event stopping"]
        assert parent.returncode == 0


def test_child_that_is_killed_is_started_again(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(until_stopped)") as parent:
        first = int(said(parent, "child").split()[1])
        said(parent, "event ready")
        os.kill(first, signal.SIGKILL)
        assert said(parent, "event ended") == "event ended until_stopped-0 killed by SIGKILL"
        assert int(said(parent, "child").split()[1]) != first


@pytest.mark.parametrize(
    ("run", "how", "words"),
    [("refuses", "78", "folkmoot: the house is full\n"), ("broken", "1", "LookupError: a bug\n")],
)
def test_child_that_cannot_start_ends_all(tmp_path: Path, run: str, how: str, words: str) -> None:
    with supervising(tmp_path, f"supervise(until_stopped, {run})") as parent:
        output, errors = parent.communicate(timeout=PATIENCE_S)
        assert f"event failed {run}-1 exit code {how}\n" in output
        assert errors.endswith(words)
        assert parent.returncode == 1


def test_child_that_refuses_after_it_was_ready_once_ends_nobody_else(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(refuses_the_second_time)") as parent:
        first = int(said(parent, "child").split()[1])
        said(parent, "event ready")
        os.kill(first, signal.SIGKILL)
        assert said(parent, "event ended") == "event ended refuses_the_second_time-0 killed by SIGKILL"
        assert said(parent, "event") == "event ended refuses_the_second_time-0 exit code 78"
        assert int(said(parent, "child").split()[1]) != first


def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(until_stopped, until_stopped)") as parent:
        said(parent, "event ready")
        parent.kill()
        parent.communicate(timeout=PATIENCE_S)  # ends when nobody holds the other end of its output any more


def test_deaf_child_is_killed_after_the_time_for_stopping(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(until_stopped, deaf, timeout=0)") as parent:
        said(parent, "event ready")
        parent.send_signal(signal.SIGTERM)
        output, _ = parent.communicate(timeout=PATIENCE_S)
        assert "deaf-1" in output
        assert parent.returncode == 0


def test_second_stop_kills_at_once(tmp_path: Path) -> None:
    with supervising(tmp_path, "supervise(deaf, timeout=3600)") as parent:
        said(parent, "event ready")
        parent.send_signal(signal.SIGTERM)
        said(parent, "event stopping")
        parent.send_signal(signal.SIGINT)
        assert said(parent, "event killing") == "event killing deaf-0"
        parent.communicate(timeout=PATIENCE_S)
        assert parent.returncode == 0
