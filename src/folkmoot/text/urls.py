"""Which address is this, in its one canonical form, and which host does it name?

Canonical means: equal links are equal texts, and nothing in the text surprises a reader or a browser. Links to the web
and magnet links only. Hosts keep their script: an international name is neither encoded nor decoded.
"""

import re
import unicodedata
from urllib.parse import quote

from folkmoot.model.limits import URL_MAX_CHARS

_SHAPE = re.compile(r"(https?)://([^/?#]*)([^?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_MAGNET = re.compile(r"magnet:(\?.+)", re.IGNORECASE | re.DOTALL)
_NAMED_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@]+)(?::([0-9]{0,5}))?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_IN_HOST = re.compile(r"[\s\x00-\x20\x7f-\x9f\"#%&'()*,/;<>?@\\^`{|}]")
_ENCODED = frozenset(' "<>\\^`{|}')
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(/[A-Za-z0-9!$&'()*+,./:;=@_~%?#-]*)?")


def canonical_url(url: str) -> str:
    """Return the address of a link in the form in which it is stored and compared.

    White space around it goes, the scheme and the host are written small, credentials and the default port are left
    out, an empty path becomes `/`, and what no address may show as it is (spaces, quotes, braces, invisible characters)
    is percent-encoded. Path, query and fragment are otherwise kept to the letter.

    Raises:
        ValueError: with the reason in one sentence: another scheme than http, https and magnet, no host, a host or port
            that cannot be, a control character, or more than `URL_MAX_CHARS` characters.
    """
    text = url.strip()
    if len(text) > URL_MAX_CHARS:
        raise ValueError(f"an address has at most {URL_MAX_CHARS} characters")
    if plain := _PLAIN.fullmatch(text):
        return text if plain[1] else text + "/"
    if _CONTROL.search(text):
        raise ValueError("an address holds no control characters")
    canonical = _canonical_magnet(text) or _canonical_web(text)
    if len(canonical) > URL_MAX_CHARS:
        raise ValueError(f"an address has at most {URL_MAX_CHARS} characters")
    return canonical


def url_host(url: str) -> str:
    """Return the host that an address names, for people: small, without credentials, port and a leading `www.`.

    Returns:
        An empty text where the address names none (a magnet link, no address at all).
    """
    parts = _SHAPE.fullmatch(url.strip())
    authority = _AUTHORITY.fullmatch(_without_credentials(parts[2])) if parts else None
    if authority is None or not _may_be_host(authority[1]):
        return ""
    return authority[1].lower().removeprefix("www.")


def _canonical_magnet(text: str) -> str | None:
    magnet = _MAGNET.fullmatch(text)
    return "magnet:" + _encoded(magnet[1]) if magnet else None


def _canonical_web(text: str) -> str:
    parts = _SHAPE.fullmatch(text)
    if parts is None:
        named = _NAMED_SCHEME.match(text)
        raise ValueError(
            "an address begins with https://, http:// or magnet:?" + (f", not {named[0]}" if named else "")
        )
    scheme = parts[1].lower()
    path = parts[3] or "/"
    return f"{scheme}://{_canonical_authority(scheme, parts[2])}{_encoded(path + parts[4])}"


def _canonical_authority(scheme: str, text: str) -> str:
    authority = None if "\\" in text else _AUTHORITY.fullmatch(_without_credentials(text))
    if authority is None or not _may_be_host(authority[1]):
        raise ValueError("the address names no host")
    port = (authority[2] or "").lstrip("0")
    if port and int(port) > 65_535:
        raise ValueError("a port is at most 65535")
    host = authority[1].lower()
    return host if port in ("", _DEFAULT_PORTS[scheme]) else f"{host}:{port}"


def _may_be_host(host: str) -> bool:
    """Say whether a browser would take it for a host, also after it has folded wide and other look-alike letters."""
    folded = host if host.isascii() else unicodedata.normalize("NFKC", host)
    return bool(host.strip(".")) and host.isprintable() and not _NOT_IN_HOST.search(folded)


def _without_credentials(authority: str) -> str:
    return authority.rpartition("@")[2]


def _encoded(text: str) -> str:
    return "".join(character if _is_shown(character) else quote(character) for character in text)


def _is_shown(character: str) -> bool:
    return character not in _ENCODED and character.isprintable()
