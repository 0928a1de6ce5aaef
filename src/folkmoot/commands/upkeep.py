"""What the house does for itself: drop old facts, render anew, erase what is long gone. Each in small pieces."""

from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, words
from folkmoot.commands.base import Command, perform
from folkmoot.db.base import Db, Tx
from folkmoot.db.journal import prune_journal
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.model.journal import CommentErased, PostErased
from folkmoot.model.limits import ERASE_AFTER_DAYS
from folkmoot.store import posts, sweeps
from folkmoot.store.sweeps import Shelf, StaleText
from folkmoot.store.texts import Format, Kind, StoredText
from folkmoot.text.markdown import RENDERER

_DAY_MICROS = 24 * 3600 * 1_000_000
_KEYS = {Shelf.POST: "p{}", Shelf.COMMENT: "c{}", Shelf.COMMUNITY: "m{}"}


@dataclass(frozen=True)
class PruneJournal(Command[int]):
    """Drop facts that are old and behind every follower; gives how many. Again until that is less than `limit`."""

    limit: int = 1_000

    @override
    def apply(self, tx: Tx, caller: Caller) -> int:
        access.operator(caller)
        return prune_journal(tx, self.limit)


@dataclass(frozen=True)
class EraseGone(Command[int]):
    """Erase the text of what was deleted or removed 30 days ago; gives how many. Again until that is 0."""

    limit: int = 200

    @override
    def apply(self, tx: Tx, caller: Caller) -> int:
        access.operator(caller)
        before = Micros(tx.now - ERASE_AFTER_DAYS * _DAY_MICROS)
        gone_posts = sweeps.gone_before(tx, Kind.POST, before, self.limit)
        gone_comments = sweeps.gone_before(tx, Kind.COMMENT, before, self.limit)
        sweeps.erase(tx, Kind.POST, gone_posts)
        threads = posts.change_trees_of(tx, gone_comments)
        sweeps.erase(tx, Kind.COMMENT, gone_comments)
        for post in gone_posts:
            tx.record(PostErased(PostId(post)))
        for comment in gone_comments:
            tx.record(CommentErased(CommentId(comment), threads[comment]))
        return len(gone_posts) + len(gone_comments)


@dataclass(frozen=True)
class RenderAnew(Command[None]):
    """Put texts that an older renderer rendered through the present one."""

    texts: tuple[StaleText, ...]

    @cached_property
    def _rendered(self) -> list[tuple[StaleText, StoredText]]:
        return [(stale, _rendered(stale)) for stale in self.texts]

    @override
    def prepare(self) -> None:
        _ = self._rendered

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.operator(caller)
        posts.change_trees_of(tx, [stale.id for stale in self.texts if stale.shelf is Shelf.COMMENT])
        for stale, new in self._rendered:
            sweeps.refresh(tx, stale, new)


def render_anew(db: Db, *, limit: int = 50) -> int:
    """Render one piece of what is stale.

    Returns:
        How many texts that was; 0 where nothing is stale any more.
    """
    with db.read() as reader:
        stale = sweeps.stale_texts(reader, RENDERER, limit)
    if stale:
        perform(db, OPERATOR, RenderAnew(tuple(stale)), background=True)
    return len(stale)


def _rendered(stale: StaleText) -> StoredText:
    key = _KEYS[stale.shelf].format(stale.id)
    if stale.format is Format.LITERAL:
        return words.literal_body(stale.source).stored_as(key)
    return words.rendered_markdown(stale.source).stored_as(key)
