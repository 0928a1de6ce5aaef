"""Is the sample site what it claims to be: whole, made by commands, the same each time?"""

import pytest

from folkmoot.db.base import Reader
from folkmoot.db.core import open_db
from folkmoot.demo.content import content
from folkmoot.demo.seed import DemoIsThere, seed_demo
from folkmoot.model.ids import Micros, PostId
from folkmoot.queries.list_views import PostLine
from folkmoot.queries.post_lines import post_lines
from folkmoot.queries.post_list import feed_posts
from folkmoot.queries.thread import thread
from folkmoot.queries.views import Absence, Feed, PostSort
from tests.conftest import NOON

HOUR_US = 3_600_000_000


def seeded(dsn: str) -> list[str]:
    told: list[str] = []
    seed_demo(dsn, now=NOON, progress=told.append)
    return told


def newest(reader: Reader) -> tuple[PostLine, ...]:
    ids, _ = feed_posts(reader, Feed.ALL, sort=PostSort.NEW, after=None, limit=50, now=NOON)
    return tuple(post_lines(reader, ids).values())


def test_sample_site_has_every_post_and_comment_with_its_age(dsn: str) -> None:
    told = seeded(dsn)
    assert told == ["10 people, 5 communities", "9 posts, 41 comments"]
    db = open_db(dsn, clock=lambda: NOON, migrate=False)
    with db.read() as reader:
        posts = newest(reader)
    db.close()
    assert {post.title: post.published for post in posts} == {
        post.title: NOON - post.ago * 60_000_000 for post in content().post
    }
    assert sum(post.comments for post in posts) == sum(
        not comment.deleted and comment.removed is None for post in content().post for comment in post.comment
    )


def test_sample_site_shows_edits_deletions_removals_and_locks(dsn: str) -> None:
    seeded(dsn)
    db = open_db(dsn, clock=lambda: NOON, migrate=False)
    with db.read() as reader:
        lines = newest(reader)
        threads = [thread(reader, PostId(line.id), sort=None, now=Micros(NOON)) for line in lines]
    db.close()
    comments = [comment for shown in threads for comment in shown.comments]
    assert {comment.absence for comment in comments} == {Absence.PRESENT, Absence.DELETED, Absence.REMOVED}
    assert any(comment.updated is not None for comment in comments)
    assert any(shown.post.locked for shown in threads)
    assert any(comment.author.host is not None for comment in comments)
    assert max(comment.depth for comment in comments) >= 8


def test_seeding_twice_is_refused_and_changes_nothing(dsn: str) -> None:
    seeded(dsn)
    with pytest.raises(DemoIsThere):
        seed_demo(dsn, now=Micros(NOON + HOUR_US), progress=lambda _line: None)
    db = open_db(dsn, clock=lambda: NOON, migrate=False)
    with db.read() as reader:
        assert len(newest(reader)) == len(content().post)
    db.close()
