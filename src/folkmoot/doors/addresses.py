"""One address, many forms: what is at `/post/7`, `/post/7.txt`, `/comment/9`? See `docs/forms.md`."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.activities import Activity, Elsewhere, Object, comment_activity, post_activity
from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import ASK_FIRST, NEGOTIATED, document
from folkmoot.doors.handles import comment_address, post_address
from folkmoot.doors.negotiate import SUFFIXES, Form, wanted_form
from folkmoot.doors.thread_forms import EXACT_TIMES, MEDIA_TYPES, RENDERERS, Reading, newest_moment
from folkmoot.doors.web.i18n import choose
from folkmoot.federation.objects import comment_has_object, post_has_object
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.model.times import http_date
from folkmoot.queries.site import site
from folkmoot.queries.thread import branch, reply, thread
from folkmoot.queries.views import CommentSort, ReplyView, ThreadView

_NAME = re.compile(r"([1-9][0-9]{0,9})(\.[a-z]+)?")
_ID_MAX = 2**31 - 1
_SORTS = {sort.value: sort for sort in CommentSort}
_READABLE = tuple(form for form in Form if form is not Form.ACTIVITY)
_SAFE_IN_LOCATION = ":/%#?=@[]!$&'()*+,;~"


class Thing(Protocol):
    """What an address names."""

    def address(self, context: WebContext) -> str: ...

    def activity(self, reader: Reader, context: WebContext) -> Activity: ...

    def thread(
        self, reader: Reader, context: WebContext, *, sort: CommentSort | None, later: CommentSort
    ) -> ThreadView:
        """Read what is shown: with `later` as the order of what a file did not hold, where the sort is as shown."""
        ...

    def page_elsewhere(self, reader: Reader) -> ReplyView | None:
        """Read the comment whose place in a thread's page is the page of this address; None: it has its own."""
        ...


@dataclass(frozen=True, slots=True)
class _Post:
    post: PostId

    def address(self, context: WebContext) -> str:
        return post_address(context.site_url, self.post)

    def activity(self, reader: Reader, context: WebContext) -> Activity:
        return post_activity(reader, self.post, site_url=context.site_url)

    def thread(
        self, reader: Reader, context: WebContext, *, sort: CommentSort | None, later: CommentSort
    ) -> ThreadView:
        return thread(reader, self.post, sort=sort, later=later, now=context.clock())

    def page_elsewhere(self, reader: Reader) -> ReplyView | None:  # noqa: ARG002 -- as a comment needs it
        return None


@dataclass(frozen=True, slots=True)
class _Comment:
    comment: CommentId

    def address(self, context: WebContext) -> str:
        return comment_address(context.site_url, self.comment)

    def activity(self, reader: Reader, context: WebContext) -> Activity:
        return comment_activity(reader, self.comment, site_url=context.site_url)

    def thread(
        self, reader: Reader, context: WebContext, *, sort: CommentSort | None, later: CommentSort
    ) -> ThreadView:
        return branch(reader, self.comment, sort=sort, later=later, now=context.clock())

    def page_elsewhere(self, reader: Reader) -> ReplyView | None:
        return reply(reader, self.comment)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `suffix` names one form; without it the client's `Accept` chooses."""

    thing: Thing
    suffix: Form | None

    def form(self, request: Request, offered: tuple[Form, ...]) -> Form | None:
        """The form that the client gets of those that there are; None: 406."""
        if self.suffix is not None:
            return self.suffix
        return wanted_form(",".join(request.headers.getlist("accept")), offered)

    @property
    def headers(self) -> dict[str, str]:
        """What every answer at this address says."""
        return {"cache-control": ASK_FIRST} if self.suffix else {"cache-control": ASK_FIRST, "vary": NEGOTIATED}


Found = Object | Elsewhere | ReplyView | Reading | None
"""A document; an address elsewhere; a place in a thread's page; a thread to render; nothing in an acceptable form."""


def routes(context: WebContext) -> list[Route]:
    """Return the routes of posts and comments, in all their forms, for GET and HEAD."""
    return [
        Route("/post/{name}", _endpoint(context, lambda number: _Post(PostId(number)))),
        Route("/comment/{name}", _endpoint(context, lambda number: _Comment(CommentId(number)))),
    ]


