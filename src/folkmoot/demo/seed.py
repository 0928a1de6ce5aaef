"""How is a site filled with something to look at? By the commands that everybody uses, with a clock set back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.moderation import LockPost, RemoveComment
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.commands.posts import CreatePost
from folkmoot.commands.site import SetUpSite
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.core import open_db
from folkmoot.demo.content import CommentContent, Content, PostContent, content
from folkmoot.model.callers import OPERATOR, WRITTEN_HERE, Caller, Here, There
from folkmoot.model.errors import Conflict
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId, Uri

R = TypeVar("R")

MINUTE_US = 60_000_000
MINUTES_A_DAY = 1_440
VOTE_DELAY_US = 15 * MINUTE_US
VOTERS_OF_TEN = 6
VOTES_DOWN_OF_TEN = 1


class DemoIsThere(Exception):
    """The sample content stands in this database already."""


@dataclass
class SettableClock:
    """A clock that shows what it was last told."""

    now: Micros

    def __call__(self) -> Micros:
        """Give the time it was told."""
        return self.now


@dataclass
class Seeding:
    """One run: who is who by the names of `content.toml`, and the deeds that wait for their time."""

    dsn: str
    now: Micros
    sample: Content
    clock: SettableClock = field(init=False)
    people: dict[str, PersonId] = field(default_factory=dict)
    communities: dict[str, CommunityId] = field(default_factory=dict)
    comments: dict[str, CommentId] = field(default_factory=dict)
    deeds: list[tuple[Micros, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the database with a clock of our own."""
        self.clock = SettableClock(self.now)
        self.db = open_db(self.dsn, clock=self.clock)

    def do(self, by: PersonId | None, command: Command[R]) -> R:
        """Perform as that person, or as the operator."""
        return perform(self.db, OPERATOR if by is None else Caller(by), command)

    def at(self, when: Micros, deed: Callable[[], None]) -> None:
        """Remember a deed for its time; those of one moment run in the order told."""
        self.deeds.append((when, len(self.deeds), deed))

    def before(self, minutes: int) -> Micros:
        """Give the moment so many minutes ago."""
        return Micros(self.now - minutes * MINUTE_US)


def seed_demo(dsn: str, *, now: Micros, progress: Callable[[str], None]) -> int:
    """Fill the database with the sample site.

    Args:
        dsn: an SQLite file's path or a PostgreSQL address; migrated where needed.
        now: the ages of the content count back from here.
        progress: told a line now and then.

    Returns:
        The number of posts written.

    Raises:
        DemoIsThere: it was seeded before; nothing was written.
    """
    sample = content()
    seeding = Seeding(dsn, now, sample)
    try:
        _make_people(seeding)
        progress(f"{len(seeding.people)} people, {len(seeding.communities)} communities")
        for post in sample.post:
            seeding.at(seeding.before(post.ago), _posting(seeding, post))
        _run(seeding)
        progress(f"{len(sample.post)} posts, {sum(len(post.comment) for post in sample.post)} comments")
    finally:
        seeding.db.close()
    return len(sample.post)


def _run(seeding: Seeding) -> None:
    """Do the deeds in the order of their times; a deed may tell further ones."""
    while seeding.deeds:
        seeding.deeds.sort(key=lambda told: told[:2], reverse=True)
        when, _, deed = seeding.deeds.pop()
        seeding.clock.now = when
        deed()


def _make_people(seeding: Seeding) -> None:
    sample = seeding.sample
    try:
        for person in sorted(sample.person, key=lambda person: -person.joined):
            seeding.clock.now = seeding.before(person.joined * MINUTES_A_DAY)
            made = CreatePerson(person.name, person.display_name, admin=person.admin, bot=person.bot)
            seeding.people[person.name] = seeding.do(None, made)
    except Conflict as taken:
        raise DemoIsThere from taken
    with suppress(Conflict):  # a site that has a name of its own keeps it
        seeding.do(None, SetUpSite(sample.site.name, sample.site.description))
    for remote in sample.remote:
        seeding.people[remote.handle] = seeding.do(None, LearnPerson(remote.handle))
    for community in sample.community:
        maker = seeding.people[community.by]
        made_community = CreateCommunity(community.name, community.title, community.description)
        seeding.communities[community.name] = seeding.do(maker, made_community)


