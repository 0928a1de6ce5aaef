"""What is somebody called in full, and at which address are they and what they wrote?"""

from urllib.parse import quote, urlsplit

from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.views import AuthorView, CommunityView


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


def post_address(site_url: str, post: PostId) -> str:
    """Give the address of a post on this site."""
    return f"{site_url}/post/{post}"


def comment_address(site_url: str, comment: CommentId) -> str:
    """Give the address of a comment on this site."""
    return f"{site_url}/comment/{comment}"


def person_address(author: AuthorView, *, site_url: str) -> str:
    """Give the address that says who somebody is: their uri; of somebody known by handle only the likely one.

    A handle of our own host from a file is nobody of here, so its address has a fragment: it is never equal to a
    local person's.
    """
    if author.uri is not None:
        return author.uri
    if author.host is None:
        return f"{site_url}/u/{author.name.lower()}"
    likely = _likely_address(author.host, "u", author.name)
    return f"{likely}#imported" if author.host.casefold() == site_host(site_url).casefold() else likely


def community_address(community: CommunityView, *, site_url: str) -> str:
    """Give the address that says which community it is; see `person_address`."""
    if community.uri is not None:
        return community.uri
    if community.host is None:
        return f"{site_url}/c/{community.name.lower()}"
    likely = _likely_address(community.host, "c", community.name)
    return f"{likely}#imported" if community.host.casefold() == site_host(site_url).casefold() else likely


def _likely_address(host: str, kind: str, name: str) -> str:
    return f"https://{quote(host, safe=':[]')}/{kind}/{quote(name)}"
