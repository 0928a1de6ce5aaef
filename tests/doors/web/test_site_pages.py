"""The menu, the orders, "About": what they lead to exists, and the numbers on them are those that are reckoned by."""

import math
import re
from urllib.parse import quote, urlencode

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from folkmoot.doors import site_files
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import HOUR_MICROS, SITE, Depends
from folkmoot.doors.documents import DEPENDS
from folkmoot.doors.web import site_pages, small_routes
from folkmoot.doors.web.errors import exception_handlers
from folkmoot.doors.web.i18n import LANGUAGES, PSEUDO_LANGUAGES, language
from folkmoot.doors.web.orders import person_order, post_order
from folkmoot.doors.web.sort_formulas import LARGE, LIKED, OLD, SMALL, SPLIT, WOKEN, YOUNG, Formula, formulas
from folkmoot.doors.web.sorts_page import WINDOWS, Place, place_asked
from folkmoot.model import ranking
from folkmoot.model.ids import Micros
from folkmoot.queries.views import CommentSort, PersonSort, PostSort
from tests.doors.web.asgi import ask
from tests.doors.web.markup import elements, one, parsed, shown
from tests.world import World

URL = "https://hub.example"
ENGLISH = language("en")


@pytest.fixture
def app(world: World) -> ASGIApp:
    context = WebContext(db=world.db, site_url=URL, clock=world.clock)
    return Starlette(routes=site_pages.routes(context), exception_handlers=exception_handlers(context))


def formula(anchor: str) -> Formula:
    [found] = (one for one in formulas(ENGLISH) if one.anchor == anchor)
    return found


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


def hot(points: int, hours: float) -> float:
    """Reckon by the formula as the page has it: what stands before and in the power is read from there."""
    line = formula("hot").line
    shape = r"rank = log(\d+)\(max\((\d+), points \+ (\d+)\)\) / \(hours \+ (\d+)\) \^ ([\d.]+)"
    found = re.fullmatch(shape, line)
    assert found is not None
    base, least, more, later, power = map(float, found.groups())
    return math.log(max(least, points + more), base) / math.pow(hours + later, power)


def test_formula_of_hot_is_the_one_that_is_used() -> None:
    assert float(formula("hot").line.rpartition("^ ")[2]) == ranking.HOT_GRAVITY
    assert numbers(formula("hot").said[1]) == [ranking.HOT_DAYS, 0]
    first, second = hot(*YOUNG), hot(*OLD)
    assert first > second
    assert numbers(formula("hot").example) == [*YOUNG, round(first, 3), *OLD, round(second, 3)]
    for points, hours in (YOUNG, OLD, (-7, 1), (0, 0)):
        age = hours * 3_600_000_000
        assert hot(points, hours) == pytest.approx(ranking.hot_rank(points, Micros(0), Micros(age)))


def test_formula_of_active_is_hot_with_the_time_of_a_comment() -> None:
    points, written, commented = WOKEN
    assert numbers(formula("active").said[0]) == [ranking.OTHERS_COUNT_DAYS]
    assert written < ranking.OTHERS_COUNT_DAYS * 24
    ranks = [round(hot(points, written), 3), round(hot(points, commented), 3)]
    assert numbers(formula("active").example) == [written, points, ranks[0], commented, ranks[1]]


def test_formula_of_scaled_is_the_one_that_is_used() -> None:
    found = re.fullmatch(r"rank = rank by Hot / log(\d+)\((\d+) \+ people\)", formula("scaled").line)
    assert found is not None
    base, more = map(float, found.groups())
    rank = hot(*YOUNG)
    scaled = [rank / math.log(more + people, base) for people in (SMALL, LARGE)]
    assert scaled == pytest.approx([ranking.scaled_rank(rank, people) for people in (SMALL, LARGE)])
    said = numbers(formula("scaled").example)
    assert said == [round(rank, 3), round(scaled[0], 3), SMALL, round(scaled[1], 3), LARGE]


def test_formula_of_controversial_is_the_one_that_is_used() -> None:
    assert formula("controversial").line == "rank = (up + down) ^ (the smaller of both / the larger)"
    ranks = [(up + down) ** (min(up, down) / max(up, down)) for up, down in (SPLIT, LIKED)]
    assert numbers(formula("controversial").example) == [*SPLIT, round(ranks[0], 1), *LIKED, round(ranks[1], 1)]
    assert ranks == pytest.approx([ranking.controversy_rank(*SPLIT), ranking.controversy_rank(*LIKED)])


def test_page_says_how_often_ranks_are_refreshed() -> None:
    said = numbers(formula("rest").said[1])
    assert said == [ranking.REFRESH_MIN_MICROS / 60e6, ranking.REFRESH_MAX_MICROS / 60e6]


def test_windows_of_top_are_those_of_the_age_classes() -> None:
    assert list(WINDOWS.values()) == list(ranking.AGE_BOUNDS)
    assert [sort.name.removeprefix("TOP_") for sort in WINDOWS][:4] == ["HOUR", "SIX_HOUR", "TWELVE_HOUR", "DAY"]


@pytest.mark.parametrize("tag", [*LANGUAGES, *PSEUDO_LANGUAGES])
def test_formulas_are_whole_in_every_language(tag: str) -> None:
    for found in formulas(language(tag)):
        for text in (found.title, *found.said, found.line, found.example):
            assert not re.search(r"\{[a-z_]+\}", text)


