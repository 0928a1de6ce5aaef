"""The same deed by several at once is done once. On PostgreSQL this is what the row locks are for."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity, LearnCommunity
from folkmoot.commands.doctor import doctor
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.commands.site import SetUpSite
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.errors import Conflict
from folkmoot.text.thread_text import parse_thread
from tests.world import World

AT_ONCE = 6
THREAD = parse_thread("Words.\n\n  • a@x.example\n    ·\n    just now\n\n  • b@y.example\n    ·\n    just now".encode())


def _setting(name: str) -> Callable[[World], tuple[Caller, Command[Any]]]:
    """Give the deed of that name: who does it, and the command, on a fresh post and comment."""

    def deed(world: World) -> tuple[Caller, Command[Any]]:
        post = world.post()
        comment = world.comment(on=post)
        stranger, voter = world.stranger(), world.person("voter")
        origin = world.there()
        deeds: dict[str, tuple[Caller, Command[Any]]] = {
            "post vote": (voter, SetPostVote(post, 1)),
            "comment vote": (voter, SetCommentVote(comment, -1)),
            "vote taken back": (world.writer, SetPostVote(post, 0)),
            "deleted post": (world.writer, DeletePost(post, deleted=True)),
            "deleted comment": (world.writer, DeleteComment(comment, deleted=True)),
            "removed post": (OPERATOR, RemovePost(post, None, removed=True)),
            "removed comment": (OPERATOR, RemoveComment(comment, None, removed=True)),
            "lock": (OPERATOR, LockPost(post, locked=True)),
            "edited post": (world.writer, EditPost(post, body="other")),
            "edited comment": (world.writer, EditComment(comment, "other")),
            "post from elsewhere": (stranger, CreatePost(world.home, "A title", origin=origin)),
            "comment from elsewhere": (stranger, CreateComment(post, comment, "words", origin)),
            "person": (OPERATOR, LearnPerson("new@new.example")),
            "community": (OPERATOR, LearnCommunity("new@new.example")),
            "import": (OPERATOR, ImportThread(THREAD, "d" * 64, world.clock.now)),
            "site": (OPERATOR, SetUpSite("Folkmoot")),
            "taken name": (OPERATOR, CreatePerson("taken")),
            "taken community": (voter, CreateCommunity("taken", "Taken")),
        }
        return deeds[name]

    return deed


DEEDS = {
    "post vote": ["PostVoteSet"],
    "comment vote": ["CommentVoteSet"],
    "vote taken back": ["PostVoteSet"],
    "deleted post": ["PostDeleted"],
    "deleted comment": ["CommentDeleted"],
    "removed post": ["PostRemoved"],
    "removed comment": ["CommentRemoved"],
    "lock": ["PostLocked"],
    "edited post": ["PostEdited"],
    "edited comment": ["CommentEdited"],
    "post from elsewhere": ["PostCreated"],
    "comment from elsewhere": ["CommentCreated"],
    "person": ["InstanceLearned", "PersonCreated"],
    "community": ["CommunityCreated", "InstanceLearned"],
    "import": ["CommunityCreated", "InstancesLearned", "PeopleCreated", "ThreadImported"],
    "site": ["SiteChanged"],
    "taken name": ["PersonCreated"],
    "taken community": ["CommunityCreated"],
}
CHANGING = ("import", "taken name", "taken community")
"""The first answer is another one than the later ones."""


@pytest.mark.parametrize("name", DEEDS)
def test_the_same_at_once_is_done_once(world: World, name: str) -> None:
    caller, command = _setting(name)(world)
    command.prepare()
    before = world.place()
    start = Barrier(AT_ONCE)

    def do() -> object:
        start.wait()
        try:
            return perform(world.db, caller, command)
        except Conflict:
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = [doing.result() for doing in [pool.submit(do) for _ in range(AT_ONCE)]]
    assert sorted(world.journal(before)) == sorted(DEEDS[name])
    assert len(set(results)) == (2 if name in CHANGING else 1)
    assert list(doctor(world.db)) == []
