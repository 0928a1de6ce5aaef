"""How is a finished answer given out again? As it is, or compressed; as a 304 to who has it; everything reckoned once.

The compressed answer has an `ETag` of its own, for it is other bytes.
"""

import re
import zlib
from asyncio import Task
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from starlette.types import Message

GZIP_LEVEL = 4
GZIP_FROM_BYTES = 1_000
"""What is smaller fits into one packet as it is."""
THREAD_FROM_BYTES = 48_000
"""Larger bodies are compressed in a thread: it would take longer than a millisecond."""
SLACK_BYTES = 3_000
"""What the ready headers of one answer cost, about."""

_GZIP_WINDOW = 31
_TAG = re.compile(rb'(?:W/)?("[^"]*")')
_IN_304 = frozenset({b"cache-control", b"etag", b"vary"})
_COMPRESSIBLE = (b"text/", b"application/")

Header = tuple[bytes, bytes]


PageKey = str
"""All that a guest's answer depends on, in one text: whoever asks in a known spelling brings the hash with it."""


class Ready(NamedTuple):
    """One encoding of an answer, as messages that a server takes."""

    tag: bytes
    start: Message
    body: Message
    not_modified: Message

    @property
    def size(self) -> int:
        return len(self.body["body"])


@dataclass(slots=True, eq=False)
class Page:
    """A finished answer.

    `large`: it takes long to make, and to compress. `packed` is None until somebody wanted it compressed; `packing`:
    that is under way.
    """

    plain: Ready
    compressible: bool
    large: bool
    packed: Ready | None = None
    packing: Task[Ready] | None = None


def page_of(headers: Iterable[Header], body: bytes) -> Page:
    """Make ready an answer with status 200.

    Args:
        headers: all of them, names in lower case.
        body: the whole body, not compressed.
    """
    told = dict(headers)
    kind = told.get(b"content-type", b"")
    compressible = len(body) >= GZIP_FROM_BYTES and kind.startswith(_COMPRESSIBLE) and b"content-encoding" not in told
    if compressible:
        told[b"vary"] = told[b"vary"] + b", Accept-Encoding" if b"vary" in told else b"Accept-Encoding"
    return Page(_ready(told, body, told.get(b"etag", b"")), compressible, len(body) >= THREAD_FROM_BYTES)


def pack(page: Page) -> Ready:
    """Compress the answer. May be called in any thread."""
    told = dict(page.plain.start["headers"])
    # neither a name nor a time stands in the result: the same bytes give the same answer in each process
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    body = packer.compress(page.plain.body["body"]) + packer.flush()
    told[b"content-encoding"] = b"gzip"
    return _ready(told, body, page.plain.tag[:-1] + b'-gz"' if page.plain.tag else b"")


def _ready(told: dict[bytes, bytes], body: bytes, tag: bytes) -> Ready:
    told = {**told, b"content-length": str(len(body)).encode()}
    if tag:
        told[b"etag"] = tag
    headers = list(told.items())
    return Ready(
        tag,
        {"type": "http.response.start", "status": 200, "headers": headers},
        {"type": "http.response.body", "body": body},
        {"type": "http.response.start", "status": 304, "headers": [each for each in headers if each[0] in _IN_304]},
    )


def is_known(tag: bytes, asked: bytes) -> bool:
    """Say whether `If-None-Match` names the answer. A proxy that compresses may have made the tag weak."""
    return asked == tag or asked.strip() == b"*" or tag in _TAG.findall(asked)
