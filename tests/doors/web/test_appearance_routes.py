"""`/appearance` over HTTP: a cookie keeps what is chosen, the way back stays on this site, strangers are refused."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot.doors.context import WebContext
from folkmoot.doors.web import appearance_routes
from folkmoot.doors.web.appearance import Density, Size, Theme
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.reading import LOCAL_MAX_CHARS, local_path
from tests.doors.web.asgi import Answer, ask
from tests.doors.web.markup import elements, one, parsed, shown
from tests.world import World

URL = "https://hub.example"
ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "evil.example",
    "javascript:x",
)
TRICKS = (
    *ELSEWHERE,
    "/\t/evil.example",
    "/ok\nset-cookie: a=b",
    "/a//b",
    "/\r\n",
    "/ä",
    "/" + "a" * LOCAL_MAX_CHARS,
    " /",
    "/ b",
    "http:/x",
    "?a",
)


@pytest.fixture
def app(world: World) -> ASGIApp:
    context = WebContext(db=world.db, site_url=URL, clock=world.clock)
    return Starlette(routes=appearance_routes.routes(context), exception_handlers=exception_handlers(context))


def sent(app: ASGIApp, fields: dict[str, str], **headers: str) -> Answer:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(app, "/appearance", method="POST", headers=told, body=urlencode(fields).encode())


def chosen(page: str) -> list[str | None]:
    return [field.get("value") for field in elements(parsed(page), "input") if field.get("checked") is not None]


def test_page_offers_every_theme_density_and_size_with_the_present_ones_chosen(app: ASGIApp) -> None:
    plain = ask(app, "/appearance").text
    offered = [field.get("value") for field in elements(parsed(plain), "input")]
    assert offered == [word.value for kind in (Theme, Density, Size) for word in kind]
    assert chosen(plain) == ["system", "regular", "100"]
    looked = ask(app, "/appearance", headers={"cookie": "look=black.roomy.125"}).text
    assert chosen(looked) == ["black", "roomy", "125"]
    assert 'data-theme="black" data-density="roomy" data-size="125"' in looked


def test_every_choice_has_a_name_and_every_group_a_legend(app: ASGIApp) -> None:
    page = parsed(ask(app, "/appearance").text)
    assert [shown(legend) for legend in elements(page, "legend")] == ["Theme", "Lists", "Text size"]
    assert all(shown(label) for label in elements(page, "label"))
    assert len(list(elements(page, "label"))) == len(list(elements(page, "input")))


def test_all_that_was_chosen_is_kept_and_the_reader_sent_back(app: ASGIApp) -> None:
    answer = sent(app, {"theme": "dark", "density": "compact", "size": "112", "back": "/post/7?sort=new#c9"})
    assert (answer.status, answer.headers["location"]) == (303, "/post/7?sort=new#c9")
    assert answer.headers["set-cookie"] == (
        "look=dark.compact.112; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure"
    )
    assert answer.headers["cache-control"] == "no-store"


def test_one_field_leaves_the_others_as_they_are(app: ASGIApp) -> None:
    answer = sent(app, {"density": "roomy"}, cookie="a=b; look=dark.compact.112")
    assert answer.headers["set-cookie"].startswith("look=dark.roomy.112;")
    assert answer.headers["location"] == "/appearance"


@pytest.mark.parametrize("back", TRICKS)
def test_way_back_leads_nowhere_else(app: ASGIApp, back: str) -> None:
    answer = sent(app, {"theme": "dark", "back": back})
    assert answer.status == 400
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers
    page = ask(app, "/appearance?" + urlencode({"back": back})).text
    assert "hidden" not in [field.get("type") for field in elements(parsed(page), "input")]


@given(st.text() | st.text(alphabet="/\\:.?#%@\t\n abc").map(lambda tail: "/" + tail))
def test_whatever_is_taken_as_a_path_of_ours_is_one(asked: str) -> None:
    path = local_path(asked)
    if path is not None:
        assert path == asked
        assert path.startswith("/")
        assert not path.startswith(("//", "/\\"))
        assert path.isascii()
        assert path.isprintable()


def test_way_back_is_carried_by_the_page(app: ASGIApp) -> None:
    page = parsed(ask(app, "/appearance?back=/c/towers%3Fsort%3Dnew").text)
    [hidden] = (field for field in elements(page, "input") if field.get("type") == "hidden")
    assert (hidden.get("name"), hidden.get("value")) == ("back", "/c/towers?sort=new")


@pytest.mark.parametrize("fields", [{"theme": "neon"}, {"density": ""}, {"size": "1000"}])
def test_look_that_there_is_not_is_refused_in_words(app: ASGIApp, fields: dict[str, str]) -> None:
    answer = sent(app, fields)
    assert answer.status == 400
    assert "There is no such theme, density or size." in shown(one(parsed(answer.text), "main"))
    assert "set-cookie" not in answer.headers


def test_body_is_read_no_further_than_a_form_is_long(app: ASGIApp) -> None:
    limit = appearance_routes.BODY_MAX_BYTES
    for size, status in ((limit, 303), (limit + 1, 413), (100 * limit, 413)):
        body = b"theme=dark&x=" + b"a" * (size - 13)
        assert ask(app, "/appearance", method="POST", body=body).status == status


@pytest.mark.parametrize("body", [b"\xff\xfe", "theme=hell\u00e4".encode(), b"theme=%ff", b"a&" * 40])
def test_body_that_is_no_form_of_ours_is_refused(app: ASGIApp, body: bytes) -> None:
    assert ask(app, "/appearance", method="POST", body=body).status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": URL}, 303),
        ({"origin": URL, "sec_fetch_site": "same-origin"}, 303),
        ({"sec_fetch_site": "none"}, 303),
        ({"origin": "http://10.0.0.7:8536", "host": "10.0.0.7:8536"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://evil.example", "host": "hub.example"}, 403),
        ({"origin": "null", "host": "hub.example"}, 403),
        ({"origin": "https://[", "host": "hub.example"}, 403),
        ({"origin": "", "host": ""}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": URL, "sec_fetch_site": "cross-site"}, 403),
    ],
)
def test_page_of_another_site_cannot_change_the_look(app: ASGIApp, headers: dict[str, str], status: int) -> None:
    answer = sent(app, {"theme": "dark"}, **headers)
    assert answer.status == status
    assert ("set-cookie" in answer.headers) == (status == 303)


def test_search_engines_are_told_to_leave_it_out(app: ASGIApp) -> None:
    answer = ask(app, "/appearance")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_cookie_is_not_for_https_alone_where_the_site_is_not(world: World) -> None:
    context = WebContext(db=world.db, site_url="http://hub.example", clock=world.clock)
    plain = Starlette(routes=appearance_routes.routes(context))
    assert "Secure" not in sent(plain, {"theme": "dark"}).headers["set-cookie"]
