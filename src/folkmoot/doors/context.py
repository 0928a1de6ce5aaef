"""What does a door need from outside? The few things that `main` hands to every door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.model.ids import Micros

if TYPE_CHECKING:
    from folkmoot.db.core import Db


@dataclass(frozen=True, slots=True)
class WebContext:
    """Made once for each web process, shared by all requests.

    `site_url` is the public address of this site without a slash at its end, such as `https://example.org`.
    """

    db: Db
    site_url: str
    clock: Callable[[], Micros]
