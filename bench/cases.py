"""What is asked for? The addresses that guests read, with the hard ones among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.servers import asked
from folkmoot.db.base import Reader
from folkmoot.demo.generator_shape import Landmarks
from folkmoot.model.ids import PostId
from folkmoot.queries.views import CommentSort

FORMS = {"html": "", "text": ".txt", "json": ".json"}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to ask for. `name` is what results are compared by."""

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def cases(reader: Reader, places: Landmarks, url: str) -> Iterator[Case]:
    """Give all cases of a generated site that is served at `url`."""
    yield Case("tiny answer", "/healthz")
    yield Case("front page", "/")
    yield Case("front page, middle", f"/?after={_cursor(reader, share=0.5)}")
    yield Case("front page, oldest", f"/?after={_cursor(reader, share=0.001)}")
    for size, post in sorted(places.threads.items()):
        for form, suffix in FORMS.items():
            yield Case(f"thread of {size}, {form}", f"/post/{post}{suffix}")
    for size, post in sorted(places.threads.items()):
        yield _unchanged(f"thread of {size}, json, 304", f"/post/{post}.json?sort={CommentSort.OLD.value}", url)
    comment = _comment(reader, places.threads[1_000])
    yield Case("one comment of 1000, redirect", f"/comment/{comment}", status=303)
    yield Case("one comment of 1000, text", f"/comment/{comment}.txt")


def _unchanged(name: str, path: str, url: str) -> Case:
    """Ask for what the asker has already. Only forms without ages, in an order without, stay the same meanwhile."""
    tag = dict(asked(url + path, {}).headers)[b"etag"].decode()
    return Case(name, path, {"if-none-match": tag}, status=304)


def _cursor(reader: Reader, *, share: float) -> str:
    """Give where the front page goes on when it has come down to this share of all posts."""
    place = int(reader.value("select count(*) from post_rank") * share)
    published, post = reader.rows(
        "select published, post_id from post_rank order by published, post_id limit 1 offset :place",
        place=max(place, 30),
    )[0]
    return f"{published}.{post}"


def _comment(reader: Reader, post: PostId) -> int:
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
