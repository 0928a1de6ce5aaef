"""What does a thread's file say about each comment? Reckoned before anybody waits for the lock, without recursion."""

from dataclasses import dataclass

from folkmoot.commands import words
from folkmoot.model.callers import Imported
from folkmoot.model.ids import Micros
from folkmoot.model.limits import COUNTED_LEVELS
from folkmoot.text.ages import latest_time
from folkmoot.text.thread_text import DELETED_TEXT, REMOVED_TEXT, ThreadItem, ThreadText


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """One item, reckoned. `parent` is the place of its parent among the items."""

    origin: Imported
    author: words.Handle
    parent: int | None
    level: int
    child_count: int
    body: words.Body
    deleted: bool
    removed: bool

    @property
    def present(self) -> bool:
        return not (self.deleted or self.removed)


def imported_comments(thread: ThreadText, digest: str, read_at: Micros) -> list[ImportedComment]:
    """Give what to write for each item, in the order of the file."""
    parents = _parents(thread)
    counts = _child_counts(thread, parents)
    return [
        ImportedComment(
            origin=_origin(item, digest, position, read_at=read_at),
            author=words.parsed_handle(item.handle, code="invalid_name"),
            parent=parents[position],
            level=item.level,
            child_count=counts[position],
            body=words.literal_body("\n\n".join(item.paragraphs)),
            deleted=item.paragraphs == (DELETED_TEXT,),
            removed=item.paragraphs == (REMOVED_TEXT,),
        )
        for position, item in enumerate(thread.items)
    ]


def _origin(item: ThreadItem, digest: str, position: int, *, read_at: Micros) -> Imported:
    """Reckon the times: the latest that the age allows; an edited comment is as old as its edit, for all we know."""
    at = latest_time(item.age, read_at)
    return Imported(
        digest=digest,
        position=position,
        published=at,
        updated=at if item.edited else None,
        known_since=read_at,
        handle=item.handle,
    )


def _parents(thread: ThreadText) -> list[int | None]:
    """Give the place of each item's parent: the last item before it that is one level up."""
    parents: list[int | None] = []
    newest: list[int] = []  # of each level down to the present one
    for position, item in enumerate(thread.items):
        del newest[item.level - 1 :]
        parents.append(newest[-1] if newest else None)
        newest.append(position)
    return parents


def _child_counts(thread: ThreadText, parents: list[int | None]) -> list[int]:
    """Count what is below each item, down to `COUNTED_LEVELS` levels further, in linear time.

    All that is below an item, less the branches that begin one level too far down.
    """
    below = [0] * len(parents)
    for position in range(len(parents) - 1, -1, -1):
        parent = parents[position]
        if parent is not None:
            below[parent] += below[position] + 1
    counts = list(below)
    newest: list[int] = []
    for position, item in enumerate(thread.items):
        del newest[item.level - 1 :]
        newest.append(position)
        if item.level > COUNTED_LEVELS + 1:
            counts[newest[item.level - COUNTED_LEVELS - 2]] -= below[position] + 1
    return counts