def _posting(seeding: Seeding, post: PostContent) -> Callable[[], None]:
    def write() -> None:
        author = seeding.people[post.by]
        where = seeding.communities[post.community]
        made = CreatePost(where, post.title, post.url, post.body, origin=_origin(seeding, post.by, post.title))
        written = seeding.do(author, made)
        _cast_votes(seeding, post.by, post.title, lambda value: SetPostVote(written, value))
        for comment in post.comment:
            seeding.at(seeding.before(comment.ago), _commenting(seeding, post, written, comment))
        if post.locked:
            last = min([post.ago, *[comment.ago for comment in post.comment]])
            lock = LockPost(written, locked=True)
            seeding.at(Micros(seeding.before(last) + 1), lambda: seeding.do(_moderator(seeding), lock))

    return write


def _commenting(
    seeding: Seeding, post: PostContent, written_post: PostId, comment: CommentContent
) -> Callable[[], None]:
    def write() -> None:
        author = seeding.people[comment.by]
        parent = None if comment.under is None else seeding.comments[comment.under]
        origin = _origin(seeding, comment.by, f"{post.title}/{comment.ago}")
        body = comment.body if comment.first_body is None else comment.first_body
        written = seeding.do(author, CreateComment(written_post, parent, body, origin=origin))
        if comment.key is not None:
            seeding.comments[comment.key] = written
        _cast_votes(seeding, comment.by, comment.body, lambda value: SetCommentVote(written, value))
        _follow_up(seeding, author, comment, written)

    return write


def _follow_up(seeding: Seeding, author: PersonId, comment: CommentContent, written: CommentId) -> None:
    soon = Micros(seeding.clock.now + VOTE_DELAY_US + MINUTE_US)
    if comment.edited_ago is not None:
        edit = EditComment(written, comment.body)
        seeding.at(seeding.before(comment.edited_ago), lambda: seeding.do(author, edit))
    if comment.deleted:
        seeding.at(soon, lambda: seeding.do(author, DeleteComment(written, deleted=True)))
    if comment.removed is not None:
        removal = RemoveComment(written, comment.removed, removed=True)
        seeding.at(soon, lambda: seeding.do(_moderator(seeding), removal))


def _origin(seeding: Seeding, by: str, what: str) -> Here | There:
    """Let what a remote person wrote come from their instance."""
    if "@" not in by:
        return WRITTEN_HERE
    host = by.partition("@")[2]
    return There(Uri(f"https://{host}/objects/{_digest(what)[:16]}"), seeding.clock.now)


def _cast_votes(seeding: Seeding, author: str, what: str, vote: Callable[[int], Command[Any]]) -> None:
    """Let some people vote, the same ones at each seeding."""
    bots = {person.name for person in seeding.sample.person if person.bot}
    for name, person in seeding.people.items():
        chance = int(_digest(f"{name}/{what}")[:8], 16) % 10
        if name == author or name in bots or chance >= VOTERS_OF_TEN:
            continue
        command = vote(-1 if chance < VOTES_DOWN_OF_TEN else 1)
        when = min(seeding.now, Micros(seeding.clock.now + chance * MINUTE_US))
        seeding.at(when, _voting(seeding, person, command))


def _voting(seeding: Seeding, person: PersonId, command: Command[Any]) -> Callable[[], None]:
    def cast() -> None:
        seeding.do(person, command)

    return cast


def _moderator(seeding: Seeding) -> PersonId:
    """Give the person who looks after all communities of the sample."""
    return seeding.people[next(person.name for person in seeding.sample.person if person.admin)]


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
