"""Whoever follows the links of a large thread, as they come, without a script, reads each of its comments."""

import re
from html import unescape

import pytest

from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.talk import PAGE
from tests.doors.conftest import Site

TOPS = 560
"""More than a page has, none of them with a reply."""
CHAIN = 60
"""Deeper than a page goes, several times over; the last one has answers on its way, too."""
FAN = 540
"""Replies of one comment: more than a page has."""

SHOWN = re.compile(r'<li id=c(\d+)>.*?<div class=text lang="">(?:<p[^>]*>)?([^<]*)', re.DOTALL)
ONWARD = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(Load|Continue)[^<]*</a>')
MOST_PAGES = 60


def large_thread(site: Site, *, tops: int = TOPS, chain: int = CHAIN, fan: int = FAN) -> tuple[PostId, dict[int, str]]:
    """Write a thread that is wide at its top, deep in one place and wide below another."""
    world = site.world
    post = world.post(by=world.person("ada"))
    said: dict[int, str] = {}

    def say(under: CommentId | None) -> CommentId:
        words = f"Number {len(said)} of many"
        comment = world.comment(on=post, under=under, body=words)
        said[comment] = words
        return comment

    under = crowded = say(None)
    for level in range(chain):
        under = say(under)
        if level % 5 == 0:
            say(under)
    for number in range(tops):
        top = say(None)
        crowded = top if number == tops // 2 else crowded
    for number in range(fan):
        reply = say(crowded)
        if number % 60 == 0:
            say(say(reply))
    return post, said


def read_through(site: Site, first: str) -> tuple[dict[int, str], int]:
    """Read a page and whatever its links onward lead to.

    Returns:
        The words of each comment that was met, and how many pages it took.
    """
    met: dict[int, str] = {}
    asked: set[str] = set()
    waiting = [first]
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in asked:
            continue
        asked.add(path)
        answer = site.get(path)
        assert answer.status_code == 200, path
        found = dict(SHOWN.findall(answer.text))
        assert len(found) <= PAGE.comments + 1
        met |= {int(comment): words for comment, words in found.items()}
        waiting += [unescape(href) for href, _ in ONWARD.findall(answer.text)]
    return met, len(asked)


@pytest.mark.parametrize("order", ["", "?sort=old", "?sort=top"])
def test_every_comment_of_a_large_thread_is_read_by_following_its_links(site: Site, order: str) -> None:
    post, said = large_thread(site)
    assert len(said) > 2 * PAGE.comments
    met, pages = read_through(site, f"/post/{post}{order}")
    assert met == said
    assert pages <= MOST_PAGES
