"""A trial of the house: people write, edit, delete, restore and vote; the doctor looks afterwards."""

import random
from itertools import count

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment, DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.doctor import doctor
from folkmoot.commands.people import CreatePerson
from folkmoot.commands.posts import CreatePost
from folkmoot.commands.site import SetUpSite
from folkmoot.commands.votes import SetCommentVote, SetPostVote
from folkmoot.db.core import Db
from folkmoot.model.callers import OPERATOR, Caller
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId
from tests.db.kills import THREADS, Answer, Trial, acknowledge, write_until_killed

HOME = CommunityId(1)
FIRST = PostId(1)
POST, COMMENT = 1, 2
"""The second part of an answer: what was made. The first one is its id."""


def prepare(db: Db) -> None:
    perform(db, OPERATOR, SetUpSite("Kills"))
    people = [Caller(perform(db, OPERATOR, CreatePerson(f"person_{number}"))) for number in range(THREADS)]
    assert perform(db, people[0], CreateCommunity("home", "Home")) == HOME
    assert perform(db, people[0], CreatePost(HOME, "The first post")) == FIRST


def write(db: Db, thread: int) -> None:
    """Be one person: each thread is one of them."""
    person = Caller(PersonId(thread + 1))
    chance = random.Random(thread)  # noqa: S311 -- it has to be chance, not a secret
    for number in count():
        mine = perform(db, person, CreateComment(FIRST, None, f"Comment {number} of *{thread}*"))
        acknowledge((mine, COMMENT))
        answer = perform(db, person, CreateComment(FIRST, mine, "And more."), background=number % 2 == 0)
        acknowledge((answer, COMMENT))
        change(db, person, CommentId(chance.choice((mine, answer))), number)
        if number % 10 == 0:
            acknowledge((perform(db, person, CreatePost(HOME, f"Post {number} of {thread}")), POST))


def change(db: Db, person: Caller, comment: CommentId, number: int) -> None:
    perform(db, person, EditComment(comment, f"Edited {number}"))
    perform(db, person, SetCommentVote(comment, number % 3 - 1))
    perform(db, person, SetPostVote(FIRST, number % 3 - 1), background=True)
    perform(db, person, DeleteComment(comment, deleted=True))
    if number % 2:
        perform(db, person, DeleteComment(comment, deleted=False))
    refused = False
    try:
        perform(db, person, SetCommentVote(comment, 2))
    except Refusal:
        refused = True
    assert refused


def look(db: Db, answers: list[Answer]) -> None:
    for kind, table in ((POST, "post"), (COMMENT, "comment")):
        ids = {answer[0] for answer in answers if answer[1] == kind}
        with db.read() as reader:
            there = {row[0] for row in reader.rows(f"select id from {table}")}  # noqa: S608 -- one of two words
        assert ids <= there
    assert list(doctor(db)) == []


HOUSE = Trial("tests.db.house_writes", prepare, look)

if __name__ == "__main__":
    write_until_killed(write)
