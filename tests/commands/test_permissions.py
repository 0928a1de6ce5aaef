"""Every cell of `permission_tables.py`, performed; and what tables of roles and states cannot say."""

import dataclasses
import importlib
import pkgutil
from typing import Any

import pytest

from folkmoot import commands
from folkmoot.commands.base import Command
from folkmoot.commands.comments import CreateComment, DeleteComment
from folkmoot.commands.moderation import RemovePost
from folkmoot.commands.posts import CreatePost, EditPost
from folkmoot.commands.votes import SetPostVote
from folkmoot.model.callers import Caller
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId
from tests.commands.permission_tables import TABLES, Stage, Table
from tests.world import World


def all_commands() -> set[type[Command[Any]]]:
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"folkmoot.commands.{module.name}")
    return {command for command in Command.__subclasses__() if command.__module__.startswith("folkmoot.")}


def test_each_command_has_a_permission_table() -> None:
    assert all_commands() == {table.command for table in TABLES}


@pytest.mark.parametrize("command", sorted(all_commands(), key=str))
def test_a_command_is_a_frozen_value(command: type[Command[Any]]) -> None:
    assert dataclasses.is_dataclass(command)
    assert command.__dataclass_params__.frozen
    assert command.__doc__


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.command.__name__)
def test_who_may_do_it_and_that_a_refusal_records_nothing(world: World, table: Table) -> None:
    stage = Stage(world)
    told, recorded = {}, {}
    for state, role, _ in table.cells():
        stage.set(state)
        before = world.place()
        told[state, role] = world.refusal(stage.roles[role], table.make(stage))
        if told[state, role] is not None:
            recorded[state, role] = world.journal(before)
    assert told == {(state, role): code for state, role, code in table.cells()}
    assert not any(recorded.values())


def test_what_is_not_there_is_not_found(world: World) -> None:
    ada = world.person("ada")
    post, comment = PostId(404), CommentId(404)
    assert world.refusal(ada, CreatePost(CommunityId(404), "Title")) == "couldnt_find_community"
    assert world.refusal(ada, CreateComment(post, None, "words")) == "couldnt_find_post"
    assert world.refusal(ada, CreateComment(world.post(), comment, "words")) == "couldnt_find_comment"
    assert world.refusal(ada, EditPost(post, body="words")) == "couldnt_find_post"
    assert world.refusal(ada, DeleteComment(comment, deleted=True)) == "couldnt_find_comment"
    assert world.refusal(ada, SetPostVote(post, 1)) == "couldnt_find_post"
    assert world.refusal(Caller(PersonId(404)), SetPostVote(post, 1)) == "couldnt_find_person"


def test_a_moderator_cannot_remove_what_an_admin_wrote(world: World) -> None:
    moderator, admin = world.person("moderator"), world.person("admin", admin=True)
    community = world.community(by=moderator)
    post = world.post(by=admin, community=community)
    assert world.refusal(moderator, RemovePost(post, None, removed=True)) == "not_higher_mod"


def test_a_younger_admin_cannot_remove_what_an_older_one_wrote(world: World) -> None:
    older = world.person("older", admin=True)
    world.clock.forward(days=1)
    younger = world.person("younger", admin=True)
    post, other = world.post(by=older), world.post(by=younger)
    assert world.refusal(younger, RemovePost(post, None, removed=True)) == "not_higher_mod"
    assert world.refusal(older, RemovePost(other, None, removed=True)) is None


def test_a_moderator_may_remove_what_they_wrote_themself(world: World) -> None:
    moderator = world.person("moderator")
    post = world.post(by=moderator, community=world.community(by=moderator))
    assert world.refusal(moderator, RemovePost(post, None, removed=True)) is None


def test_a_moderator_of_another_community_is_nobody_here(world: World) -> None:
    moderator = world.person("moderator")
    world.community(by=moderator)
    assert world.refusal(moderator, RemovePost(world.post(), None, removed=True)) == "not_a_mod_or_admin"


def test_a_person_from_elsewhere_does_not_write_here_nor_one_of_ours_there(world: World) -> None:
    post = world.post()
    assert world.refusal(world.stranger(), CreateComment(post, None, "words")) == "object_not_local"
    assert world.refusal(world.person(), CreateComment(post, None, "words", world.there())) == "object_not_local"


def test_a_reply_to_what_is_gone_is_refused_here_and_kept_from_elsewhere(world: World) -> None:
    post = world.post()
    parent = world.comment(on=post)
    world.perform(world.writer, DeleteComment(parent, deleted=True))
    assert world.refusal(world.person(), CreateComment(post, parent, "words")) == "deleted"
    assert world.refusal(world.stranger(), CreateComment(post, parent, "words", world.there())) is None


def test_a_reply_belongs_under_the_post_of_what_it_answers(world: World) -> None:
    parent = world.comment(on=world.post())
    assert world.refusal(world.person(), CreateComment(world.post(), parent, "words")) == "couldnt_create_comment"
