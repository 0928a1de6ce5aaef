"""In which states is an answer measured? With all caches warm, with the part caches alone, and with none."""

from enum import Enum
from pathlib import Path

from folkmoot.settings import Settings, flag_of, resolve


class State(Enum):
    """What the server may keep between two requests."""

    CACHED = "cached"
    """Finished pages: the page cache is warm."""
    PARTS = "parts"
    """The page cache is off; rendered pieces and orders are kept."""
    COLD = "cold"
    """Nothing is kept."""


_OFF = {
    State.CACHED: ("crawl_budget",),
    State.PARTS: ("crawl_budget", "page_cache"),
    State.COLD: ("crawl_budget", "page_cache", "part_cache"),
}
"""Settings that are 0. The load generator is not slowed as a crawler would be."""


def flags(state: State) -> list[str]:
    """Give the flags of `folkmoot serve` for a state."""
    return [part for name in _OFF[state] for part in (flag_of(name), "0")]


def settings_in(state: State, dsn: str, url: str) -> Settings:
    """Give the settings of a process in a state; nothing is taken from the variables of whoever runs the bench."""
    wanted = {"database": dsn, "url": url, "data": str(Path(dsn).parent / "nowhere"), **dict.fromkeys(_OFF[state], "0")}
    return resolve(wanted, {}, Path.cwd()).settings
