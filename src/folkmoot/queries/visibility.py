"""Who may see this row? The one rule, as SQL fragments; `model/visibility.py` says the same in Python.

So far everybody who reads is a guest: who may see more than a place comes with accounts.
"""

from folkmoot.model.ids import HERE


def absence(thing: str, community: str) -> str:
    """Give the expression for what a guest is told instead of the text: an `Absence`. A removal hides a deletion.

    Args:
        thing: the alias of `post_rank` or `comment_node`.
        community: the alias of its community.
    """
    return (
        f"case when {thing}.removed = 1 or {community}.removed = 1 then 2"
        f" when {thing}.deleted = 1 or {community}.deleted = 1 or {thing}.erased = 1 then 1 else 0 end"
    )


def listed(post: str) -> str:
    """Give the condition that lists of posts show this one.

    The community is asked for in a scalar subquery, once a row that is walked: joined, SQLite makes a Bloom filter of
    all communities at each call, which costs forty times the list itself.

    Args:
        post: the alias of `post_rank`; or of `comment_node`, for lists of comments.
    """
    return f"{post}.deleted = 0 and {post}.removed = 0 and {community_is_there(f'{post}.community_id')}"


def community_is_there(community: str) -> str:
    """Give the condition that a community is neither deleted nor removed.

    Args:
        community: the column or parameter of its id; a parameter is looked up once for a whole statement.
    """
    return f"(select c.deleted + c.removed from community c where c.id = {community}) = 0"


def listed_community(community: str, *, local: bool) -> str:
    """Give the condition that lists over communities show a guest what is in this one: it is there, and not NSFW.

    Args:
        community: the alias of `community`.
        local: only communities that are at home here.
    """
    home = f"{community}.instance_id = {HERE} and " if local else ""
    return f"{home}{community}.deleted = 0 and {community}.removed = 0 and {community}.nsfw = 0"


def shown_to_guests(post: str, *, local: bool) -> str:
    """Give the condition that lists over communities show this post to a guest: it is listed, and not NSFW.

    It is a scalar subquery, for the reason given at `listed`, that may stand beside keys which an index alone gave.
    See `docs/decisions/0021-nsfw-for-guests.md`.

    Args:
        post: the column of its id.
        local: only posts of communities that are at home here.
    """
    return f"""(
        select s.deleted + s.removed + s.nsfw from post_rank s cross join community c
        where s.post_id = {post} and c.id = s.community_id and {listed_community("c", local=local)}
    ) = 0"""
