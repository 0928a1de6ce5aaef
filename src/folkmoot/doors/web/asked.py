"""What does a request ask for? Many spellings, one meaning, understood once: the page cache and the doors go by it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.routing import compile_path

from folkmoot.doors.finished import PageKey
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.negotiate import SUFFIXES, Form, wanted_form
from folkmoot.doors.web.appearance import Look, html_attributes, look_of
from folkmoot.doors.web.i18n import Language, choose

ASKED = "folkmoot.asked"
"""Under this name a request's scope holds what it asks for, where a guest can read the address."""

SESSION_COOKIES = ("jwt", "__Host-", "__Secure-")
"""How the names of cookies begin that say who somebody is; whoever sends one is no guest."""

_SPELLINGS = 2_000
_SPELLING_MAX_CHARS = 1_500

Spelling = tuple[str, bytes, bytes | None, bytes | None, bytes | None, bytes | None]
"""Path, query, `Accept`, `Accept-Language`, `Accept-Encoding`, `Cookie`: as they were sent."""


class Asked(NamedTuple):
    """What a request asks for.

    `key` is None where the answer may not be kept: nobody gets it but who asked. `gzip`: whether it may be compressed.
    `counted`: whether the crawl budget is asked before it is made.
    `form` is the form of those that the address has which the client gets, and `readable` the one that it gets where
    the thing has no ActivityPub object; None: nothing acceptable. `params` are the parameters that count.
    """

    key: PageKey | None
    gzip: bool
    counted: bool
    form: Form | None
    readable: Form | None
    language: Language
    look: Look
    params: Mapping[str, str]


def asked_of(request: Request, offered: tuple[Form, ...] = (Form.HTML,)) -> Asked:
    """Return what the page cache has understood; where none stands before the door, understand it here.

    Args:
        request: of an address that guests can read, or of any other.
        offered: the forms that the address has.
    """
    found: Asked | None = request.scope.get(ASKED)
    return found or _meant(spelling_of(request), GuestAddress("", tuple(request.query_params), offered, kept=False))


def spelling_of(request: Request) -> Spelling:
    """Return how a request is spelled, several headers of a name joined."""
    told = request.headers.getlist
    joined = (
        ("," if name != "cookie" else ";").join(told(name)).encode("latin-1")
        for name in ("accept", "accept-language", "accept-encoding", "cookie")
    )
    scope = request.scope
    return (scope["path"], scope["query_string"], *joined)


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
        path = spelling[0]
        address = next((address for pattern, address in self._addresses if pattern.match(path)), None)
        return None if address is None else _meant(spelling, address)


def _meant(spelling: Spelling, address: GuestAddress) -> Asked:
    path, query, *headers = spelling
    accept, accepted_language, accepted_encoding, cookies = ((sent or b"").decode("latin-1") for sent in headers)
    sent = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    language, look = choose(dict(sent).get("lang"), accepted_language), look_of(cookies)
    told = sorted((pair for pair in sent if pair[0] in address.params), key=lambda pair: pair[0])
    form, readable = _forms(path, accept, address.forms)
    key = None
    if address.kept and form is not None and not _has_session(cookies):
        liked = [form.value, readable and readable.value]
        key = repr((path, told, liked, language.tag, html_attributes(look)))
    return Asked(key, wants_gzip(accepted_encoding), address.counted, form, readable, language, look, dict(told))


def _forms(path: str, accept: str, offered: tuple[Form, ...]) -> tuple[Form | None, Form | None]:
    """Choose as the doors do: by the suffix; one that has no ActivityPub object chooses again among the others."""
    if len(offered) == 1:
        return offered[0], offered[0]
    suffix = suffix_of(path)
    if suffix in SUFFIXES:
        return SUFFIXES[suffix], SUFFIXES[suffix]
    best = wanted_form(accept, offered)
    if best is not Form.ACTIVITY:
        return best, best
    return best, wanted_form(accept, tuple(form for form in offered if form is not Form.ACTIVITY))


def suffix_of(path: str) -> str:
    """Return what follows the first dot of an address's last name; nothing where the name is of another server."""
    name = path.rpartition("/")[2]
    return "" if "@" in name else "".join(name.partition(".")[1:])


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
