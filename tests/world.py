"""The `world` fixture: a small site on which everything was made through commands, as people make it.

`world.person("ada")` is a Caller, everything else an id. What is not told is made up: a post without `by` is by a
writer of the world's, in the world's own community.
"""

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeVar

import pytest

from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.commands.posts import CreatePost
from folkmoot.commands.site import SetUpSite
from folkmoot.db.base import Db, Param
from folkmoot.db.journal import START, Place, facts_after, newest_place
from folkmoot.model.callers import OPERATOR, WRITTEN_HERE, Caller, Here, There
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId, Uri
from folkmoot.model.journal import Fact

if TYPE_CHECKING:
    from tests.conftest import SetClock

R = TypeVar("R")


class World:
    """A site, its clock, and short ways to fill it."""

    def __init__(self, db: Db, clock: "SetClock") -> None:
        self.db = db
        self.clock = clock
        self._numbers = count(1)
        self._writer: Caller | None = None
        self._community: CommunityId | None = None

    def perform(self, caller: Caller, command: Command[R]) -> R:
        return perform(self.db, caller, command)

    def refusal(self, caller: Caller, command: Command[object]) -> str | None:
        """Give the code with which the command is refused, None where it is done."""
        try:
            perform(self.db, caller, command)
        except Refusal as refusal:
            return refusal.code
        return None

    def set_up(self, name: str = "Folkmoot") -> None:
        self.perform(OPERATOR, SetUpSite(name))

    def person(self, name: str | None = None, *, admin: bool = False, bot: bool = False) -> Caller:
        """Make a person of this instance."""
        called = name or f"person_{next(self._numbers)}"
        return Caller(self.perform(OPERATOR, CreatePerson(called, admin=admin, bot=bot)))

    def stranger(self, handle: str | None = None) -> Caller:
        """Make known a person of another instance."""
        return Caller(self.perform(OPERATOR, LearnPerson(handle or f"p{next(self._numbers)}@elsewhere.example")))

    @property
    def writer(self) -> Caller:
        """Give somebody of this instance who is neither moderator nor admin."""
        if self._writer is None:
            self._writer = self.person("writer")
        return self._writer

    def community(self, name: str | None = None, *, by: Caller | None = None, nsfw: bool = False) -> CommunityId:
        """Make a community of this instance; `by` moderates it."""
        called = name or f"community_{next(self._numbers)}"
        creator = self.person() if by is None else by
        return self.perform(creator, CreateCommunity(called, called.capitalize(), nsfw=nsfw))

    @property
    def home(self) -> CommunityId:
        """Give the community where posts go that are not told another."""
        if self._community is None:
            self._community = self.community("home")
        return self._community

    def post(
        self,
        *,
        by: Caller | None = None,
        community: CommunityId | None = None,
        title: str = "What the river brought",
        url: str | None = None,
        body: str = "",
        origin: Here | There = WRITTEN_HERE,
    ) -> PostId:
        command = CreatePost(community or self.home, title, url, body, origin=origin)
        return self.perform(by or self.writer, command)

    def comment(
        self,
        *,
        on: PostId,
        under: CommentId | None = None,
        by: Caller | None = None,
        body: str = "A plank, and half a boat.",
        origin: Here | There = WRITTEN_HERE,
    ) -> CommentId:
        return self.perform(by or self.writer, CreateComment(on, under, body, origin))

    def there(self, published: Micros | None = None) -> There:
        """Give the origin of a new thing from elsewhere."""
        uri = Uri(f"https://elsewhere.example/thing/{next(self._numbers)}")
        return There(uri, self.clock.now if published is None else published)

    def comments_of(self, post: PostId) -> list[CommentId]:
        """Give a post's comments, in the order in which they were written."""
        with self.db.read() as reader:
            rows = reader.rows("select comment_id from comment_node where post_id = :post order by 1", post=post)
        return [CommentId(comment) for (comment,) in rows]

    def place(self) -> Place:
        """Give the end of the journal, for `facts` and `journal` to begin at."""
        with self.db.read() as reader:
            return newest_place(reader)

    def facts(self, after: Place = START) -> list[Fact]:
        """Give what was recorded, oldest first."""
        with self.db.read() as reader:
            return [recorded.fact for recorded in facts_after(reader, after, 100_000)]

    def journal(self, after: Place = START) -> list[str]:
        """Give the names of the facts, oldest first."""
        return [type(fact).__name__ for fact in self.facts(after)]

    def value(self, sql: str, **params: Param) -> object:
        """Look at one value in the database."""
        with self.db.read() as reader:
            found: object = reader.value(sql, **params)
            return found

    def row(self, sql: str, **params: Param) -> tuple[object, ...] | None:
        """Look at one row in the database."""
        with self.db.read() as reader:
            return reader.row(sql, **params)


def person_of(caller: Caller) -> PersonId:
    """Give the person of a caller who is one."""
    assert caller.person is not None
    return caller.person


def as_operator(caller: Caller) -> Caller:
    """Give the same person, sitting at the machine."""
    return replace(caller, operator=True)


@pytest.fixture
def world(db: Db, clock: "SetClock") -> World:
    """Give an empty world: each test runs once on each kind of database."""
    return World(db, clock)
