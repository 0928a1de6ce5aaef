"""What may a setting's text be? One function for each kind; a ValueError says what is wrong with the text."""

import ipaddress
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

E = TypeVar("E", bound=StrEnum)

_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?")


class Role(StrEnum):
    """Which processes run here."""

    ALL = "all"
    WEB = "web"
    WORK = "work"


class LogLevel(StrEnum):
    """The least serious event that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How events are written."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks and single addresses, as they were written."""

    text: str
    networks: tuple[Network, ...]


LOOPBACK = Networks("127.0.0.0/8, ::1", (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1")))


@dataclass(frozen=True, slots=True)
class Listen:
    """A host (a name or an address, IPv6 without brackets) and a port."""

    host: str
    port: int

    @property
    def pair(self) -> tuple[str, int]:
        return self.host, self.port

    @property
    def text(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def default_data_folder() -> Path:
    named = os.environ.get("XDG_DATA_HOME", "")
    return (Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share") / "folkmoot"


def default_workers() -> int:
    """Count the cores that this process may use: in a container they are fewer than the machine's."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(2, cores or 2)


def folder(text: str, base: Path) -> Path:
    if not text.strip():
        raise ValueError("empty")
    return base / Path(text).expanduser()


def listen_address(text: str, _base: Path) -> Listen:
    host, colon, port_text = text.rpartition(":")
    if not colon:
        host = "127.0.0.1"
    elif host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
        if not _is_ip(host, version=6):
            raise ValueError(f"{text!r} holds no address of IPv6 between its brackets")
    elif not (_is_ip(host, version=4) or _HOST.fullmatch(host)):
        raise ValueError(f"{text!r} is no address")
    if not (port_text.isascii() and port_text.isdecimal() and int(port_text) <= 65_535):
        raise ValueError(f"{text!r} ends with no port between 0 and 65535")
    return Listen(host, int(port_text))


def _is_ip(text: str, *, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


def networks(text: str, _base: Path) -> Networks:
    if text.strip() == "none":
        return Networks("none", ())
    parts = [part.strip() for part in text.split(",")]
    try:
        return Networks(", ".join(parts), tuple(ipaddress.ip_network(part) for part in parts))
    except ValueError as error:
        raise ValueError(f"{text!r} is no list of networks: {error}") from None


def site_url(text: str, _base: Path) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{text!r} is no address that begins with https:// or http://")
    if parts.path not in ("", "/") or parts.query or parts.fragment or "?" in text or "#" in text:
        raise ValueError(f"{text!r} has more than scheme, host and port")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a name or password stands before the host")
    host = parts.hostname
    if not (_HOST.fullmatch(host) or _is_ip(host, version=6)):
        raise ValueError(f"{host!r} is no host name (international ones are written as xn--…)")
    port = "" if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def contact(text: str, _base: Path) -> str:
    if not re.fullmatch(r"(https://|mailto:|tel:)[!-~]+", text):
        raise ValueError(f"{text!r} is no address that begins with mailto:, https:// or tel:")
    return text


def database(text: str, base: Path) -> str:
    if not text.strip():
        raise ValueError("empty")
    if text.startswith(("postgresql://", "postgres://")):
        return text
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text):
        raise ValueError(f"{without_password(text)!r} is neither a file nor postgresql://…")
    return str(base / Path(text).expanduser())


def without_password(dsn: str) -> str:
    """Show a database's address to people, with its password as `***`, wherever in it that stands."""
    hidden = re.sub(r"(?<=://)([^/@]*?):[^/]*@", r"\1:***@", dsn)
    return re.sub(r"(?i)([?&](?:password|sslpassword)=)[^&]*", r"\1***", hidden)


def count(least: int, most: int) -> Callable[[str, Path], int]:
    def read(text: str, _base: Path) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            raise ValueError(f"{text!r} is no whole number from {least} to {most}")
        return int(text)

    return read


def choice(kind: type[E]) -> Callable[[str, Path], E]:
    def read(text: str, _base: Path) -> E:
        try:
            return kind(text)
        except ValueError:
            raise ValueError(f"{text!r} is none of {', '.join(kind)}") from None

    return read