def links(page: str) -> dict[str, str]:
    rows = next(elements(parsed(page), "ul", "rows"))
    return {shown(link): link.get("href") or "" for link in elements(rows, "a")}


@pytest.mark.parametrize("path", ["/", "/c/towers", "/c/towers@lowmoor.example"])
def test_every_order_of_a_list_of_posts_is_there(app: ASGIApp, path: str) -> None:
    found = links(ask(app, f"/sorts?of={quote(path)}").text)
    assert found == {post_order(sort, ENGLISH): f"{path}?sort={sort.value}" for sort in PostSort}


def test_every_order_of_a_thread_and_of_a_person_is_there(app: ASGIApp) -> None:
    thread = links(ask(app, "/sorts?of=/post/7").text)
    assert thread == links(ask(app, "/sorts?of=%252Fpost%252F7").text)
    assert set(thread.values()) == {f"/post/7?sort={sort.value}" for sort in CommentSort}
    person = links(ask(app, "/sorts?of=/u/hazel%3Fshow%3Dposts").text)
    assert person == {person_order(sort, ENGLISH): f"/u/hazel?show=posts&sort={sort.value}" for sort in PersonSort}


@pytest.mark.parametrize("asked", ["/sorts?of=/&feed=local", "/sorts?of=/%3Ffeed%3Dlocal%26sort%3Dhot"])
def test_feed_stays_as_it_is(app: ASGIApp, asked: str) -> None:
    assert links(ask(app, asked).text)["New"] == "/?feed=local&sort=new"


def test_present_order_is_marked_and_the_way_back_leads_to_it(app: ASGIApp) -> None:
    page = parsed(ask(app, "/sorts?of=/c/towers%3Fsort%3Dtop-week%26after%3Dxyz").text)
    [current] = (link for link in elements(page, "a") if link.get("aria-current") == "true")
    assert shown(current) == "Top of the week"
    [back] = (link for link in elements(page, "a") if shown(link) == "Back to the list")
    assert back.get("href") == "/c/towers?sort=top-week"


@pytest.mark.parametrize(
    "asked",
    [
        *("", "nonsense", "//evil.example", "https://evil.example/", "/\\evil.example", "/x/y"),
        *("/c/", "/c/a/b", "/c/a b", "/c/a%2fb", "/c/%ff", "/c/a\u0000", "/c/" + "a" * 301),
        *("/post/0", "/post/1/more", "/post/12345678901"),
    ],
)
def test_orders_of_what_has_none_are_those_of_the_front_page(app: ASGIApp, asked: str) -> None:
    assert place_asked(asked) == Place()
    answer = ask(app, "/sorts?" + urlencode({"of": asked}))
    assert answer.status == 200
    assert links(answer.text)["Hot"] == "/?sort=hot"


def test_names_of_other_scripts_are_written_as_addresses_are() -> None:
    for asked in ("/c/töne", "/c/t%C3%B6ne"):
        assert place_asked(asked).path == "/c/t%C3%B6ne"
    assert place_asked('/u/"><script>').path == "/u/%22%3E%3Cscript%3E"


def test_menu_leads_to_every_page_of_the_site(app: ASGIApp) -> None:
    found = set(links(ask(app, "/menu").text).values())
    assert found == {"/", "/?feed=local", "/communities", "/modlog", "/sorts", "/appearance", "/about"}


def test_about_says_who_this_is_and_how_much_is_here(world: World, app: ASGIApp) -> None:
    world.set_up("Hollow")
    world.comment(on=world.post())
    world.stranger()
    page = parsed(ask(app, "/about").text)
    assert shown(one(page, "h1")) == "Hollow"
    facts = {shown(name): shown(value) for name, value in zip(elements(page, "dt"), elements(page, "dd"), strict=True)}
    assert facts["Address"] == "hub.example"
    assert (facts["People"], facts["Communities"], facts["Posts"], facts["Comments"]) == ("2", "1", "1", "1")


@pytest.mark.parametrize("path", ["/menu", "/sorts", "/about"])
def test_page_says_what_it_depends_on_and_is_known_by_one_address(app: ASGIApp, path: str) -> None:
    answer = ask(app, path)
    assert f'<link rel="canonical" href="{URL}{path}">' in answer.text
    assert answer.headers["vary"] == "Accept, Accept-Language, Cookie"
    assert ask(app, path, headers={"if-none-match": answer.headers["etag"]}).status == 304
    assert 'data-theme="dark"' in ask(app, path, headers={"cookie": "look=dark.regular.100"}).text


def test_every_route_of_the_small_pages_and_files_is_an_address_of_guests(world: World) -> None:
    context = WebContext(db=world.db, site_url=URL, clock=world.clock)
    for room in (small_routes, site_files):
        routes = [route.path for route in room.routes(context)]
        assert sorted(routes) == sorted(address.path for address in room.ADDRESSES)


def test_numbers_hold_for_an_hour_and_the_page_says_so(world: World, app: ASGIApp) -> None:
    seen: list[Depends] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, send)
        seen.append(scope[DEPENDS])

    assert "Counted within the last hour." in ask(watched, "/about").text
    assert seen == [Depends(frozenset({SITE}), frozenset(), Micros(world.clock.now + HOUR_MICROS))]
