"""What does a door need from outside? The few things that `main` hands to every door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from folkmoot.doors.caches import Caches, no_caches
from folkmoot.model.ids import Micros

if TYPE_CHECKING:
    from folkmoot.db.core import Db

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class WebContext:
    """Made once for each web process, shared by all requests.

    `site_url` is the public address of this site without a slash at its end, such as `https://example.org`.
    `kept` holds what is kept between requests; nothing, unless somebody makes room for it and follows the journal.
    `security_contact` is where to report a hole, empty where nobody said it.
    """

    db: Db
    site_url: str
    clock: Callable[[], Micros]
    kept: Caches = field(default_factory=no_caches)
    security_contact: str = ""

    async def read(self, work: Callable[[], R], *, large: bool = False) -> R:
        """Run what reads and renders: at once where the database is in the process, else in a thread.

        Args:
            work: called once.
            large: it may take longer than others should wait for it, so it always gets a thread.
        """
        if self.db.reads_inline and not large:
            return work()
        return await self.db.apart(work)
