"""Is the house sound? Everything that can be derived is derived anew and compared with what is stored."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from typing_extensions import override

from folkmoot.commands import access
from folkmoot.commands.base import Command, perform
from folkmoot.db.base import Db, Reader, Tx
from folkmoot.db.faults import TooLong
from folkmoot.model import journal
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.store import checks
from folkmoot.store.check_rules import RULES
from folkmoot.store.checks import COUNTERS, Counter
from folkmoot.text.markdown import RENDERER

_LONG = "more than a read may take"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Args:
        what: the column or the rule.
        where: the thing, such as `post 7`.
        stored: what the database holds.
        derived: what it should hold.
        counter: whether `repair` can set it right.
    """

    what: str
    where: str
    stored: str
    derived: str
    counter: bool = False


@dataclass(frozen=True)
class ResetCounter(Command[None]):
    """Derive the counters of these rows anew, and store them."""

    counter: Counter
    things: tuple[int, ...]

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.operator(caller)
        for thing in self.things:
            checks.reset(tx, self.counter, thing)
        tx.record(journal.CountersRepaired())


@dataclass(frozen=True)
class ResetChildCounts(Command[None]):
    """Derive `child_count` of all comments of these posts anew, and store it."""

    posts: tuple[int, ...]

    @override
    def apply(self, tx: Tx, caller: Caller) -> None:
        access.operator(caller)
        for post in self.posts:
            checks.reset_child_counts(tx, post)
        tx.record(journal.CountersRepaired())


def doctor(db: Db, *, repair: bool = False) -> Iterator[Finding]:
    """Look at everything, beside a running server or without one. Each piece is read in a snapshot of its own.

    A piece that takes longer than a read may live is cut in two, down to single things; one that still does is told.

    Args:
        db: the house.
        repair: reset the counters that are wrong; a finding says how it was before. Nothing else is changed.

    Returns:
        What was found, while it goes on looking.
    """
    yield from _trees(db, repair=repair)
    for counter in COUNTERS:
        yield from _counted(db, counter, repair=repair)
    yield from _ruled(db)
    yield from _numbered(db)
    yield from _journal(db)


def _looked(
    db: Db, spans: Iterable[tuple[int, int]], look: Callable[[Reader, int, int], Iterable[T]], unseen: list[int]
) -> Iterator[list[T]]:
    """Look at spans of ids, one after the other; give what was found in each. `unseen`: what takes too long."""
    for span in spans:
        left = [span]
        while left:
            low, high = left.pop()
            try:
                with db.read() as reader:
                    found = list(look(reader, low, high))
            except TooLong:
                middle = (low + high) // 2
                if low == high:
                    unseen.append(low)
                else:
                    left += [(middle + 1, high), (low, middle)]
            else:
                yield found


def _told(unseen: Iterable[int], thing: str) -> Iterator[Finding]:
    for number in unseen:
        yield Finding("time to look at it", f"{thing} {number}", _LONG, "less")


def _trees(db: Db, *, repair: bool) -> Iterator[Finding]:
    with db.read() as reader:
        spans = checks.tree_spans(reader)
    unseen: list[int] = []
    for parts in _looked(db, spans, checks.tree_parts, unseen):
        for found in _looked(db, parts, checks.tree_misfits, unseen):
            for misfit in found:
                where = f"comment {misfit.comment}"
                is_counter = misfit.what == "child_count"
                yield Finding(misfit.what, where, str(misfit.stored), str(misfit.derived), counter=is_counter)
            posts = sorted({misfit.post for misfit in found if misfit.what == "child_count"})
            if repair and posts:
                perform(db, OPERATOR, ResetChildCounts(tuple(posts)), background=True)
    yield from _told(unseen, "post")


def _counted(db: Db, counter: Counter, *, repair: bool) -> Iterator[Finding]:
    with db.read() as reader:
        spans = checks.spans(reader, ends=counter.ends, span=counter.span)
    unseen: list[int] = []
    for found in _looked(db, spans, partial(checks.differences, counter=counter), unseen):
        for difference in found:
            where = f"{counter.thing} {difference.id}"
            for column, stored, derived in zip(counter.columns, difference.stored, difference.derived, strict=True):
                if stored != derived:
                    yield Finding(column, where, str(stored), str(derived), counter=True)
        if repair and found:
            perform(db, OPERATOR, ResetCounter(counter, tuple(each.id for each in found)), background=True)
    yield from _told(unseen, counter.thing)


def _ruled(db: Db) -> Iterator[Finding]:
    for rule in RULES:
        with db.read() as reader:
            spans = checks.spans(reader, ends=rule.ends, span=rule.span)
        unseen: list[int] = []
        for found in _looked(db, spans, partial(checks.broken, rule=rule), unseen):
            for thing, stored, derived in found:
                yield Finding(rule.name, f"{rule.thing} {thing}", stored, derived)
        yield from _told(unseen, rule.thing)


def _numbered(db: Db) -> Iterator[Finding]:
    with db.read() as reader:
        ids = checks.ids_ahead(reader)
        renderers = checks.odd_renderers(reader, RENDERER)
    for kind, following, newest in ids:
        yield Finding("next id", kind, str(following), f"over {newest}")
    for kind, thing, number in renderers:
        yield Finding("renderer", f"{kind} {thing}", str(number), f"1 to {RENDERER}")


def _journal(db: Db) -> Iterator[Finding]:
    known = {kind.__name__ for kind in journal.Fact.__subclasses__()}
    with db.read() as reader:
        kinds = checks.fact_kinds(reader)
        spans = checks.journal_spans(reader)
    for kind in sorted(set(kinds) - known):
        yield Finding("kind of a fact", "journal", kind, "one of this release")
    unseen: list[int] = []
    for found in _looked(db, spans, checks.journal_steps_back, unseen):
        for seq, at, earlier in found:
            yield Finding("time", f"fact {seq}", str(at), f"not before {earlier}")
    yield from _told(unseen, "fact")
