"""A site of many posts, in one statement a table: half of all in one community, a handful here, three in a rare one.

It is for the plans and the work of lists only: counters are not kept, and nobody voted.
"""

from dataclasses import dataclass

from folkmoot.db.base import Tx
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId
from folkmoot.model.ranking import AGE_BOUNDS, HOT_MICROS
from tests.world import World

_YEARS_MICROS = 3 * 365 * 86_400_000_000
_OTHERS = 600
_AT_HOME = 20
_FEW = 12
_PEOPLE = 300

_NUMBERS = """
    with recursive numbers (n) as (
        select cast(1 as $micros) union all select n + 1 from numbers where n < :count
    )
"""
_COMMUNITIES = """
    insert into community (id, instance_id, name, name_key, title, description, html, renderer, provisional, nsfw,
        deleted, removed, published, version, posts, comments, active_month)
    select :first + n, case when n <= :at_home then 1 else :instance end, 'c' || n, 'c' || n, 'Community ' || n, '', '',
        1, 0, case when n % 40 = 35 then 1 else 0 end, 0, 0, :now - n % 50, 1, n % 70, 0, n % 30
    from numbers
"""
_PERSONS = """
    insert into person (id, instance_id, name, name_key, provisional, admin, bot, deleted, published, version,
        post_count, comment_count)
    select :first + n, :instance, 'p' || n, 'p' || n, 0, 0, 0, 0, :now, 1, 0, 0
    from numbers
"""
_POSTS = """
    insert into post (id, version, renderer, format, archive_offered, title, source, html, text)
    select :first + n, 1, 1, 1, 0, 'Post ' || n, 'words', '<p>words</p>', 'words' from numbers
"""
# the age is the cube of the number, so that the newest week is alive
_PLACES = """
    , aged as (select n, (n * n / :count) * n / :count * (:years / :count) as age from numbers)
    , placed as (
        select n, age, :now - age as published, n * 7919 % 1009 as chance,
            case
                when n % (:count / :few) = 7 then :home + n % :at_home
                when n in (:count / 4, :count / 2, :count * 3 / 4) then :rare
                when n % 2 = 0 then :big
                else :others + n % :other_count
            end as place
        from aged
    )
"""
_RANKS = """
    insert into post_rank (post_id, community_id, author_id, published, received, imported, approximate, newest_comment,
        tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed, locked, gone_since, erased,
        newest_other, hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class, rank_due)
    select :first + n, place,
        case when n % 2 = 0 then :prolific when n % 5003 = 1 then :shy else :people + n % :folk end,
        published, published, 0, 0, published + chance, 1, chance % 40, chance, 0, chance,
        case when chance % 50 = 3 then 1 else 0 end, 0, case when chance = 8 then 1 else 0 end, 0,
        case when chance = 8 then :now end, 0, published,
        case when age < :hot then 1 + (:hot - age) / 1000000 * chance else 0 end,
        case when age < :hot then 1 + (:hot - age) / 1000000 * (chance % 7 + chance) else 0 end,
        case when age < :hot then 1 + (:hot - age) / 1000000 * chance / (2 + n % 3) else 0 end,
        case when chance % 6 = 0 then chance else 0 end, chance, $class, null
    from placed
"""
_WORDS = """
    insert into comment (id, version, renderer, format, path, source, html, text)
    select :first + n, 1, 1, 1, '0', 'words', '<p>words</p>', 'words' from numbers
"""
_NODES = """
    insert into comment_node (comment_id, post_id, community_id, author_id, depth, published, received, approximate,
        child_count, upvotes, downvotes, score, deleted, removed, gone_since, erased)
    select :first + n, :post + n, (select r.community_id from post_rank r where r.post_id = :post + n),
        case when n % 2 = 0 then :prolific when n % 5003 = 1 then :shy else :people + n % :folk end, 1,
        :now - n * 1000003, :now, 0, 0, 0, 0, n % 90, 0, 0, null, 0
    from numbers
"""
_MODLOG = """
    insert into modlog (id, at, kind, undone, moderator_id, community_id, post_id, reason)
    select :first + n, :now, 1, 0, :people + n % :folk, :others + n % 7, :post + n, 'spam' from numbers
"""


@dataclass(frozen=True)
class ManyPosts:
    """What a test may look for."""

    big: CommunityId
    rare: CommunityId
    prolific: PersonId
    shy: PersonId
    post: PostId
    comment: CommentId
    now: Micros


def fill_lists(world: World, *, posts: int = 50_000, comments: int = 20_000) -> ManyPosts:
    """Write the site, and let the database know its tables. Twelve of its posts are in communities of here."""
    filled = world.db.write(lambda tx: _filled(tx, posts, comments))
    world.db.write(lambda tx: tx.run("analyze"))
    return filled


def _filled(tx: Tx, posts: int, comments: int) -> ManyPosts:
    if tx.dialect.name == "postgresql":
        tx.run("set local statement_timeout = 0")
    instance = tx.next_ids("instance")
    tx.run(
        "insert into instance (id, host, host_key, published) values (:id, 'far.example', 'far.example', 0)",
        id=instance,
    )
    person = _write(tx, "person", _PERSONS, _PEOPLE, instance=instance)
    community = _write(tx, "community", _COMMUNITIES, _AT_HOME + _OTHERS, instance=instance, at_home=_AT_HOME)
    folk = {"people": person + 10, "folk": _PEOPLE - 10, "prolific": person + 1, "shy": person + 2}
    places = {"home": community + 1, "at_home": _AT_HOME, "few": _FEW, "big": community + 21, "rare": community + 22}
    places |= {"others": community + 23, "other_count": _OTHERS - 23}
    post = _write(tx, "post", _POSTS, posts)
    ranks = _RANKS.replace("$class", _class_of_age())
    _write(tx, None, _PLACES + ranks, posts, first=post, years=_YEARS_MICROS, hot=HOT_MICROS, **places, **folk)
    comment = _write(tx, "comment", _WORDS, comments)
    _write(tx, None, _NODES, comments, first=comment, post=post, **folk)
    _write(tx, "modlog", _MODLOG, 5_000, post=post, others=places["others"], people=folk["people"], folk=folk["folk"])
    return ManyPosts(
        big=CommunityId(places["big"]),
        rare=CommunityId(places["rare"]),
        prolific=PersonId(folk["prolific"]),
        shy=PersonId(folk["shy"]),
        post=PostId(post + 1),
        comment=CommentId(comment + 1),
        now=tx.now,
    )


def _write(tx: Tx, kind: str | None, sql: str, count: int, **params: int) -> int:
    """Write `count` rows, with new ids where a kind is told, and give the id before the first."""
    if kind is not None:
        params["first"] = tx.next_ids(kind, count) - 1
    statement = _NUMBERS.replace("$micros", tx.dialect.tokens["micros"]) + sql
    named = params | {"count": count, "now": tx.now}
    tx.run(statement, **{name: value for name, value in named.items() if f":{name}" in statement})
    return params["first"]


def _class_of_age() -> str:
    cases = " ".join(f"when age <= {bound} then {number}" for number, bound in enumerate(AGE_BOUNDS))
    return f"case {cases} else {len(AGE_BOUNDS)} end"
