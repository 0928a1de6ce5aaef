"""A small site of random rows with many ties, and what lists of it must hold: reckoned naively, in Python."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from folkmoot.commands.base import perform
from folkmoot.commands.communities import LearnCommunity
from folkmoot.db.base import Tx
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import CommunityId, Micros, PersonId
from folkmoot.model.ranking import age_class
from folkmoot.queries.views import Feed, PostSort
from tests.world import World, person_of

HOUR = 3_600_000_000
DAY = 24 * HOUR
_AGES = (
    0,
    HOUR,
    HOUR + 1,
    5 * HOUR,
    DAY,
    6 * DAY,
    8 * DAY,
    30 * DAY,
    31 * DAY,
    60 * DAY,
    200 * DAY,
    275 * DAY,
    500 * DAY,
)


class Post(NamedTuple):
    """A narrow row, as far as lists look at it."""

    post_id: int
    community_id: int
    author_id: int
    published: int
    newest_comment: int
    comments: int
    hot_rank: int
    active_rank: int
    scaled_rank: int
    controversy_rank: int
    top_rank: int
    age_class: int
    nsfw: int
    deleted: int
    removed: int


class Comment(NamedTuple):
    comment_id: int
    post_id: int
    community_id: int
    author_id: int
    published: int
    score: int
    deleted: int
    removed: int


class Community(NamedTuple):
    local: bool
    nsfw: bool
    gone: bool


class RandomSite:
    """What was written into the database."""

    def __init__(self, world: World, *, seed: int, posts: int = 90, comments: int = 60) -> None:
        self.world = world
        self.now = world.clock.now
        random = Random(seed)  # noqa: S311 -- the same site each time
        self.authors = [person_of(world.person(f"writer{number}")) for number in range(3)]
        self.communities = self._made_communities(random)
        self.posts = [self._post(number, random) for number in range(1, posts + 1)]
        self.comments = [self._comment(number, random) for number in range(1, comments + 1)]
        world.db.write(self._write)

    def _made_communities(self, random: Random) -> dict[CommunityId, Community]:
        made: dict[CommunityId, Community] = {}
        for number in range(8):
            local = number % 2 == 0
            if local:
                community = self.world.community(f"here{number}")
            else:
                community = perform(self.world.db, OPERATOR, LearnCommunity(f"there{number}@far.example"))
            made[community] = Community(local, nsfw=random.random() < 0.2, gone=random.random() < 0.2)
        return made

    def _post(self, number: int, random: Random) -> Post:
        published = self.now - random.choice(_AGES) - random.choice((0, 0, 1, HOUR))
        hot = random.choice((0, 0, 0, 5, 6, 7, 80))
        return Post(
            post_id=number,
            community_id=random.choice(list(self.communities)),
            author_id=random.choice(self.authors),
            published=published,
            newest_comment=published + random.choice((0, 0, HOUR)),
            comments=random.choice((0, 0, 1, 2)),
            hot_rank=hot,
            active_rank=random.choice((0, 5, 6)),
            scaled_rank=0 if hot == 0 else random.choice((3, 4, 5)),
            controversy_rank=random.choice((0, 0, 9)),
            top_rank=random.choice((-3, 0, 1, 1, 2, 50)),
            # classes lag behind
            age_class=max(0, age_class(Micros(published), self.now) - random.choice((0, 0, 0, 1))),
            nsfw=int(random.random() < 0.1),
            deleted=int(random.random() < 0.1),
            removed=int(random.random() < 0.1),
        )

    def _comment(self, number: int, random: Random) -> Comment:
        post = random.choice(self.posts)
        return Comment(
            comment_id=number,
            post_id=post.post_id,
            community_id=post.community_id,
            author_id=random.choice(self.authors),
            # often at the same time as some post, and under its id
            published=random.choice(self.posts).published,
            score=random.choice((-3, 0, 1, 1, 2, 50)),
            deleted=int(random.random() < 0.1),
            removed=int(random.random() < 0.1),
        )

    def _write(self, tx: Tx) -> None:
        for community, kind in self.communities.items():
            tx.run(
                "update community set nsfw = :nsfw, removed = :gone where id = :id",
                nsfw=kind.nsfw,
                gone=kind.gone,
                id=community,
            )
        tx.run_many(
            """
            insert into post (id, version, renderer, format, archive_offered, title, source, html, text)
            values (:post_id, 1, 1, 1, 0, 'A title', '', '', '')
            """,
            [{"post_id": post.post_id} for post in self.posts],
        )
        tx.run_many(
            """
            insert into post_rank (post_id, community_id, author_id, published, received, imported, approximate,
                newest_comment, tree_version, comments, upvotes, downvotes, score, nsfw, deleted, removed, locked,
                gone_since, erased, hot_rank, active_rank, scaled_rank, controversy_rank, top_rank, age_class)
            values (:post_id, :community_id, :author_id, :published, :published, 0, 0, :newest_comment, 1, :comments, 0,
                0, :top_rank, :nsfw, :deleted, :removed, 0, case when :deleted + :removed > 0 then :published end, 0,
                :hot_rank, :active_rank, :scaled_rank, :controversy_rank, :top_rank, :age_class)
            """,
            [post._asdict() for post in self.posts],
        )
        tx.run_many(
            """
            insert into comment (id, version, renderer, format, path, source, html, text)
            values (:comment_id, 1, 1, 1, '0', '', '', '')
            """,
            [{"comment_id": comment.comment_id} for comment in self.comments],
        )
        tx.run_many(
            """
            insert into comment_node (comment_id, post_id, community_id, author_id, depth, published, received,
                approximate, child_count, upvotes, downvotes, score, deleted, removed, gone_since, erased)
            values (:comment_id, :post_id, :community_id, :author_id, 1, :published, :published, 0, 0, 0, 0, :score,
                :deleted, :removed, case when :deleted + :removed > 0 then :published end, 0)
            """,
            [comment._asdict() for comment in self.comments],
        )

    def of_feed(self, feed: Feed, sort: PostSort) -> list[int]:
        """Give the posts that a feed must show, in order."""

        def shown(post: Post) -> bool:
            community = self.communities[CommunityId(post.community_id)]
            kept = community.local or feed is Feed.ALL
            return kept and not (post.nsfw or community.nsfw) and self.is_there(post)

        return self._sorted(shown, sort)

    def of_community(self, community: CommunityId, sort: PostSort) -> list[int]:
        """Give the posts that a community must show, in order."""
        kept = PostSort.HOT if sort is PostSort.SCALED else sort
        return self._sorted(lambda post: post.community_id == community and self.is_there(post), kept)

    def is_there(self, thing: Post | Comment) -> bool:
        return not (thing.deleted or thing.removed or self.communities[CommunityId(thing.community_id)].gone)

    def _sorted(self, shown: Callable[[Post], bool], sort: PostSort) -> list[int]:
        start = _START.get(sort)
        since = -(10**18) if start is None else self.now - start
        posts = [post for post in self.posts if shown(post) and post.published > since]
        posts.sort(key=_KEYS.get(sort, _by_top), reverse=sort is not PostSort.OLD)
        return [post.post_id for post in posts]

    def of_person(self, person: PersonId, *, top: bool, posts: bool, comments: bool) -> list[tuple[str, int]]:
        """Give what somebody's page must list, in order."""
        found = []
        if posts:
            mine = [post for post in self.posts if post.author_id == person and self.is_there(post)]
            found += [(post.top_rank if top else 0, post.published, 0, post.post_id) for post in mine]
        if comments:
            said = [comment for comment in self.comments if comment.author_id == person and self.is_there(comment)]
            found += [(one.score if top else 0, one.published, 1, one.comment_id) for one in said]
        return [("comment" if key[2] else "post", key[3]) for key in sorted(found, reverse=True)]

    def of_talk(self, community: CommunityId) -> list[int]:
        """Give the comments that a community must list, in order."""
        said = [one for one in self.comments if one.community_id == community and self.is_there(one)]
        return [one.comment_id for one in sorted(said, key=lambda one: (one.published, one.comment_id), reverse=True)]


