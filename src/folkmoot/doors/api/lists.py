"""How do lists become Lemmy's JSON? One function for each document; see `docs/forms.md`."""

from collections.abc import Sequence

import msgspec

from folkmoot.doors.api import list_shapes as shapes
from folkmoot.doors.api.present import (
    comment_view_shape,
    community_shape,
    person_shape,
    post_shape,
    post_view_shape,
)
from folkmoot.model.times import rfc3339
from folkmoot.queries.list_views import (
    CommentList,
    CommunityList,
    CommunityPage,
    ItemList,
    ItemView,
    PersonPage,
    PostLine,
    PostList,
    PostTexts,
)
from folkmoot.queries.views import AuthorView, CommunityView, Feed, PostView
from folkmoot.text.html import Html

_encoder = msgspec.json.Encoder()
_NO_TEXTS = PostTexts("", Html(""), "", literal=False)


def posts_json(
    view: PostList, *, site_url: str, feed: Feed | None = None, community: CommunityPage | None = None
) -> bytes:
    """Give a list of posts with texts.

    Args:
        view: the list.
        site_url: of this site.
        feed: which of the lists over communities it is, where it is one.
        community: whose list it is, where it is one's; the document begins with that.
    """
    ours = shapes.OurList(sort=view.sort.value, feed=None if feed is None else feed.value)
    document = shapes.Posts(
        community_view=None if community is None else _community_view(community.community, site_url=site_url),
        moderators=None if community is None else _moderators(community, site_url=site_url),
        posts=[post_view_shape(_whole(line), site_url=site_url) for line in view.posts],
        next_page=view.after,
        folkmoot=ours,
    )
    return _encoder.encode(document)


def person_json(view: ItemList, *, site_url: str, person: PersonPage) -> bytes:
    """Give somebody with what they wrote."""
    counts = shapes.PersonAggregates(person_id=person.person.id, post_count=person.posts, comment_count=person.comments)
    document = shapes.Items(
        person_view=shapes.PersonView(
            person=person_shape(person.person, site_url=site_url), counts=counts, is_admin=person.person.admin
        ),
        moderates=[_moderator(community, person.person, site_url=site_url) for community in person.moderates],
        items=_items(view.items, site_url=site_url),
        next_page=view.after,
        folkmoot=shapes.OurList(sort=view.sort.value, show=view.show.value),
    )
    return _encoder.encode(document)


def comments_json(view: CommentList, *, site_url: str, community: CommunityPage) -> bytes:
    """Give a community with its newest comments."""
    document = shapes.Items(
        community_view=_community_view(community.community, site_url=site_url),
        moderators=_moderators(community, site_url=site_url),
        items=_items(view.items, site_url=site_url),
        next_page=view.after,
        folkmoot=shapes.OurList(sort="new", show="comments"),
    )
    return _encoder.encode(document)


def communities_json(view: CommunityList, *, site_url: str) -> bytes:
    """Give the directory."""
    document = shapes.Communities(
        communities=[_community_view(community, site_url=site_url) for community in view.communities],
        next_page=view.after,
        folkmoot=shapes.OurList(sort=view.sort.value, feed=view.feed.value),
    )
    return _encoder.encode(document)


def _items(items: Sequence[ItemView], *, site_url: str) -> list[shapes.Item]:
    return [_item(item, site_url=site_url) for item in items]


def _item(item: ItemView, *, site_url: str) -> shapes.Item:
    post = _whole(item.post)
    if item.comment is None:
        return shapes.Item(post_view=post_view_shape(post, site_url=site_url))
    creator = person_shape(item.comment.author, site_url=site_url)
    around = post_shape(post, site_url=site_url), community_shape(post.community, site_url=site_url)
    return shapes.Item(comment_view=comment_view_shape(item.comment, creator, *around, site_url=site_url))


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


def _whole(line: PostLine) -> PostView:
    """Make of a line what a thread has at its head; without texts where the line has none."""
    texts = _NO_TEXTS if line.texts is None else line.texts
    return PostView(
        id=line.id,
        community=line.community,
        author=line.author,
        handle=line.handle,
        title=line.title,
        url=line.url,
        archive_url=line.archive_url,
        archive_offered=line.archive_offered,
        html=texts.html,
        text=texts.text,
        source=texts.source,
        literal=texts.literal,
        uri=line.uri,
        published=line.published,
        updated=line.updated,
        received=line.received,
        imported=line.imported,
        approximate=line.approximate,
        newest_comment=line.newest_comment,
        comments=line.comments,
        upvotes=line.upvotes,
        downvotes=line.downvotes,
        score=line.score,
        nsfw=line.nsfw,
        locked=line.locked,
        absence=line.absence,
        reason=None,
        version=line.version,
    )
