"""How does a connection to PostgreSQL behave? All alike: time limits, plain numbers, prepared statements."""

from decimal import Decimal
from typing import Any

import psycopg
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import AdaptersMap, Dumper, PyFormat
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Format
from psycopg.types.numeric import Int8, NumericBinaryLoader
from psycopg_pool import ConnectionPool
from typing_extensions import override

from folkmoot.db.params import Ints
from folkmoot.db.postgresql_statements import Connection

STATEMENT_S = 5
IDLE_IN_TRANSACTION_S = 10
CONNECT_S = 10
READ_WAIT_S = 3
"""A reader waits so long for a connection; a page that takes longer is not waited for."""
_ARRAY_OF_INT8 = 1016
"""PostgreSQL's number of the type `bigint[]`."""
RECONNECT_S = 3
"""So long the pool tries by itself, with longer and longer pauses; afterwards whoever asks makes it try at once."""
_LOST = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
"""After so many seconds (the last: milliseconds) a server that vanished without a word is taken to be lost; the
system's own limits are hours. One that works on a long statement still answers to these. The DSN may say otherwise."""

SESSION = f"""
set statement_timeout = '{STATEMENT_S}s';
set idle_in_transaction_session_timeout = '{IDLE_IN_TRANSACTION_S}s';
set default_transaction_isolation = 'repeatable read';
set default_transaction_read_only = on;
set jit = off;
set plan_cache_mode = force_generic_plan;
set random_page_cost = 1.1;
set timezone = 'UTC'
"""
BEGIN_READ = b"begin"
"""As the session has it by itself: one snapshot, read only. A statement outside of a transaction is so, too."""
BEGIN_WRITE = b"begin isolation level read committed read write"


def adapters() -> AdaptersMap:
    """Say how values travel.

    An int always goes as 64 bits, so that a statement has one plan whatever the number; a sum of 64-bit numbers,
    which is a decimal there, comes back as an int, and a truth value as 0 or 1, as SQLite has them.
    """
    ours = AdaptersMap(psycopg.adapters)
    for dumped in (PyFormat.TEXT, PyFormat.BINARY):
        ours.register_dumper(int, ours.get_dumper(Int8, dumped))
    ours.register_dumper(Ints, _IntsDumper)
    for flag in (_Flag, _BinaryFlag):
        ours.register_loader("bool", flag)
    for number in (_Number, _BinaryNumber):
        ours.register_loader("numeric", number)
    return ours


class _IntsDumper(Dumper):
    """As text, which is a fifth of what the driver's own binary form costs: 500 numbers take 44 µs instead of 221."""

    oid = _ARRAY_OF_INT8

    @override
    def dump(self, obj: Ints) -> bytes:
        return f"{{{repr(obj)[1:-1]}}}".encode()


class _Loaded:
    """What psycopg asks a loader to be."""

    format = Format.TEXT

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        pass


class _Flag(_Loaded):
    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _BinaryFlag(_Loaded):
    format = Format.BINARY

    def load(self, data: Buffer) -> int:
        return data[0]


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


class _Number(_Loaded):
    def load(self, data: Buffer) -> int | float:
        return _plain(Decimal(bytes(data).decode()))


class _BinaryNumber(_Loaded):
    format = Format.BINARY

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        self._decimal = NumericBinaryLoader(oid, context)

    def load(self, data: Buffer) -> int | float:
        return _plain(self._decimal.load(data))


class _Context:
    """Hands the adapters to psycopg."""

    connection = None

    def __init__(self) -> None:
        self.adapters = adapters()


def _settings(dsn: str) -> dict[str, Any]:
    told = conninfo_to_dict(dsn)
    return {
        **{name: value for name, value in _LOST.items() if name not in told},
        "autocommit": True,
        "connect_timeout": CONNECT_S,
        "cursor_factory": psycopg.RawCursor,
        "context": _Context(),
    }


def connected(dsn: str) -> Connection:
    """Open a connection outside of any pool, and without limits for its statements, as migrations want it."""
    return Connection.connect(dsn, **_settings(dsn))


def pool_of(dsn: str, connections: int) -> ConnectionPool[Connection]:
    """Make a pool of connections with the house's settings; at most `connections` of them."""
    return ConnectionPool(
        dsn,
        connection_class=Connection,
        min_size=1,
        max_size=connections,
        kwargs=_settings(dsn),
        configure=_configured,
        timeout=CONNECT_S,
        reconnect_timeout=RECONNECT_S,
        open=True,
        name="folkmoot",
    )


def _configured(connection: Connection) -> None:
    connection.execute(SESSION.encode())
