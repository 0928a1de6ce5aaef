"""Views made by hand, for pages that are to be looked at without a database. All names and texts are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import language
from folkmoot.model.ids import HERE, CommentId, CommunityId, InstanceId, Micros, PersonId, PostId
from folkmoot.queries.comment_heads import CommentHead, CommentRow
from folkmoot.queries.list_views import PostLine, PostTexts
from folkmoot.queries.post_heads import PostHead, PostRow
from folkmoot.queries.views import (
    Absence,
    AuthorView,
    CommentSort,
    CommentView,
    CommunityView,
    PostView,
    SiteView,
    ThreadView,
)
from folkmoot.text.html import Html, escaped

MINUTE = 60 * 1_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NOW = Micros(1_732_525_920_000_000)
"""25 November 2024, 09:12 UTC."""

LEMMY_SORTS = (CommentSort.HOT, CommentSort.TOP, CommentSort.NEW, CommentSort.OLD, CommentSort.CONTROVERSIAL)


def frame(tag: str = "en") -> Frame:
    site = SiteView(name="Hollow", description="A small server.", set_up=True, version=1)
    return Frame(site, "https://hollow.example", language(tag))


def changed(view: CommentView, **changes: Any) -> CommentView:
    return view._replace(**changes)


def author(handle: str = "kettleby", **changes: Any) -> AuthorView:
    name, _, host = handle.partition("@")
    plain = AuthorView(
        id=PersonId(sum(map(ord, handle))),
        name=name,
        host=host or None,
        display_name=None,
        uri=None,
        bot=False,
        deleted=False,
        admin=False,
        moderator=False,
        provisional=False,
        published=Micros(NOW - 900 * DAY),
        updated=None,
    )
    return plain._replace(**changes)


def community(**changes: Any) -> CommunityView:
    plain = CommunityView(
        id=CommunityId(3),
        name="towers",
        host="lowmoor.example",
        title="Towers and bells",
        description="Clocks, bells and the people who keep them.",
        html=paragraphs("Clocks, bells and the people who keep them. Say when a picture was taken."),
        uri=None,
        nsfw=False,
        deleted=False,
        removed=False,
        published=Micros(NOW - 2_000 * DAY),
        updated=None,
        posts=1_204,
        comments=12_408,
    )
    return plain._replace(**changes)


def paragraphs(*texts: str) -> Html:
    return Html("\n".join(f'<p dir="auto">{escaped(text)}</p>' for text in texts))


def post(**changes: Any) -> PostView:
    plain = PostView(
        id=PostId(7),
        community=community(),
        author=author("darkwater@lowmoor.example"),
        handle=None,
        title="The town wants to rent its clock tower to a weather station, the gazette says",
        url="https://www.lecourrier.example/2024/11/24/clock-tower",
        archive_url="https://archive.example/20241124/clock-tower",
        archive_offered=True,
        html=paragraphs(
            "The room under the bells has stood empty since the last keeper of the clock retired.",
            "A weather service has offered to pay for a new roof if it may put its “instruments and one chair” there "
            "for fifteen years. The council will speak about it in December.",
            "The keeper, who is eighty-one, told the gazette that the wind up there “comes from where it likes”, and "
            "that any reading taken beside a bell of two tonnes should be taken on the half hour.",
            "What the rent is, nobody would say. The roof was last priced at four years of the library's money.",
        ),
        text="The room under the bells has stood empty since the last keeper of the clock retired.",
        source="",
        literal=False,
        uri=None,
        published=Micros(NOW - 20 * HOUR),
        updated=None,
        received=Micros(NOW - 20 * HOUR),
        imported=False,
        approximate=False,
        newest_comment=Micros(NOW - 40 * MINUTE),
        comments=0,
        upvotes=214,
        downvotes=0,
        score=214,
        nsfw=False,
        locked=False,
        absence=Absence.PRESENT,
        reason=None,
        version=1,
    )
    return replace(plain, **changes)


def comment(number: int = 1, *texts: str, depth: int = 1, **changes: Any) -> CommentView:
    plain = CommentView(
        id=CommentId(number),
        parent=None,
        depth=depth,
        path=f"0.{number}",
        position=None,
        author=author(),
        handle=None,
        op=False,
        html=paragraphs(*(texts or ("It depends on the family.",))),
        text="It depends on the family.",
        source="It depends on the family.",
        literal=False,
        uri=None,
        published=Micros(NOW - 3 * HOUR),
        updated=None,
        received=Micros(NOW - 3 * HOUR),
        approximate=False,
        child_count=0,
        upvotes=5,
        downvotes=0,
        score=5,
        absence=Absence.PRESENT,
        reason=None,
        version=1,
    )
    return plain._replace(**changes)


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of a tree as tests write it: depth, who, how long ago, what."""

    depth: int
    by: str
    ago: int
    texts: Sequence[str]
    changes: dict[str, Any]


