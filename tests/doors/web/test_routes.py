"""The front page, static files and errors over HTTP, on both databases; the headers on every answer."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from folkmoot.db.faults import StorageFault
from folkmoot.doors import lists
from folkmoot.doors.context import WebContext
from folkmoot.doors.web import routes, security
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.static_files import static_files
from folkmoot.model.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.doors.web.asgi import ask
from tests.doors.web.markup import one, parsed, shown
from tests.world import World

FAULTS: dict[str, Exception] = {
    "invalid": Invalid("bad_cursor", field="after"),
    "not_allowed": NotAllowed("not_an_admin"),
    "not_found": NotFound("couldnt_find_post"),
    "conflict": Conflict("community_already_exists"),
    "storage": StorageFault("the disk is full"),
    "bug": ZeroDivisionError("a secret of the house"),
}


async def _raise(request: Request) -> Response:
    raise FAULTS[request.path_params["kind"]]


@pytest.fixture
def app(world: World) -> ASGIApp:
    """Give the door as `main` composes it, with a place that raises what it is told."""
    context = WebContext(db=world.db, site_url="http://testserver", clock=world.clock)
    inner = Starlette(
        routes=[*lists.routes(context), *routes.routes(context), Route("/fault/{kind}", _raise)],
        exception_handlers=exception_handlers(context),
    )
    return security.SecurityHeaders(inner)


def test_front_page_of_an_empty_site_says_so_and_how_to_fill_it(app: ASGIApp) -> None:
    answer = ask(app, "/")
    assert answer.status == 200
    page = parsed(answer.text)
    assert "No posts yet" in shown(one(page, "main"))
    assert "folkmoot import thread FILE" in shown(one(page, "pre"))


def test_page_comes_in_the_readers_language(app: ASGIApp) -> None:
    german = ask(app, "/", headers={"accept-language": "de"})
    assert "Noch keine Beiträge" in german.text
    assert "Accept-Language" in german.headers["vary"]
    assert '<html lang="ar" dir="rtl">' in ask(app, "/?lang=ar", headers={"accept-language": "de"}).text


def test_page_is_not_sent_again_to_who_has_it(app: ASGIApp) -> None:
    first = ask(app, "/")
    assert first.headers["cache-control"] == "public, no-cache"
    again = ask(app, "/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_head_is_the_page_without_its_body(app: ASGIApp) -> None:
    whole, head = ask(app, "/"), ask(app, "/", method="HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("name", ["look.css", "icons.svg", "mark.svg"])
def test_static_file_is_kept_for_ever_under_the_address_of_its_bytes(app: ASGIApp, name: str) -> None:
    file = static_files()[name]
    packed = ask(app, file.address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.body) == file.body
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["vary"] == "Accept-Encoding"
    for unpacked in ("identity", "gzip;q=0", "br"):
        plain = ask(app, file.address, headers={"accept-encoding": unpacked})
        assert (plain.body, "content-encoding" in plain.headers) == (file.body, False)


def test_page_kept_since_before_an_upgrade_still_gets_a_style_sheet(app: ASGIApp) -> None:
    answer = ask(app, "/static/look.000000000000.css")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize(
    "path", ["/static/look.css", "/static/..%2Fframe.py", "/static/x.0.css", "/static/", "/nowhere"]
)
def test_what_is_not_there_is_a_404_page(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert shown(one(parsed(answer.text), "h1")) == "This page is not here"


def test_other_methods_are_refused_with_those_that_work(app: ASGIApp) -> None:
    answer = ask(app, "/", method="POST")
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "This address can only be read." in answer.text


def test_cursor_that_nobody_gave_out_is_refused(app: ASGIApp) -> None:
    assert ask(app, "/?after=tomorrow").status == 400


@pytest.mark.parametrize(
    ("kind", "status", "heading"),
    [
        ("invalid", 400, "This request makes no sense here"),
        ("not_allowed", 403, "You may not see this"),
        ("not_found", 404, "This page is not here"),
        ("conflict", 409, "This request makes no sense here"),
        ("storage", 503, "Back in a moment"),
        ("bug", 500, "Something broke here"),
    ],
)
def test_every_fault_has_a_page_and_the_headers(app: ASGIApp, kind: str, status: int, heading: str) -> None:
    answer = ask(app, f"/fault/{kind}")
    assert answer.status == status
    assert shown(one(parsed(answer.text), "h1")) == heading
    assert answer.headers["cache-control"] == "no-store"
    assert security.HEADERS.items() <= dict(answer.headers).items()


def test_bug_is_written_down_under_the_number_that_the_page_shows(
    app: ASGIApp, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ask(app, "/fault/bug")
    number = answer.headers["x-request-id"]
    assert number in answer.text
    assert "a secret of the house" not in answer.text
    logged = capsys.readouterr()
    assert number in logged.out + logged.err


@pytest.mark.parametrize("path", ["/", "/nowhere", static_files()["look.css"].address])
def test_every_answer_forbids_scripts_frames_and_guessing(app: ASGIApp, path: str) -> None:
    headers = ask(app, path).headers
    assert security.HEADERS.items() <= dict(headers).items()
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "set-cookie" not in headers
