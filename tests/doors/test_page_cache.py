"""Finished answers: who gets them, in which encoding, when a 304."""

import asyncio
import gzip

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message

from folkmoot.doors.caches import caches
from folkmoot.doors.depends import SITE, Depends
from folkmoot.doors.documents import NEGOTIATED, document
from folkmoot.doors.kept import Touched
from folkmoot.doors.page_cache import PageCache
from folkmoot.model.ids import Micros
from tests.doors.page_house import ADDRESSES, POST, TEXT, Answer, House, nothing, run


def test_the_second_guest_gets_what_was_made_for_the_first() -> None:
    house = House()
    first, second = house.get("/page"), house.get("/page", user_agent="another")
    assert house.made == ["/page"]
    assert first.body == second.body
    assert first.headers == second.headers
    assert second.headers["content-length"] == str(len(second.body))


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("utm_source=mail", {}),
        ("", {"cookie": "other=1; look=system.regular.100"}),
        ("", {"accept_language": "en-GB,en;q=0.9"}),
        ("", {"accept": "text/html"}),
    ],
)
def test_what_does_not_matter_is_not_looked_at(query: str, headers: dict[str, str]) -> None:
    house = House()
    house.get("/page")
    house.get("/page", query=query, **headers)
    assert len(house.made) == 1


def test_a_suffix_decides_the_form_whatever_is_accepted() -> None:
    house = House()
    house.get("/thread/7.txt", accept="text/html")
    packed = house.get("/thread/7.txt", accept="image/png", accept_encoding="gzip")
    assert len(house.made) == 1
    assert packed.headers["content-encoding"] == "gzip"


def test_what_is_from_elsewhere_has_no_suffix() -> None:
    house = House()
    house.get("/thread/ada@else.md", accept="text/html")
    house.get("/thread/ada@else.md", accept="application/json")
    assert len(house.made) == 2


@pytest.mark.parametrize(
    ("path", "query", "headers"),
    [
        ("/page", "sort=new", {}),
        ("/page", "lang=de", {}),
        ("/page", "", {"cookie": "look=dark.regular.100"}),
        ("/page", "", {"accept_language": "de"}),
        ("/thread/7", "", {}),
        ("/thread/7", "", {"accept": "application/json"}),
        ("/thread/7", "", {"accept": "application/activity+json"}),
        ("/thread/7", "", {"accept": "application/activity+json, application/json;q=0.5"}),
    ],
)
def test_what_matters_is_another_answer(path: str, query: str, headers: dict[str, str]) -> None:
    house = House()
    house.get("/page")
    house.get("/thread/7", accept="text/html;q=0.5, text/plain")
    house.get(path, query=query, **headers)
    assert len(house.made) == 3


@pytest.mark.parametrize(
    "headers",
    [{"cookie": "look=dark.regular.100; __Host-session=x"}, {"cookie": "jwt=x"}, {"authorization": "Bearer x"}],
)
def test_who_says_who_they_are_passes_by(headers: dict[str, str]) -> None:
    house = House()
    house.get("/page")
    house.get("/page", **headers)
    house.get("/page", **headers)
    assert len(house.made) == 3
    assert house.gate.asked == 3


def test_other_methods_and_addresses_pass_by() -> None:
    house = House()
    for _ in range(2):
        house.get("/page", "POST")
        house.get("/elsewhere")
        house.get("/own")
    assert len(house.made) == 6


def test_head_gives_the_same_headers_and_no_body() -> None:
    house = House()
    head = house.get("/page", "HEAD")
    page = house.get("/page")
    assert house.made == ["/page"]
    assert head.headers == page.headers
    assert (head.body, page.body.decode()) == (b"", f"/page None None {TEXT}")


def test_compressed_bytes_are_the_same_page_under_another_tag() -> None:
    house = House()
    plain = house.get("/page")
    packed = house.get("/page", accept_encoding="br, gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-length"] == str(len(packed.body))
    assert plain.headers["vary"] == packed.headers["vary"] == f"{NEGOTIATED}, Accept-Encoding"
    assert plain.headers["etag"] != packed.headers["etag"]
    assert house.get("/page", accept_encoding="gzip").body == packed.body


