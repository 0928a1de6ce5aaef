"""The files for programs: each is what its standard asks for, secret things are in none, and the work is bounded."""

import gzip
import json
import re
import struct
import zlib
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import fromstring

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from folkmoot.commands.moderation import RemovePost
from folkmoot.commands.posts import EditPost
from folkmoot.doors import site_files
from folkmoot.doors.context import WebContext
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.static_files import FOLDER, static_files
from folkmoot.doors.web.words import moment_of
from folkmoot.model.callers import OPERATOR
from tests.doors.web.asgi import ask
from tests.world import World
from tools.icons import ICONS, pixels

URL = "https://hub.example"
NAMES = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MAP = "/sitemap.xml"


def app_of(world: World, contact: str = "") -> ASGIApp:
    context = WebContext(db=world.db, site_url=URL, clock=world.clock, security_contact=contact)
    return Starlette(routes=site_files.routes(context), exception_handlers=exception_handlers(context))


@pytest.fixture
def app(world: World) -> ASGIApp:
    return app_of(world)


def mapped(app: ASGIApp) -> dict[str, str | None]:
    """Return the addresses of the sitemap, each with its moment."""
    tree = fromstring(ask(app, MAP).body)  # noqa: S314 -- our own
    assert tree.tag == f"{NAMES}urlset"
    return {entry.findtext(f"{NAMES}loc") or "": entry.findtext(f"{NAMES}lastmod") for entry in tree}


def test_robots_may_read_what_is_worth_it_and_learn_of_the_sitemap(app: ASGIApp) -> None:
    answer = ask(app, "/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.site_maps() == [f"{URL}{MAP}"]
    for path in ("/", "/post/7", "/c/towers", "/u/hazel", "/communities", "/post/7.txt"):
        assert robots.can_fetch("Anybot", URL + path)
    for path in ("/appearance", "/sorts?of=/"):
        assert not robots.can_fetch("Anybot", URL + path)
    for pattern in ("/*?after=", "/*&after=", "/*/history"):
        assert f"Disallow: {pattern}\n" in answer.text


def test_sitemap_holds_the_young_posts_and_the_communities_of_here(world: World, app: ASGIApp) -> None:
    old = world.post(title="Old")
    world.clock.forward(days=32)
    young = world.post(title="Young")
    removed = world.post(title="Removed")
    world.perform(OPERATOR, RemovePost(removed, reason=None, removed=True))
    hidden = world.post(community=world.community("hidden", nsfw=True))
    addresses = mapped(app)
    assert f"{URL}/" in addresses
    assert f"{URL}/c/home" in addresses
    assert f"{URL}/post/{young}" in addresses
    assert not {f"{URL}/post/{post}" for post in (old, removed, hidden)} & set(addresses)
    assert f"{URL}/c/hidden" not in addresses


def test_sitemap_tells_when_a_post_changed_last(world: World, app: ASGIApp) -> None:
    post = world.post()
    world.clock.forward(seconds=7_200)
    world.perform(world.writer, EditPost(post, title="Another title"))
    moment = mapped(app)[f"{URL}/post/{post}"]
    assert moment is not None
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def test_sitemap_is_made_once_an_hour(world: World, app: ASGIApp) -> None:
    first = mapped(app)
    post = f"{URL}/post/{world.post()}"
    world.clock.forward(seconds=3_540)
    assert mapped(app) == first
    world.clock.forward(seconds=60)
    assert post in mapped(app)


def test_sitemap_is_sent_packed_to_who_can_unpack(app: ASGIApp) -> None:
    packed = ask(app, MAP, headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    plain = ask(app, MAP)
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert plain.headers["content-type"] == "application/xml"
    assert "max-age=3600" in plain.headers["cache-control"]
    head = ask(app, MAP, method="HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(plain.body)))


def test_sitemap_is_never_longer_than_the_protocol_allows(
    world: World, app: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        world.post()
    monkeypatch.setattr(site_files, "URLS_MAX", 4)
    assert len(mapped(app)) == 4


def test_manifest_names_the_site_and_icons_that_are_there(world: World, app: ASGIApp) -> None:
    world.set_up('Hollow & "Sons"')
    answer = ask(app, "/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert manifest["name"] == 'Hollow & "Sons"'
    assert manifest["start_url"] == manifest["scope"] == "/"
    assert "description" not in manifest
    addresses = {file.address for file in static_files().values()}
    assert {icon["src"] for icon in manifest["icons"]} <= addresses
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert any(icon.get("purpose") == "maskable" for icon in manifest["icons"])


def test_security_contact_is_told_until_a_day_in_less_than_a_year(world: World) -> None:
    app = app_of(world, "mailto:holes@hub.example")
    lines = ask(app, "/.well-known/security.txt").text.splitlines()
    assert "Contact: mailto:holes@hub.example" in lines
    assert f"Canonical: {URL}/.well-known/security.txt" in lines
    [expires] = (line.removeprefix("Expires: ") for line in lines if line.startswith("Expires: "))
    now = f"{moment_of(world.clock.now):%Y-%m-%dT%H:%M:%SZ}"
    later = f"{moment_of(world.clock.now).year + 1}" + now[4:]
    assert now < expires < later


def test_without_a_contact_there_is_no_such_file(app: ASGIApp) -> None:
    answer = ask(app, "/.well-known/security.txt")
    assert (answer.status, answer.text) == (404, "not_found\n")


def test_icon_is_a_picture_in_the_wrapping_of_its_name(app: ASGIApp) -> None:
    answer = ask(app, "/favicon.ico")
    assert answer.headers["content-type"] == "image/x-icon"
    reserved, kind, count = struct.unpack_from("<HHH", answer.body)
    assert (reserved, kind, count) == (0, 1, 1)
    size, offset = struct.unpack_from("<II", answer.body, 14)
    assert answer.body[offset:].startswith(b"\x89PNG\r\n\x1a\n")
    assert len(answer.body) == offset + size


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_as_large_as_they_say(name: str) -> None:
    width, height = struct.unpack_from(">II", (FOLDER / name).read_bytes(), 16)
    assert width == height == ICONS[name][0]


@pytest.mark.parametrize("name", ["icon-32.png", "icon-180.png"])
def test_icons_are_the_mark(name: str) -> None:
    """`python -m tools.icons` draws them."""
    side, square = ICONS[name]
    stored = (FOLDER / name).read_bytes()
    start = stored.index(b"IDAT")
    [length] = struct.unpack_from(">I", stored, start - 4)
    rows = zlib.decompress(stored[start + 4 : start + 4 + length])
    wanted = pixels(side, square=square)
    assert b"".join(rows[at + 1 : at + 1 + side] for at in range(0, len(rows), side + 1)) == wanted


@pytest.mark.parametrize("address", site_files.ADDRESSES)
def test_file_is_not_sent_again_to_who_has_it(world: World, address: GuestAddress) -> None:
    app = app_of(world, "https://hub.example/holes")
    first = ask(app, address.path)
    assert first.status == 200
    again = ask(app, address.path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
