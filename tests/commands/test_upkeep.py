"""What the house does for itself."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from folkmoot.commands.comments import DeleteComment, EditComment
from folkmoot.commands.communities import CreateCommunity
from folkmoot.commands.doctor import doctor
from folkmoot.commands.moderation import RemovePost
from folkmoot.commands.posts import DeletePost, EditPost
from folkmoot.commands.upkeep import EraseGone, PruneJournal, render_anew
from folkmoot.db.core import open_db
from folkmoot.model.callers import OPERATOR
from folkmoot.model.journal import CommentErased, PostErased
from folkmoot.text.markdown import RENDERER
from tests.conftest import SetClock
from tests.world import World


def test_a_text_is_erased_thirty_days_after_it_went(world: World) -> None:
    post = world.post(body="words", url="https://a.example/")
    comment = world.comment(on=post, body="more words")
    world.perform(world.writer, EditComment(comment, "other words"))
    world.perform(world.writer, DeleteComment(comment, deleted=True))
    world.perform(OPERATOR, RemovePost(post, "off topic", removed=True))
    world.clock.forward(days=30)
    assert world.perform(OPERATOR, EraseGone()) == 0
    world.clock.forward(seconds=1)
    before = world.place()
    assert world.perform(OPERATOR, EraseGone()) == 2
    assert world.perform(OPERATOR, EraseGone()) == 0
    assert world.row("select title, url, source, html, text from post") == ("", None, "", "", "")
    assert world.row("select source, html, text from comment") == ("", "", "")
    assert world.value("select count(*) from edition") == 0
    assert world.value("select reason from modlog") == "off topic"
    assert world.facts(before) == [PostErased(post), CommentErased(comment, post)]
    assert list(doctor(world.db)) == []


def test_what_came_back_in_time_is_not_erased(world: World) -> None:
    post = world.post(body="words")
    world.perform(world.writer, DeletePost(post, deleted=True))
    world.clock.forward(days=29)
    world.perform(world.writer, DeletePost(post, deleted=False))
    world.clock.forward(days=2)
    assert world.perform(OPERATOR, EraseGone()) == 0
    assert world.value("select source from post") == "words"


def test_erasing_goes_in_pieces(world: World) -> None:
    post = world.post()
    for _ in range(5):
        world.perform(world.writer, DeleteComment(world.comment(on=post), deleted=True))
    world.clock.forward(days=31)
    assert [world.perform(OPERATOR, EraseGone(limit=2)) for _ in range(4)] == [2, 2, 1, 0]


MARKER = "marzipan"


def _write_and_delete(world: World) -> None:
    """Let a marker go through all places that texts pass: titles, bodies, editions, long ones on pages of their own."""
    short, long = f"A {MARKER} a day", f"{MARKER} " * 3_000
    post = world.post(title=short, body=long, url=f"https://{MARKER}.example/")
    world.perform(world.writer, EditPost(post, title=f"No {MARKER}", body=short))
    comment = world.comment(on=post, body=short)
    world.perform(world.writer, EditComment(comment, long))
    world.perform(world.writer, EditComment(comment, "Nothing of the kind."))
    for text in (short, long):
        world.perform(world.writer, DeleteComment(world.comment(on=post, body=text), deleted=True))
    world.perform(world.writer, DeleteComment(comment, deleted=True))
    world.perform(OPERATOR, RemovePost(post, None, removed=True))
    world.clock.forward(days=31)
    assert world.perform(OPERATOR, EraseGone()) == 4


def test_an_erased_text_is_nowhere_in_the_files(sqlite_dsn: str, clock: SetClock) -> None:
    """Neither while the database is open (its log is a file, too) nor after."""
    db = open_db(sqlite_dsn, clock=clock, migrate=False)
    world = World(db, clock)
    world.post(title="Still there", body=f"Not a {MARKER.upper()}")
    _write_and_delete(world)
    open_files = _bytes_beside(sqlite_dsn)
    db.close()
    for kept in (open_files, _bytes_beside(sqlite_dsn)):
        assert MARKER.upper().encode() in kept
        assert MARKER.encode() not in kept


def _bytes_beside(path: str) -> bytes:
    return b"".join(file.read_bytes() for file in Path(path).parent.iterdir() if file.is_file())


def test_an_erased_text_is_nowhere_in_a_dump(postgresql_dsn: str, clock: SetClock) -> None:
    db = open_db(postgresql_dsn, clock=clock, migrate=False)
    world = World(db, clock)
    world.post(title="Still there", body=f"Not a {MARKER.upper()}")
    _write_and_delete(world)
    db.close()
    kept = b"".join(_dump(postgresql_dsn))
    assert MARKER.upper().encode() in kept
    assert MARKER.encode() not in kept


def _dump(dsn: str) -> Iterator[bytes]:
    with psycopg.connect(dsn) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(
                psycopg.sql.SQL("copy {} to stdout").format(psycopg.sql.Identifier(table))
            ) as rows:
                yield from (bytes(row) for row in rows)


def test_texts_of_an_older_renderer_are_rendered_anew(world: World) -> None:
    community = world.perform(world.writer, CreateCommunity("bees", "Bees", "*Hum*"))
    post = world.post(community=community, body="*Words*")
    comment = world.comment(on=post, body="More.[^1]\n\n[^1]: A note.")
    shown = _shown(world)
    world.db.write(lambda tx: tx.run("update post set renderer = 0, html = 'old', text = 'old'"))
    world.db.write(lambda tx: tx.run("update comment set renderer = 0, html = 'old', text = 'old'"))
    world.db.write(lambda tx: tx.run("update community set renderer = 0, html = 'old' where name = 'bees'"))
    before = world.place()
    assert [render_anew(world.db, limit=2) for _ in range(3)] == [2, 1, 0]
    assert _shown(world) == shown
    assert f"c{comment}" in shown[2]
    assert world.facts(before) == []
    assert world.row("select p.version, c.version from post p, comment c") == (2, 2)
    assert world.value("select version from community where name = 'bees'") == 2
    assert world.value("select tree_version from post_rank") == 3


def _shown(world: World) -> list[str]:
    with world.db.read() as reader:
        rows = reader.rows(
            """
            select html, renderer from post union all select html, renderer from comment
            union all select html, renderer from community where name = 'bees'
            """
        )
    assert {renderer for _, renderer in rows} <= {0, RENDERER}
    return sorted(html for html, _ in rows)


def test_imported_texts_stay_literal_when_rendered_anew(world: World) -> None:
    post = world.post(body="*Words*")
    world.db.write(lambda tx: tx.run("update post set renderer = 0, format = 2, html = 'old'"))
    assert render_anew(world.db) == 1
    assert world.value("select text from post where id = :id", id=post) == "*Words*"


def test_old_facts_go(world: World) -> None:
    world.post()
    world.clock.forward(days=13)
    assert world.perform(OPERATOR, PruneJournal()) == 0
    world.clock.forward(days=2)
    assert world.perform(OPERATOR, PruneJournal(limit=1)) == 1
    assert world.perform(OPERATOR, PruneJournal()) > 1
    assert world.facts() == []


@pytest.mark.parametrize("secret", ["Marzipan title", "marzipan body", "marzipan.example", "marzipan reason", "Marzi"])
def test_the_journal_holds_no_text(world: World, secret: str) -> None:
    world.set_up("Marzi")
    ada = world.person("Marzi")
    post = world.post(by=ada, title="Marzipan title", body="marzipan body", url="https://marzipan.example/")
    world.perform(ada, EditPost(post, body="marzipan body again"))
    comment = world.comment(
        on=post, by=world.stranger("Marzi@marzipan.example"), body="marzipan body", origin=world.there()
    )
    world.perform(OPERATOR, RemovePost(post, "marzipan reason", removed=True))
    assert comment
    with world.db.read() as reader:
        kept = reader.rows("select kind, body from journal")
    assert len(kept) > 7
    assert secret.casefold() not in str(kept).casefold()