def said(depth: int, by: str, ago: int, *texts: str, **changes: Any) -> Said:
    return Said(depth, by, ago, texts, changes)


def tree(*told: Said) -> tuple[CommentView, ...]:
    """Return the comments with numbers and parents, in the order told."""
    made: list[CommentView] = []
    above: list[CommentId] = []
    for number, one in enumerate(told, 1):
        del above[one.depth - 1 :]
        written = comment(
            number,
            *one.texts,
            depth=one.depth,
            parent=above[-1] if above else None,
            path=".".join(["0", *map(str, above), str(number)]),
            **{"author": author(one.by), "published": Micros(NOW - one.ago), **one.changes},
        )
        above.append(written.id)
        made.append(written)
    return tuple(one._replace(child_count=_below(made, place)) for place, one in enumerate(made))


def _below(made: Sequence[CommentView], place: int) -> int:
    """Count what stands below a comment: what follows it, as long as it is deeper."""
    deeper = takewhile(lambda other: other.depth > made[place].depth, made[place + 1 :])
    return sum(1 for _ in deeper)


def thread(comments: Sequence[CommentView] = (), **changes: Any) -> ThreadView:
    plain = ThreadView(
        post=post(comments=len(comments)),
        comments=tuple(comments),
        sort=CommentSort.HOT,
        sorts=LEMMY_SORTS,
        as_of=NOW,
    )
    return replace(plain, **changes)


def head_of(of: PostLine) -> PostHead:
    """Give what lists show of a post."""
    place, who = of.community, of.author
    return (
        of.id, who.id, place.id, of.title, of.url, of.archive_url, of.published, of.updated, int(of.approximate),
        int(of.imported), of.comments, of.score, int(of.nsfw), int(of.locked), of.handle, who.name, who.host,
        place.name, place.host, place.title, "" if of.texts is None else of.texts.text,
    )  # fmt: skip


def row_of(of: PostLine) -> PostRow:
    """Give what forms for programs say of a post."""
    said = of.texts or PostTexts("", Html(""), "", literal=False)
    return (
        *head_of(of)[:15], of.uri, of.received, of.newest_comment, of.upvotes, of.downvotes, int(of.archive_offered),
        said.source, 2 if said.literal else 1, said.html, said.text, *_of_author(of.author),
        *_of_place(of.community),
    )  # fmt: skip


def _of_place(place: CommunityView) -> tuple[Any, ...]:
    """Give the columns of a community, without its long texts."""
    home = HERE if place.host is None else InstanceId(2)
    return (*place[:4], "", "", place.uri, *map(int, place[7:10]), *place[10:14], home, *place[15:])


def _of_author(who: AuthorView) -> tuple[Any, ...]:
    """Give the columns of somebody."""
    marks = map(int, (who.bot, who.deleted, who.admin, who.provisional))
    home = HERE if who.host is None else InstanceId(2)
    return (*who[:5], *marks, who.published, who.updated, home, int(who.moderator))


def comment_head(post: PostLine, of: CommentView, *, author: bool = False) -> CommentHead:
    """Give what lists show of a comment."""
    who = of.author
    told = _of_author(who) if author else ()
    return (
        of.id, post.id, who.id, post.community.id, who.id if of.op else 0, post.title, post.absence.value,
        of.published, of.updated, int(of.approximate), of.position, of.score, of.handle, post.community.name,
        post.community.host, post.community.title, of.html, *told,
    )  # fmt: skip


def comment_row(post: PostLine, of: CommentView) -> CommentRow:
    """Give what forms for programs say of a comment."""
    return (
        *comment_head(post, of)[:4], post.author.id, *comment_head(post, of)[5:13], of.uri, of.received,
        of.child_count, of.upvotes, of.downvotes, of.path, of.source, 2 if of.literal else 1, of.html, of.text,
        post.url, int(post.locked), post.published, post.updated, int(post.nsfw), post.uri, *_of_author(of.author),
        *_of_place(post.community),
    )  # fmt: skip


def line(number: int = 1, **changes: Any) -> PostLine:
    plain = PostLine(
        id=PostId(number),
        title="What we learned from running one small server for ten years",
        url="https://slowcomputing.example/ten-years",
        archive_url="https://archive.example/ten-years",
        archive_offered=True,
        community=community(name="selfhosting", title="Self-hosting", host=None),
        author=author("oldquay"),
        handle=None,
        published=Micros(NOW - 7 * HOUR),
        updated=None,
        received=Micros(NOW - 7 * HOUR),
        imported=False,
        approximate=False,
        newest_comment=Micros(NOW - HOUR),
        comments=31,
        upvotes=98,
        downvotes=2,
        score=96,
        nsfw=False,
        locked=False,
        absence=Absence.PRESENT,
        uri=None,
        version=1,
    )
    return plain._replace(**changes)
