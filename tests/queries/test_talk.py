"""What of a thread stands on one page, read from the database?"""

import pytest

from folkmoot.commands.comments import DeleteComment
from folkmoot.commands.imports import ImportThread
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.talk import (
    Talk,
    Wish,
    is_large,
    talk_head_of_comment,
    talk_head_of_post,
    talk_of_comment,
    talk_of_post,
)
from folkmoot.queries.tree import Cut
from folkmoot.queries.views import CommentSort
from folkmoot.text.thread_text import parse_thread
from tests.queries.recording import recording
from tests.world import World

OLD = Wish(sort=CommentSort.OLD)


def of_post(world: World, post: PostId, wish: Wish = OLD) -> Talk:
    with world.db.read() as reader:
        above, head = talk_head_of_post(reader, post, wish, world.clock.now)
        return talk_of_post(reader, head, above, wish)


def of_comment(world: World, comment: CommentId, wish: Wish = OLD) -> Talk:
    with world.db.read() as reader:
        above, head = talk_head_of_comment(reader, comment, wish, world.clock.now)
        return talk_of_comment(reader, head, above, comment, wish)


def ids(talk: Talk) -> list[int]:
    return [node[0] for node in talk.nodes]


def chain(world: World, post: PostId, levels: int) -> list[CommentId]:
    made: list[CommentId] = []
    for _ in range(levels):
        made.append(world.comment(on=post, under=made[-1] if made else None))
    return made


def test_page_ends_at_its_eighth_level(world: World) -> None:
    post = world.post()
    line = chain(world, post, 11)
    last = world.comment(on=post)
    talk = of_post(world, post)
    assert ids(talk) == [*line[:8], last]
    assert talk.cuts == {line[7]: Cut(3, None, deep=True)}
    assert ids(of_post(world, post, Wish(sort=CommentSort.OLD, whole=True))) == [*line, last]


def test_one_comment_stands_below_two_that_it_answers(world: World) -> None:
    post = world.post()
    line = chain(world, post, 12)
    world.comment(on=post, under=line[3])
    talk = of_comment(world, line[5])
    assert (ids(talk), talk.root, talk.earlier) == (line[3:11], line[5], 3)
    assert talk.cuts == {line[10]: Cut(1, None, deep=True)}
    alone = of_comment(world, line[5], Wish(context=0))
    assert (ids(alone), alone.earlier) == (line[5:], 5)
    most = of_comment(world, line[9], Wish(context=8))
    assert (ids(most), most.earlier) == (line[1:], 1)
    whole = of_comment(world, line[0], Wish(whole=True, sort=CommentSort.OLD))
    assert len(ids(whole)) == 13


def test_replies_of_one_comment_begin_where_it_is_wished(world: World) -> None:
    post = world.post()
    top = world.comment(on=post)
    replies = [world.comment(on=post, under=top) for _ in range(4)]
    talk = of_comment(world, top, Wish(sort=CommentSort.OLD, start=replies[2]))
    assert (ids(talk), talk.passed) == ([top, *replies[2:]], 2)
    assert ids(of_comment(world, top, Wish(sort=CommentSort.OLD, start=CommentId(99)))) == [top, *replies]


def test_branch_of_a_thread_that_is_2000_deep_can_be_read_from_anywhere(world: World) -> None:
    blocks = ["Body."]
    for level in range(1, 2_001):
        pad = "  " * level
        blocks += [f"{pad}• ada@far.example\n{pad}  ·\n{pad}  1 hour ago", f"{pad}  Words."]
    text = "\n\n".join(blocks).encode()
    post = world.perform(OPERATOR, ImportThread(parse_thread(text), "d" * 64, world.clock.now)).post
    first = ids(of_post(world, post))[0]
    deep = CommentId(first + 1_500)
    assert ids(of_comment(world, deep)) == list(range(first + 1_498, first + 1_506))
    whole = of_comment(world, CommentId(first + 10), Wish(whole=True))
    assert ids(whole) == list(range(first + 8, first + 2_000))
    with world.db.read() as reader:
        assert not is_large(reader, comment=CommentId(first + 1_990))


def test_gone_comment_keeps_its_place_and_its_page(world: World) -> None:
    ada = world.person("ada")
    post = world.post()
    gone = world.comment(on=post, by=ada)
    below = world.comment(on=post, under=gone)
    world.perform(ada, DeleteComment(gone, deleted=True))
    talk = of_comment(world, gone)
    assert ids(talk) == [gone, below]
    assert talk.nodes[0][13] == 1


def test_unknown_things_are_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        of_post(world, PostId(7))
    with pytest.raises(NotFound):
        of_comment(world, CommentId(7))


def test_page_costs_few_statements_whatever_its_size(world: World) -> None:
    post = world.post()
    line = chain(world, post, 5)
    with recording(world.db) as reader:
        above, head = talk_head_of_post(reader, post, OLD, world.clock.now)
        talk_of_post(reader, head, above, OLD)
        assert len(reader.statements) == 3
        talk_of_comment(reader, head, above, line[3], OLD)
        assert len(reader.statements) == 6