@pytest.mark.parametrize(
    ("accepted", "packs"),
    [
        ("gzip", True),
        ("GZIP;Q=0.5", True),
        ("*", True),
        ("identity;q=0.5, gzip", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=much", False),
        ("br", False),
        ("", False),
    ],
)
def test_weights_of_encodings_count(accepted: str, packs: bool) -> None:
    assert ("content-encoding" in House().get("/page", accept_encoding=accepted).headers) is packs


def test_small_answers_are_not_compressed() -> None:
    async def small(request: Request) -> Response:
        return document(request, b"short", "text/plain", headers={}, depends=Depends(frozenset(), frozenset(), None))

    answer = House(small).get("/page", accept_encoding="gzip")
    assert answer.body == b"short"
    assert "vary" not in answer.headers


def test_large_answers_are_compressed_once_for_all_who_wait() -> None:
    async def large(request: Request) -> Response:
        depends = Depends(frozenset(), frozenset(), None)
        return document(request, TEXT.encode() * 50, "text/plain", headers={}, depends=depends)

    house = House(large)

    async def both() -> list[Answer]:
        return list(await asyncio.gather(*(house.asked("/page", accept_encoding="gzip") for _ in range(5))))

    answers = run(both())
    assert len(house.made) == 1
    assert {gzip.decompress(answer.body) for answer in answers} == {TEXT.encode() * 50}
    assert len({id(answer.body) for answer in answers}) <= 5
    assert house.kept.pages.bytes < 2 * len(TEXT) * 50


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("spelled", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_is_told_so(encoding: str, spelled: str, method: str) -> None:
    house = House()
    tag = house.get("/page", accept_encoding=encoding).headers["etag"]
    answer = house.get("/page", method, accept_encoding=encoding, if_none_match=spelled.format(tag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers == {
        "cache-control": "public, no-cache", "etag": tag, "vary": f"{NEGOTIATED}, Accept-Encoding",
    }  # fmt: skip
    other = "identity" if encoding == "gzip" else "gzip"
    if spelled == "{}":
        assert house.get("/page", accept_encoding=other, if_none_match=tag).status == 200


def test_the_first_who_asks_may_have_it_already() -> None:
    tag = House().get("/page").headers["etag"]
    house = House()
    assert house.get("/page", if_none_match=tag).status == 304
    assert house.get("/page").status == 200
    assert house.made == ["/page"]


def test_an_answer_that_does_not_say_what_it_depends_on_is_not_kept() -> None:
    async def unsaid(request: Request) -> Response:
        return document(request, TEXT.encode(), "text/plain", headers={})

    house = House(unsaid)
    assert [house.get("/page", "HEAD").body, house.get("/page").body] == [b"", TEXT.encode()]
    assert len(house.made) == 2


@pytest.mark.parametrize("status", [301, 404, 410, 500])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_other_answers_are_not_kept(status: int, method: str) -> None:
    async def other(request: Request) -> Response:
        depends = Depends(frozenset(), frozenset(), None)
        return document(request, b"none", "text/plain", headers={}, status=status, depends=depends)

    house = House(other)
    for _ in range(2):
        answer = house.get("/page", method)
        assert (answer.status, answer.body) == (status, b"none" if method == "GET" else b"")
    assert len(house.made) == 2


def test_an_answer_that_sets_a_cookie_is_not_kept() -> None:
    async def cookie(request: Request) -> Response:
        depends = Depends(frozenset(), frozenset(), None)
        return document(request, b"x", "text/plain", headers={"set-cookie": "a=b"}, depends=depends)

    house = House(cookie)
    assert [house.get("/page").headers["set-cookie"], house.get("/page").headers["set-cookie"]] == ["a=b", "a=b"]
    assert len(house.made) == 2


def test_a_change_lets_it_be_made_anew() -> None:
    house = House()
    house.get("/page")
    house.look(Touched((POST,), at_once=True))
    house.get("/page")
    assert len(house.made) == 2


def test_the_gate_is_asked_only_for_what_has_to_be_made() -> None:
    house = House()
    house.get("/page")
    house.gate.answer = PlainTextResponse("too fast", 429)
    assert house.get("/page").status == 200
    assert house.get("/page", query="sort=new").status == 429
    assert house.get("/elsewhere").status == 200


def test_without_room_every_request_is_handed_on_as_it_came() -> None:
    house = House()
    none = caches(page_bytes=0, part_bytes=0)
    house.app = PageCache(house.inner, none.pages, addresses=ADDRESSES, clock=house.clock, gate=house.gate)
    plain = house.get("/page", accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert house.get("/page", if_none_match=plain.headers["etag"]).status == 304
    assert len(house.made) == 2


def test_spellings_are_bounded() -> None:
    house = House()
    for number in range(9_000):
        house.get("/page", query=f"x={number}")
    assert len(house.made) == 1
    spellings = house.app._spellings
    assert len(spellings.young) + len(spellings._old) <= 4_000


def test_several_headers_of_one_name_count_together() -> None:
    house = House()
    house.get("/thread/7", accept="application/json, text/plain;q=0.5")

    async def twice() -> None:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        scope = {
            "type": "http", "method": "GET", "path": "/thread/7", "query_string": b"",
            "headers": [(b"accept", b"text/plain;q=0.5"), (b"accept", b"application/json")], "client": None,
        }  # fmt: skip
        await house.app(scope, nothing, send)

    run(twice())
    assert len(house.made) == 1


def test_who_makes_it_sees_the_same_headers_as_the_key() -> None:
    async def greeting(request: Request) -> Response:
        said = f"{request.headers.get('accept-language')} {request.headers.get('cookie')}"
        depends = Depends(frozenset({SITE}), frozenset(), None)
        return document(request, said.encode(), "text/plain; charset=utf-8", headers={}, depends=depends)

    house = House(greeting)
    sent = [(b"accept-language", b"xx"), (b"accept-language", b"de"), (b"cookie", b"a=1"), (b"cookie", b"look=dark")]

    async def twice() -> list[Message]:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        asks = {"type": "http", "method": "GET", "path": "/page", "query_string": b"", "headers": sent, "client": None}
        await house.app(asks, nothing, send)
        return messages

    assert Answer(run(twice())).body == b"xx, de a=1; look=dark"


def test_the_end_of_an_age_ends_the_page() -> None:
    house = House()

    async def aged(request: Request) -> Response:
        depends = Depends(frozenset(), frozenset(), Micros(house.clock.now + 30_000_000))
        return document(request, TEXT.encode(), "text/plain", headers={}, depends=depends)

    house.make = aged
    for _ in range(2):
        house.get("/page")
        house.clock.forward(seconds=29)
        house.look()
        house.get("/page")
        house.clock.forward(seconds=1)
        house.look()
    assert len(house.made) == 2
