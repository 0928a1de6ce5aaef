"""Do all doors mean the same? What means the same becomes the same command, whichever door it came through.

`SAME` is the frame: one meaning a row, with what each door that can say it makes of it. A door that is new adds its
column; a command that is new has to be in `SAME`, in `UPKEEP`, or in `WAITING` for its door.
"""

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from folkmoot import commands
from folkmoot.cli.threads import import_from_file
from folkmoot.commands.base import Command
from folkmoot.commands.imports import ImportThread
from folkmoot.model.callers import WRITTEN_HERE
from folkmoot.model.ids import Micros
from folkmoot.text.thread_text import parse_thread

READ_AT = Micros(1_732_622_400_000_000)
FILE = "Read it twice.\n\n  • ada@lowmoor.example\n    hexagon\n    ·\n    2 hours ago\n\n    Once was enough.".encode()

THREAD = ImportThread(
    thread=parse_thread(FILE),
    digest=hashlib.sha256(FILE).hexdigest(),
    read_at=READ_AT,
    title="A title",
    url="https://news.example/a",
    archive_url=None,
    community="books@lowmoor.example",
    by=None,
)


def thread_from_options() -> Command[Any]:
    options = {
        "by": None,
        "read_at": READ_AT,
        "title": "A title",
        "link": "https://news.example/a",
        "archive_url": None,
        "community": "books@lowmoor.example",
    }
    return import_from_file(FILE, "a file", options, here="hub.example", now=Micros(0))


SAME: Mapping[str, tuple[Command[Any], Mapping[str, Callable[[], Command[Any]]]]] = {
    "a saved thread is taken in": (THREAD, {"command line": thread_from_options}),
}

UPKEEP = {"CountActive", "EraseGone", "PruneJournal", "RefreshRanks", "RenderAnew", "ResetChildCounts", "ResetCounter"}
"""What the house does for itself: made by workers and by the doctor, never by a door."""

WAITING = {
    "accounts and the web form": {
        *(
            "CreateComment",
            "CreateCommunity",
            "CreatePerson",
            "CreatePost",
            "DeleteComment",
            "DeletePost",
            "EditComment",
        ),
        *(
            "EditPost",
            "EditSite",
            "LockPost",
            "RemoveComment",
            "RemovePost",
            "SetCommentVote",
            "SetPostVote",
            "SetUpSite",
        ),
    },
    "federation": {"LearnCommunity", "LearnPerson"},
}
"""Until its door is there, a command is performed by the sample site, by tests and by programs that import it."""


def without_origin(command: Command[Any]) -> Command[Any]:
    """Where a thing was first written is the one difference that doors may make."""
    changed: Any = command
    return replace(changed, origin=WRITTEN_HERE) if hasattr(command, "origin") else command


@pytest.mark.parametrize(
    ("meaning", "door"), [(meaning, door) for meaning, (_, doors) in SAME.items() for door in doors]
)
def test_door_makes_the_command_that_is_meant(meaning: str, door: str) -> None:
    meant, doors = SAME[meaning]
    assert without_origin(doors[door]()) == without_origin(meant)


def test_each_command_has_its_doors_or_waits_for_them() -> None:
    named = [type(meant).__name__ for meant, _ in SAME.values()]
    named += [*UPKEEP, *(name for waiting in WAITING.values() for name in waiting)]
    for module in pkgutil.iter_modules(commands.__path__, "folkmoot.commands."):
        importlib.import_module(module.name)
    ours = [kind.__name__ for kind in Command.__subclasses__() if kind.__module__.startswith("folkmoot.")]
    assert sorted(named) == sorted(ours)
