"""What is asked for? The addresses that guests read, with the hard ones among them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.servers import asked
from bench.states import State
from folkmoot.db.base import Param, Reader
from folkmoot.demo.generator_shape import Landmarks
from folkmoot.model.ids import CommunityId, PersonId, PostId
from folkmoot.queries.views import CommentSort, PersonSort, PostSort

# Without the page cache nothing is compressed, so that is measured with it only.
GZIP: Mapping[str, str] = {"accept-encoding": "gzip"}
_WALKED = 100
"""So many pages a list is followed down to its deep pages, where no row says where they begin."""
_AFTER = re.compile(r'[?&;]after=([^"&]+)"?')
_NEWEST_POSTS = 12


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to ask for.

    Args:
        name: what results are compared by.
        path: on the server that is measured.
        headers: beside those that every request has.
        status: what it is answered with.
        first: of a deep page, the name of the case that is the first page of the same list.
        whole: it is a whole thread, however long.
        states: in which it is measured.
        goal: whether the goals are about it.
    """

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    first: str = ""
    whole: bool = False
    states: tuple[State, ...] = tuple(State)
    goal: bool = True


def cases(reader: Reader, places: Landmarks, url: str) -> Iterator[Case]:
    """Give all cases of a generated site that is served at `url`."""
    yield Case("tiny answer", "/healthz", states=(State.CACHED,), goal=False)
    yield from _lists(reader, places, url)
    yield from _person(reader, places.busy_person, url)
    yield from _threads(places)
    comment = comment_in(reader, places.threads[1_000])
    yield Case("one comment of 1000", f"/comment/{comment}")
    yield Case("one comment of 1000, text", f"/comment/{comment}.txt")
    for size in (10, 1_000):
        path = f"/post/{places.threads[size]}.json?sort={CommentSort.OLD.value}"
        yield from _unchanged(f"thread of {size}, json, 304", path, url)


def _lists(reader: Reader, places: Landmarks, url: str) -> Iterator[Case]:
    new = f"sort={PostSort.NEW.value}"
    yield Case("front page", "/")
    yield Case("front page, gzip", "/", GZIP, states=(State.CACHED,))
    yield Case("front page, json", "/front.json")
    yield Case("front page, rss", "/front.rss")
    yield Case("front page, deep", f"/?after={_walked(url, '/')}", first="front page")
    yield Case("front page, new", f"/?{new}")
    for name, share in (("middle", 0.5), ("oldest", 0.001)):
        yield Case(f"front page, new, {name}", f"/?{new}&after={_cursor(reader, share)}", first="front page, new")
    big, rare = (community_path(reader, place) for place in (places.big_community, places.rare_community))
    top = f"{big}?sort={PostSort.TOP_ALL.value}"
    yield Case("community", big)
    yield Case("community, top of all time", top)
    yield Case(
        "community, top of all time, deep", f"{top}&after={_walked(url, top)}", first="community, top of all time"
    )
    oldest = _cursor(reader, 0.001, places.big_community)
    yield Case("community, new", f"{big}?{new}")
    yield Case("community, new, oldest", f"{big}?{new}&after={oldest}", first="community, new")
    yield Case("community of three posts", rare)
    yield Case("directory", "/communities")
    yield Case("directory, deep", f"/communities?after={_walked(url, '/communities')}", first="directory")


def _person(reader: Reader, person: PersonId, url: str) -> Iterator[Case]:
    path = person_path(reader, person)
    top = f"{path}?sort={PersonSort.TOP.value}"
    yield Case("person", path)
    yield Case("person, oldest", f"{path}?after={_person_cursor(reader, person, path, url)}", first="person")
    yield Case("person, top", top)
    yield Case("person, top, deep", f"{top}&after={_walked(url, top)}", first="person, top")


def _threads(places: Landmarks) -> Iterator[Case]:
    for size, post in sorted(places.threads.items()):
        yield Case(f"thread of {size}", f"/post/{post}")
        yield Case(f"thread of {size}, all", f"/post/{post}?all=1", whole=True)
        yield Case(f"thread of {size}, text", f"/post/{post}.txt", whole=True)
        yield Case(f"thread of {size}, json", f"/post/{post}.json", whole=True)
    yield Case("thread of 1000, all, gzip", f"/post/{places.threads[1_000]}?all=1", GZIP, states=(State.CACHED,))


def _unchanged(name: str, path: str, url: str) -> Iterator[Case]:
    """Ask for what the asker has already. Only forms without ages, in an order without, stay the same meanwhile."""
    tag = dict(asked(url + path, {}).headers).get(b"etag")
    if tag is not None:
        yield Case(name, path, {"if-none-match": tag.decode()}, status=304, states=(State.CACHED,))


