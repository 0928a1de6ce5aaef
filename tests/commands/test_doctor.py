"""The doctor finds what is wrong, finds nothing where nothing is, and sets counters right."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.doctor import Finding, doctor
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.base import Db, Param, Reader
from folkmoot.db.faults import TooLong
from folkmoot.model.callers import OPERATOR
from folkmoot.text.thread_text import parse_thread
from tests.world import World

THREAD = parse_thread(
    b"  \xe2\x80\xa2 a@x.example\n    \xc2\xb7\n    1 hour ago\n\n    Words.\n\n"
    b"    \xe2\x80\xa2 b@x.example\n      \xc2\xb7\n      1 hour ago"
)


def _fill(world: World) -> None:
    """Make post 1 with comments 1 to 4 (a chain of three, and one deleted), and imported post 2 with 5 and 6."""
    post = world.post()
    chain = world.comment(on=post)
    world.comment(on=post, under=world.comment(on=post, under=chain))
    gone = world.comment(on=post)
    world.perform(world.writer, EditComment(chain, "Other words."))
    world.clock.forward(seconds=1)
    world.perform(world.writer, EditComment(chain, "Better words."))
    world.perform(world.writer, DeleteComment(gone, deleted=True))
    world.perform(world.person("voter"), SetPostVote(post, -1))
    world.perform(world.person("other_voter"), SetCommentVote(chain, 1))
    world.perform(OPERATOR, ImportThread(THREAD, "d" * 64, world.clock.now))


def test_a_sound_house_has_no_findings(world: World) -> None:
    assert list(doctor(world.db)) == []
    _fill(world)
    assert list(doctor(world.db)) == []


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("update post_rank set comments = 7 where post_id = 1", Finding("comments", "post 1", "7", "3", counter=True)),
        ("update post_rank set upvotes = 7 where post_id = 1", Finding("upvotes", "post 1", "7", "1", counter=True)),
        (
            "update post_rank set downvotes = 7 where post_id = 1",
            Finding("downvotes", "post 1", "7", "1", counter=True),
        ),
        ("update post_rank set score = 7 where post_id = 1", Finding("score", "post 1", "7", "0", counter=True)),
        (
            "update comment_node set upvotes = 7 where comment_id = 1",
            Finding("upvotes", "comment 1", "7", "2", counter=True),
        ),
        (
            "update comment_node set score = 7 where comment_id = 2",
            Finding("score", "comment 2", "7", "1", counter=True),
        ),
        (
            "update comment_node set child_count = 7 where comment_id = 1",
            Finding("child_count", "comment 1", "7", "2", counter=True),
        ),
        ("delete from vote where kind = 1 and value = -1", Finding("downvotes", "post 1", "1", "0", counter=True)),
        (
            "update person set post_count = 7 where name = 'writer'",
            Finding("post_count", "person 2", "7", "1", counter=True),
        ),
        (
            "update person set comment_count = 7 where name = 'a'",
            Finding("comment_count", "person 6", "7", "1", counter=True),
        ),
        (
            "update post_rank set newest_other = 7 where post_id = 1",
            Finding("newest_other", "post 1", "7", "1780000000000000", counter=True),
        ),
        ("update community set posts = 7 where id = 1", Finding("posts", "community 1", "7", "1", counter=True)),
        ("update community set comments = 7 where id = 2", Finding("comments", "community 2", "7", "2", counter=True)),
    ],
)
def test_a_wrong_counter_is_found_and_set_right(world: World, damage: str, finding: Finding) -> None:
    _fill(world)
    world.db.write(lambda tx: tx.run(damage))
    assert finding in list(doctor(world.db))
    assert finding in list(doctor(world.db, repair=True))
    assert list(doctor(world.db)) == []


def test_a_lost_comment_is_found_wherever_it_was_counted(world: World) -> None:
    _fill(world)
    world.db.write(lambda tx: tx.run("update comment_node set deleted = 1, gone_since = 1 where comment_id = 3"))
    found = {(finding.what, finding.where) for finding in doctor(world.db)}
    assert found == {("comments", "post 1"), ("comment_count", "person 2")}
    list(doctor(world.db, repair=True))
    assert list(doctor(world.db)) == []
    assert world.value("select comments from community where id = 1") == 2


@pytest.mark.parametrize(
    ("damage", "what", "where"),
    [
        ("update comment_node set depth = 5 where comment_id = 2", "depth", "comment 2"),
        ("update comment_node set parent_id = 3 where comment_id = 1", "parent", "comment 1"),
        ("update comment_node set parent_id = 1 where comment_id = 5", "parent", "comment 5"),
        ("update comment_node set post_id = 2 where comment_id = 3", "parent", "comment 3"),
        ("update comment set path = '0.1' where id = 2", "path", "comment 2"),
        ("update comment_node set position = 3 where comment_id = 6", "position", "comment 6"),
        ("update comment_node set position = null where comment_id = 5", "position", "comment 5"),
        ("update comment_node set position = 0 where comment_id = 2", "position", "comment 2"),
        ("update comment set renderer = 99 where id = 2", "renderer", "comment 2"),
        ("update post set renderer = 0 where id = 2", "renderer", "post 2"),
        ("update edition set known_until = 0 where number = 2", "edition", "comment 1"),
        ("delete from edition where number = 1", "edition", "comment 1"),
        ("update comment_node set updated = null where comment_id = 1", "edition", "comment 1"),
        ("insert into vote (person_id, kind, thing_id, value, at) values (1, 1, 99, 1, 0)", "voted thing", "post 99"),
        (
            "insert into vote (person_id, kind, thing_id, value, at) values (1, 2, 99, 1, 0)",
            "voted thing",
            "comment 99",
        ),
        ("delete from imported", "imported", "post 2"),
        ("update post_rank set received = 7 where post_id = 2", "imported", "post 2"),
        ("update comment_node set erased = 1 where comment_id = 4", "erased", "comment 4"),
        ("update post_rank set erased = 1 where post_id = 1", "erased", "post 1"),
        ("update comment_node set community_id = 7 where comment_id = 4", "community of a comment", "comment 4"),
        ("update post_rank set age_class = 11 where post_id = 1", "ranks", "post 1"),
        ("update post_rank set rank_due = published + 3600000002 where post_id = 1", "ranks", "post 1"),
        ("update post_rank set hot_rank = -1 where post_id = 2", "ranks", "post 2"),
        ("update post_rank set rank_due = null where post_id = 1", "final ranks", "post 1"),
        ("delete from participation where person_id = 2", "taking part", "person 2"),
        ("update participation set last_active = last_active - 3600000000", "taking part", "person 2"),
        ("update community set active_day = 1 where id = 1", "counts of active people", "community 1"),
        (
            "insert into journal (at, kind, body) values (9223372036854775807, 'Strange', '{}')",
            "kind of a fact",
            "journal",
        ),
    ],
)
def test_what_the_schema_cannot_say_is_found(world: World, damage: str, what: str, where: str) -> None:
    _fill(world)
    world.db.write(lambda tx: tx.run(damage))
    found = list(doctor(world.db, repair=True))
    assert (what, where) in {(finding.what, finding.where) for finding in found}
    assert (what, where) in {(finding.what, finding.where) for finding in doctor(world.db)}


def test_half_a_row_is_found(world: World) -> None:
    _fill(world)
    inserts = (
        """
        insert into post (id, version, renderer, format, archive_offered, title, source, html, text)
        values (77, 1, 1, 1, 0, '', '', '', '')
        """,
        """
        insert into comment (id, version, renderer, format, path, source, html, text)
        values (78, 1, 1, 1, '0.78', '', '', '')
        """,
    )
    world.db.write(lambda tx: [tx.run(insert) for insert in inserts])
    found = list(doctor(world.db))
    assert Finding("narrow row", "post 77", "wide only", "both") in found
    assert Finding("narrow row", "comment 78", "wide only", "both") in found
    assert {(finding.what, finding.where) for finding in found if finding.what == "next id"} == {
        ("next id", "post"),
        ("next id", "comment"),
    }


def test_a_journal_that_goes_back_in_time_is_found_on_sqlite(world: World) -> None:
    _fill(world)
    world.db.write(lambda tx: tx.run("insert into journal (at, kind, body) values (7, 'SiteChanged', '{}')"))
    found = [finding.what for finding in doctor(world.db)]
    assert found == (["time"] if world.db.dialect.name == "sqlite" else [])


class _Hurried:
    """A database in which no more than two things can be looked at in the life of a read, and one thing not at all."""

    def __init__(self, db: Db, never: int = 0) -> None:
        self._db = db
        self._never = never

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    @contextmanager
    def read(self) -> Iterator["_HurriedReader"]:
        with self._db.read() as reader:
            yield _HurriedReader(reader, self._never)


class _HurriedReader:
    def __init__(self, reader: Reader, never: int) -> None:
        self._reader = reader
        self._never = never

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def rows(self, sql: str, *, low: int = 0, high: int = 0, **params: Param) -> list[tuple[Any, ...]]:
        if high - low > 1 or (self._never and low <= self._never <= high):
            raise TooLong("no time")
        return self._reader.rows(sql, **({"low": low, "high": high} if low else {}), **params)


def test_a_span_that_takes_too_long_is_looked_at_in_smaller_ones(world: World) -> None:
    _fill(world)
    hurried = cast("Db", _Hurried(world.db))
    assert list(doctor(hurried)) == []
    world.db.write(lambda tx: tx.run("update comment_node set upvotes = 7 where comment_id in (1, 6)"))
    found = [(finding.what, finding.where) for finding in doctor(hurried)]
    assert found == [("upvotes", "comment 1"), ("upvotes", "comment 6")]


def test_what_takes_too_long_by_itself_is_told_and_the_rest_is_looked_at(world: World) -> None:
    _fill(world)
    world.db.write(lambda tx: tx.run("update comment_node set upvotes = 7 where comment_id in (2, 6)"))
    found = list(doctor(cast("Db", _Hurried(world.db, never=2)), repair=True))
    assert [finding.where for finding in found if finding.what == "upvotes"] == ["comment 6"]
    unseen = {finding.where for finding in found if finding.stored == "more than a read may take"}
    assert {"post 2", "comment 2", "person 2"} <= unseen
    assert not any(finding.counter for finding in found if finding.where in unseen)
