"""One address, many forms: what is at `/post/7`, `/post/7.txt`, `/comment/9`? See `docs/forms.md`."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.activities import Elsewhere, Object
from folkmoot.doors.caches import Key
from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import ASK_FIRST, NEGOTIATED, document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.negotiate import SUFFIXES, Form
from folkmoot.doors.thread_forms import (
    MEDIA_TYPES,
    TEXTS,
    Made,
    Reading,
    made_of,
)
from folkmoot.doors.thread_things import CommentThing, PostThing, Thing, page_key
from folkmoot.doors.web.asked import asked_of
from folkmoot.doors.web.reading import frame_for
from folkmoot.doors.web.talk_pages import Shown, TalkPages
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.model.times import http_date
from folkmoot.queries.site import site
from folkmoot.queries.talk import CONTEXT_LEVELS, Wish
from folkmoot.queries.thread import Manner
from folkmoot.queries.views import CommentSort

ADDRESSES = (
    GuestAddress("/post/{name}", ("sort", "all", "from"), tuple(Form)),
    GuestAddress("/comment/{name}", ("sort", "all", "from", "context"), tuple(Form)),
)

LARGE_AT_ONCE = 1
"""So many large threads are rendered at once in a process: each takes tens of megabytes while it is."""

_NAME = re.compile(r"([1-9][0-9]{0,9})(\.[a-z]+)?")
_ID = re.compile(r"[1-9][0-9]{0,9}")
_ID_MAX = 2**31 - 1
_SORTS = {sort.value: sort for sort in CommentSort}
_FORMS = tuple(Form)
_READABLE = tuple(form for form in Form if form is not Form.ACTIVITY)
_SAFE_IN_LOCATION = ":/%#?=@[]!$&'()*+,;~"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `suffix` names one form; without it the client's `Accept` chooses."""

    thing: Thing
    suffix: Form | None

    def form(self, request: Request) -> Form | None:
        """The form that the client gets of those that there are; None: 406."""
        return self.suffix or asked_of(request, _FORMS).form

    def readable_form(self, request: Request) -> Form | None:
        """The form that the client gets where the thing has no ActivityPub object; None: 406."""
        return self.suffix or asked_of(request, _FORMS).readable

    @property
    def headers(self) -> dict[str, str]:
        """What every answer at this address says."""
        return {"cache-control": ASK_FIRST} if self.suffix else {"cache-control": ASK_FIRST, "vary": NEGOTIATED}


@dataclass(frozen=True, slots=True)
class Formed:
    """A form of a thread other than its page."""

    form: Form
    made: Made


class _Large(Exception):
    """A thread is too large to be made while others wait."""


Found = Object | Elsewhere | Shown | Formed | None
"""A document; an address elsewhere; a page; another form; nothing in an acceptable form."""


def routes(context: WebContext) -> list[Route]:
    """Return the routes of posts and comments, in all their forms, for GET and HEAD."""
    desk = _Desk(context)
    return [
        Route("/post/{name}", desk.endpoint(lambda number: PostThing(PostId(number)))),
        Route("/comment/{name}", desk.endpoint(lambda number: CommentThing(CommentId(number)))),
    ]


