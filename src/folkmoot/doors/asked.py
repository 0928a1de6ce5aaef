"""What does a request ask for? Many spellings, one answer: the key under which a finished answer is kept."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.routing import compile_path

from folkmoot.doors.finished import PageKey
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.negotiate import Form, wanted_form
from folkmoot.doors.web.appearance import html_attributes, look_of
from folkmoot.doors.web.i18n import choose

SESSION_COOKIES = ("jwt", "__Host-", "__Secure-")
"""How the names of cookies begin that say who somebody is; whoever sends one is no guest."""

_SPELLINGS = 2_000
_SPELLING_MAX_CHARS = 1_500

Spelling = tuple[str, bytes, bytes | None, bytes | None, bytes | None, bytes | None]
"""Path, query, `Accept`, `Accept-Language`, `Accept-Encoding`, `Cookie`: as they were sent."""


class Asked(NamedTuple):
    """What a request asks for.

    `key` is None where the answer may not be kept: nobody gets it but who asked. `gzip`: whether it may be compressed.
    """

    key: PageKey | None
    gzip: bool


class Spellings:
    """Knows the guests' addresses, and remembers a bounded number of spellings that were asked for."""

    def __init__(self, addresses: Sequence[GuestAddress]) -> None:
        self._addresses = [(compile_path(address.path)[0], address) for address in addresses]
        self.young: dict[Spelling, Asked | None] = {}
        """What was asked for lately. Look here first."""
        self._old: dict[Spelling, Asked | None] = {}

    def understood(self, spelling: Spelling) -> Asked | None:
        """Say what is asked for; None: that is no address of guests."""
        if spelling in self.young:
            return self.young[spelling]
        asked = self._old[spelling] if spelling in self._old else self._read(spelling)
        if sum(len(part or "") for part in spelling) <= _SPELLING_MAX_CHARS:
            if len(self.young) >= _SPELLINGS:
                self._old, self.young = self.young, {}
            self.young[spelling] = asked
        return asked

    def _read(self, spelling: Spelling) -> Asked | None:
        path, query, accept, accepted_language, accepted_encoding, cookie = spelling
        address = next((address for pattern, address in self._addresses if pattern.match(path)), None)
        if address is None:
            return None
        gzip = wants_gzip((accepted_encoding or b"").decode("latin-1"))
        forms = _forms((accept or b"").decode("latin-1"), address.forms)
        cookies = (cookie or b"").decode("latin-1")
        if not address.kept or forms is None or _has_session(cookies):
            return Asked(None, gzip)
        params = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        language = choose(dict(params).get("lang"), (accepted_language or b"").decode("latin-1"))
        told = sorted((pair for pair in params if pair[0] in address.params), key=lambda pair: pair[0])
        liked = [form and form.value for form in forms]
        return Asked(repr((path, told, liked, language.tag, html_attributes(look_of(cookies)))), gzip)


def _forms(accept: str, offered: tuple[Form, ...]) -> tuple[Form, Form | None] | None:
    """Choose as the doors do: one that has no ActivityPub object chooses again among the others."""
    if len(offered) == 1:
        return offered[0], None
    best = wanted_form(accept, offered)
    if best is None:
        return None
    readable = tuple(form for form in offered if form is not Form.ACTIVITY)
    return best, wanted_form(accept, readable) if best is Form.ACTIVITY else best


def _has_session(cookies: str) -> bool:
    return any(pair.strip().startswith(SESSION_COOKIES) for pair in cookies.split(";"))


def wants_gzip(accepted: str) -> bool:
    """Say whether `Accept-Encoding` likes gzip at least as well as plain bytes.

    Source: RFC 9110, 12.5.3.
    """
    weights = dict(_weighed(part) for part in accepted.lower().split(",") if part.strip())
    gzip = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip > 0 and gzip >= weights.get("identity", 0.0)


def _weighed(part: str) -> tuple[str, float]:
    coding, _, parameter = part.partition(";")
    name, _, weight = parameter.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1.0
    try:
        return coding.strip(), float(weight)
    except ValueError:
        return coding.strip(), 0.0
