"""Places that posts belong to: ours, and those of others by their handle."""

from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, words
from folkmoot.commands.base import Command
from folkmoot.commands.people import learned_instance
from folkmoot.db.base import Tx
from folkmoot.model import limits
from folkmoot.model.callers import WRITTEN_HERE, Caller
from folkmoot.model.errors import Conflict
from folkmoot.model.ids import HERE, CommunityId, InstanceId
from folkmoot.model.journal import CommunityCreated
from folkmoot.store import communities
from folkmoot.store.communities import NewCommunity
from folkmoot.text.markdown import RENDERER, Rendered, render_markdown


@dataclass(frozen=True)
class CreateCommunity(Command[CommunityId]):
    """Make a community of this instance; whoever makes it is its first moderator."""

    name: str
    title: str
    description: str = ""
    nsfw: bool = False

    @cached_property
    def _description(self) -> tuple[str, Rendered]:
        text = self.description.replace("\r\n", "\n").replace("\r", "\n")
        words.check_plain(text, field="description", code="invalid_body_field", max_chars=limits.DESCRIPTION_MAX_CHARS)
        return text, render_markdown(text)

    @override
    def prepare(self) -> None:
        _ = self._description

    @override
    def apply(self, tx: Tx, caller: Caller) -> CommunityId:
        person = access.author(tx, caller, WRITTEN_HERE)
        words.check_local_name(self.name)
        source, rendered = self._description
        community = CommunityId(tx.next_ids("community"))
        new = NewCommunity(
            id=community,
            instance=HERE,
            name=self.name,
            title=words.display_line(self.title, field="title", max_chars=limits.COMMUNITY_TITLE_MAX_CHARS),
            description=source,
            html=rendered.for_thing(f"m{community}"),
            renderer=RENDERER,
            nsfw=self.nsfw,
        )
        if not communities.insert(tx, new):
            raise Conflict("community_already_exists")
        communities.appoint(tx, community, person.id)
        tx.record(CommunityCreated(community))
        return community


@dataclass(frozen=True)
class LearnCommunity(Command[CommunityId]):
    """Know a community of another instance by `name@host`, without asking that instance. Known already: that one."""

    handle: str

    @override
    def apply(self, tx: Tx, caller: Caller) -> CommunityId:
        access.site_manager(tx, caller)
        handle = words.parsed_handle(self.handle.removeprefix("!"), code="invalid_name")
        return learned_community(tx, learned_instance(tx, handle.host), handle.name, title=handle.name)


def learned_community(tx: Tx, instance: InstanceId, name: str, *, title: str) -> CommunityId:
    """Find a community by name; make a placeholder where it is new. The first spelling stays."""
    found = communities.find_by_name(tx, instance, name)
    if found is not None:
        return found
    new = CommunityId(tx.next_ids("community"))
    placeholder = NewCommunity(
        id=new,
        instance=instance,
        name=name,
        title=title,
        description="",
        html=words.NO_TEXT.html,
        renderer=RENDERER,
        provisional=instance != HERE,
    )
    if not communities.insert(tx, placeholder):  # another transaction was quicker, and has been waited for
        return learned_community(tx, instance, name, title=title)
    tx.record(CommunityCreated(new))
    return new
