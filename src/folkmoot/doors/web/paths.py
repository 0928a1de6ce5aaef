"""At which of our addresses is a thing, and the same list in another order? Paths, from `/`, for links on pages."""

from functools import lru_cache
from urllib.parse import quote

from folkmoot.queries.views import AuthorView, CommunityView

_KEPT = 16_384
_SAFE_IN_NAMES = "~!$'()*+,;:@"
_SAFE_IN_QUERIES = "/:@,;~!$'()*"


def community_path(community: CommunityView) -> str:
    """Return `/c/railways`, or `/c/railways@lowmoor.example` of one from elsewhere."""
    return _named("/c/", community.name, community.host)


def person_path(person: AuthorView) -> str:
    """Return `/u/kettleby`, or `/u/kettleby@lowmoor.example` of somebody from elsewhere."""
    return _named("/u/", person.name, person.host)


def list_path(path: str, **params: str | None) -> str:
    """Return the address of a list. A parameter that is None is left out: it has its usual value."""
    told = [f"{name}={quote(value, safe=_SAFE_IN_QUERIES)}" for name, value in params.items() if value is not None]
    return f"{path}?{'&'.join(told)}" if told else path


@lru_cache(_KEPT)
def _named(prefix: str, name: str, host: str | None) -> str:
    called = name if host is None else f"{name}@{host}"
    return prefix + quote(called, safe=_SAFE_IN_NAMES)
