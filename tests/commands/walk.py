"""A random walk: commands of all kinds, by all kinds of people, on things in all states. Refusals are part of it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from folkmoot.commands.base import Command, perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.moderation import LockPost, RemoveComment, RemovePost
from folkmoot.commands.people import LearnPerson
from folkmoot.commands.posts import CreatePost, DeletePost, EditPost
from folkmoot.commands.ranks import RefreshRanks, count_active
from folkmoot.commands.upkeep import EraseGone
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.model.callers import OPERATOR, WRITTEN_HERE, Caller, Here, There
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import CommentId, CommunityId, Micros, PersonId, PostId, Uri
from folkmoot.text.thread_text import parse_thread
from tests.world import World

FILES = [
    parse_thread(
        f"Words {number}.\n\n  • p1@elsewhere.example\n    ·\n    {number} days ago\n\n    deleted by author\n\n"
        f"    • Q{number}@other.example\n      ·\n      edit-2\n      2 hours ago\n\n      Hm.".encode()
    )
    for number in range(2, 5)
]


@dataclass
class Walk:
    """One walker's way; several may go at once on one world."""

    world: World
    seed: int
    chance: random.Random = field(init=False)
    people: list[Caller] = field(default_factory=list)
    strangers: list[Caller] = field(default_factory=list)
    communities: list[CommunityId] = field(default_factory=list)
    posts: list[PostId] = field(default_factory=list)
    comments: list[tuple[PostId, CommentId]] = field(default_factory=list)
    done: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 -- a way to go, not a secret

    def settle(self) -> None:
        """Make the people and places, and something to begin with."""
        self.people = [
            self.world.person("ada"),
            self.world.person("bob"),
            self.world.person("cyd", admin=True),
            self.world.person("robot", bot=True),
        ]
        self.strangers = [self.world.stranger(f"p{number}@elsewhere.example") for number in range(2)]
        self.communities = [self.world.community(by=person) for person in self.people[:2]]
        self.posts = [self.world.post(by=person, community=self.communities[0]) for person in self.people]
        self.comments = [(post, self.world.comment(on=post)) for post in self.posts]

    def beside(self, seed: int) -> "Walk":
        """Give a second walker of the same world."""
        return Walk(
            self.world,
            seed,
            list(self.people),
            list(self.strangers),
            list(self.communities),
            list(self.posts),
            list(self.comments),
        )

    def go(self, steps: int) -> None:
        for _ in range(steps):
            self.chance.choice(self._ways)()

    @property
    def _ways(self) -> list[Callable[[], None]]:
        return [
            self._post,
            self._comment,
            self._comment,
            self._comment,
            self._edit,
            self._delete,
            self._remove,
            self._remove,
            self._vote,
            self._vote,
            self._lock,
            self._import,
            self._learn,
            self._age,
        ]

    def _do(self, caller: Caller, command: Command[Any]) -> Any:
        try:
            result = perform(self.world.db, caller, command)
        except Refusal:
            self.refused += 1
            return None
        self.done += 1
        return result

    def _who(self) -> Caller:
        return self.chance.choice([*self.people, *self.strangers, OPERATOR, Caller(None), Caller(PersonId(999))])

    def _writer(self) -> tuple[Caller, Here | There]:
        """Give somebody with a fitting origin; a peer's uri is one of few, so that it comes again."""
        if self.chance.random() < 0.6:
            return self.chance.choice(self.people), WRITTEN_HERE
        uri = Uri(f"https://elsewhere.example/{self.chance.randrange(40)}")
        published = Micros(self.world.clock.now - self.chance.randrange(10_000_000_000))
        return self.chance.choice(self.strangers), There(uri, published)

    def _flag(self) -> bool:
        return self.chance.random() < 0.6

    def _post(self) -> None:
        caller, origin = self._writer()
        command = CreatePost(self.chance.choice(self.communities), f"Post {self.done}", origin=origin)
        post = self._do(caller, command)
        if post is not None:
            self.posts.append(post)

    def _comment(self) -> None:
        caller, origin = self._writer()
        post, parent = self.chance.choice(self.comments)
        answered = parent if self._flag() else None
        comment = self._do(caller, CreateComment(post, answered, f"Words {self.done}", origin))
        if comment is not None:
            self.comments.append((post, comment))

    def _edit(self) -> None:
        words = f"Words {self.chance.randrange(5)}"
        if self._flag():
            self._do(self._who(), EditPost(self.chance.choice(self.posts), body=words))
        else:
            self._do(self._who(), EditComment(self.chance.choice(self.comments)[1], words))

    def _delete(self) -> None:
        if self._flag():
            self._do(self._who(), DeletePost(self.chance.choice(self.posts), deleted=self._flag()))
        else:
            self._do(self._who(), DeleteComment(self.chance.choice(self.comments)[1], deleted=self._flag()))

    def _remove(self) -> None:
        if self._flag():
            self._do(self._who(), RemoveComment(self.chance.choice(self.comments)[1], None, removed=self._flag()))
        else:
            self._do(self._who(), RemovePost(self.chance.choice(self.posts), None, removed=self._flag()))

    def _vote(self) -> None:
        value = self.chance.randrange(-1, 2)
        if self._flag():
            self._do(self._who(), SetPostVote(self.chance.choice(self.posts), value))
        else:
            self._do(self._who(), SetCommentVote(self.chance.choice(self.comments)[1], value))

    def _lock(self) -> None:
        self._do(self._who(), LockPost(self.chance.choice(self.posts), locked=self._flag()))

    def _import(self) -> None:
        number = self.chance.randrange(len(FILES))
        community = self.chance.choice([None, "news@elsewhere.example"])
        thread = ImportThread(FILES[number], f"{number}", self.world.clock.now, community=community)
        imported = self._do(OPERATOR, thread)
        if imported is not None and not imported.already:
            self.posts.append(imported.post)
            self.comments += [(imported.post, comment) for comment in self.world.comments_of(imported.post)]

    def _learn(self) -> None:
        self._do(self._who(), LearnPerson(f"P{self.chance.randrange(9)}@Elsewhere.example"))

    def _age(self) -> None:
        """Let time pass: seldom so much that texts are erased."""
        self.world.clock.forward(seconds=self.chance.choice([1, 60, 3_600, 86_400 * 31]))
        self._do(OPERATOR, EraseGone())
        self._do(OPERATOR, RefreshRanks())
        count_active(self.world.db, self.world.clock.now)