class _Desk:
    """Answers requests for threads and comments."""

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._pages = TalkPages(context.kept)
        self._forms = context.kept.pieces
        self._turns = asyncio.Semaphore(LARGE_AT_ONCE)

    def endpoint(self, thing: Callable[[int], Thing]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            number, suffix = _parsed(request.path_params["name"])
            asked = Asked(thing(number), suffix)
            kept = self._kept(request, asked)
            if kept is not None:
                return kept
            try:
                return await self._context.read(lambda: self._answer(request, asked))
            except _Large:
                async with self._turns:
                    return await self._context.read(lambda: self._answer(request, asked, large=True), large=True)

        return endpoint

    def _kept(self, request: Request, asked: Asked) -> Response | None:
        """Give the answer that is asked for, if it is kept; nothing is read."""
        form, wish, now = asked.form(request), _wish(request), self._context.clock()
        if form is Form.HTML:
            means = asked_of(request, _FORMS)
            page = self._pages.page(page_key(asked.thing, wish, means.language, means.look), now)
            return None if page is None else self._page_sent(request, asked, page)
        if form is None or form is Form.ACTIVITY:
            return None
        made: Made | None = self._forms.get(_form_key(asked, form, wish), now)
        return None if made is None else self._form_sent(request, asked, Formed(form, made))

    def _answer(self, request: Request, asked: Asked, *, large: bool = False) -> Response:
        """Read and make the answer.

        Raises:
            _Large: it takes longer than others should wait for, and `large` does not say that nobody does.
        """
        since = self._pages.generation()
        try:
            with self._context.db.read() as reader:
                if not large and asked.thing.is_large(reader):
                    raise _Large
                found = self._found(request, asked, reader, since)
        except NotFound as refusal:
            return _not_found(request, asked, refusal.code)
        match found:
            case Object():
                return _object_sent(request, asked, found)
            case Elsewhere(uri=uri):
                return Response(status_code=308, headers={**asked.headers, "location": _location(uri)})
            case Shown():
                return self._page_sent(request, asked, found)
            case Formed():
                return self._form_sent(request, asked, found)
            case None:
                return _not_acceptable(request, asked)

    def _found(self, request: Request, asked: Asked, reader: Reader, since: int) -> Found:
        context, thing = self._context, asked.thing
        form = asked.form(request)
        if form is None or form is Form.ACTIVITY:
            activity = thing.activity(reader, site_url=context.site_url)
            if form is None or activity is not None:
                return activity if form else None
            form = asked.readable_form(request)
            if form is None:
                return None
        wish, now = _wish(request), context.clock()
        if form is Form.HTML:
            frame = frame_for(request, context, site(reader))
            return thing.page(reader, self._pages, frame, wish=wish, now=now, since=since)
        manner = Manner(CommentSort.HOT, TEXTS[form])
        if form is Form.TEXT:  # it keeps imported things as they were shown, whatever the order of the others
            manner = manner._replace(later=wish.sort or CommentSort.HOT)
        sort = CommentSort.SHOWN if form is Form.TEXT else wish.sort
        view = thing.thread(reader, sort=sort, now=now, manner=manner)
        made = made_of(Reading(form, view, context.site_url))
        key = _form_key(asked, form, wish)
        self._forms.put(key, made, size=len(made.body.content), depends=made.depends, since=since)
        return Formed(form, made)

    def _page_sent(self, request: Request, asked: Asked, page: Shown) -> Response:
        address = asked.thing.address(self._context.site_url)
        headers = {**asked.headers, "link": _links(address, activity=page.activity)}
        return document(request, page.body, MEDIA_TYPES[Form.HTML], headers=headers, depends=page.depends)

    def _form_sent(self, request: Request, asked: Asked, found: Formed) -> Response:
        headers, made = dict(asked.headers), found.made
        if made.newest is not None:
            headers["last-modified"] = http_date(Micros(min(made.newest, self._context.clock())))
        return document(request, made.body, MEDIA_TYPES[found.form], headers=headers, depends=made.depends)


def _form_key(asked: Asked, form: Form, wish: Wish) -> Key:
    """Say what a form is kept under: it is always whole, so of a wish only the order counts."""
    return "form", form, asked.thing, wish.sort


def _parsed(name: str) -> tuple[int, Form | None]:
    """Take `7.txt` apart. An id has one spelling, and there are no other suffixes."""
    found = _NAME.fullmatch(name)
    if found is None or int(found[1]) > _ID_MAX or (found[2] or ".txt") not in SUFFIXES:
        raise HTTPException(404)
    return int(found[1]), SUFFIXES[found[2]] if found[2] else None


def _wish(request: Request) -> Wish:
    """Read what is wished for; what makes no sense is as if it were not there."""
    params = asked_of(request, _FORMS).params
    if not params:
        return _USUAL
    start, context = params.get("from", ""), params.get("context", "")
    known = _ID.fullmatch(start) is not None and int(start) <= _ID_MAX
    wish = Wish(
        sort=_SORTS.get(params.get("sort", "")),
        start=CommentId(int(start)) if known else None,
        whole=params.get("all") == "1",
    )
    shown = context in _CONTEXTS
    return replace(wish, context=int(context)) if shown else wish


_USUAL = Wish()
_CONTEXTS = frozenset(str(levels) for levels in range(CONTEXT_LEVELS + 1))


def _object_sent(request: Request, asked: Asked, found: Object) -> Response:
    status = 410 if found.gone else 200
    return document(request, found.body, MEDIA_TYPES[Form.ACTIVITY], headers=asked.headers, status=status)


def _links(address: str, *, activity: bool) -> str:
    """Say which other forms the thing has."""
    return (_LINKS_WITH_ACTIVITY if activity else _LINKS).replace("{}", address)


_LINKS = ", ".join(f'<{{}}{suffix}>; rel="alternate"; type="{form.value}"' for suffix, form in SUFFIXES.items())
_LINKS_WITH_ACTIVITY = f'<{{}}>; rel="alternate"; type="{Form.ACTIVITY.value}", {_LINKS}'


def _not_found(request: Request, asked: Asked, code: str) -> Response:
    form = asked.form(request)
    headers = {**asked.headers, "cache-control": "no-store"}
    if form is None or form is Form.HTML:
        raise HTTPException(404, headers=headers)
    if form is Form.JSON or form is Form.ACTIVITY:
        return document(request, json.dumps({"error": code}).encode(), "application/json", headers=headers, status=404)
    return document(request, f"{code}\n".encode(), MEDIA_TYPES[Form.TEXT], headers=headers, status=404)


def _not_acceptable(request: Request, asked: Asked) -> Response:
    """Name the forms that there are, a line each."""
    body = "".join(f"{form.value}\n" for form in _READABLE).encode()
    headers = {**asked.headers, "cache-control": "no-store"}
    return document(request, body, MEDIA_TYPES[Form.TEXT], headers=headers, status=406)


def _location(uri: str) -> str:
    return quote(uri, safe=_SAFE_IN_LOCATION)
