"""Do the stored numbers agree with the rows they count? Each check reads a span of ids, so that no read lives long.

A counter's rows are (id, what is stored, what is derived), the two halves in the order of its columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.store import check_trees
from folkmoot.store.check_rules import Rule

TREE_SPAN = 500
"""Posts whose sizes are asked for together."""
TREE_COMMENTS = 20_000
"""Comments that are looked at together; a tree is always looked at whole."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Columns of one table that a command keeps and that can be derived anew.

    `thing` is what a row is called; `span` says how many ids are read at once; `ends` gives the first and last id.
    """

    thing: str
    columns: tuple[str, ...]
    span: int
    ends: str
    reset: str
    derive: str


POST_COMMENTS = Counter(
    thing="post",
    columns=("comments", "newest_comment", "newest_other"),
    span=500,
    ends="select min(post_id), max(post_id) from post_rank",
    reset="""
        update post_rank set comments = :comments, newest_comment = :newest_comment, newest_other = :newest_other,
            rank_due = 0
        where post_id = :id
    """,
    derive="""
        select r.post_id, r.comments, r.newest_comment, r.newest_other, coalesce(n.present, 0),
            case when n.newest > r.published then n.newest else r.published end, coalesce(n.newest_other, r.published)
        from post_rank r left join (
            select c.post_id, max(c.published) as newest,
                sum(case when c.deleted = 0 and c.removed = 0 then 1 else 0 end) as present,
                max(case when c.author_id <> p.author_id and c.published > p.published
                    and c.published < p.published + 172800000000 then c.published end) as newest_other
            from post_rank p join comment_node c on c.post_id = p.post_id
            where p.post_id between :low and :high group by c.post_id
        ) n on n.post_id = r.post_id
        where r.post_id between :low and :high
    """,
)
POST_VOTES = Counter(
    thing="post",
    columns=("upvotes", "downvotes", "score"),
    span=500,
    ends="select min(post_id), max(post_id) from post_rank",
    reset="""
        update post_rank set upvotes = :upvotes, downvotes = :downvotes, score = :score, rank_due = 0
        where post_id = :id
    """,
    derive="""
        select r.post_id, r.upvotes, r.downvotes, r.score, coalesce(v.up, 0), coalesce(v.down, 0),
            coalesce(v.up, 0) - coalesce(v.down, 0)
        from post_rank r left join (
            select thing_id, sum(case when value = 1 then 1 else 0 end) as up,
                sum(case when value = -1 then 1 else 0 end) as down
            from vote where kind = 1 and thing_id between :low and :high group by thing_id
        ) v on v.thing_id = r.post_id
        where r.post_id between :low and :high
    """,
)
COMMENT_VOTES = Counter(
    thing="comment",
    columns=("upvotes", "downvotes", "score"),
    span=10_000,
    ends="select min(comment_id), max(comment_id) from comment_node",
    reset="""
        update comment_node set upvotes = :upvotes, downvotes = :downvotes, score = :score
        where comment_id = :id
    """,
    derive="""
        select n.comment_id, n.upvotes, n.downvotes, n.score, coalesce(v.up, 0), coalesce(v.down, 0),
            coalesce(v.up, 0) - coalesce(v.down, 0)
        from comment_node n left join (
            select thing_id, sum(case when value = 1 then 1 else 0 end) as up,
                sum(case when value = -1 then 1 else 0 end) as down
            from vote where kind = 2 and thing_id between :low and :high group by thing_id
        ) v on v.thing_id = n.comment_id
        where n.comment_id between :low and :high
    """,
)
PERSON_WRITTEN = Counter(
    thing="person",
    columns=("post_count", "comment_count"),
    span=100,
    ends="select min(id), max(id) from person",
    reset="update person set post_count = :post_count, comment_count = :comment_count where id = :id",
    derive="""
        select p.id, p.post_count, p.comment_count,
            (select count(*) from post_rank r where r.author_id = p.id and r.deleted = 0 and r.removed = 0),
            (select count(*) from comment_node n where n.author_id = p.id and n.deleted = 0 and n.removed = 0)
        from person p
        where p.id between :low and :high
    """,
)
# Comments from the posts' own counters: checked (and, in a repair, reset) before these, and a tenth of the rows.
COMMUNITY_CONTENT = Counter(
    thing="community",
    columns=("posts", "comments"),
    span=1_000,
    ends="select min(id), max(id) from community",
    reset="update community set posts = :posts, comments = :comments where id = :id",
    derive="""
        select c.id, c.posts, c.comments, coalesce(r.posts, 0), coalesce(r.comments, 0)
        from community c left join (
            select community_id, sum(comments) as comments,
                sum(case when deleted = 0 and removed = 0 then 1 else 0 end) as posts
            from post_rank where community_id between :low and :high group by community_id
        ) r on r.community_id = c.id
        where c.id between :low and :high
    """,
)
COUNTERS = (POST_COMMENTS, POST_VOTES, COMMENT_VOTES, PERSON_WRITTEN, COMMUNITY_CONTENT)


class Difference(NamedTuple):
    """A row whose columns are not what they should be: both in the order of the counter's columns."""

    id: int
    stored: tuple[int, ...]
    derived: tuple[int, ...]


