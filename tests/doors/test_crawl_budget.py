"""Whose pages are counted together, when a network has to wait, and what it is told."""

import ipaddress
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from folkmoot.doors import crawl_budget
from folkmoot.doors.caches import caches
from folkmoot.doors.context import WebContext
from folkmoot.doors.crawl_budget import NO_BUDGET, PAUSE_S, Budget, CrawlBudget, network_of
from folkmoot.doors.site_app import site_app
from folkmoot.settings.values import networks
from tests.conftest import SetClock
from tests.doors.conftest import SITE_URL, Site
from tests.world import World

TRUSTED = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1"))


def scope(peer: str | None, *forwarded: str) -> Scope:
    headers = [(b"x-forwarded-for", entry.encode()) for entry in forwarded]
    return {"type": "http", "client": None if peer is None else (peer, 9), "headers": headers}


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("192.0.2.77", (), "192.0.2.0/24"),
        ("2001:db8:1:2::7", (), "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", (), "192.0.2.0/24"),
        ("192.0.2.77", ("198.51.100.1",), "192.0.2.0/24"),
        ("127.0.0.1", ("198.51.100.1",), "198.51.100.0/24"),
        ("::1", ("203.0.113.9, 198.51.100.1",), "198.51.100.0/24"),
        ("127.0.0.1", ("203.0.113.9", "198.51.100.1, 10.1.2.3"), "198.51.100.0/24"),
        ("127.0.0.1", ("198.51.100.1:4711",), "198.51.100.0/24"),
        ("127.0.0.1", ("[2001:db8:1::7]:4711",), "2001:db8:1::/48"),
        (None, ("198.51.100.1",), "198.51.100.0/24"),
        ("127.0.0.1", (), None),
        (None, (), None),
        ("127.0.0.1", ("unknown",), None),
        ("127.0.0.1", ("198.51.100.1, unknown",), None),
        ("127.0.0.1", ("10.0.0.1",), None),
    ],
)
def test_who_asks(peer: str | None, forwarded: tuple[str, ...], network: str | None) -> None:
    found = network_of(scope(peer, *forwarded), TRUSTED)
    assert found == (None if network is None else ipaddress.ip_network(network))


class Counter:
    """A budget, its clock, and for how long somebody has to wait."""

    def __init__(self, budget: Budget) -> None:
        self.clock = SetClock()
        self.waits: list[int] = []
        self.budget = CrawlBudget(budget, trusted_proxies=TRUSTED, clock=self.clock, answer=self._told)

    def _told(self, wait_s: int) -> PlainTextResponse:
        self.waits.append(wait_s)
        return PlainTextResponse("too fast", 429)

    def wait_s(self, peer: str = "192.0.2.1") -> int:
        return self.waits[-1] if self.budget.refused(scope(peer)) else 0


def test_a_network_waits_when_its_budget_is_used_up() -> None:
    counter = Counter(Budget(10, 60))
    assert [counter.wait_s(f"192.0.2.{number}") for number in range(10)] == [0] * 10
    assert counter.wait_s("192.0.2.99") == PAUSE_S
    assert counter.wait_s("192.0.3.1") == 0
    counter.clock.forward(seconds=PAUSE_S - 0.5)
    assert counter.wait_s() == 1
    counter.clock.forward(seconds=0.5)
    assert [counter.wait_s() for _ in range(10)] == [0] * 10
    assert counter.wait_s() == PAUSE_S


def test_who_reads_slowly_never_waits() -> None:
    counter = Counter(Budget(10, 60))
    for _ in range(200):
        assert counter.wait_s() == 0
        counter.clock.forward(seconds=1)


def test_a_clock_that_is_set_back_makes_nobody_wait_long() -> None:
    counter = Counter(Budget(1, 60))
    counter.wait_s()
    assert counter.wait_s() == PAUSE_S
    counter.clock.forward(days=-1)
    assert counter.wait_s() <= PAUSE_S
    counter.clock.forward(seconds=PAUSE_S)
    assert counter.wait_s() == 0


def test_processes_share_a_budget() -> None:
    assert Budget(1000, 300).shared_by(4) == Budget(250, 75)


def test_no_budget_counts_nobody() -> None:
    counter = Counter(NO_BUDGET)
    assert [counter.wait_s() for _ in range(1000)] == [0] * 1000


def test_so_many_networks_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl_budget, "NETWORKS", 2)
    counter = Counter(Budget(1, 1))
    for peer in ("192.0.2.1", "192.0.3.1", "192.0.4.1"):
        assert counter.wait_s(peer) == 0
    assert counter.wait_s("192.0.4.1") == PAUSE_S
    assert counter.wait_s("192.0.2.1") == 0


def test_what_crawlers_and_browsers_must_be_able_to_ask_for_is_not_counted(world: World) -> None:
    context = WebContext(db=world.db, site_url=SITE_URL, clock=world.clock, security_contact="mailto:a@hub.example")
    site = Site(world, site_app(context, budget=Budget(1, 1)))
    free = ("/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest", "/favicon.ico", "/appearance")
    for _ in range(3):
        assert {site.get(path, x_forwarded_for="192.0.2.7").status_code for path in free} == {200}
    assert site.get("/", x_forwarded_for="192.0.2.7").status_code == 200
    assert site.get("/menu", x_forwarded_for="192.0.2.7").status_code == 429
    assert {site.get(path, x_forwarded_for="192.0.2.7").status_code for path in free} == {200}


@pytest.mark.parametrize(
    ("accept", "said"),
    [
        (None, "Try again in 40 seconds."),
        ("application/json", '{"error": "rate_limit_error"}'),
        ("text/plain", "rate_limit_error\n"),
    ],
)
def test_a_network_is_told_how_long_to_wait_in_the_form_it_asked_for(
    world: World, accept: str | None, said: str
) -> None:
    world.set_up()
    context = WebContext(
        db=world.db, site_url=SITE_URL, clock=world.clock, kept=caches(page_bytes=100_000, part_bytes=0)
    )
    site = Site(world, site_app(context, budget=Budget(2, 1)))
    for number in (1, 2):
        assert site.get(f"/post/{number}").status_code == 404
    answer = site.get("/post/3", accept)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(PAUSE_S)
    assert answer.headers["cache-control"] == "no-store"
    assert "content-security-policy" in answer.headers
    assert said in answer.text
    assert site.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("text", "shown"), [("10.0.0.0/8,::1", "10.0.0.0/8, ::1"), ("192.0.2.7", "192.0.2.7"), ("none", "none")]
)
def test_trusted_proxies_are_networks(text: str, shown: str) -> None:
    read = networks(text, Path())
    assert read.text == shown
    assert networks(read.text, Path()) == read


@pytest.mark.parametrize("text", ["", "proxy.example", "10.0.0.1/8", "10.0.0.0/8, none"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no list of networks"):
        networks(text, Path())
