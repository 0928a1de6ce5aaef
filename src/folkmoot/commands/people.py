"""Who becomes known here? People of this instance, and those of others by their handle."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access, words
from folkmoot.commands.base import Command
from folkmoot.db.base import Tx
from folkmoot.model import limits
from folkmoot.model.callers import Caller
from folkmoot.model.errors import Conflict
from folkmoot.model.ids import HERE, InstanceId, PersonId
from folkmoot.model.journal import InstanceLearned, PersonCreated
from folkmoot.store import people
from folkmoot.store.people import NewPerson


@dataclass(frozen=True)
class CreatePerson(Command[PersonId]):
    """Make a person of this instance, without a login. Registration is a deed of its own."""

    name: str
    display_name: str | None = None
    admin: bool = False
    bot: bool = False

    @override
    def apply(self, tx: Tx, caller: Caller) -> PersonId:
        access.site_manager(tx, caller)
        words.check_local_name(self.name)
        shown = self.display_name
        if shown is not None:
            shown = words.display_line(shown, field="display_name", max_chars=limits.DISPLAY_NAME_MAX_CHARS)
        person = people.insert(tx, NewPerson(HERE, self.name, shown, admin=self.admin, bot=self.bot))
        if person is None:
            raise Conflict("user_already_exists")
        tx.record(PersonCreated(person))
        return person


@dataclass(frozen=True)
class LearnPerson(Command[PersonId]):
    """Know a person of another instance by `name@host`, without asking that instance. Known already: that one."""

    handle: str

    @override
    def apply(self, tx: Tx, caller: Caller) -> PersonId:
        access.site_manager(tx, caller)
        handle = words.parsed_handle(self.handle.removeprefix("@"), code="invalid_name")
        return learned_person(tx, learned_instance(tx, handle.host), handle.name)


def learned_instance(tx: Tx, host: str) -> InstanceId:
    """Find the row of a host that came from outside; make it where it is new.

    Never our own row, whatever the host: nobody's words are put into a local person's mouth.
    """
    found = people.find_instance(tx, host)
    if found is not None:
        return found
    new = people.insert_instance(tx, host)
    if new is None:  # another transaction was quicker, and has been waited for
        return learned_instance(tx, host)
    tx.record(InstanceLearned(new))
    return new


def learned_person(tx: Tx, instance: InstanceId, name: str) -> PersonId:
    """Find a person by name; make them, provisionally, where they are new. The first spelling stays."""
    found = people.find_by_name(tx, instance, name)
    if found is not None:
        return found
    new = people.insert(tx, NewPerson(instance, name, provisional=True))
    if new is None:  # another transaction was quicker, and has been waited for
        return learned_person(tx, instance, name)
    tx.record(PersonCreated(new))
    return new
