"""Many rows quickly, written as the import writes them: for plans, which are of no worth on empty tables."""

from dataclasses import dataclass

from folkmoot.commands.base import perform_all
from folkmoot.commands.communities import LearnCommunity
from folkmoot.commands.people import learned_instance, learned_person
from folkmoot.db.base import Tx
from folkmoot.model.callers import OPERATOR
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId
from folkmoot.model.ranking import post_ranks
from folkmoot.store import comments, posts, votes
from folkmoot.store.comments import NewComment
from folkmoot.store.posts import NewPost, PostText
from folkmoot.store.texts import Format, Kind, StoredText
from folkmoot.text.html import Html
from folkmoot.text.markdown import RENDERER
from tests.world import World

_TEXT = StoredText("words", Format.MARKDOWN, Html("<p>words</p>"), "words", RENDERER)


@dataclass(frozen=True)
class Filled:
    """What lies in the database: posts, one of which has a third of all comments, as a chain of three and a fan."""

    posts: tuple[PostId, ...]
    thread: PostId
    comment: CommentId


def fill(world: World, *, posts_count: int = 3_000, comments_count: int = 3_000) -> Filled:
    """Write many posts and comments by many people, and let the database know its tables."""
    home = world.home
    others = [LearnCommunity(f"c{number}@host{number}.example") for number in range(300)]
    perform_all(world.db, OPERATOR, others)

    def work(tx: Tx) -> Filled:
        host = learned_instance(tx, "far.example")
        people = [learned_person(tx, host, f"p{number}") for number in range(300)]
        first_post = tx.next_ids("post", posts_count)
        for number in range(posts_count):
            posts.insert(tx, _post(PostId(first_post + number), home, people[number % 300], tx.now))
        thread = PostId(first_post + posts_count // 2)
        first_comment = tx.next_ids("comment", comments_count)
        new = [
            _comment(number, first_comment, home, people[number % 300], thread if number % 3 == 0 else None, tx.now)
            for number in range(comments_count)
        ]
        comments.insert_all(tx, new)
        for number in range(comments_count):
            votes.put(tx, people[number % 300], Kind.COMMENT, CommentId(first_comment + number), value=1)
        return Filled(
            posts=tuple(PostId(first_post + number) for number in range(posts_count)),
            thread=thread,
            comment=CommentId(first_comment),
        )

    filled = world.db.write(work)
    world.db.write(lambda tx: tx.run("analyze"))
    return filled


def _post(post: PostId, community: CommunityId, author: PersonId, now: Micros) -> NewPost:
    moment = Micros(now - 1_000_000 * (post % 500))
    return NewPost(
        id=post,
        community=community,
        author=author,
        wide=PostText(f"Post {post}", None, _TEXT),
        published=moment,
        received=moment,
        newest_comment=moment,
        newest_other=moment,
        ranks=post_ranks(0, 0, published=moment, newest_other=moment, active_month=0, now=now),
    )


def _comment(
    number: int, first: int, home: CommunityId, author: PersonId, thread: PostId | None, now: Micros
) -> NewComment:
    """Every third is in the one thread, the others each under a post of its own."""
    comment = CommentId(first + number)
    parent = CommentId(comment - 3) if thread is not None and number % 9 else None
    depth = number % 9 // 3 + 1 if thread is not None else 1
    post = thread if thread is not None else PostId(number % 1_000 + 1)
    return NewComment(
        id=comment,
        post=post,
        community=home,
        parent=parent,
        author=author,
        depth=depth,
        path=f"0.{comment}",
        text=_TEXT,
        published=now,
        received=now,
    )
