"""What was said about this post?"""

import pytest

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.moderation import RemoveComment, RemovePost
from folkmoot.commands.posts import DeletePost, EditPost
from folkmoot.commands.votes import SetCommentVote
from folkmoot.model.errors import Invalid, NotFound, Refusal
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.thread import branch, reply, thread
from folkmoot.queries.views import Absence, CommentSort, ThreadView
from tests.queries.recording import recording
from tests.world import World, person_of


def read(world: World, post: PostId, sort: CommentSort | None = None, *, as_of: int | None = None) -> ThreadView:
    with world.db.read() as reader:
        return thread(reader, post, sort=sort, now=world.clock.now, as_of=as_of)  # type: ignore[arg-type] # set by hand


def test_thread_has_post_and_comments_in_reading_order(world: World) -> None:
    post = world.post(title="Soil survey", url="https://soil.example/", body="Worth *a* read.")
    first = world.comment(on=post, body="One")
    world.clock.forward(seconds=60)
    second = world.comment(on=post, body="Two")
    below = world.comment(on=post, under=first, body="One below")
    view = read(world, post, CommentSort.OLD)
    assert view.post.title == "Soil survey"
    assert view.post.url == "https://soil.example/"
    assert (view.post.text, view.post.source) == ("Worth a read.", "Worth *a* read.")
    assert [(c.id, c.depth, c.parent, c.text) for c in view.comments] == [
        (first, 1, None, "One"),
        (below, 2, first, "One below"),
        (second, 1, None, "Two"),
    ]
    assert view.comments[0].child_count == 1
    assert view.comments[1].path == f"0.{first}.{below}"
    assert view.post.comments == 3
    assert view.as_of == world.clock.now


def test_marks_of_people_are_theirs(world: World) -> None:
    ada, bob = world.person("ada", admin=True), world.stranger("bob@far.example")
    home = world.community("garden", by=ada)
    post = world.post(by=ada, community=home)
    world.comment(on=post, by=ada)
    world.comment(on=post, by=bob, origin=world.there())
    of_ada, of_bob = read(world, post, CommentSort.OLD).comments
    assert (of_ada.op, of_ada.author.admin, of_ada.author.moderator, of_ada.author.host) == (True, True, True, None)
    assert (of_bob.op, of_bob.author.admin, of_bob.author.moderator) == (False, False, False)
    assert (of_bob.author.name, of_bob.author.host, of_bob.author.provisional) == ("bob", "far.example", True)


def test_each_sort_is_lemmys(world: World) -> None:
    post = world.post()
    liked, disputed, fresh = (world.comment(on=post, body=word) for word in ("liked", "disputed", "fresh"))
    for number in range(3):
        world.perform(world.person(), SetCommentVote(liked, 1))
        world.perform(world.person(), SetCommentVote(disputed, 1 if number else -1))
    world.perform(world.person(), SetCommentVote(disputed, -1))
    world.clock.forward(days=3)
    late = world.comment(on=post, body="late")
    order = {sort: [c.id for c in read(world, post, sort).comments] for sort in CommentSort}
    assert order[CommentSort.TOP] == [liked, disputed, fresh, late]
    assert order[CommentSort.NEW] == [late, fresh, disputed, liked]
    assert order[CommentSort.OLD] == [liked, disputed, fresh, late]
    assert order[CommentSort.CONTROVERSIAL] == [disputed, liked, fresh, late]
    assert order[CommentSort.HOT] == [late, liked, disputed, fresh]
    assert order[CommentSort.SHOWN] == order[CommentSort.HOT]


def test_thread_of_here_offers_no_order_as_shown(world: World) -> None:
    view = read(world, world.post(), CommentSort.SHOWN)
    assert view.sort is CommentSort.HOT
    assert view.sorts == (
        CommentSort.HOT,
        CommentSort.TOP,
        CommentSort.NEW,
        CommentSort.OLD,
        CommentSort.CONTROVERSIAL,
    )


def test_unknown_post_is_not_found(world: World) -> None:
    with pytest.raises(NotFound) as refusal:
        read(world, PostId(77))
    assert refusal.value.code == "couldnt_find_post"


def test_gone_texts_leave_their_place(world: World) -> None:
    ada = world.person("ada")
    mod = world.person("mod")
    home = world.community("garden", by=mod)
    post = world.post(by=ada, community=home, url="https://soil.example/", body="words")
    deleted = world.comment(on=post, by=ada, body="gone by ada")
    removed = world.comment(on=post, by=ada, body="gone by mod")
    kept = world.comment(on=post, under=removed, body="kept")
    world.perform(ada, DeleteComment(deleted, deleted=True))
    world.perform(mod, RemoveComment(removed, "off topic", removed=True))
    view = read(world, post, CommentSort.OLD)
    assert [(c.id, c.absence, c.text, c.html, c.source, c.reason) for c in view.comments] == [
        (deleted, Absence.DELETED, "", "", "", None),
        (removed, Absence.REMOVED, "", "", "", "off topic"),
        (kept, Absence.PRESENT, "kept", view.comments[2].html, "kept", None),
    ]
    assert view.comments[0].gone_since == world.clock.now
    world.perform(ada, DeletePost(post, deleted=True))
    gone = read(world, post).post
    assert (gone.absence, gone.title, gone.url, gone.text, gone.source) == (Absence.DELETED, "", None, "", "")
    world.perform(mod, RemovePost(post, "spam", removed=True))
    both = read(world, post).post
    assert (both.absence, both.reason) == (Absence.REMOVED, "spam")