def spans(reader: Reader, *, ends: str, span: int) -> list[tuple[int, int]]:
    """Cut the ids that `ends` gives the first and last of into spans. What comes later is not looked at."""
    row = reader.row(ends)
    if row is None or row[0] is None:
        return []
    first, last = row
    return [(start, min(start + span - 1, last)) for start in range(first, last + 1, span)]


def differences(reader: Reader, low: int, high: int, *, counter: Counter) -> list[Difference]:
    """Compare a span of a counter with what it counts."""
    half = len(counter.columns)
    found = [
        Difference(row[0], row[1 : half + 1], row[half + 1 :])
        for row in reader.rows(counter.derive, low=low, high=high)
    ]
    return [difference for difference in found if difference.stored != difference.derived]


def reset(tx: Tx, counter: Counter, thing: int) -> None:
    """Let one row's counter be what it should be now."""
    for difference in differences(tx, thing, thing, counter=counter):
        tx.run(counter.reset, id=thing, **dict(zip(counter.columns, difference.derived, strict=True)))


def broken(reader: Reader, low: int, high: int, *, rule: Rule) -> list[tuple[int, str, str]]:
    """Find a span's rows that break a rule: id, what is stored, what should be."""
    return [(row[0], str(row[1]), str(row[2])) for row in reader.rows(rule.broken, low=low, high=high)]


def tree_spans(reader: Reader) -> list[tuple[int, int]]:
    return spans(reader, ends=POST_COMMENTS.ends, span=TREE_SPAN)


def tree_parts(reader: Reader, low: int, high: int) -> list[tuple[int, int]]:
    """Cut a span of posts so that each part has few comments, or one post."""
    sizes = reader.rows(
        "select post_id, count(*) from comment_node where post_id between :low and :high group by post_id order by 1",
        low=low,
        high=high,
    )
    parts: list[tuple[int, int]] = []
    room = 0
    for post, comments in sizes:
        room -= comments
        if parts and room >= 0:
            parts[-1] = (parts[-1][0], post)
        else:
            parts.append((post, post))
            room = TREE_COMMENTS - comments
    return parts


def tree_misfits(reader: Reader, low: int, high: int) -> Iterator[check_trees.Misfit]:
    """Compare the trees of a span of posts with what their parents say."""
    for _, tree in groupby(check_trees.rows(reader, low, high), key=attrgetter("post")):
        yield from check_trees.misfits(list(tree))


def reset_child_counts(tx: Tx, post: int) -> None:
    """Let every `child_count` of one post's tree be what it should be now."""
    wrong = [misfit for misfit in tree_misfits(tx, post, post) if misfit.what == "child_count"]
    tx.run_many(
        "update comment_node set child_count = :count where comment_id = :comment",
        ({"count": misfit.derived, "comment": misfit.comment} for misfit in wrong),
    )


_IDS = {
    "instance": "select max(id) from instance",
    "person": "select max(id) from person",
    "community": "select max(id) from community",
    "post": "select max(id) from post",
    "comment": "select max(id) from comment",
    "modlog": "select max(id) from modlog",
}
_NEXT_SQLITE = "select next from counter where kind = :kind"
_NEXT_POSTGRESQL = """
    select coalesce(last_value + 1, start_value) from pg_sequences
    where schemaname = current_schema() and sequencename = :kind || '_ids'
"""


def ids_ahead(reader: Reader) -> list[tuple[str, int, int]]:
    """Find kinds whose counter would give out an id again: kind, next id, newest id in use."""
    sql = _NEXT_POSTGRESQL if reader.dialect.name == "postgresql" else _NEXT_SQLITE
    found = [(kind, reader.value(sql, kind=kind), reader.value(newest)) for kind, newest in _IDS.items()]
    return [(kind, following, newest) for kind, following, newest in found if (newest or 0) >= following]


def odd_renderers(reader: Reader, renderer: int) -> list[tuple[str, int, int]]:
    """Find texts that claim a renderer that never was: kind, id, number. Older ones are rendered anew in time."""
    found = [
        *reader.rows(
            "select 'post', id, renderer from post where renderer > :now or renderer < 1 limit 1000", now=renderer
        ),
        *reader.rows(
            "select 'comment', id, renderer from comment where renderer > :now or renderer < 1 limit 1000", now=renderer
        ),
    ]
    return [(kind, thing, number) for kind, thing, number in found]


def journal_spans(reader: Reader) -> list[tuple[int, int]]:
    return spans(reader, ends="select min(seq), max(seq) from journal", span=50_000)


def journal_steps_back(reader: Reader, low: int, high: int) -> list[tuple[int, int, int]]:
    """Find facts that are older than the one before: number, time, time of the one before.

    Only on SQLite, where commands follow each other; on PostgreSQL numbers are drawn by transactions side by side.
    """
    if reader.dialect.name == "postgresql":
        return []
    rows = reader.rows(
        """
        select seq, at, earlier from (
            select seq, at, lag(at) over (order by seq) as earlier from journal where seq between :low and :high
        ) j where at < earlier
        """,
        low=low,
        high=high,
    )
    return [(seq, at, earlier) for seq, at, earlier in rows]


def fact_kinds(reader: Reader) -> list[str]:
    return [row[0] for row in reader.rows("select distinct kind from journal")]
