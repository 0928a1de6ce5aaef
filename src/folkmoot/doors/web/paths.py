"""At which of our addresses is a thing, and the same list in another order? Paths, from `/`, for links on pages."""

from functools import lru_cache
from urllib.parse import quote

from folkmoot.queries.views import AuthorView, CommunityView

_KEPT = 16_384
_SAFE_IN_NAMES = "~!$'()*+,;:@"
_SAFE_IN_QUERIES = "/:@,;~!$'()*"


def community_path(community: CommunityView) -> str:
    """Return `/c/railways`, or `/c/railways@lowmoor.example` of one from elsewhere."""
    return named_path("/c/", called(community))


def person_path(person: AuthorView) -> str:
    """Return `/u/kettleby`, or `/u/kettleby@lowmoor.example` of somebody from elsewhere."""
    return named_path("/u/", called(person))


def list_path(path: str, **params: str | None) -> str:
    """Return the address of a list. A parameter that is None is left out: it has its usual value."""
    told = [f"{name}={quote(value, safe=_SAFE_IN_QUERIES)}" for name, value in params.items() if value is not None]
    return f"{path}?{'&'.join(told)}" if told else path


def called(who: AuthorView | CommunityView) -> str:
    """Return `kettleby`, or `kettleby@lowmoor.example` of what is from elsewhere: what stands in addresses."""
    return who.name if who.host is None else f"{who.name}@{who.host}"


@lru_cache(_KEPT)
def named_path(prefix: str, name: str) -> str:
    """Return the path of what is called so, after `/c/` or `/u/`."""
    return prefix + quote(name, safe=_SAFE_IN_NAMES)
