"""Lists over HTTP: the front page, communities, people, the directory; their forms, spellings, states, pages."""

import json
import xml.etree.ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from folkmoot.commands.imports import ImportThread
from folkmoot.commands.people import LearnPerson
from folkmoot.commands.posts import DeletePost
from folkmoot.doors import lists
from folkmoot.doors.caches import caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import SITE, Depends, Of
from folkmoot.doors.documents import DEPENDS
from folkmoot.doors.list_answers import COMMUNITIES_A_PAGE, ITEMS_A_PAGE, POSTS_A_PAGE
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.model.callers import OPERATOR
from folkmoot.text.thread_text import parse_thread
from tests.doors.conftest import SITE_URL, Site
from tests.doors.web.markup import elements, one, parsed, shown
from tests.world import World, person_of

OUR_HOST = SITE_URL.removeprefix("https://")
FORMS = {
    "text/html": "text/html; charset=utf-8",
    "application/rss+xml": "application/rss+xml; charset=utf-8",
    "application/json": "application/json",
}
PATHS = ["/", "/c/maps", "/c/maps?show=comments", "/u/ada", "/u/ada?show=posts&sort=top"]


@pytest.fixture
def site(world: World) -> Site:
    """Give an empty site with these addresses: each test runs once on each kind of database."""
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock)
    return Site(world, Starlette(routes=lists.routes(context), exception_handlers=exception_handlers(context)))


@pytest.fixture
def filled(site: Site) -> Site:
    """Give it a community "maps" of ada's, with a post and a comment of hers."""
    ada = site.world.person("ada")
    maps = site.world.community("maps", by=ada)
    post = site.world.post(by=ada, community=maps, title="Soil survey", url="https://soil.example/")
    site.world.comment(on=post, by=ada, body="Worth a read.")
    return site


def titles(page: str) -> list[str]:
    return [shown(title) for title in elements(one(parsed(page), "main"), "h2")]


def onward(page: str) -> str | None:
    return next((link.get("href") for link in elements(parsed(page), "a") if link.get("rel") == "next"), None)


def channel_of(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)[0]  # noqa: S314 -- our own answer


def walked(site: Site, path: str) -> list[str]:
    """Give the headings of all pages of a list, as somebody meets them who always goes on."""
    found: list[str] = []
    following: str | None = path
    while following is not None:
        page = site.get(following).text
        found += titles(page)
        following = onward(page)
    return found


@pytest.mark.parametrize("path", PATHS)
def test_accept_chooses_the_form(filled: Site, path: str) -> None:
    for accept, media_type in FORMS.items():
        answer = filled.get(path, accept)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        assert answer.headers["vary"] == "Accept, Accept-Language, Cookie"
        again = filled.get(path, accept, if_none_match=answer.headers["etag"])
        assert (again.status_code, again.content) == (304, b"")
        assert filled.ask("HEAD", path, accept).headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("path", [*PATHS, "/communities"])
def test_suffix_chooses_the_form_whatever_the_client_accepts(filled: Site, path: str) -> None:
    base, _, query = path.partition("?")
    for suffix, form in ((".rss", "application/rss+xml"), (".json", "application/json")):
        if (base, suffix) == ("/communities", ".rss"):
            continue
        by_suffix = filled.get(f"{'/front' if base == '/' else base}{suffix}?{query}", "image/png")
        assert by_suffix.status_code == 200
        assert by_suffix.content == filled.get(path, form).content
        assert "vary" not in by_suffix.headers


@pytest.mark.parametrize("path", ["/front.txt", "/communities.rss", "/c/maps.md", "/c/maps.", "/u/ada.rss.rss"])
def test_forms_that_lists_lack_are_404(filled: Site, path: str) -> None:
    assert filled.get(path).status_code == 404


def test_types_that_lists_lack_are_406_with_those_that_there_are(filled: Site) -> None:
    answer = filled.get("/c/maps", "image/png")
    assert answer.status_code == 406
    assert answer.text.split() == list(FORMS)
    assert filled.get("/communities", "application/rss+xml").text.split() == ["text/html", "application/json"]


def test_feed_names_itself_and_its_page(filled: Site) -> None:
    channel = channel_of(filled.get("/c/maps.rss?show=comments").content)
    assert channel.findtext("link") == f"{SITE_URL}/c/maps?show=comments"
    [own] = (link.get("href") for link in channel.iter("{http://www.w3.org/2005/Atom}link"))
    assert own == f"{SITE_URL}/c/maps.rss?show=comments"
    far = filled.get("/front.rss?sort=hot&sort=nonsense&after=").content
    assert channel_of(far).findtext("link") == f"{SITE_URL}/"


