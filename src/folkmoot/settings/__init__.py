"""What can be set, and what is it now? Every setting is declared once, in `Settings`, and read once, at the start.

A value is taken from the command line, else from a variable FOLKMOOT_…, else from a TOML file, else it is the default.
"""

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from folkmoot.settings.values import (
    LOOPBACK,
    Listen,
    LogFormat,
    LogLevel,
    Networks,
    Role,
    choice,
    contact,
    count,
    database,
    default_data_folder,
    default_workers,
    folder,
    listen_address,
    networks,
    site_url,
    without_password,
)

T = TypeVar("T")
Read = Callable[[str, Path], T]
"""Turns a text into a value, or raises ValueError that says what is wrong. Relative paths start at the folder given."""

FILE_NAME = "folkmoot.toml"


class SettingFault(Exception):
    """A setting cannot be read; the text names it, what is allowed, and where the value came from."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What is known of a setting besides its name and type; kept as the metadata of its field."""

    read: Read[Any]
    default: Callable[[Mapping[str, Any]], Any]
    default_words: str
    allowed: str
    meaning: str


def declared(
    read: Read[T],
    *,
    default: Callable[[Mapping[str, Any]], T],
    default_words: str,
    allowed: str,
    meaning: str,
) -> T:
    """Declare a setting.

    Args:
        read: turns a text into the value.
        default: makes the value where none is given, from the settings declared before it.
        default_words: the default in words, for the documentation.
        allowed: what may stand there, with its unit.
        meaning: what it does, in a sentence or two.
    """
    facts = Declared(read, default, default_words, allowed, meaning)
    field: T = dataclasses.field(metadata={"declared": facts})
    return field


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of a process."""

    data: Path = declared(
        folder,
        default=lambda _: default_data_folder(),
        default_words="`$XDG_DATA_HOME/folkmoot`, or `~/.local/share/folkmoot`",
        allowed="a folder",
        meaning="Where this site keeps what it must not lose. It is made when it is not there.",
    )
    listen: Listen = declared(
        listen_address,
        default=lambda _: Listen("127.0.0.1", 8536),
        default_words="`127.0.0.1:8536`",
        allowed="`HOST:PORT`, `[IPv6]:PORT` or `PORT`; port 0 takes a free one",
        meaning="The address at which the web processes take connections. `0.0.0.0:8536` is open to every machine.",
    )
    url: str = declared(
        site_url,
        default=lambda so_far: f"http://localhost:{so_far['listen'].port}",
        default_words="`http://localhost:PORT`, with the port of `listen`",
        allowed="`https://HOST`, or `http://HOST:PORT` for trials; no path",
        meaning="The public address of the site: what links, exports and other servers use. It may change until the "
        "first exchange with another server.",
    )
    database: str = declared(
        database,
        default=lambda so_far: str(so_far["data"] / "folkmoot.db"),
        default_words="`folkmoot.db` in the data folder",
        allowed="a file of SQLite, or `postgresql://USER:PASSWORD@HOST/NAME`",
        meaning="Where the database is. A PostgreSQL database must be there, and may be empty.",
    )
    workers: int = declared(
        count(1, 256),
        default=lambda _: default_workers(),
        default_words="one for each core, at least 2",
        allowed="processes, 1 to 256",
        meaning="How many web processes serve.",
    )
    role: Role = declared(
        choice(Role),
        default=lambda _: Role.ALL,
        default_words="`all`",
        allowed="`all`, `web` or `work`",
        meaning="Which processes run here: the web processes and the worker process, or one kind alone. On PostgreSQL "
        "any number of machines may run either; one worker process is enough for all.",
    )
    page_cache: int = declared(
        count(0, 65_536),
        default=lambda _: 20,
        default_words="20",
        allowed="megabytes, 0 to 65536",
        meaning="How much of finished answers each web process keeps for other guests. With 0 none is kept, and no "
        "answer is compressed: for measuring, and for finding faults.",
    )
    part_cache: int = declared(
        count(0, 65_536),
        default=lambda _: 20,
        default_words="20",
        allowed="megabytes, 0 to 65536",
        meaning="How much of the pieces that answers are made of each web process keeps. With 0 none is kept.",
    )
    crawl_budget: int = declared(
        count(0, 1_000_000_000),
        default=lambda _: 1_000,
        default_words="1000",
        allowed="pages; 0 counts nobody",
        meaning="How many pages the guests of one network may ask for at once, before they are told to wait. Answers "
        "that are kept already are not counted.",
    )
    crawl_refill: int = declared(
        count(1, 1_000_000_000),
        default=lambda _: 300,
        default_words="300",
        allowed="pages a minute, from 1",
        meaning="How quickly the crawl budget fills again.",
    )
    trusted_proxies: Networks = declared(
        networks,
        default=lambda _: LOOPBACK,
        default_words="`127.0.0.0/8, ::1`",
        allowed="addresses and networks with commas between them, or `none`",
        meaning="Proxies whose `X-Forwarded-For` is believed. Whose request comes from elsewhere is who its connection "
        "comes from; where a trusted proxy does not say for whom it asks, no crawl budget is counted.",
    )
    stop_timeout: int = declared(
        count(0, 3600),
        default=lambda _: 30,
        default_words="30",
        allowed="seconds, 0 to 3600",
        meaning="How long a stop waits for requests in flight before it cuts them off.",
    )
    security_contact: str = declared(
        contact,
        default=lambda _: "",
        default_words="none; then there is no such file",
        allowed="an address that begins with `mailto:`, `https://` or `tel:`",
        meaning="Where to report a hole in the site's security; `/.well-known/security.txt` tells it.",
    )
    log_level: LogLevel = declared(
        choice(LogLevel),
        default=lambda _: LogLevel.INFO,
        default_words="`info`",
        allowed="`debug`, `info`, `warning` or `error`",
        meaning="The least serious event that is logged. The log goes to standard error.",
    )
    log_format: LogFormat = declared(
        choice(LogFormat),
        default=lambda _: LogFormat.AUTO,
        default_words="`auto`",
        allowed="`auto`, `text` or `json`",
        meaning="How events are written: for people, or one JSON object a line. `auto` is text at a terminal, "
        "JSON elsewhere.",
    )


SETTINGS: dict[str, Declared] = {field.name: field.metadata["declared"] for field in dataclasses.fields(Settings)}


def flag_of(name: str) -> str:
    return "--" + name.replace("_", "-")


def variable_of(name: str) -> str:
    return "FOLKMOOT_" + name.upper()


class Source(Enum):
    """Where a value came from, the first that has one."""

    FLAG = "flag"
    VARIABLE = "variable"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value came from: `place` is the flag, the variable's name, or the file's path."""

    source: Source
    place: str = ""

    @property
    def words(self) -> str:
        return f"{self.source.value} {self.place}".rstrip()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings, and where each came from."""

    settings: Settings
    origins: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class _Given:
    text: str
    origin: Origin
    base: Path


def resolve(flags: Mapping[str, str | None], environ: Mapping[str, str], cwd: Path) -> Resolved:
    """Find every setting's value.

    Args:
        flags: what the command line gave, by the setting's name; also `config`, a TOML file's path.
        environ: the process's variables; an empty one counts as not set.
        cwd: where relative paths of flags and variables start. Those of a file start at the file's folder.

    Raises:
        SettingFault: a value, a name in the file, or the file itself is wrong.
    """
    direct = {name: given for name in SETTINGS if (given := _given_directly(name, flags, environ, cwd)) is not None}
    from_file = _file_values(_config_path(flags, environ, cwd), _value("data", direct.get("data"), {}))
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name in SETTINGS:
        given = direct.get(name) or from_file.get(name)
        values[name] = _value(name, given, values)
        origins[name] = given.origin if given else Origin(Source.DEFAULT)
    return Resolved(Settings(**values), origins)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that look like settings and are none: perhaps misspelled."""
    known = {variable_of(name) for name in SETTINGS} | {"FOLKMOOT_CONFIG", "FOLKMOOT_ENV"}
    return sorted(
        name
        for name in environ
        if name.startswith("FOLKMOOT_") and not name.startswith("FOLKMOOT_TEST_") and name not in known
    )


