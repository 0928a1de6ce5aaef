"""What is somebody called in full, and at which address are they and what they wrote?"""

from functools import lru_cache
from urllib.parse import quote, urlsplit

from folkmoot.federation.uris import (
    comment_uri,
    community_uri,
    local_comment_uri,
    local_post_uri,
    person_uri,
    post_uri,
)
from folkmoot.queries.views import AuthorView, CommunityView

_SITES_KEPT = 16
_HOSTS_KEPT = 1_024

comment_address = local_comment_uri
post_address = local_post_uri

__all__ = [
    "comment_address",
    "comment_uri",
    "community_address",
    "full_handle",
    "person_address",
    "post_address",
    "post_uri",
    "site_host",
]


@lru_cache(_SITES_KEPT)
def site_host(site_url: str) -> str:
    """Give the host of this site as handles have it, with its port where there is one."""
    return urlsplit(site_url).netloc.rpartition("@")[2].lower()


def full_handle(who: AuthorView | CommunityView, *, site_url: str, spelled: str | None = None) -> str:
    """Give `name@host`.

    Args:
        who: a person or a community.
        site_url: of this site, for those who are of here.
        spelled: how an imported file spelled it; kept where there is one.
    """
    if spelled is not None:
        return spelled
    return f"{who.name}@{site_host(site_url) if who.host is None else who.host}"


def person_address(author: AuthorView, *, site_url: str) -> str:
    """Give the address that says who somebody is: their uri; of somebody known by handle only the likely one.

    A handle of our own host from a file is nobody of here, so its address has a fragment: it is never equal to a
    local person's.
    """
    return person_uri(author, site_url=site_url) or _likely(author, "u", site_url)


def community_address(community: CommunityView, *, site_url: str) -> str:
    """Give the address that says which community it is; see `person_address`."""
    return community_uri(community, site_url=site_url) or _likely(community, "c", site_url)


def _likely(who: AuthorView | CommunityView, kind: str, site_url: str) -> str:
    place, fragment = _likely_place(who.host or "", kind, site_url)
    return f"{place}{quote(who.name)}{fragment}"


@lru_cache(_HOSTS_KEPT)
def _likely_place(host: str, kind: str, site_url: str) -> tuple[str, str]:
    """Give what stands before and after a name in the likely addresses of one host."""
    fragment = "#imported" if host.casefold() == site_host(site_url).casefold() else ""
    return f"https://{quote(host, safe=':[]')}/{kind}/", fragment
