"""The short way to PostgreSQL: statements that are prepared when they are met."""

from collections.abc import Iterator

import psycopg
import pytest

from folkmoot.db import postgresql_statements
from folkmoot.db.params import Ints
from folkmoot.db.postgresql_connections import BEGIN_WRITE, SESSION, connected
from folkmoot.db.postgresql_statements import Connection


@pytest.fixture
def connection(postgresql_dsn: str) -> Iterator[Connection]:
    with connected(postgresql_dsn) as made:
        made.execute(SESSION.encode())
        yield made


def prepared(connection: Connection) -> list[str]:
    """Name the statements that the server keeps for this session, without one's own."""
    rows = connection.execute(b"select statement from pg_prepared_statements order by prepare_time", prepare=False)
    return [statement for (statement,) in rows]


def test_a_statement_is_prepared_once_for_each_kind_of_parameter(connection: Connection) -> None:
    ask = "select $1::bigint"
    for number in (1, 2**40, None, 3):
        assert connection.statements.rows(ask, (number,)) == [(number,)]
    assert prepared(connection) == [ask, ask]


def test_values_come_back_as_they_went(connection: Connection) -> None:
    ask = "select $1::text, $2::bigint, $3::bytea, $4::double precision, $5::bigint[], $6::text[], null, 1 = 1, sum(7)"
    sent = ("ä'\\", -1, b"\x00\xff", 0.5, Ints([1, -(2**63), 2**63 - 1]), ["x", "ÿ"])
    assert connection.statements.row(ask, sent) == (*sent, None, 1, 7)


def test_an_empty_list_is_among_nothing(connection: Connection) -> None:
    assert connection.statements.rows("select 1 where 1 = any($1)", ([],)) == []
    assert connection.statements.rows("select 1 where 1 = any($1)", (Ints([1]),)) == [(1,)]


def test_no_row_is_none(connection: Connection) -> None:
    assert connection.statements.row("select 1 where 1 = 2", ()) is None


def test_it_says_how_many_rows_were_changed(connection: Connection) -> None:
    connection.statements.tell(BEGIN_WRITE)
    connection.statements.tell(b"create temporary table seen (id bigint)")
    assert connection.statements.run("insert into seen (id) values ($1), ($2)", (1, 2)) == 2
    assert connection.statements.run("delete from seen where id > $1", (5,)) == 0


def test_what_was_not_asked_for_the_longest_time_is_forgotten(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql_statements, "KEPT", 2)
    for asked in ("select 1", "select 2", "select 1", "select 3", "select 2"):
        assert connection.statements.row(asked, ()) == (int(asked[-1]),)
    assert prepared(connection) == ["select 3", "select 2"]


def test_a_plan_serves_whatever_the_parameters_are(connection: Connection) -> None:
    """Or a list of three would be planned anew each time, which takes ten times as long as what is planned."""
    for _ in range(3):
        connection.statements.rows("select id from community where id = any($1)", (Ints([1, 2, 3]),))
    counted = connection.execute(b"select generic_plans, custom_plans from pg_prepared_statements").fetchall()
    assert counted == [(3, 0)]


def test_a_fault_is_of_its_kind_and_harms_nothing_that_follows(connection: Connection) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable, match="nowhere"):
        connection.statements.rows("select 1 from nowhere", ())
    with pytest.raises(psycopg.errors.DivisionByZero):
        connection.statements.row("select 1 / $1::bigint", (0,))
    with pytest.raises(psycopg.errors.SyntaxError):
        connection.statements.tell(b"begin at the beginning")
    assert connection.statements.row("select 1 / $1::bigint", (1,)) == (1,)


def test_a_lost_connection_is_told(connection: Connection, postgresql_dsn: str) -> None:
    pid = connection.statements.row("select pg_backend_pid()", ())
    assert pid is not None
    with psycopg.connect(postgresql_dsn, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", pid)
    with pytest.raises(psycopg.OperationalError):
        connection.statements.rows("select 1", ())
    assert connection.broken
    with pytest.raises(psycopg.OperationalError):
        connection.statements.tell(b"begin")