def _given_directly(name: str, flags: Mapping[str, str | None], environ: Mapping[str, str], cwd: Path) -> _Given | None:
    flag = flags.get(name)
    if flag is not None:
        return _Given(flag, Origin(Source.FLAG, flag_of(name)), cwd)
    variable = environ.get(variable_of(name))
    if variable:
        return _Given(variable, Origin(Source.VARIABLE, variable_of(name)), cwd)
    return None


def _value(name: str, given: _Given | None, so_far: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- of the setting's type
    facts = SETTINGS[name]
    if given is None:
        return facts.default(so_far)
    try:
        return facts.read(given.text, given.base)
    except ValueError as error:
        raise SettingFault(f"{name}: {error}; allowed: {plain(facts.allowed)} ({given.origin.words})") from error


def shown(settings: Settings, name: str) -> str:
    """Show a setting's value to people, without passwords."""
    value = getattr(settings, name)
    if isinstance(value, Listen | Networks):
        return value.text
    return without_password(str(value)) if name == "database" else str(value)


def plain(text: str) -> str:
    """Take the Markdown out of a description, for the terminal."""
    return text.replace("`", "")


def _config_path(flags: Mapping[str, str | None], environ: Mapping[str, str], cwd: Path) -> Path | None:
    named = flags.get("config") or environ.get("FOLKMOOT_CONFIG")
    return cwd / Path(named).expanduser() if named else None


def _file_values(named: Path | None, data: Path) -> dict[str, _Given]:
    """Read the file that was named, which must be there, else the one in the data folder, which need not."""
    path = named or data / FILE_NAME
    try:
        table = tomllib.loads(path.read_text())
    except (FileNotFoundError, NotADirectoryError) as error:
        if named is None:
            return {}
        raise SettingFault(f"config: there is no file {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingFault(f"config: {path} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingFault(f"config: {path} is not TOML: {error}") from error
    return {name: _file_value(path, name, value, in_data_folder=named is None) for name, value in table.items()}


def _file_value(path: Path, name: str, value: object, *, in_data_folder: bool) -> _Given:
    if name not in SETTINGS:
        raise SettingFault(f"{name}: there is no such setting; known are {', '.join(SETTINGS)} (file {path})")
    if name == "data" and in_data_folder:
        raise SettingFault(f"data: a file in the data folder cannot say where that folder is (file {path})")
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise SettingFault(
            f"{name}: neither a text nor a whole number; allowed: {plain(SETTINGS[name].allowed)} (file {path})"
        )
    return _Given(str(value), Origin(Source.FILE, str(path)), path.parent)