def test_front_page_is_read_to_its_end_each_post_once(site: Site) -> None:
    for number in range(2 * POSTS_A_PAGE + 2):
        site.world.clock.forward(seconds=60)
        site.world.post(title=f"Number {number}")
    expected = [f"Number {number}" for number in reversed(range(2 * POSTS_A_PAGE + 2))]
    assert walked(site, "/?sort=new") == expected
    assert walked(site, "/c/home?sort=old") == expected[::-1]
    assert walked(site, "/u/writer?show=posts") == expected


def test_comments_are_read_to_their_end(site: Site) -> None:
    post = site.world.post(title="A long talk")
    for _ in range(ITEMS_A_PAGE + 1):
        site.world.comment(on=post)
    assert len(walked(site, "/c/home?show=comments")) == ITEMS_A_PAGE + 1
    assert len(walked(site, "/u/writer")) == ITEMS_A_PAGE + 2


def test_directory_is_read_to_its_end(site: Site) -> None:
    founder = site.world.person("founder")
    for number in range(COMMUNITIES_A_PAGE + 3):
        site.world.community(f"place_{number:03}", by=founder)
    expected = [f"Place_{number:03}" for number in range(COMMUNITIES_A_PAGE + 3)]
    assert walked(site, "/communities?sort=name&feed=local") == expected
    assert walked(site, "/communities?sort=old") == expected


@pytest.mark.parametrize("path", [*PATHS, "/communities"])
def test_cursor_that_nobody_gave_out_is_refused(filled: Site, path: str) -> None:
    answer = filled.get(f"{path}{'&' if '?' in path else '?'}after=tomorrow")
    assert answer.status_code == 400
    assert "Start of the list" in answer.text


@pytest.mark.parametrize("query", ["sort=best", "feed=mine", "show=all", "sort=", "after="])
def test_words_that_no_list_knows_count_as_the_usual(filled: Site, query: str) -> None:
    for path in ("/", "/c/maps", "/u/ada", "/communities"):
        assert filled.get(f"{path}?{query}").content == filled.get(path).content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/c/Maps?sort=hot", "/c/maps?sort=hot"),
        ("/c/MAPS.rss", "/c/maps.rss"),
        (f"/c/maps@{OUR_HOST}", "/c/maps"),
        (f"/c/maps@{OUR_HOST.upper()}?show=comments", "/c/maps?show=comments"),
        ("/u/ADA?lang=de", "/u/ada?lang=de"),
        (f"/u/Ada@{OUR_HOST}", "/u/ada"),
        ("/c/maps@", "/c/maps"),
        ("/u/Bo@Far.Example", "/u/bo@far.example"),
    ],
)
def test_other_spellings_lead_to_the_one_address(filled: Site, asked: str, found: str) -> None:
    filled.world.perform(OPERATOR, LearnPerson("bo@far.example"))
    answer = filled.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (308, found)
    assert filled.get(found).status_code == 200


@pytest.mark.parametrize("path", ["/c/nowhere", "/c/maps@far.example", "/c/@", f"/c/@{OUR_HOST}"])
def test_unknown_community_is_404_in_every_form(filled: Site, path: str) -> None:
    page = filled.get(path)
    assert page.status_code == 404
    assert shown(one(parsed(page.text), "h1")) == "This community is not here"
    assert filled.get(path, "application/json").json() == {"error": "couldnt_find_community"}


@pytest.mark.parametrize("path", ["/u/nobody", "/u/ada@far.example", "/u/%00", "/u/%ff", f"/u/nobody@{OUR_HOST}"])
def test_unknown_person_is_404(filled: Site, path: str) -> None:
    page = filled.get(path)
    assert page.status_code == 404
    assert shown(one(parsed(page.text), "h1")) == "This person is not here"


def test_somebody_of_our_host_in_a_file_is_not_the_person_of_that_name(filled: Site) -> None:
    text = (
        f"(archive link)\n\nA body.\n\n  • ada@{OUR_HOST}\n    hexagon\n    ·\n    2 hours ago\n\n    Words.".encode()
    )
    filled.world.perform(OPERATOR, ImportThread(parse_thread(text), "d" * 64, filled.world.clock.now))
    imported = filled.get(f"/u/ada@{OUR_HOST}")
    assert imported.status_code == 200
    assert "known from an imported file, not verified" in imported.text
    assert "Soil survey" not in imported.text
    assert "Soil survey" in filled.get("/u/ada").text


