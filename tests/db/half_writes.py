"""A trial of the store alone: each id is in two tables, each command has one fact, and some are refused halfway."""

from functools import partial
from itertools import count

from folkmoot.db.core import Db, Reader, Tx
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommunityId, PostId
from folkmoot.model.journal import PostDeleted
from tests.db.kills import Answer, Trial, acknowledge, write_until_killed

GROUP = 40


def make_halves(tx: Tx) -> None:
    tx.run("create table left_half (id integer not null primary key, size integer not null, word text not null)")
    tx.run("create table right_half (id integer not null primary key, first integer not null)")


def write_group(tx: Tx, size: int, *, refuse: bool) -> int:
    """Write one command's rows: a group of ids in both tables, and one fact. Returns the first id."""
    first = tx.next_ids("post", size)
    ids = range(first, first + size)
    word = "refused" if refuse else "kept"
    tx.run_many(
        "insert into left_half (id, size, word) values (:id, :size, :word)",
        [{"id": number, "size": size, "word": word} for number in ids],
    )
    if refuse:
        raise NotFound("couldnt_find_post")
    tx.record(PostDeleted(PostId(first), CommunityId(size), deleted=True))
    tx.run_many(
        "insert into right_half (id, first) values (:id, :first)", [{"id": number, "first": first} for number in ids]
    )
    return first


def write(db: Db, thread: int) -> None:
    for number in count(thread + 1):
        size = GROUP if number % 5 == 0 else 1
        try:
            first = db.write(partial(write_group, size=size, refuse=number % 7 == 0), background=number % 3 == 0)
        except NotFound:
            continue
        acknowledge((first, size))


def check_whole(reader: Reader) -> None:
    """Check that no command is half there."""
    lone = "select count(*) from {} a where not exists (select 1 from {} b where a.id = b.id)"
    assert reader.value(lone.format("left_half", "right_half")) == 0
    assert reader.value(lone.format("right_half", "left_half")) == 0
    assert reader.value("select count(*) from left_half where word = 'refused'") == 0
    assert reader.rows(_BROKEN_GROUPS) == []
    groups = reader.value("select count(distinct first) from right_half")
    assert reader.value("select count(*) from journal") == groups


_BROKEN_GROUPS = """
    select r.first from right_half r join left_half l on l.id = r.id group by r.first having count(*) <> max(l.size)
"""


def check_answers(reader: Reader, answers: list[Answer]) -> None:
    """Check that everything acknowledged is there."""
    there = dict(reader.rows("select first, count(*) from right_half group by first"))
    assert [answer for answer in answers if there.get(answer[0]) != answer[1]] == []


def look(db: Db, answers: list[Answer]) -> None:
    with db.read() as reader:
        check_whole(reader)
        check_answers(reader, answers)
    first = db.write(partial(write_group, size=1, refuse=False))
    with db.read() as reader:
        assert reader.value("select max(id) from left_half") == first, "no id is given out again, and writing goes on"


HALVES = Trial("tests.db.half_writes", lambda db: db.write(make_halves), look)

if __name__ == "__main__":
    write_until_killed(write)
