"""Our own settings page: set up once, edited by whoever manages the site."""

from dataclasses import dataclass

from typing_extensions import override

from folkmoot.commands import access, words
from folkmoot.commands.base import Command
from folkmoot.db.base import Tx
from folkmoot.model import limits
from folkmoot.model.callers import Caller
from folkmoot.model.errors import Conflict, Invalid, NotFound
from folkmoot.model.journal import SiteChanged
from folkmoot.store import site
from folkmoot.store.site import SiteRow


@dataclass(frozen=True)
class SetUpSite(Command[None]):
    """Give the site its name, once. The same again changes nothing."""

    name: str
    description: str = ""

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.site_manager(tx, caller)
        row = _checked(self.name, self.description)
        if site.insert(tx, row):
            tx.record(SiteChanged())
        elif site.find(tx) != row:
            raise Conflict("site_already_exists")


@dataclass(frozen=True)
class EditSite(Command[None]):
    """Change name and description. None leaves one as it is."""

    name: str | None = None
    description: str | None = None

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.site_manager(tx, caller)
        before = site.find(tx)
        if before is None:
            raise NotFound("local_site_not_setup")
        row = _checked(
            before.name if self.name is None else self.name,
            before.description if self.description is None else self.description,
        )
        if row != before:
            site.update(tx, row)
            tx.record(SiteChanged())


def _checked(name: str, description: str) -> SiteRow:
    line = " ".join(name.split())
    if not words.visible_chars(line):
        raise Invalid("site_name_required", "name")
    words.check_plain(line, field="name", code="site_name_length_overflow", max_chars=limits.SITE_NAME_MAX_CHARS)
    about = " ".join(description.split())
    words.check_plain(
        about,
        field="description",
        code="site_description_length_overflow",
        max_chars=limits.SITE_DESCRIPTION_MAX_CHARS,
    )
    return SiteRow(line, about)
