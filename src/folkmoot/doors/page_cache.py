"""Has somebody asked for exactly this lately? Finished answers for guests, given out before anything else runs.

It stands in front of the whole application: what is kept has all its headers. Answers are made one at a time for each
key, in a task of their own, so that somebody who hangs up takes nothing from those who wait for the same. A large
answer that was touched and is still asked for is made anew before it ends, so that nobody waits for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from folkmoot.doors.depends import Depends
from folkmoot.doors.documents import DEPENDS
from folkmoot.doors.finished import (
    SLACK_BYTES,
    THREAD_FROM_BYTES,
    Header,
    Page,
    PageKey,
    Ready,
    is_known,
    pack,
    page_of,
)
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.kept import Kept
from folkmoot.doors.web.asked import ASKED, Spellings
from folkmoot.model.ids import Micros

WAIT_S = 10.0
"""So long somebody waits for an answer that is being made for another; then for their own."""

_EMPTY: Message = {"type": "http.response.body", "body": b""}
_NOT_FOR_THE_MAKER = frozenset({b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"})


Pages = Kept[PageKey, Page]


class Gate(Protocol):
    """Whom to ask before an answer is made."""

    def refused(self, scope: Scope) -> ASGIApp | None:
        """Give who answers instead, or None where the answer may be made."""
        ...


class PageCache:
    """Wraps the application. Whoever tells who they are passes by; what was never told to be kept is not kept."""

    def __init__(
        self,
        app: ASGIApp,
        pages: Pages,
        *,
        addresses: Sequence[GuestAddress],
        clock: Callable[[], Micros],
        gate: Gate,
    ) -> None:
        """Make it empty.

        Args:
            app: what answers.
            pages: where answers are kept; where it has no room, every request is handed on as it came.
            addresses: what guests can read.
            clock: the time.
            gate: asked before an answer is made for somebody.
        """
        self._app = app
        self._pages = pages
        self._keeps = pages.max_bytes > 0
        self._spellings = Spellings(addresses)
        self._clock = clock
        self._gate = gate
        self._making: dict[PageKey, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if len(headers) != len(scope["headers"]):
            # whoever makes the answer sees what the key was made of, and not the first header of a name alone
            headers = _joined(scope["headers"])
            scope = {**scope, "headers": list(headers.items())}
        told = headers.get
        spelling = (
            scope["path"],
            scope["query_string"],
            told(b"accept"),
            told(b"accept-language"),
            told(b"accept-encoding"),
            told(b"cookie"),
        )
        asked = self._spellings.young.get(spelling) or self._spellings.understood(spelling)
        if asked is None:
            await self._app(scope, receive, send)
            return
        scope[ASKED] = asked
        key, pages = asked.key, self._pages
        if key is None or not self._keeps or b"authorization" in headers:
            refuses = self._gate.refused(scope) if asked.counted else None
            await (refuses or self._app)(scope, receive, send)
            return
        now = self._clock()
        page = pages.get(key, now)
        if page is None:
            page = await self._made(key, pages, scope, receive=receive, send=send)
            if page is None:
                return
        elif page.large and pages.ends_soon(key, now) and key not in self._making:
            _ = self._begin(key, pages, scope, _Taken())  # `_making` holds it
        ready = page.plain
        if asked.gzip and page.compressible:
            ready = page.packed or await _packed(key, pages, page)
        known = told(b"if-none-match")
        if known is not None and is_known(ready.tag, known):
            await send(ready.not_modified)
            await send(_EMPTY)
            return
        await send(ready.start)
        await send(ready.body if scope["method"] == "GET" else _EMPTY)

    async def _made(self, key: PageKey, pages: Pages, scope: Scope, *, receive: Receive, send: Send) -> Page | None:
        """Wait for who makes the same; then, where that gave nothing that may be kept, make it.

        Returns:
            None where the request is answered already, for that is no page.
        """
        making = self._making.get(key)
        if making is not None:
            await asyncio.wait([making], timeout=WAIT_S)
            page = pages.get(key, self._clock())
            if page is not None:
                return page
        refuses = self._gate.refused(scope) if scope[ASKED].counted else None
        if refuses is not None:
            await refuses(scope, receive, send)
            return None
        taken = _Taken()
        task = self._begin(key, pages, scope, taken)
        await asyncio.wait([task])
        if taken.page is None:
            for message in taken.messages:
                await send(_EMPTY if scope["method"] == "HEAD" and message["type"] == _EMPTY["type"] else message)
        task.result()  # raises what the application raised after its answer, for the server to see
        return taken.page

    def _begin(self, key: PageKey, pages: Pages, scope: Scope, taken: "_Taken") -> asyncio.Task[None]:
        """Begin to make an answer; whoever asks for the same from now on waits for it."""
        task = asyncio.create_task(self._make(key, pages, scope, taken))
        task.add_done_callback(_seen)
        if self._making.setdefault(key, task) is task:
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return task

    async def _make(self, key: PageKey, pages: Pages, scope: Scope, taken: "_Taken") -> None:
        """Let the application answer a plain GET, and keep what it says may be kept."""
        since = pages.generation()
        headers = [header for header in scope["headers"] if header[0] not in _NOT_FOR_THE_MAKER]
        asks = {**scope, "method": "GET", "headers": headers}
        await self._app(asks, _nothing_more, taken.take)
        taken.finish()
        depends = asks.get(DEPENDS)
        if taken.page is not None and isinstance(depends, Depends):
            pages.put(key, taken.page, size=taken.page.plain.size + SLACK_BYTES, depends=depends, since=since)


class _Taken:
    """An answer of the application, taken down instead of sent."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.page: Page | None = None

    async def take(self, message: Message) -> None:
        self.messages.append(message)

    def finish(self) -> None:
        """Make a page of it, where it is one that could be anybody's."""
        start, *rest = self.messages
        headers: list[Header] = [(bytes(name).lower(), bytes(value)) for name, value in start["headers"]]
        names = [name for name, _ in headers]
        if start["status"] == 200 and b"set-cookie" not in names and len(set(names)) == len(names):
            self.page = page_of(headers, b"".join(message.get("body", b"") for message in rest))


def _joined(headers: Sequence[Header]) -> dict[bytes, bytes]:
    """Join headers that were sent several times: cookies by semicolons, all others by commas."""
    joined: dict[bytes, bytes] = {}
    for name, value in headers:
        between = b"; " if name == b"cookie" else b", "
        joined[name] = joined[name] + between + value if name in joined else value
    return joined


async def _nothing_more() -> Message:
    """Wait for ever: a GET has no body, and nobody hangs up on the maker."""
    return await asyncio.get_running_loop().create_future()  # type: ignore[no-any-return]  # never answered


def _seen(task: asyncio.Task[None]) -> None:
    """Take note of an error, which the application has logged, so that nobody else logs it where all have hung up."""
    if not task.cancelled():
        task.exception()


async def _packed(key: PageKey, pages: Pages, page: Page) -> Ready:
    """Compress once, for all who wait: at once, or in a thread where others would wait for it too."""
    if page.plain.size < THREAD_FROM_BYTES:
        return _grown(key, pages, page, pack(page))
    if page.packing is None:
        page.packing = asyncio.create_task(_packed_in_thread(key, pages, page))
    await asyncio.wait([page.packing])
    return page.packing.result()


async def _packed_in_thread(key: PageKey, pages: Pages, page: Page) -> Ready:
    return _grown(key, pages, page, await asyncio.to_thread(pack, page))


def _grown(key: PageKey, pages: Pages, page: Page, packed: Ready) -> Ready:
    page.packed = packed
    pages.grow(key, page, packed.size)
    return packed
