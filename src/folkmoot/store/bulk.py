"""Very many rows at once, counters and all: for content that is made up by `folkmoot seed --size`.

Whoever calls it answers for what commands otherwise see to: that counters agree with the rows, that texts are rendered,
that what is gone says since when. No facts are recorded but the last one. A row is a mapping by column.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from folkmoot.db.base import Reader, Tx, Value
from folkmoot.model.ids import CommunityId, Micros
from folkmoot.model.journal import SiteChanged
from folkmoot.store import participation, ranks

Row = Mapping[str, Value]
CountedRow = Mapping[str, int]

RANKS_AT_ONCE = 2_000
KINDS = ("instance", "person", "community", "post", "comment")


@dataclass(frozen=True, slots=True)
class Rows:
    """What is written together. Comments stand behind what they answer; entries of the modlog need no id."""

    instance: list[Row] = field(default_factory=list)
    person: list[Row] = field(default_factory=list)
    community: list[Row] = field(default_factory=list)
    moderator: list[Row] = field(default_factory=list)
    post: list[Row] = field(default_factory=list)
    post_rank: list[Row] = field(default_factory=list)
    comment: list[Row] = field(default_factory=list)
    comment_node: list[Row] = field(default_factory=list)
    vote: list[Row] = field(default_factory=list)
    edition: list[Row] = field(default_factory=list)
    modlog: list[Row] = field(default_factory=list)
    participation: list[Row] = field(default_factory=list)


_INSERTS = {
    "instance": "insert into instance (id, host, host_key, published) values (:id, :host, :host, :published)",
    "person": """
        insert into person (id, instance_id, name, name_key, display_name, uri, provisional, admin, bot, deleted,
            published, version, post_count, comment_count)
        values (:id, :instance_id, :name, :name_key, :display_name, :uri, 0, :admin, :bot, 0, :published, 1, 0, 0)
    """,
    "community": """
        insert into community (id, instance_id, name, name_key, title, description, html, renderer, uri, provisional,
            nsfw, deleted, removed, published, version, posts, comments)
        values (:id, :instance_id, :name, :name_key, :title, :description, :html, :renderer, :uri, 0,
            0, 0, :removed, :published, 1, 0, 0)
    """,
    "moderator": """
        insert into moderator (community_id, person_id, appointed) values (:community_id, :person_id, :appointed)
    """,
    "post": """
        insert into post (id, version, renderer, format, archive_offered, uri, handle, title, url, archive_url, source,
            html, text)
        values (:id, :version, :renderer, 1, :archive_offered, :uri, null, :title, :url, :archive_url, :source,
            :html, :text)
    """,
    "post_rank": """
        insert into post_rank (post_id, community_id, author_id, published, updated, received, imported, approximate,
            newest_comment, newest_other, tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed,
            locked, gone_since, erased, hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class,
            rank_due)
        values (:post_id, :community_id, :author_id, :published, :updated, :received, 0, 0,
            :newest_comment, :published, :tree_version, :comments, :upvotes, :downvotes, :score, :nsfw, :deleted,
            :removed, :locked, :gone_since, :erased, :hot, :active, :scaled, :controversy, :top, :age_class,
            :due)
    """,
    "comment": """
        insert into comment (id, version, renderer, format, path, uri, handle, source, html, text)
        values (:id, :version, :renderer, 1, :path, :uri, null, :source, :html, :text)
    """,
    "comment_node": """
        insert into comment_node (comment_id, post_id, community_id, parent_id, author_id, depth, position, published,
            updated, received, approximate, child_count, upvotes, downvotes, score, deleted, removed, gone_since,
            erased)
        values (:comment_id, :post_id, :community_id, :parent_id, :author_id, :depth, null, :published,
            :updated, :received, 0, :child_count, :upvotes, :downvotes, :score, :deleted, :removed, :gone_since,
            :erased)
    """,
    "vote": """
        insert into vote (person_id, kind, thing_id, value, at) values (:person_id, :kind, :thing_id, :value, :at)
    """,
    "edition": """
        insert into edition (kind, thing_id, number, title, url, source, format, html, text, renderer, updated,
            known_until)
        values (:kind, :thing_id, 1, :title, :url, :source, 1, :html, :text, :renderer, null, :known_until)
    """,
    "modlog": """
        insert into modlog (id, at, kind, undone, moderator_id, community_id, post_id, comment_id, reason)
        values (:id, :at, :kind, 0, :moderator_id, :community_id, :post_id, :comment_id, :reason)
    """,
    "participation": """
        insert into participation (community_id, person_id, last_active)
        values (:community_id, :person_id, :at / 3600000000 * 3600000000)
    """,
}


def has_posts(reader: Reader) -> bool:
    """Tell whether anything was ever posted here."""
    return reader.value("select 1 from post limit 1") is not None


def first_ids(tx: Tx, counts: Mapping[str, int]) -> dict[str, int]:
    """Take so many ids of each kind; give the first of each."""
    return {kind: tx.next_ids(kind, counts[kind]) for kind in KINDS}


def insert(tx: Tx, rows: Rows) -> None:
    """Write all of these."""
    for table, sql in _INSERTS.items():
        new: list[Row] = getattr(rows, table)
        if new and table == "modlog":
            first = tx.next_ids("modlog", len(new))
            new = [{**row, "id": first + place} for place, row in enumerate(new)]
        if new:
            tx.run_many(sql, new)


def set_counters(tx: Tx, people: Iterable[CountedRow], communities: Iterable[CountedRow]) -> None:
    """Let the counters of these be so: `id`, `posts`, `comments` of each."""
    tx.run_many("update person set post_count = :posts, comment_count = :comments where id = :id", people)
    tx.run_many("update community set posts = :posts, comments = :comments where id = :id", communities)


def set_newest_other(tx: Tx, posts: Iterable[CountedRow]) -> None:
    """Say when the newest comment was written that counts for Active: `post` and `at` of each that has one."""
    tx.run_many("update post_rank set newest_other = :at where post_id = :post", posts)


def count_active(tx: Tx, low: int, high: int) -> None:
    """Count who takes part in the communities from `low` to `high`, and say when they are to be counted again."""
    communities = [CommunityId(community) for community in range(low, high + 1)]
    for counts in participation.counted(tx, communities, tx.now):
        participation.put(tx, counts)
    participation.put_due(tx, communities, Micros(tx.now + participation.HOUR_MICROS))


def refresh_ranks(tx: Tx) -> int:
    """Reckon the ranks anew that are due; gives how many. Again until that is 0."""
    due = ranks.due(tx, tx.now, RANKS_AT_ONCE)
    ranks.put(tx, [ranks.refreshed(post, tx.now) for post in due])
    return len(due)


_ANALYZE = tuple(f"analyze {table}" for table in (*_INSERTS, "journal"))


def finish(tx: Tx) -> None:
    """Let the database know its tables, which are nothing like before, and every cache that all has changed."""
    for statement in _ANALYZE:
        tx.run(statement)
    tx.record(SiteChanged())