def mixed(reader: Reader, places: Landmarks) -> list[str]:
    """Give what readers ask for at once: lists, and most of all threads, those that are written to among them."""
    posts = reader.rows(
        "select post_id from post_rank where deleted = 0 and removed = 0 order by post_id desc limit :limit",
        limit=_NEWEST_POSTS,
    )
    thread = places.threads[1_000]
    return [
        "/",
        "/",
        "/",
        f"/?sort={PostSort.NEW.value}",
        f"/?sort={PostSort.NEW.value}&after={_cursor(reader, 0.5)}",
        "/front.json",
        "/front.rss",
        "/communities",
        community_path(reader, places.big_community),
        community_path(reader, places.rare_community),
        person_path(reader, places.busy_person),
        f"/post/{thread}",
        f"/post/{thread}.json",
        f"/post/{places.threads[10]}",
        f"/post/{places.threads[5_000]}",
        f"/comment/{comment_in(reader, thread)}",
        *(f"/post/{post}" for (post,) in posts),
        *(f"/post/{post}.json" for (post,) in posts[:2]),
        *(f"/post/{post}.txt" for (post,) in posts[2:4]),
    ]


def long_mixture(reader: Reader, places: Landmarks) -> list[str]:
    """Give what very many readers ask for: half of it as in `mixed`, the rest more than any cache can hold."""
    posts = reader.rows(
        "select post_id from post_rank where post_id % 7 = 3 order by post_id desc limit :limit", limit=400
    )
    comments = reader.rows(
        "select comment_id from comment_node where comment_id % 11 = 5 order by comment_id desc limit :limit", limit=200
    )
    tail = [f"/post/{post}" for (post,) in posts] + [f"/comment/{comment}" for (comment,) in comments]
    large, largest = places.threads[1_000], places.threads[5_000]
    tail += [f"/post/{large}?all=1", f"/post/{large}.json", f"/post/{largest}?all=1", f"/post/{largest}.txt"]
    usual = mixed(reader, places)
    return usual * (len(tail) // len(usual) + 1) + tail


def community_path(reader: Reader, community: CommunityId) -> str:
    """Give the address of a community at home here."""
    name = reader.value("select name from community where id = :id", id=community)
    return f"/c/{name}"


def person_path(reader: Reader, person: PersonId) -> str:
    """Give the address of somebody at home here."""
    name = reader.value("select name from person where id = :id", id=person)
    return f"/u/{name}"


def comment_in(reader: Reader, post: PostId) -> int:
    """Give a comment in the midst of a thread, with a few below it."""
    return int(
        reader.value(
            """
            select comment_id from comment_node where post_id = :post and depth = 3 and child_count between 3 and 30
            order by comment_id limit 1
            """,
            post=post,
        )
    )


def _cursor(reader: Reader, share: float, community: CommunityId | None = None) -> str:
    """Give where New goes on when it has come down to this share of all posts, or of a community's."""
    among = "" if community is None else "where community_id = :community"
    params: dict[str, Param] = {} if community is None else {"community": community}
    place = int(reader.value(f"select count(*) from post_rank {among}", **params) * share)  # noqa: S608 -- ours
    published, post = reader.rows(
        f"select published, post_id from post_rank {among} order by published, post_id limit 1 offset :place",  # noqa: S608
        place=max(place, 30),
        **params,
    )[0]
    return f"{PostSort.NEW.value}.{published}.{post}"


def _person_cursor(reader: Reader, person: PersonId, path: str, url: str) -> str:
    """Give where somebody's page goes on with their thirty oldest comments: the usual cursor, with another time."""
    published = reader.rows(
        """
        select published from comment_node where author_id = :person and deleted = 0 and removed = 0
        order by published, comment_id limit 1 offset 30
        """,
        person=person,
    )[0][0]
    return re.sub(r"^([a-z-]+)\.[0-9]+", rf"\1.{published}", _next(url + path) or "")


def _walked(url: str, path: str) -> str:
    """Follow a list from its first page down; give where three quarters of the way is."""
    seen: list[str] = []
    while len(seen) < _WALKED:
        after = _next(f"{url}{path}{'&' if '?' in path else '?'}after={seen[-1]}" if seen else url + path)
        if after is None or after in seen:
            break
        seen.append(after)
    return seen[len(seen) * 3 // 4] if seen else ""


def _next(url: str) -> str | None:
    """Give the cursor that a page's link to the next one has."""
    found = _AFTER.search(asked(url, {}).body.decode(errors="replace"))
    return found[1] if found else None
