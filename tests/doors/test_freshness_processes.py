"""Two web processes, and a third process that writes: both show the new page, on one file and on one server."""

import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment, EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.moderation import RemoveComment
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.db.core import open_db
from folkmoot.main import clock
from folkmoot.model.callers import OPERATOR, Caller
from tests.cli.test_serve import serving
from tests.program import PATIENCE_S


def page(address: str, path: str) -> str:
    with urllib.request.urlopen(address + path, timeout=PATIENCE_S) as answer:  # noqa: S310 -- the address is our own
        return str(answer.read().decode())


def wait_until(is_so: Callable[[], bool]) -> None:
    """Look again and again; only a failing test looks for long."""
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_another_process_writes_is_shown_by_all(tmp_path: Path, dsn: str) -> None:
    db = open_db(dsn, clock=clock, migrate=False)
    ada = Caller(perform(db, OPERATOR, CreatePerson("ada")))
    post = perform(db, ada, CreatePost(perform(db, ada, CreateCommunity("river", "River")), "A plank"))
    comment = perform(db, ada, CreateComment(post, None, "Old words."))
    options = ("--role", "web", "--workers", "1", "--database", dsn)
    with serving(tmp_path, *options) as (_, one), serving(tmp_path, *options) as (_, other):

        def all_show(words: str) -> bool:
            return all(
                words in page(address, f"/post/{post}{form}") for address in (one, other) for form in ("", ".json")
            )

        assert all_show("Old words.")
        perform(db, ada, EditComment(comment, "New words."))
        wait_until(lambda: all_show("New words."))
        perform(db, ada, RemoveComment(comment, None, removed=True))
        wait_until(lambda: not any("New words." in page(address, f"/post/{post}") for address in (one, other)))
    db.close()
