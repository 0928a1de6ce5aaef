"""Which form of a thing does the client want? Pure: an `Accept` header or a suffix in, a form out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """The forms of one address. The value is the media type, without parameters."""

    HTML = "text/html"
    ACTIVITY = "application/activity+json"
    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    JSON = "application/json"
    RSS = "application/rss+xml"


SUFFIXES = {".txt": Form.TEXT, ".md": Form.MARKDOWN, ".json": Form.JSON, ".rss": Form.RSS}
"""What may follow an id in an address to ask for one form."""

_NAMES = {form.value: form for form in Form} | {"application/ld+json": Form.ACTIVITY}

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 -- RFC 9110's word for it, no secret
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*")+')
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*(;.*)?", re.DOTALL)
_PARAMETER = re.compile(rf'\s*({_TOKEN})\s*=\s*({_TOKEN}|"(?:[^"\\]|\\.)*")\s*')
_PARAMETERS = re.compile(r';((?:[^;"]|"(?:[^"\\]|\\.)*")*)')
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?|\.[0-9]{1,3}")

_EXACT, _TYPE, _ANY = 3, 2, 1

ACCEPT_MAX_CHARS = 1_000
"""No more of an `Accept` is read: quotes that are never closed would cost the square of its length."""


def _quality(parameters: str) -> float | None:
    """The range's weight; None where it is nonsense."""
    for part in _PARAMETERS.findall(parameters):
        if not part.strip():
            continue
        found = _PARAMETER.fullmatch(part)
        if found is None:
            return None
        if found[1].lower() == "q":
            return float(found[2]) if _QUALITY.fullmatch(found[2]) else None
    return 1.0


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    """The well-formed ranges: type, subtype, quality. Nonsense is left out."""
    for element in _ELEMENT.findall(accept):
        found = _RANGE.fullmatch(element)
        if found is None:
            continue
        quality = _quality((found[3] or "").rstrip())
        kind, subtype = found[1].lower(), found[2].lower()
        if quality is not None and (kind != "*" or subtype == "*"):
            yield kind, subtype, quality


def _claims(kind: str, subtype: str) -> Iterator[tuple[Form, int]]:
    """Which forms does one range name, and how closely? A wildcard never means ActivityPub."""
    named = _NAMES.get(f"{kind}/{subtype}")
    if named is not None:
        yield named, _EXACT
    elif subtype == "*":
        closeness = _ANY if kind == "*" else _TYPE
        for form in Form:
            if form is not Form.ACTIVITY and (kind == "*" or form.value.startswith(f"{kind}/")):
                yield form, closeness


@dataclass(frozen=True, slots=True, order=True)
class _Liking:
    """What a client said about one form. The closest range decides; of two as close, the better one."""

    closeness: int
    quality: float
    place: int

    def rank(self, form: Form) -> tuple[float, int, bool, bool, int]:
        return self.quality, self.closeness, form is Form.HTML, form is Form.ACTIVITY, self.place


def wanted_form(accept: str | None, offered: Sequence[Form]) -> Form | None:
    """Choose the form that the client likes best among those that the thing has.

    Of forms with the same quality it is the one that was named more closely; of those HTML, then ActivityPub, then
    the one that was named first. So ActivityPub is given only to who asks for it by name and does not like the page
    as well by name.

    Args:
        accept: the header's value, of which the beginning counts; several headers joined by commas.
        offered: the forms that there are; HTML among them.

    Returns:
        None where the client named types, and none that is offered: answer 406. No header at all and nonsense
        give HTML.

    Source: RFC 9110, 12.5.1; federation handbook, 1.4.
    """
    likings: dict[Form, _Liking] = {}
    sensible = False
    for place, (kind, subtype, quality) in enumerate(_ranges((accept or "")[:ACCEPT_MAX_CHARS])):
        sensible = True
        for form, closeness in _claims(kind, subtype):
            liking = _Liking(closeness, quality, -place)
            likings[form] = max(likings.get(form, liking), liking)
    if not sensible:
        return Form.HTML
    acceptable = [form for form in Form if form in offered and form in likings and likings[form].quality > 0]
    return max(acceptable, key=lambda form: likings[form].rank(form), default=None)
