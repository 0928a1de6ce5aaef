"""Errors in the form that was asked for: a page, a member of JSON, a line of text; and nothing of what broke inside."""

import json
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from folkmoot.db.base import Db, Reader
from folkmoot.doors.context import WebContext
from folkmoot.doors.site_app import site_app
from folkmoot.doors.web.errors import CODES, exception_handlers
from folkmoot.model.errors import Invalid, NotFound
from tests.doors.web.asgi import ask
from tests.doors.web.markup import elements, one, parsed, shown
from tests.doors.web.small_pages import STATUSES
from tests.world import World

PAGE = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
ACTIVITY = "application/activity+json"


async def _raise(request: Request) -> Response:
    kind = request.path_params["kind"].partition(".")[0]
    if kind == "cursor":
        raise Invalid("bad_cursor", field="after")
    if kind == "post":
        raise NotFound("couldnt_find_post")
    if kind == "wait":
        raise HTTPException(429, headers={"Retry-After": "40"})
    if kind == "date":
        raise HTTPException(429, headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"})
    if kind == "500":
        raise ZeroDivisionError("a secret of the house")
    raise HTTPException(int(kind))


@pytest.fixture
def app(world: World) -> ASGIApp:
    context = WebContext(db=world.db, site_url="https://hub.example", clock=world.clock)
    return Starlette(routes=[Route("/fault/{kind}", _raise)], exception_handlers=exception_handlers(context))


def test_every_status_of_the_table_has_a_page() -> None:
    assert set(STATUSES) | {409} == set(CODES)


@pytest.mark.parametrize(
    ("path", "accept", "media_type"),
    [
        ("/fault/post", None, PAGE),
        ("/fault/post", "*/*", PAGE),
        ("/fault/post", "text/html,application/xhtml+xml,*/*;q=0.8", PAGE),
        ("/fault/post", "image/png", PAGE),
        ("/fault/post", "nonsense", PAGE),
        ("/fault/post", JSON, JSON),
        ("/fault/post", ACTIVITY, JSON),
        ("/fault/post", "application/ld+json", JSON),
        ("/fault/post", "text/plain", TEXT),
        ("/fault/post", "text/markdown", TEXT),
        ("/fault/post", "application/rss+xml", TEXT),
        ("/fault/post.json", "text/html", JSON),
        ("/fault/post.txt", "text/html", TEXT),
        ("/fault/post.md", "text/html", TEXT),
        ("/fault/post.rss", "text/html", TEXT),
        ("/fault/post.xml", "text/html", TEXT),
        ("/fault/post.html", None, PAGE),
    ],
)
def test_error_comes_in_the_form_asked_for(app: ASGIApp, path: str, accept: str | None, media_type: str) -> None:
    answer = ask(app, path, headers={} if accept is None else {"accept": accept})
    assert (answer.status, answer.headers["content-type"]) == (404, media_type)
    if media_type == JSON:
        assert json.loads(answer.text) == {"error": "couldnt_find_post"}
    elif media_type == TEXT:
        assert answer.text == "couldnt_find_post\n"
    else:
        assert shown(one(parsed(answer.text), "h1")) == "This page is not here"


@pytest.mark.parametrize("suffix", ["", ".json", ".txt"])
def test_every_status_is_answered_in_every_form_without_a_word_from_inside(app: ASGIApp, suffix: str) -> None:
    for status in (*STATUSES, 418, 507):
        answer = ask(app, f"/fault/{status}{suffix}")
        assert answer.status == status
        assert answer.body
        assert "secret" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        head = ask(app, f"/fault/{status}{suffix}", method="HEAD")
        assert (head.status, head.body) == (status, b"")


def test_page_of_an_error_is_for_no_search_engine(app: ASGIApp) -> None:
    page = ask(app, "/fault/404").text
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_who_was_too_fast_is_told_for_how_long_to_wait(app: ASGIApp) -> None:
    answer = ask(app, "/fault/wait")
    assert (answer.status, answer.headers["retry-after"]) == (429, "40")
    main = shown(one(parsed(answer.text), "main"))
    assert "Too fast Try again in 40 seconds." in main
    assert "Try again in a moment." in ask(app, "/fault/date").text


@pytest.mark.parametrize(
    ("query", "start"),
    [("after=x", "/fault/cursor"), ("sort=new&after=x&feed=local", "/fault/cursor?sort=new&feed=local")],
)
def test_bad_place_in_a_list_leads_to_its_start(app: ASGIApp, query: str, start: str) -> None:
    page = parsed(ask(app, f"/fault/cursor?{query}").text)
    assert start in {link.get("href") for link in elements(page, "a")}


@pytest.mark.parametrize(
    "path", ["/nowhere", "//evil.example/", "/%ff", "/\u202e", "/a%0d%0aset-cookie:x", "/?%ff=%fe"]
)
def test_any_address_that_is_not_there_is_a_404_page(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert "set-cookie" not in answer.headers


def test_query_of_any_bytes_is_no_fault_of_ours(app: ASGIApp) -> None:
    answer = ask(app, "/fault/cursor?after=\u00ff&x=\udcff".encode("utf-8", "surrogateescape").decode("latin-1"))
    assert answer.status == 400


class ReadApart:
    """A database whose reads wait for a server: the event loop may not do them itself."""

    reads_inline = False

    def __init__(self, db: Db) -> None:
        self._db = db
        self._loop = threading.get_ident()
        self.in_the_loop = 0

    def read(self) -> AbstractContextManager[Reader]:
        self.in_the_loop += threading.get_ident() == self._loop
        return self._db.read()

    def apart(self, work: Callable[[], Any]) -> Awaitable[Any]:
        return self._db.apart(work)


@pytest.mark.parametrize("path", ["/nowhere", "/post/99", "/u/nobody", "/?after=x", "/c/river"])
def test_nobody_waits_for_the_database_while_somebody_is_told_of_an_error(world: World, path: str) -> None:
    world.community("river")
    world.db.write(lambda tx: tx.run("update community set removed = 1"))
    db = ReadApart(world.db)
    app = site_app(WebContext(db=cast("Db", db), site_url="https://hub.example", clock=world.clock))
    assert ask(app, path).status in (400, 404)
    assert db.in_the_loop == 0
