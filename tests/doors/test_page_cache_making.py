"""How answers are made for those who ask at once: one at a time for each key, and early where nobody should wait."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import Response

from folkmoot.doors.depends import Depends
from folkmoot.doors.documents import document
from folkmoot.doors.kept import Touched
from tests.doors.page_house import POST, TEXT, Answer, House, Make, run


class Slow:
    """Makes pages only when it is told to."""

    def __init__(self, answer: Make) -> None:
        self.go = asyncio.Event()
        self.answer = answer

    async def __call__(self, request: Request) -> Response:
        await self.go.wait()
        return await self.answer(request)


async def _tasks(house: House, how_many: int) -> list[asyncio.Task[Answer]]:
    tasks = [asyncio.create_task(house.asked("/page")) for _ in range(how_many)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


def test_one_is_made_for_all_who_ask_meanwhile() -> None:
    async def many() -> None:
        house = House()
        house.make = slow = Slow(house.page)
        tasks = await _tasks(house, 20)
        slow.go.set()
        answers = await asyncio.gather(*tasks)
        assert len(house.made) == 1
        assert len({answer.body for answer in answers}) == 1

    run(many())


def test_who_hangs_up_takesnothing_from_those_who_wait() -> None:
    async def hang_up() -> None:
        house = House()
        house.make = slow = Slow(house.page)
        tasks = await _tasks(house, 3)
        tasks[0].cancel()
        tasks[1].cancel()
        await asyncio.wait(tasks[:2])
        slow.go.set()
        assert (await tasks[2]).status == 200
        assert len(house.made) == 1
        assert (await house.asked("/page")).status == 200
        assert len(house.made) == 1

    run(hang_up())


def test_after_a_failure_each_tries_for_themselves() -> None:
    async def failing() -> None:
        house = House()
        tried: list[int] = []

        async def first_fails(request: Request) -> Response:
            tried.append(1)
            if len(tried) == 1:
                raise ValueError("broken")
            return await house.page(request)

        house.make = slow = Slow(first_fails)
        tasks = await _tasks(house, 3)
        slow.go.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [ValueError, Answer, Answer]

    run(failing())


def test_what_changed_while_it_was_made_is_for_nobody_who_waited() -> None:
    async def changed() -> None:
        house = House()
        house.make = slow = Slow(house.page)
        tasks = await _tasks(house, 3)
        house.look(Touched((POST,), at_once=True))
        slow.go.set()
        await asyncio.gather(*tasks)
        assert len(house.made) == 3

    run(changed())


def _large(house: House) -> Make:
    """Make a large page, which says how many were made."""

    async def make(request: Request) -> Response:
        depends = Depends(frozenset({POST}), frozenset(), None)
        said = f"{len(house.made)} " + TEXT * 20
        return document(request, said.encode(), "text/plain", headers={}, depends=depends)

    return make


async def _asked_after_a_change(house: House, *, seconds: float) -> str:
    """Ask so long after a change; give which edition came, when nothing is under way any more."""
    await house.asked("/page")
    house.look(Touched((POST,)))
    house.clock.forward(seconds=seconds)
    house.look()
    answer = await house.asked("/page")
    for _ in range(5):
        await asyncio.sleep(0)
    return answer.body.decode().partition(" ")[0]


def test_a_large_page_that_is_still_asked_for_is_made_before_it_ends() -> None:
    async def early() -> None:
        house = House()
        house.make = _large(house)
        assert await _asked_after_a_change(house, seconds=0.6) == "1"
        assert len(house.made) == 2
        house.clock.forward(seconds=0.3)
        house.look()
        assert (await house.asked("/page")).body.startswith(b"2 ")
        assert len(house.made) == 2

    run(early())


@pytest.mark.parametrize("seconds", [0.1, 0.6])
def test_a_page_is_not_made_early_without_need(seconds: float) -> None:
    async def asked() -> None:
        house = House()
        house.make = _large(house) if seconds < 0.5 else house.page
        await _asked_after_a_change(house, seconds=seconds)
        assert len(house.made) == 1

    run(asked())


def test_what_is_made_early_is_waited_for_when_the_old_one_has_ended() -> None:
    async def late() -> None:
        house = House()
        house.make = make = _large(house)
        await house.asked("/page")
        house.look(Touched((POST,)))
        house.clock.forward(seconds=0.6)
        house.look()
        house.make = slow = Slow(make)
        assert (await house.asked("/page")).body.startswith(b"1 ")
        house.clock.forward(seconds=0.5)
        house.look()
        asks = await _tasks(house, 3)
        slow.go.set()
        assert {answer.body[:2] for answer in await asyncio.gather(*asks)} == {b"2 "}
        assert len(house.made) == 2

    run(late())