def _by_top(post: Post) -> tuple[int, ...]:
    return post.top_rank, post.published, post.post_id


_KEYS: dict[PostSort, Callable[[Post], tuple[int, ...]]] = {
    PostSort.ACTIVE: lambda post: (post.active_rank, post.published, post.post_id),
    PostSort.HOT: lambda post: (post.hot_rank, post.published, post.post_id),
    PostSort.SCALED: lambda post: (post.scaled_rank, post.published, post.post_id),
    PostSort.NEW: lambda post: (post.published, post.post_id),
    PostSort.OLD: lambda post: (post.published, post.post_id),
    PostSort.CONTROVERSIAL: lambda post: (post.controversy_rank, post.published, post.post_id),
    PostSort.MOST_COMMENTS: lambda post: (post.comments, post.published, post.post_id),
    PostSort.NEW_COMMENTS: lambda post: (post.newest_comment, post.post_id),
}
# NOON of the tests' clock is 28 May 2026: three months before are 89 days, nine are 273
_START = {
    PostSort.TOP_HOUR: HOUR,
    PostSort.TOP_SIX_HOUR: 6 * HOUR,
    PostSort.TOP_TWELVE_HOUR: 12 * HOUR,
    PostSort.TOP_DAY: DAY,
    PostSort.TOP_WEEK: 7 * DAY,
    PostSort.TOP_MONTH: 30 * DAY,
    PostSort.TOP_THREE_MONTHS: 89 * DAY,
    PostSort.TOP_SIX_MONTHS: 181 * DAY,
    PostSort.TOP_NINE_MONTHS: 273 * DAY,
    PostSort.TOP_YEAR: 365 * DAY,
}
