"""Whatever is asked of the small pages: no fault of ours, nothing unescaped, no way to another site."""

from urllib.parse import quote, urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot.commands.moderation import LockPost, RemoveComment
from folkmoot.commands.posts import EditPost
from folkmoot.doors import site_files
from folkmoot.doors.context import WebContext
from folkmoot.doors.web import small_routes
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.security import SecurityHeaders
from folkmoot.model.callers import OPERATOR
from tests.doors.web.asgi import Answer, ask
from tests.doors.web.markup import elements, parsed
from tests.world import World

URL = "https://hub.example"
PROBE = "<zq x=\"1\" y='2'>&{name}"
PATHS = (
    *("/appearance", "/menu", "/sorts", "/about", "/modlog"),
    *(f"/{kind}/{number}/{page}" for kind in ("post", "comment") for number in (1, 2) for page in ("history", "more")),
    *(address.path for address in site_files.ADDRESSES),
)
PARAMS = ("of", "feed", "back", "community", "after", "lang", "sort", "show")
OURS = frozenset({200, 303, 304, 400, 403, 404, 405, 413})

nasty = st.sampled_from(
    (
        *(PROBE, "/", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "\x00"),
        *("/c/" + PROBE, "/u/a@" + PROBE, "/?feed=" + PROBE, "/c/a?show=" + PROBE, "/post/1", "a@b@c", "home", "@"),
        *("id.0", "id.9223372036854775808", "2", "\u202e\u2066", "ﬀ", "\ud7ff\ue000", "%00", "%ff", "x" * 5_000),
    )
)
values = nasty | st.text(max_size=40)
queries = st.dictionaries(st.sampled_from(PARAMS), values, max_size=4)
headers = st.dictionaries(
    st.sampled_from(("accept", "accept-language", "cookie", "origin", "sec-fetch-site", "if-none-match", "host")),
    nasty.map(lambda text: quote(text, safe="/:<>\"'=;.,*@ ")) | st.text(st.characters(max_codepoint=126), max_size=30),
    max_size=3,
)
thorough = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def app(world: World) -> ASGIApp:
    """Give the pages of a site on which somebody wrote, edited, and tried to break out."""
    post = world.post(title=PROBE, body=PROBE)
    world.perform(world.writer, EditPost(post, title=PROBE * 2, body=PROBE * 3))
    comment = world.comment(on=post, body=PROBE)
    world.perform(OPERATOR, RemoveComment(comment, PROBE, removed=True))
    world.perform(OPERATOR, LockPost(world.post(title="Calm"), locked=True, reason=PROBE))
    world.set_up("<zq>")
    context = WebContext(db=world.db, site_url=URL, clock=world.clock, security_contact="mailto:a@hub.example")
    routes = [*small_routes.routes(context), *site_files.routes(context)]
    return SecurityHeaders(Starlette(routes=routes, exception_handlers=exception_handlers(context)))


def check(answer: Answer) -> None:
    """Say what must hold of every answer."""
    assert answer.status in OURS
    where = answer.headers.get("location", "/")
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html") and answer.body:
        assert "<zq" not in answer.text
        for element in elements(parsed(answer.text)):
            for name in ("href", "action", "src"):
                link = urlsplit(element.get(name) or "/")
                assert link.scheme in ("", "https", "mailto"), link
                assert not link.netloc or link.netloc == "hub.example", link


@thorough
@given(path=st.sampled_from(PATHS), query=queries, told=headers)
def test_nothing_that_is_asked_breaks_a_page(
    app: ASGIApp, path: str, query: dict[str, str], told: dict[str, str]
) -> None:
    asked = f"{path}?{urlencode(query, errors='replace')}"
    check(ask(app, asked, headers=told))


@thorough
@given(raw=st.binary(max_size=60), path=st.sampled_from(PATHS))
def test_nothing_that_is_asked_in_raw_bytes_breaks_a_page(app: ASGIApp, path: str, raw: bytes) -> None:
    check(ask(app, f"{path}?of={quote(raw)}&community={quote(raw)}&after={quote(raw)}&back={quote(raw)}"))


@thorough
@given(
    fields=st.dictionaries(st.sampled_from(("theme", "density", "size", "back", "x")), values, max_size=5),
    told=headers,
    body=st.none() | st.binary(max_size=80),
)
def test_nothing_that_is_sent_breaks_the_appearance(
    app: ASGIApp, fields: dict[str, str], told: dict[str, str], body: bytes | None
) -> None:
    sent = urlencode(fields, errors="replace").encode() if body is None else body
    answer = ask(app, "/appearance", method="POST", headers=told, body=sent)
    check(answer)
    cookie = answer.headers.get("set-cookie")
    assert (cookie is not None) == (answer.status == 303)
    assert cookie is None or cookie.startswith("look=")


def test_pages_that_are_attacked_are_there_and_take_no_other_method(app: ASGIApp) -> None:
    for path in PATHS:
        assert ask(app, path).status == (404 if path.startswith("/comment/2/") else 200), path
        for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
            assert ask(app, path, method=method).status == 405, path
