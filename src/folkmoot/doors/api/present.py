"""How do our views become Lemmy's? One function for each shape."""

from msgspec.structs import replace

from folkmoot.doors.api import shapes
from folkmoot.doors.api.comment_bytes import CommentBytes, json
from folkmoot.doors.handles import comment_uri, community_address, full_handle, person_address, post_uri
from folkmoot.model.ids import Micros
from folkmoot.model.times import rfc3339
from folkmoot.queries.views import Absence, AuthorView, CommentView, CommunityView, PostView, ThreadView

UNDETERMINED = 0
"""The id of the language that nobody has named."""


def thread_json(view: ThreadView, *, site_url: str) -> bytes:
    """Give a thread, or a branch, as one JSON document; see `docs/forms.md`.

    The post inside each comment's view has no `body`, and its community no `description`: they would be repeated with
    each comment, and stand in `post_view`.
    """
    post_view = post_view_shape(view.post, site_url=site_url)
    post, community = replace(post_view.post, body=None), replace(post_view.community, description=None)
    comments = CommentBytes(view.post.id, post_json=json(post), community_json=json(community), url=site_url)
    pieces = comments.written(view.comments)
    pieces[:1] = [piece[1:] for piece in pieces[:1]]  # before the first there is no comma
    ours = shapes.OurThread(sort=view.sort.value, branch=view.root)
    around = json(shapes.Thread(post_view=post_view, comments=[], folkmoot=ours))
    before, _, after = around.rpartition(b"[]")  # what follows the comments has no list
    return b"".join((before, b"[", *pieces, b"]", after))


def post_view_shape(post: PostView, *, site_url: str) -> shapes.PostView:
    """Give a post as a guest sees it."""
    return shapes.PostView(
        post=post_shape(post, site_url=site_url),
        creator=person_shape(post.author, site_url=site_url),
        community=community_shape(post.community, site_url=site_url),
        creator_banned_from_community=False,
        banned_from_community=False,
        creator_is_moderator=post.author.moderator,
        creator_is_admin=post.author.admin,
        counts=shapes.PostAggregates(
            post_id=post.id,
            comments=post.comments,
            score=post.score,
            upvotes=post.upvotes,
            downvotes=post.downvotes,
            published=rfc3339(post.published),
            newest_comment_time=rfc3339(post.newest_comment),
        ),
        subscribed="NotSubscribed",
        saved=False,
        read=False,
        hidden=False,
        creator_blocked=False,
        unread_comments=post.comments,
        folkmoot=shapes.Ours(
            handle=full_handle(post.author, site_url=site_url, spelled=post.handle),
            text=post.text,
            literal=post.literal,
            imported=post.imported,
            approximate=post.approximate,
            received=rfc3339(post.received),
            archive_offered=post.archive_offered,
            archive_url=post.archive_url,
            reason=post.reason,
        ),
    )


def post_shape(post: PostView, *, site_url: str) -> shapes.Post:
    """Give a post's own row. Of a deleted or removed one, title, link and body are not there."""
    return shapes.Post(
        id=post.id,
        name=post.title,
        url=post.url,
        body=post.source or None,
        creator_id=post.author.id,
        community_id=post.community.id,
        removed=post.absence is Absence.REMOVED,
        locked=post.locked,
        published=rfc3339(post.published),
        updated=_moment(post.updated),
        deleted=post.absence is Absence.DELETED,
        nsfw=post.nsfw,
        ap_id=post_uri(post, site_url=site_url),
        local=post.uri is None,
        language_id=UNDETERMINED,
        featured_community=False,
        featured_local=False,
    )


def comment_view_shape(
    comment: CommentView, creator: shapes.Person, post: shapes.Post, community: shapes.Community, *, site_url: str
) -> shapes.CommentView:
    """Give a comment as a guest sees it, with what stands around it."""
    published = rfc3339(comment.published)
    return shapes.CommentView(
        comment=shapes.Comment(
            id=comment.id,
            creator_id=comment.author.id,
            post_id=post.id,
            content=comment.source,
            removed=comment.absence is Absence.REMOVED,
            published=published,
            updated=_moment(comment.updated),
            deleted=comment.absence is Absence.DELETED,
            ap_id=comment_uri(comment, site_url=site_url),
            local=comment.uri is None,
            path=comment.path,
            distinguished=False,
            language_id=UNDETERMINED,
        ),
        creator=creator,
        post=post,
        community=community,
        counts=shapes.CommentAggregates(
            comment_id=comment.id,
            score=comment.score,
            upvotes=comment.upvotes,
            downvotes=comment.downvotes,
            published=published,
            child_count=comment.child_count,
        ),
        creator_banned_from_community=False,
        banned_from_community=False,
        creator_is_moderator=comment.author.moderator,
        creator_is_admin=comment.author.admin,
        subscribed="NotSubscribed",
        saved=False,
        creator_blocked=False,
        folkmoot=_ours(comment, site_url=site_url),
    )


def _ours(comment: CommentView, *, site_url: str) -> shapes.Ours:
    """Give what Lemmy has no name for."""
    return shapes.Ours(
        handle=full_handle(comment.author, site_url=site_url, spelled=comment.handle),
        text=comment.text,
        literal=comment.literal,
        imported=comment.position is not None,
        approximate=comment.approximate,
        received=rfc3339(comment.received),
        original_poster=comment.op,
        reason=comment.reason,
    )


def person_shape(author: AuthorView, *, site_url: str) -> shapes.Person:
    """Give a person. `actor_id` of one who is known by handle only is the likely one."""
    return shapes.Person(
        id=author.id,
        name=author.name,
        display_name=author.display_name,
        banned=False,
        published=rfc3339(author.published),
        updated=_moment(author.updated),
        actor_id=person_address(author, site_url=site_url),
        local=author.host is None,
        deleted=author.deleted,
        bot_account=author.bot,
        instance_id=author.instance,
    )


def community_shape(community: CommunityView, *, site_url: str) -> shapes.Community:
    """Give a community."""
    return shapes.Community(
        id=community.id,
        name=community.name,
        title=community.title,
        description=community.description or None,
        removed=community.removed,
        published=rfc3339(community.published),
        updated=_moment(community.updated),
        deleted=community.deleted,
        nsfw=community.nsfw,
        actor_id=community_address(community, site_url=site_url),
        local=community.host is None,
        hidden=False,
        posting_restricted_to_mods=False,
        instance_id=community.instance,
        visibility="Public",
    )


def _moment(at: Micros | None) -> str | None:
    return None if at is None else rfc3339(at)
