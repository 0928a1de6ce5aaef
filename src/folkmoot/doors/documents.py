"""How is a finished document sent? The HTTP rules that all forms share: `ETag`, 304, HEAD, caching."""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from folkmoot.doors.depends import Depends
from folkmoot.doors.finished import is_known

ASK_FIRST = "public, no-cache"
"""Anybody may keep it, and asks whether it is still so before showing it."""
NEGOTIATED = "Accept, Accept-Language, Cookie"
"""What the answer of an address with many forms depends on."""

DEPENDS = "folkmoot.depends"
"""Under this name a request's scope holds what its answer depends on."""

_ASK_FIRST = ASK_FIRST.encode()


class Whole(NamedTuple):
    """A document whose `digest_of` is known already: of all of it, or of its parts, always parted in the same way."""

    content: bytes
    digest: bytes


def document(
    request: Request,
    body: bytes | Whole,
    media_type: str,
    *,
    headers: Mapping[str, str],
    status: int = 200,
    depends: Depends | None = None,
) -> Response:
    """Give the bytes with their strong `ETag`; 304 to whoever has them, no body to a HEAD.

    `If-Modified-Since` is not looked at: a vote, or the restoring of a text, leaves no time that could be compared.

    Args:
        request: what is answered.
        body: the whole document.
        media_type: as `Content-Type` says it.
        headers: what else to tell, names in lower case.
        status: only 200 can become 304.
        depends: what it shows, where it may be kept for other guests; caches find it in the request's scope.
    """
    if depends is not None:
        request.scope[DEPENDS] = depends
    content, digest = body if isinstance(body, Whole) else (body, digest_of(body))
    tag = f'"{digest.hex()[:32]}"'.encode()
    told = {b"cache-control": _ASK_FIRST, b"etag": tag}
    for name, value in headers.items():
        told[name.encode()] = value.encode("latin-1")
    if status == 200 and _knows(request, tag):
        return _Finished(b"", 304, told)
    told[b"content-type"] = media_type.encode()
    told[b"content-length"] = str(len(content)).encode()
    return _Finished(b"" if request.method == "HEAD" else content, status, told)


class _Finished(Response):
    """A response whose headers are as they are sent: the base would take each apart and look for what is missing."""

    def __init__(self, content: bytes, status: int, told: Mapping[bytes, bytes]) -> None:
        self.status_code = status
        self.body = content
        self.raw_headers = list(told.items())
        self.background = None


def digest_of(*parts: bytes) -> bytes:
    """Give what tells bytes from all others. A long part may be given as the digest of it: so it is not read again."""
    return hashlib.sha256(parts[0] if len(parts) == 1 else b"".join(parts)).digest()


def _knows(request: Request, tag: bytes) -> bool:
    asked = [value for name, value in request.scope["headers"] if name == b"if-none-match"]
    return bool(asked) and is_known(tag, b",".join(asked))