def _endpoint(context: WebContext, thing: Callable[[int], Thing]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        number, suffix = _parsed(request.path_params["name"])
        # in a thread: a large tree takes long, and PostgreSQL is waited for
        return await asyncio.to_thread(_answer, context, request, Asked(thing(number), suffix))

    return endpoint


def _parsed(name: str) -> tuple[int, Form | None]:
    """Take `7.txt` apart. An id has one spelling, and there are no other suffixes."""
    found = _NAME.fullmatch(name)
    if found is None or int(found[1]) > _ID_MAX or (found[2] or ".txt") not in SUFFIXES:
        raise HTTPException(404)
    return int(found[1]), SUFFIXES[found[2]] if found[2] else None


def _answer(context: WebContext, request: Request, asked: Asked) -> Response:
    try:
        with context.db.read() as reader:
            found = _found(context, request, asked, reader)
    except NotFound as refusal:
        return _not_found(request, asked, refusal.code)
    match found:
        case Object():
            return _object_sent(request, asked, found)
        case Elsewhere(uri=uri):
            return Response(status_code=308, headers={**asked.headers, "location": _location(uri)})
        case ReplyView():
            return _to_page(context, asked, found)
        case Reading():
            return _form_sent(context, request, asked, found)
        case None:
            return _not_acceptable(request, asked)


def _found(context: WebContext, request: Request, asked: Asked, reader: Reader) -> Found:
    form = asked.form(request, tuple(Form))
    if form is None or form is Form.ACTIVITY:
        activity = asked.thing.activity(reader, context)
        if form is None or activity is not None:
            return activity if form else None
        form = asked.form(request, _READABLE)
        if form is None:
            return None
    elsewhere = asked.thing.page_elsewhere(reader) if form is Form.HTML else None
    if elsewhere is not None:
        return elsewhere
    sort = _SORTS.get(request.query_params.get("sort", ""))
    # the text form keeps imported things as they were shown, whatever the order of the others
    shown = (CommentSort.SHOWN, sort or CommentSort.HOT) if form is Form.TEXT else (sort, CommentSort.HOT)
    view = asked.thing.thread(reader, context, sort=shown[0], later=shown[1])
    language = choose(request.query_params.get("lang"), request.headers.get("accept-language"))
    return Reading(form, view, context.site_url, site(reader), language)


def _form_sent(context: WebContext, request: Request, asked: Asked, reading: Reading) -> Response:
    headers = dict(asked.headers)
    if reading.form in EXACT_TIMES:
        headers["last-modified"] = http_date(Micros(min(newest_moment(reading.view), context.clock())))
    if reading.form is Form.HTML:
        headers["link"] = _links(asked.thing.address(context), activity=_has_object(reading))
    return document(request, RENDERERS[reading.form](reading), MEDIA_TYPES[reading.form], headers=headers)


def _has_object(reading: Reading) -> bool:
    post = reading.view.post
    return post.uri is not None or post_has_object(post, site_url=reading.site_url)


def _object_sent(request: Request, asked: Asked, found: Object) -> Response:
    status = 410 if found.gone else 200
    return document(request, found.body, MEDIA_TYPES[Form.ACTIVITY], headers=asked.headers, status=status)


def _to_page(context: WebContext, asked: Asked, view: ReplyView) -> Response:
    comment = view.comment
    has_object = comment.uri is not None or comment_has_object(view.post, comment, site_url=context.site_url)
    headers = {
        **asked.headers,
        "location": f"/post/{view.post.id}#c{comment.id}",
        "link": _links(asked.thing.address(context), activity=has_object),
    }
    return Response(status_code=303, headers=headers)


def _links(address: str, *, activity: bool) -> str:
    """Say which other forms the thing has."""
    forms = [(address, Form.ACTIVITY)] if activity else []
    forms += [(address + suffix, form) for suffix, form in SUFFIXES.items()]
    return ", ".join(f'<{where}>; rel="alternate"; type="{form.value}"' for where, form in forms)


def _not_found(request: Request, asked: Asked, code: str) -> Response:
    form = asked.form(request, tuple(Form))
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
