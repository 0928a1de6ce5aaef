"""Pages of 25 posts keep the weight that the look promises; the style sheet loses no blank that it needs."""

import gzip
import re
from dataclasses import replace

import pytest

from folkmoot.doors.web.appearance import Density
from folkmoot.doors.web.static_files import sheet_source, static_files
from folkmoot.queries.list_views import PostLine
from tests.doors.web.factories import author, community, frame
from tests.doors.web.list_pages import front
from tests.doors.web.lists import busy_list

KB = 1_000
POSTS = 25


def other(post: PostLine, number: int) -> PostLine:
    """Give a post that shares no name, host or number with the one that it is made from."""
    words = " ".join(reversed(post.title.split()))
    return post._replace(
        title=words,
        url=None if post.url is None else f"https://paper{number * 7_919 % 997}.example/{number * 104_729}",
        archive_url=None if post.archive_url is None else f"https://keep.example/{number * 611_953}",
        author=author(f"reader{number * 31_337 % 9_973}@host{number}.example"),
        community=community(title=f"{words.split()[0]} and {number}", name=f"place{number * 7_907 % 991}", host=None),
        score=number * 104_723 % 997,
        comments=number * 7_877 % 211,
    )


@pytest.mark.parametrize(("density", "most"), [("compact", 8), ("regular", 8), ("roomy", 8)])
def test_front_page_of_25_different_posts_keeps_its_weight(density: str, most: int) -> None:
    told = busy_list().posts
    numbers = range(len(told), POSTS)
    more = (other(told[number % len(told)], number) for number in numbers)
    page = front(replace(busy_list(), posts=(*told, *more)), density=Density(density))(frame())
    assert page.count("<article>") == POSTS
    assert len(gzip.compress(page.encode(), 6)) <= most * KB


def test_no_line_of_the_sheet_ends_where_a_blank_has_a_meaning() -> None:
    """The sheet is sent without its line ends."""
    written = re.sub(r"/\*.*?\*/", "", sheet_source(), flags=re.DOTALL)
    ends = {line.rstrip()[-1] for line in written.splitlines() if line.strip()}
    assert ends <= set("{};,:")
    assert b"\n" not in static_files()["look.css"].body
