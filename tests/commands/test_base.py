"""One command, one transaction; several in one; all or none."""

import asyncio
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from folkmoot.commands.base import Command, perform_all, perform_async, perform_soon
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.posts import CreatePost
from folkmoot.commands.votes import SetPostVote
from folkmoot.db.base import Tx
from folkmoot.model.callers import Caller
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import PostId
from tests.world import World


def test_several_commands_are_done_together(world: World) -> None:
    post = world.post()
    results = perform_all(world.db, world.person(), [CreateComment(post, None, "one"), SetPostVote(post, 1)])
    assert results == [world.comments_of(post)[0], None]


def test_one_refusal_leaves_none_of_several(world: World) -> None:
    post, ada = world.post(), world.person("ada")
    before = world.place()
    with pytest.raises(NotFound):
        perform_all(world.db, ada, [CreateComment(post, None, "one"), SetPostVote(PostId(404), 1)])
    assert world.comments_of(post) == []
    assert world.facts(before) == []


def test_a_command_that_is_not_waited_for_answers_its_future(world: World) -> None:
    community = world.home
    done = perform_soon(world.db, world.writer, CreatePost(community, "A title"))
    refused = perform_soon(world.db, Caller(None), SetPostVote(PostId(1), 1))
    assert world.value("select title from post where id = :id", id=done.result()) == "A title"
    assert getattr(refused.exception(), "code", None) == "not_logged_in"


def test_an_event_loop_awaits_its_commands(world: World) -> None:
    async def both() -> tuple[PostId, BaseException | None]:
        done = await perform_async(world.db, world.writer, CreatePost(world.home, "A title"))
        refused = await asyncio.gather(
            perform_async(world.db, Caller(None), SetPostVote(done, 1)), return_exceptions=True
        )
        return done, refused[0]

    world.home  # noqa: B018 -- it is made now
    post, refusal = asyncio.run(both())
    assert world.value("select title from post where id = :id", id=post) == "A title"
    assert getattr(refusal, "code", None) == "not_logged_in"


def test_the_input_is_refused_before_anybody_waits(world: World) -> None:
    with pytest.raises(Exception, match="invalid_body_field"):
        perform_soon(world.db, world.writer, CreateComment(PostId(1), None, " "))


@dataclass(frozen=True)
class Noted(Command[None]):
    """A command that notes the order in which it is treated."""

    notes: list[str] = field(default_factory=list)

    @override
    def prepare(self) -> None:
        self.notes.append("prepared")

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        self.notes.append("applied")


def test_all_are_prepared_before_the_first_is_applied(world: World) -> None:
    notes: list[str] = []
    perform_all(world.db, world.writer, [Noted(notes), Noted(notes)])
    assert notes == ["prepared", "prepared", "applied", "applied"]


def test_equal_meaning_gives_equal_commands() -> None:
    first, second = CreateComment(PostId(1), None, "*Words*"), CreateComment(PostId(1), None, "*Words*")
    first.prepare()
    assert first == second
    assert hash(first) == hash(second)
