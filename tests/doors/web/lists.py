"""The lists of posts that tests draw."""

from dataclasses import dataclass

from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PostLine, PostTexts
from folkmoot.queries.views import PostSort
from folkmoot.text.html import Html
from tests.doors.web.factories import HOUR, MINUTE, NOW, author, community, line


@dataclass(frozen=True)
class PostList:
    """A page of a list."""

    posts: tuple[PostLine, ...]
    after: str | None
    sort: PostSort


EXCERPT = (
    "The room under the bells has stood empty since the last keeper of the clock retired. A weather service has "
    "offered to pay for a new roof if it may put its instruments and one chair there for fifteen years, and the "
    "council will speak about it in December, if the December meeting is held."
)


def busy_list() -> PostList:
    """Twelve posts of every kind, and a next page."""
    told = (
        (
            "The town wants to rent its clock tower to a weather station",
            "lecourrier.example",
            "Towers and bells",
            214,
            57,
        ),
        (
            "What we learned from running a small server for ten years",
            "slowcomputing.example",
            "Self-hosting",
            96,
            31,
        ),
        ("Which hand tools do you still use every week?", None, "Workshop", 48, 112),
        ("A catalogue of every bridge in the county, drawn by one person", "bridgebook.example", "Maps", 341, 88),
        ("The parser that reads a file backwards", "notes.example", "Programming", 17, 5),
        ("Court says that the archive may keep public notices", "gazette.example", "Law", 73, 24),
        ("Weekly thread: what are you reading?", None, "Books", 5, 0),
        ("Measuring how long a page takes on a phone from 2015", "latency.example", "Web", 128, 63),
        ("Seed library opens in the old post office", "valleynews.example", "Gardening", 62, 14),
        ("Notes on setting tables of numbers", "typenotes.example", "Typography", 39, 1),
        ("The harbour model that was built before the harbour", "museum.example", "History", 208, 46),
        ("Show: a small program that turns a thread into a booklet", "boundpages.example", "Programming", 1, 2),
    )
    posts = tuple(
        line(
            number,
            title=title,
            url=None if host is None else f"https://{host}/a",
            archive_url=None if host is None or number % 4 == 3 else f"https://archive.example/{host}",
            community=community(title=place, name=place.casefold(), host=None),
            author=author("oldquay" if number % 2 else "hazel@saltmarsh.example"),
            published=Micros(NOW - number * HOUR - 48 * MINUTE),
            score=score,
            comments=comments,
            locked=number == 11,
            nsfw=number == 12,
            imported=number == 4,
            approximate=number == 4,
            texts=PostTexts("", Html(""), EXCERPT if number % 3 else "", literal=False),
        )
        for number, (title, host, place, score, comments) in enumerate(told, 1)
    )
    return PostList(posts, "abc123", PostSort.ACTIVE)