@pytest.mark.parametrize(
    ("deleted", "removed", "status", "heading"),
    [
        (1, 0, 410, "This community was deleted"),
        (0, 1, 404, "This community was removed"),
        (1, 1, 404, "This community was removed"),
    ],
)
def test_community_that_is_gone_says_so(filled: Site, deleted: int, removed: int, status: int, heading: str) -> None:
    gone = "update community set deleted = :deleted, removed = :removed"
    filled.world.db.write(lambda tx: tx.run(gone, deleted=deleted, removed=removed))
    for path in ("/c/maps", "/c/maps?show=comments"):
        answer = filled.get(path)
        assert answer.status_code == status
        assert answer.headers["cache-control"] == "no-store"
        assert shown(one(parsed(answer.text), "h1")) == heading
    assert filled.get("/c/maps.json").status_code == status
    assert "maps" not in filled.get("/communities").text
    assert titles(filled.get("/").text) == ["No posts yet"]


def test_person_who_is_gone_says_so(filled: Site) -> None:
    filled.world.db.write(lambda tx: tx.run("update person set deleted = 1"))
    answer = filled.get("/u/ada")
    assert answer.status_code == 410
    assert "This account was deleted." in answer.text


def test_comment_on_a_post_that_is_gone_says_no_title(filled: Site) -> None:
    ada = filled.world.person("bea")
    post = filled.world.post(by=ada, title="Soon gone")
    filled.world.comment(on=post, by=filled.world.person("cato"), body="I saw it.")
    filled.world.perform(ada, DeletePost(post, deleted=True))
    assert titles(filled.get("/u/cato").text) == ["on Deleted post in Home"]


def test_moderators_are_named_and_name_what_they_moderate(filled: Site) -> None:
    place, person = parsed(filled.get("/c/maps").text), parsed(filled.get("/u/ada").text)
    assert "/u/ada" in [link.get("href") for link in elements(one(place, "aside"), "a")]
    assert "/c/maps" in [link.get("href") for link in elements(one(person, "aside"), "a")]


def test_no_two_lists_have_the_same_title(filled: Site) -> None:
    paths = [
        *PATHS, "/?sort=hot", "/?feed=local", "/c/maps?sort=new", "/u/ada?sort=top", "/u/ada?show=comments",
        "/communities", "/communities?sort=name", "/communities?feed=local",
    ]  # fmt: skip
    said = [shown(next(elements(parsed(filled.get(path).text), "title"))) for path in paths]
    assert len(set(said)) == len(said)
    assert said[1:3] == ["Maps · Folkmoot", "Maps · Comments · Folkmoot"]
    assert "ada · Posts · Top · Folkmoot" in said


def test_nsfw_is_for_those_who_went_there(site: Site) -> None:
    ada = site.world.person("ada")
    site.world.post(by=ada, community=site.world.community("nudes", by=ada, nsfw=True), title="Charcoal")
    assert titles(site.get("/").text) == ["No posts yet"]
    assert titles(site.get("/c/nudes").text) == ["NSFW Charcoal"]
    assert titles(site.get("/u/ada").text) == ["NSFW Charcoal"]


def test_roomy_reader_gets_excerpts(site: Site) -> None:
    site.world.post(body="The *first* lines of it.")
    for path in ("/", "/c/home", "/u/writer"):
        assert "The first lines of it." not in site.get(path).text
        assert "The first lines of it." in site.get(path, cookie="look=system.roomy.100").text


def depends_of(site: Site, path: str) -> Depends:
    """Give what an answer says that it depends on, where pages are kept."""
    seen: list[Depends] = []
    keeping = caches(page_bytes=1_000_000, part_bytes=0)
    context = WebContext(site.world.db, SITE_URL, site.world.clock, keeping)
    app = Starlette(routes=lists.routes(context))

    async def spying(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        seen.append(scope[DEPENDS])

    assert Site(site.world, spying).get(path).status_code == 200
    [depends] = seen
    return depends


@pytest.mark.parametrize("path", [*PATHS, "/communities"])
def test_every_list_says_what_it_depends_on(filled: Site, path: str) -> None:
    ada = person_of(filled.world.writer)
    depends = depends_of(filled, path)
    assert SITE in depends.things
    kinds = {of for of, _ in depends.things}
    expected = {
        "/": Of.LIST,
        "/c/maps": Of.LIST,
        "/u/ada": Of.PERSON,
        "/communities": Of.DIRECTORY,
    }[path.partition("?")[0]]
    assert {expected, Of.PLACE} <= kinds
    assert ada not in depends.people
    assert (depends.until is None) == (path == "/communities")


def test_data_stay_the_same_while_time_passes(filled: Site) -> None:
    before = [filled.get(path, "application/json").content for path in PATHS]
    filled.world.clock.forward(seconds=50)
    assert [filled.get(path, "application/json").content for path in PATHS] == before
    assert json.loads(before[0])
    assert depends_of(filled, "/front.rss").until is None
