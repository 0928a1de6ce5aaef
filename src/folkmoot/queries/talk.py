"""What of a thread stands on one page? The narrow rows, chosen and in order; their words are asked for separately.

A page that has kept what it made of a comment needs its words no more: `queries/comments.words` reads those of the
others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommentId, Micros, PersonId, PostId
from folkmoot.queries.comments import (
    ALL_LEVELS,
    Words,
    WordsThen,
    nodes,
    nodes_above,
    nodes_below,
    words,
    words_then,
)
from folkmoot.queries.heads import Head, head_of_comment, head_of_post
from folkmoot.queries.people import authors
from folkmoot.queries.thread import offered_sorts
from folkmoot.queries.tree import (
    Cut,
    Limits,
    Node,
    Part,
    by_parent,
    counted,
    page_part,
    reading_order,
    sort_key,
)
from folkmoot.queries.views import Absence, AuthorView, CommentSort, PostView

PAGE = Limits(levels=8, comments=500)
"""What a page shows of a thread unless it is asked for all."""
CONTEXT_LEVELS = 8
"""How many comments above the one asked for a page shows at most."""
_LEVELS_BELOW = 3
"""So many levels of replies are shown below a comment, however much stands above it."""
_LARGE = 300


@dataclass(frozen=True, slots=True)
class TalkHead:
    """What stands above the comments: all that is read where these are kept already."""

    post: PostView
    sort: CommentSort
    sorts: tuple[CommentSort, ...]
    as_of: Micros


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said on one page.

    `nodes` are in reading order, and their authors are among `people`. `cuts` says what stands elsewhere: by the
    comment whose replies these are, None: the post's. `passed`: how many come before `nodes`, in branches that are not
    here. Where one comment was asked for, `root` is it, and before it stand those that it answers; `earlier` is how
    many of them do not stand here.
    """

    op: PersonId
    nodes: list[Node]
    cuts: Mapping[CommentId | None, Cut]
    people: Mapping[PersonId, AuthorView]
    passed: int = 0
    root: CommentId | None = None
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of a thread.

    Args:
        sort: None for what fits; see `thread.thread`.
        start: the reply to begin with, where the page is not the first.
        whole: everything on one page.
        context: how many of the comments above one to show.
    """

    sort: CommentSort | None = None
    start: CommentId | None = None
    whole: bool = False
    context: int = 2


def talk_head_of_post(reader: Reader, post: PostId, wish: Wish, now: Micros) -> tuple[TalkHead, Head]:
    """Read what stands above the comments of a post.

    Raises:
        NotFound: `couldnt_find_post`.
    """
    return _head(head_of_post(reader, post), wish, now)


def talk_head_of_comment(reader: Reader, comment: CommentId, wish: Wish, now: Micros) -> tuple[TalkHead, Head]:
    """Read what stands above a comment.

    Raises:
        NotFound: `couldnt_find_comment`.
    """
    return _head(head_of_comment(reader, comment), wish, now)


def _head(head: Head, wish: Wish, now: Micros) -> tuple[TalkHead, Head]:
    chosen, sorts = offered_sorts(head, wish.sort, CommentSort.HOT)
    return TalkHead(head.view(), chosen, sorts, now), head


def talk_of_post(reader: Reader, head: Head, above: TalkHead, wish: Wish) -> Talk:
    """Read the comments of a post, as many as stand on the page that is wished for."""
    key = sort_key(above.sort, later=CommentSort.HOT, now=above.as_of)
    found = nodes(reader, head)
    if wish.whole:
        part = Part(reading_order(found, key))
    else:
        part = page_part(by_parent(found), key, PAGE, root=None, start=wish.start)
    return _talk(reader, head, part)


def talk_then(
    reader: Reader, post: PostId, wish: Wish, *, now: Micros, as_of: Micros | None
) -> tuple[TalkHead, Talk, Mapping[CommentId, Words]]:
    """Read a whole thread with its words, as it is or as it was known by `as_of`, in the editions of then.

    Raises:
        NotFound: `couldnt_find_post`.
        Invalid: `not_known_then`: the post became known here after `as_of`.
    """
    moment = now if as_of is None else as_of
    above, head = _head(head_of_post(reader, post, as_of=as_of), wish, moment)
    key = sort_key(above.sort, later=CommentSort.HOT, now=moment)
    ordered = reading_order(nodes(reader, head, as_of=as_of), key)
    if as_of is None:
        return above, _talk(reader, head, Part(ordered)), words(reader, [node[0] for node in ordered])
    then = words_then(reader, [node[0] for node in ordered], as_of=as_of)
    ordered = [_as_then(node, then[node[0]]) for node in counted(ordered)]
    there = sum(node[13] == Absence.PRESENT for node in ordered)
    above = replace(above, post=replace(above.post, comments=there))
    return above, _talk(reader, head, Part(ordered)), {comment: said.words for comment, said in then.items()}


def _as_then(node: Node, said: WordsThen) -> Node:
    return (*node[:6], said.updated, *node[7:]) if said.earlier else node


def talk_of_comment(reader: Reader, head: Head, above: TalkHead, comment: CommentId, wish: Wish) -> Talk:
    """Read a comment with some of those that it answers, and what is below it, as much as is wished for."""
    key = sort_key(above.sort, later=CommentSort.HOT, now=above.as_of)
    line = nodes_above(reader, head, comment, levels=wish.context) if wish.context else []
    levels = max(PAGE.levels - len(line), _LEVELS_BELOW + 1)
    found = nodes_below(reader, head, comment, levels=ALL_LEVELS if wish.whole else levels)
    root = next(node for node in found if node[0] == comment)
    if wish.whole:
        part = Part(reading_order(found, key, root=comment))
    else:
        limits = Limits(levels - 1, PAGE.comments - 1)
        part = page_part(by_parent(found), key, limits, root=comment, start=wish.start)
    part.nodes = [*line, root, *part.nodes]
    talk = _talk(reader, head, part)
    return replace(talk, root=comment, earlier=root[3] - 1 - len(line))


def _talk(reader: Reader, head: Head, part: Part) -> Talk:
    people = authors(reader, {node[2] for node in part.nodes}, head.community.id)
    return Talk(head.author, part.nodes, part.cuts, people, part.passed)


def is_large(reader: Reader, *, post: PostId | None = None, comment: CommentId | None = None) -> bool:
    """Say whether a thread, or a branch, takes longer to read than others should wait for."""
    if post is not None:
        size = reader.value("select comments from post_rank where post_id = :post", post=post)
    else:
        size = reader.value("select child_count from comment_node where comment_id = :comment", comment=comment)
    return int(size or 0) > _LARGE