def test_restored_text_is_back_and_an_old_reason_is_not(world: World) -> None:
    mod = world.person("mod")
    post = world.post(community=world.community("garden", by=mod), body="words")
    comment = world.comment(on=post)
    world.perform(mod, RemoveComment(comment, "mistake", removed=True))
    world.perform(mod, RemoveComment(comment, None, removed=False))
    [view] = read(world, post).comments
    assert (view.absence, view.reason, view.text) == (Absence.PRESENT, None, "A plank, and half a boat.")


def test_a_thread_as_of_then_is_what_was_known_then(world: World) -> None:
    ada = world.person("ada")
    post = world.post(by=ada, title="First title", url="https://a.example/", body="first body")
    early = world.comment(on=post, by=ada, body="first words")
    gone = world.comment(on=post, by=ada, body="soon gone")
    world.clock.forward(seconds=100)
    then = world.clock.now
    world.clock.forward(seconds=1)
    world.perform(ada, EditPost(post, title="Second title", url="https://b.example/", body="second body"))
    world.perform(ada, EditComment(early, "second words"))
    world.clock.forward(seconds=1)
    world.perform(ada, EditComment(early, "third words"))
    late = world.comment(on=post, under=early, body="late")
    world.perform(ada, DeleteComment(gone, deleted=True))

    was = read(world, post, CommentSort.OLD, as_of=then)
    assert (was.post.title, was.post.url, was.post.text) == ("First title", "https://a.example/", "first body")
    assert was.post.updated is None
    assert [(c.id, c.text, c.updated, c.child_count) for c in was.comments] == [
        (early, "first words", None, 0),
        (gone, "", None, 0),
    ]
    assert (was.as_of, was.post.comments) == (then, 1)

    between = read(world, post, CommentSort.OLD, as_of=then + 1_000_000)
    assert between.comments[0].text == "second words"
    assert between.comments[0].updated == then + 1_000_000

    now = read(world, post, CommentSort.OLD, as_of=world.clock.now)
    assert [c.id for c in now.comments] == [early, late, gone]
    assert (now.comments[0].text, now.post.title) == ("third words", "Second title")


def test_a_thread_as_of_before_it_was_known_is_refused(world: World) -> None:
    post = world.post()
    with pytest.raises(Invalid) as refusal:
        read(world, post, as_of=world.clock.now - 1)
    assert (refusal.value.code, refusal.value.field) == ("not_known_then", "as_of")


def test_branch_is_a_comment_with_what_is_below(world: World) -> None:
    post = world.post()
    root = world.comment(on=post)
    beside = world.comment(on=post)
    inner = world.comment(on=post, under=root)
    leaf = world.comment(on=post, under=inner)
    with world.db.read() as reader:
        whole = branch(reader, root, sort=None, now=world.clock.now)
        part = branch(reader, inner, sort=None, now=world.clock.now)
        other = branch(reader, beside, sort=None, now=world.clock.now)
    assert [c.id for c in whole.comments] == [root, inner, leaf]
    assert ([c.id for c in part.comments], part.root) == ([inner, leaf], inner)
    assert [c.id for c in other.comments] == [beside]


def test_reply_knows_what_it_answers(world: World) -> None:
    ada = world.person("ada")
    post = world.post()
    top = world.comment(on=post, by=ada)
    below = world.comment(on=post, under=top)
    with world.db.read() as reader:
        view = reply(reader, below)
        first = reply(reader, top)
    assert (view.post.id, view.comment.id) == (post, below)
    assert view.parent is not None
    assert view.parent.author.id == person_of(ada)
    assert first.parent is None


def test_unknown_comment_is_not_found(world: World) -> None:
    for query in (
        lambda reader: reply(reader, CommentId(5)),
        lambda reader: branch(reader, CommentId(5), sort=None, now=world.clock.now),
    ):
        with world.db.read() as reader, pytest.raises(Refusal) as refusal:
            query(reader)
        assert refusal.value.code == "couldnt_find_comment"


def test_a_text_of_an_older_renderer_is_rendered_anew(world: World) -> None:
    post = world.post(body="*a*")
    comment = world.comment(on=post, body="*b*")
    fresh = read(world, post)
    world.db.write(lambda tx: tx.run("update post set html = 'old', text = 'old', renderer = 0"))
    world.db.write(lambda tx: tx.run("update comment set html = 'old', text = 'old', renderer = 0"))
    again = read(world, post)
    assert again == fresh
    assert again.comments[0].id == comment


def test_a_thread_costs_four_statements_whatever_its_size(world: World) -> None:
    post = world.post()
    for _ in range(3):
        world.comment(on=post, under=world.comment(on=post, by=world.person()), by=world.person())
    with recording(world.db) as reader:
        thread(reader, post, sort=None, now=world.clock.now)
        assert len(reader.statements) == 4
    with recording(world.db) as reader:
        thread(reader, post, sort=None, now=world.clock.now, as_of=world.clock.now)
        assert len(reader.statements) == 4
