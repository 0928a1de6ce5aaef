"""Draws the pages of threads that are made by hand, as the doors draw those of the database."""

from collections.abc import Mapping, Sequence

from folkmoot.doors.web.comment_list import CommentList, comment_list
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.talk_pages import Root, drawn_talk
from folkmoot.doors.web.thread_page import comment_page, thread_page
from folkmoot.model.ids import CommentId, PersonId
from folkmoot.queries.comments import Words
from folkmoot.queries.talk import PAGE, Talk, TalkHead, Wish
from folkmoot.queries.tree import Node, by_parent, page_part
from folkmoot.queries.views import CommentView, ThreadView


def node_of(comment: CommentView) -> Node:
    return (
        comment.id,
        comment.parent,
        comment.author.id,
        comment.depth,
        comment.position,
        comment.published,
        comment.updated,
        comment.received,
        int(comment.approximate),
        comment.child_count,
        comment.upvotes,
        comment.downvotes,
        comment.score,
        int(comment.absence),
        comment.gone_since,
        comment.reason,
    )


def words_of(comments: Sequence[CommentView]) -> dict[CommentId, Words]:
    return {comment.id: (comment.html, comment.handle) for comment in comments}


def head_of(view: ThreadView) -> TalkHead:
    return TalkHead(view.post, view.sort, view.sorts, view.as_of)


def listed(view: ThreadView, talk: Talk, frame: Frame) -> CommentList:
    query = "" if view.sort is view.sorts[0] else f"sort={view.sort.value}"
    return comment_list(talk, words_of(view.comments), frame.scene(view.as_of), query=query)


def talk_of(view: ThreadView, nodes: Sequence[Node]) -> Talk:
    people = {comment.author.id: comment.author for comment in view.comments}
    return Talk(_op(view), list(nodes), {}, people)


def _op(view: ThreadView) -> PersonId:
    return next((comment.author.id for comment in view.comments if comment.op), view.post.author.id)


def drawn_thread(view: ThreadView, frame: Frame, wish: Wish = Wish(whole=True)) -> str:  # noqa: B008 -- frozen
    """Draw the page of a thread: whole, or as much of it as a page holds."""
    nodes = [node_of(comment) for comment in view.comments]
    talk = talk_of(view, nodes)
    if not wish.whole:
        place: Mapping[CommentId, int] = {node[0]: number for number, node in enumerate(nodes)}
        part = page_part(by_parent(nodes), lambda node: (place[node[0]],), PAGE, root=None, start=wish.start)
        talk = Talk(talk.op, part.nodes, part.cuts, talk.people, part.passed)
    drawn = drawn_talk(talk, listed(view, talk, frame))
    return thread_page(head_of(view), drawn, frame).page(b"".join(drawn.markup)).decode()


def drawn_comment(view: ThreadView, comment: int, frame: Frame, *, above: int) -> str:
    """Draw the page of one comment with so many of those above it, and all that is below."""
    nodes = {node[0]: node for node in map(node_of, view.comments)}
    root = nodes[CommentId(comment)]
    line = [root]
    while len(line) <= above and line[0][1] is not None:
        line.insert(0, nodes[line[0][1]])
    below = [node for node in nodes.values() if _is_below(node, root[0], nodes)]
    whole = talk_of(view, [*line, *below])
    talk = Talk(whole.op, whole.nodes, {}, whole.people, root=root[0], earlier=root[3] - len(line))
    [asked] = (one for one in view.comments if one.id == comment)
    drawn = drawn_talk(talk, listed(view, talk, frame), root=Root(asked.author, asked.handle, None, None, asked.text))
    return comment_page(head_of(view), drawn, frame, Wish(), comment=root[0]).page(b"".join(drawn.markup)).decode()


def _is_below(node: Node, root: CommentId, nodes: Mapping[CommentId, Node]) -> bool:
    parent = node[1]
    while parent is not None:
        if parent == root:
            return True
        parent = nodes[parent][1]
    return False
