"""A real server for the browser: the sample site, with one thread that no single page holds.

`python -m tests.browser.demo_site FOLDER` keeps its database in the folder, prints its address, the number of that
thread's post and the one of a comment that was edited, and serves until SIGTERM.
"""

import sys
from pathlib import Path

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment, EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.db.core import Db, open_db
from folkmoot.demo.seed import seed_demo
from folkmoot.http_server import open_listeners, serve
from folkmoot.main import clock, web_app
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import CommentId, PostId

BRANCHES = 130
REPLIES = 3
"""Together with the branch below, more comments than a page has."""
LEVELS = 20
POSTS = 30
"""More than a page of a list has."""


def fill(db: Db) -> tuple[PostId, CommentId]:
    """Write a community with many posts, the first of them with many comments.

    Returns:
        That post, and a comment on it that was edited.
    """
    writer = Caller(perform(db, OPERATOR, CreatePerson("kettleby")))
    community = perform(db, writer, CreateCommunity("towpath", "The towpath", "Along the canal, on foot."))
    busy, *_ = [
        perform(
            db, writer, CreatePost(community, f"Lock number {number} is closed until spring", None, "A sheet says so.")
        )
        for number in range(POSTS)
    ]

    def said(under: CommentId | None, words: str) -> CommentId:
        return perform(db, writer, CreateComment(busy, under, words))

    edited = said(None, "Every lock has a keeper.")
    perform(db, writer, EditComment(edited, "Every lock had a keeper."))
    under: CommentId | None = edited
    for level in range(2, LEVELS):
        under = said(under, f"Level {level}.")
    for number in range(BRANCHES):
        top = said(None, f"Boat {number} waits.")
        for reply in range(REPLIES):
            said(top, f"For {reply + 1} days.")
    return busy, edited


def main(folder: str) -> None:
    """Serve until told to stop."""
    file = str(Path(folder) / "demo.sqlite")
    seed_demo(file, now=clock(), progress=lambda _line: None)
    db = open_db(file, clock=clock)
    busy, edited = fill(db)
    [listener] = open_listeners("127.0.0.1", 0, 1)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    serve(web_app(db, address), listener, lambda: print(address, busy, edited, flush=True))  # noqa: T201 -- told


if __name__ == "__main__":
    main(*sys.argv[1:])
