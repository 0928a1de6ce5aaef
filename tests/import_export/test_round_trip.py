"""Any text of the grammar goes through the database and comes out byte for byte, and what people write goes on."""

import hashlib
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.imports import ImportThread
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.db.base import Db
from folkmoot.doors.export import export_thread
from folkmoot.doors.negotiate import Form
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.ids import CommentId, CommunityId, PostId
from folkmoot.text.ages import Age, Unit
from folkmoot.text.thread_text import ThreadItem, ThreadText, format_thread, parse_thread
from tests.conftest import SetClock
from tests.text.thread_strategies import TOKENS, threads

SITE_URL = "https://hub.example"
BOUNDED = settings(
    max_examples=40,
    deadline=None,  # a disk may be slow
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one database serves all examples: ids differ
)


def imported(db: Db, data: bytes, clock: SetClock) -> PostId:
    digest = hashlib.sha256(b"%d " % clock.now + data).hexdigest()  # the same bytes at another time are another thread
    return perform(db, OPERATOR, ImportThread(parse_thread(data), digest, clock.now)).post


def exported(db: Db, post: PostId, clock: SetClock) -> bytes:
    return export_thread(db, post, form=Form.TEXT, as_of=None, site_url=SITE_URL, clock=clock)


@BOUNDED
@given(thread=threads())
def test_bytes_come_back(db: Db, clock: SetClock, thread: ThreadText) -> None:
    data = format_thread(thread)
    assert exported(db, imported(db, data, clock), clock) == data


def test_a_deep_chain_comes_back(db: Db, clock: SetClock) -> None:
    items = tuple(
        ThreadItem(
            level,
            f"p{level % 7}@far.example",
            False,
            level % 3 == 0,
            Age(level % 23 + 1, Unit.HOUR),
            (f"level {level}",),
        )
        for level in range(1, 2_001)
    )
    data = format_thread(ThreadText(archive_offered=True, body=("Body",), items=items))
    post = imported(db, data, clock)
    assert exported(db, post, clock) == data
    for form in Form:
        if form not in (Form.TEXT, Form.ACTIVITY):
            assert export_thread(db, post, form=form, as_of=None, site_url=SITE_URL, clock=clock)


def test_later_time_gives_later_ages_and_the_first_time_the_first_bytes(db: Db, clock: SetClock) -> None:
    data = b"Body\n\n  \xe2\x80\xa2 a@b.example\n    \xc2\xb7\n    just now\n\n    Words"
    post = imported(db, data, clock)
    read_at = clock.now
    clock.forward(days=3)
    assert b"3 days ago" in exported(db, post, clock)
    assert export_thread(db, post, form=Form.TEXT, as_of=read_at, site_url=SITE_URL, clock=clock) == data


MARKDOWN = st.lists(st.sampled_from([*TOKENS, "\n\n", "- ", "> ", "```\n", "# "]), min_size=1, max_size=8).map("".join)


@dataclass(frozen=True)
class House:
    """A community of ours, and two people of ours to write in it."""

    home: CommunityId
    writers: tuple[Caller, Caller]


@pytest.fixture
def house(db: Db) -> House:
    ada, bob = (Caller(perform(db, OPERATOR, CreatePerson(name))) for name in ("ada", "bob"))
    return House(perform(db, ada, CreateCommunity("garden", "Garden")), (ada, bob))


@BOUNDED
@given(body=MARKDOWN, comments=st.lists(st.tuples(MARKDOWN, st.integers(0, 1), st.booleans()), max_size=4))
def test_what_people_write_imports_and_comes_back(
    db: Db, clock: SetClock, house: House, body: str, comments: list[tuple[str, int, bool]]
) -> None:
    post = perform(db, house.writers[0], CreatePost(house.home, "A title", None, body))
    above: CommentId | None = None
    for words, writer, answers in comments:
        if words.strip():
            command = CreateComment(post, above if answers else None, words)
            above = perform(db, house.writers[writer], command)
            clock.forward(seconds=61)
    data = exported(db, post, clock)
    assert exported(db, imported(db, data, clock), clock) == data
