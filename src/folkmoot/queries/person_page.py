"""Who is this, and what did they write?"""

from functools import cache
from typing import NamedTuple

from folkmoot.db.base import Param, Reader
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import PersonId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.cursor import cursor_keys, cursor_text
from folkmoot.queries.list_views import PersonPage, Written
from folkmoot.queries.views import PersonShow, PersonSort

_POST, _COMMENT = 0, 1
"""Of a post and a comment that tie in all else the comment comes first: this is a key, too."""
_NO_ID, _ANY_ID = 0, 2**31 - 1
"""Below and above all ids."""

_FIND = f"""
    select {people.ALONE}, p.post_count, p.comment_count from instance pi join person p on p.instance_id = pi.id
    where pi.host_key = :host and p.name_key = :name
"""
_MODERATES = f"""
    select {communities.BRIEF}
    from moderator m
    join community c on c.id = m.community_id
    join instance ci on ci.id = c.instance_id
    where m.person_id = :person and c.deleted = 0 and c.removed = 0
    order by m.appointed, c.id
"""


class _Thing(NamedTuple):
    table: str
    id: str
    score: str
    bound: str


_THINGS = (
    _Thing("post_rank", "post_id", "t.top_rank, ", "post"),
    _Thing("comment_node", "comment_id", "t.score, ", "comment"),
)
_SHOWN = {
    PersonShow.ALL: (_POST, _COMMENT),
    PersonShow.POSTS: (_POST,),
    PersonShow.COMMENTS: (_COMMENT,),
}


def find_person(reader: Reader, name: str, host: str | None) -> PersonPage:
    """Look up somebody, whatever the case of the name; somebody who is gone, too.

    Args:
        reader: one snapshot.
        name: without the host.
        host: None for somebody of here.

    Raises:
        NotFound: `couldnt_find_person`.
    """
    row = reader.row(_FIND, name=name.casefold(), host=people.HOME_KEY if host is None else host.casefold())
    if row is None:
        raise NotFound("couldnt_find_person")
    person = people.author_view(row[: people.WIDTH])
    posts, comments = row[people.WIDTH :]
    moderates = reader.rows(_MODERATES, person=person.id)
    return PersonPage(person, posts, comments, tuple(communities.community_view(found) for found in moderates))


def person_items(
    reader: Reader, person: PersonId, *, show: PersonShow, sort: PersonSort, after: str | None, limit: int
) -> Written:
    """List what somebody wrote and is there: posts and comments in one order, NSFW or not.

    Args:
        reader: one snapshot.
        person: who.
        show: only posts, only comments, or both.
        sort: the order.
        after: where the page before ended, as its `after` says; None for the first page.
        limit: how many, from 1.

    Raises:
        Invalid: `bad_cursor`.
    """
    params: dict[str, Param] = {"person": person, "limit": limit + 1}
    if after is not None:
        *keys, kind, thing = cursor_keys(after, sort.value, count=3 if sort is PersonSort.NEW else 4)
        params |= {"published": keys[-1], "post": _bound(_POST, kind, thing), "comment": _bound(_COMMENT, kind, thing)}
        if sort is PersonSort.TOP:
            params["score"] = keys[0]
    rows = reader.rows(_statement(show, sort, later=after is not None), **params)
    after = cursor_text(sort.value, rows[limit - 1]) if len(rows) > limit else None
    return Written([(row[-2] == _COMMENT, row[-1]) for row in rows[:limit]], after)


def _bound(kind: int, last_kind: int, last: int) -> int:
    """Give the id below which things of a kind lie beyond the last row, where all other keys tie with it."""
    if kind == last_kind:
        return last
    return _ANY_ID if kind < last_kind else _NO_ID


@cache
def _statement(show: PersonShow, sort: PersonSort, *, later: bool) -> str:
    score, last_score = ("score, ", ":score, ") if sort is PersonSort.TOP else ("", "")
    parts = []
    for kind in _SHOWN[show]:
        thing = _THINGS[kind]
        keys = f"{score and thing.score}t.published, t.{thing.id}"
        beyond = f" and ({keys}) < ({last_score}:published, :{thing.bound})" if later else ""
        parts.append(f"""
            select * from (
                select {score and thing.score}t.published, {kind} as kind, t.{thing.id} as thing
                from {thing.table} t
                where t.author_id = :person and {visibility.listed("t")}{beyond}
                order by {keys.replace(",", " desc,")} desc
                limit :limit
            ) as part_{kind}
        """)
    order = ", ".join(f"{column} desc" for column in range(1, (4 if score else 3) + 1))
    return f"{' union all '.join(parts)} order by {order} limit :limit"
