"""How do lists become Lemmy's JSON? The document around the rows of each list, and the rows of the directory.

What stands around is made with no rows in it, and cut where they belong; see `docs/forms.md`.
"""

from collections.abc import Iterable, Iterator

import msgspec

from folkmoot.doors.api import list_shapes as shapes
from folkmoot.doors.api.present import community_shape, person_shape
from folkmoot.doors.depends import Of
from folkmoot.doors.list_rows import MARK, NEVER, Row
from folkmoot.model.times import rfc3339
from folkmoot.queries.list_views import CommunityPage, PersonPage
from folkmoot.queries.views import AuthorView, CommunityView

_encoder = msgspec.json.Encoder()
_MARK = msgspec.Raw(MARK.encode())


def posts_document(
    ours: shapes.OurList, after: str | None, *, site_url: str, community: CommunityPage | None = None
) -> bytes:
    """Give what stands around a list of posts.

    Args:
        ours: what we say of the list.
        after: the cursor of the next page.
        site_url: of this site.
        community: whose list it is, where it is one's; the document begins with that.
    """
    document = shapes.Posts(
        community_view=None if community is None else _community_view(community.community, site_url=site_url),
        moderators=None if community is None else _moderators(community, site_url=site_url),
        posts=[_MARK],
        next_page=after,
        folkmoot=ours,
    )
    return _encoder.encode(document)


def person_document(ours: shapes.OurList, after: str | None, *, site_url: str, person: PersonPage) -> bytes:
    """Give somebody, around what they wrote."""
    counts = shapes.PersonAggregates(person_id=person.person.id, post_count=person.posts, comment_count=person.comments)
    document = shapes.Items(
        person_view=shapes.PersonView(
            person=person_shape(person.person, site_url=site_url), counts=counts, is_admin=person.person.admin
        ),
        moderates=[_moderator(community, person.person, site_url=site_url) for community in person.moderates],
        items=[_MARK],
        next_page=after,
        folkmoot=ours,
    )
    return _encoder.encode(document)


def comments_document(ours: shapes.OurList, after: str | None, *, site_url: str, community: CommunityPage) -> bytes:
    """Give a community, around its newest comments."""
    document = shapes.Items(
        community_view=_community_view(community.community, site_url=site_url),
        moderators=_moderators(community, site_url=site_url),
        items=[_MARK],
        next_page=after,
        folkmoot=ours,
    )
    return _encoder.encode(document)


def directory_document(ours: shapes.OurList, after: str | None) -> bytes:
    """Give what stands around the directory."""
    return _encoder.encode(shapes.Communities(communities=[_MARK], next_page=after, folkmoot=ours))


def community_json_rows(communities: Iterable[CommunityView], *, site_url: str) -> Iterator[Row]:
    """Give the rows of the directory."""
    for community in communities:
        body = _encoder.encode(_community_view(community, site_url=site_url))
        yield body, community.id, (Of.COMMUNITY, community.id), community.id, (), NEVER


def as_items(rows: Iterable[Row]) -> Iterator[Row]:
    """Give rows of posts as they stand among comments."""
    for body, post, thing, place, people, until in rows:
        yield b'{"post_view":%b}' % body, post, thing, place, people, until


def _community_view(community: CommunityView, *, site_url: str) -> shapes.CommunityView:
    return shapes.CommunityView(
        community=community_shape(community, site_url=site_url),
        subscribed="NotSubscribed",
        blocked=False,
        counts=shapes.CommunityAggregates(
            community_id=community.id,
            subscribers=0,
            posts=community.posts,
            comments=community.comments,
            published=rfc3339(community.published),
            users_active_day=community.active_day,
            users_active_week=community.active_week,
            users_active_month=community.active_month,
            users_active_half_year=community.active_half_year,
            subscribers_local=0,
        ),
        banned_from_community=False,
    )


def _moderators(page: CommunityPage, *, site_url: str) -> list[shapes.Moderator]:
    return [_moderator(page.community, moderator, site_url=site_url) for moderator in page.moderators]


def _moderator(community: CommunityView, who: AuthorView, *, site_url: str) -> shapes.Moderator:
    return shapes.Moderator(
        community=community_shape(community, site_url=site_url), moderator=person_shape(who, site_url=site_url)
    )
