"""How is a finished document sent? The HTTP rules that all forms share: `ETag`, 304, HEAD, caching."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from folkmoot.doors.depends import Depends

ASK_FIRST = "public, no-cache"
"""Anybody may keep it, and asks whether it is still so before showing it."""
NEGOTIATED = "Accept, Accept-Language, Cookie"
"""What the answer of an address with many forms depends on."""

DEPENDS = "folkmoot.depends"
"""Under this name a request's scope holds what its answer depends on."""

_TAG = re.compile(r'(?:W/)?("[^"]*")')


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
        headers: what else to tell.
        status: only 200 can become 304.
        depends: what it shows, where it may be kept for other guests; caches find it in the request's scope.
    """
    if depends is not None:
        request.scope[DEPENDS] = depends
    content, digest = body if isinstance(body, Whole) else (body, digest_of(body))
    tag = f'"{digest.hex()[:32]}"'
    told = {"cache-control": ASK_FIRST, "etag": tag, **headers}
    if status == 200 and _knows(request, tag):
        return Response(status_code=304, headers=told)
    told |= {"content-type": media_type, "content-length": str(len(content))}
    return Response(b"" if request.method == "HEAD" else content, status, headers=told)


def digest_of(*parts: bytes) -> bytes:
    """Give what tells bytes from all others. A long part may be given as the digest of it: so it is not read again."""
    return hashlib.sha256(b"".join(parts)).digest()


def _knows(request: Request, tag: str) -> bool:
    asked = ",".join(request.headers.getlist("if-none-match"))
    if not asked:
        return False
    return asked.strip() == "*" or tag in _TAG.findall(asked)
