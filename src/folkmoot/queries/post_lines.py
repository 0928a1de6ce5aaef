"""What is there to be said of posts that may be gone? All of it, by id, in one statement; their texts in another."""

from collections.abc import Iterable, Sequence
from typing import Any

from folkmoot.db.base import Reader
from folkmoot.model.ids import CommunityId, PostId
from folkmoot.queries import communities, people, visibility
from folkmoot.queries.list_views import PostLine, PostTexts
from folkmoot.queries.post_heads import FROM_POSTS
from folkmoot.queries.texts import LITERAL, TextColumns, rendered
from folkmoot.queries.views import Absence, CommunityView
from folkmoot.text.html import Html

_LINES = f"""
    select w.id, w.title, w.url, w.archive_url, w.archive_offered, w.handle, w.uri, w.version, r.published, r.updated,
        r.received, r.imported, r.approximate, r.newest_comment, r.comments, r.upvotes, r.downvotes, r.score, r.nsfw,
        r.locked, {visibility.absence("r", "c")},
        {communities.BRIEF},
        {people.columns("r.community_id")} {FROM_POSTS}
"""
_COMMUNITY = 21
_AUTHOR = _COMMUNITY + communities.WIDTH
_TEXTS = "select w.id, w.source, w.format, w.html, w.text, w.renderer from post w where "

_ABSENCES = tuple(Absence)
_NO_TEXTS = PostTexts("", Html(""), "", literal=False)


def post_lines(reader: Reader, posts: Sequence[PostId]) -> dict[PostId, PostLine]:
    """Read the lines of posts, whether they are there or gone, without texts."""
    if not posts:
        return {}
    known: dict[CommunityId, CommunityView] = {}
    rows = reader.rows(_LINES + reader.dialect.among("r.post_id", "posts"), posts=posts)
    lines = {row[0]: _line(row, known) for row in rows}
    gone = [post for post, line in lines.items() if line.absence]
    return lines | {post: _emptied(lines[post]) for post in gone} if gone else lines


def _line(row: tuple[Any, ...], known: dict[CommunityId, CommunityView]) -> PostLine:
    """Make a line, by position."""
    (
        post,
        title,
        url,
        archive_url,
        offered,
        handle,
        uri,
        version,
        published,
        updated,
        received,
        imported,
        approximate,
        newest,
        comments,
        upvotes,
        downvotes,
        score,
        nsfw,
        locked,
        absence,
    ) = row[:_COMMUNITY]
    community = known.get(row[_COMMUNITY])
    if community is None:
        community = known[row[_COMMUNITY]] = communities.community_view(row[_COMMUNITY:_AUTHOR])
    return PostLine(
        post,
        title,
        url,
        archive_url,
        offered == 1,
        community,
        people.author_view(row[_AUTHOR:]),
        handle,
        published,
        updated,
        received,
        imported == 1,
        approximate == 1,
        newest,
        comments,
        upvotes,
        downvotes,
        score,
        nsfw == 1,
        locked == 1,
        _ABSENCES[absence],
        uri,
        version,
    )


def _emptied(line: PostLine) -> PostLine:
    return line._replace(title="", url=None, archive_url=None, archive_offered=False)


def post_with_texts(reader: Reader, post: PostId) -> PostLine | None:
    """Read one line with its texts; None where there is no such post."""
    found = list(_with_texts(reader, list(post_lines(reader, [post]).values())))
    return found[0] if found else None


def _with_texts(reader: Reader, lines: Sequence[PostLine]) -> Iterable[PostLine]:
    if not lines:
        return ()
    rows = reader.rows(_TEXTS + reader.dialect.among("w.id", "posts"), posts=[line.id for line in lines])
    stored = {row[0]: TextColumns(*row[1:]) for row in rows}
    return [line._replace(texts=_texts(line, stored[line.id])) for line in lines]


def _texts(line: PostLine, stored: TextColumns) -> PostTexts:
    if line.absence is not Absence.PRESENT:
        return _NO_TEXTS
    html, text = rendered(stored, "p", line.id)
    return PostTexts(stored.source, html, text, literal=stored.format == LITERAL)
