"""What is the permanent identifier of a thing? Stored for things of other instances, reckoned for our own."""

from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.views import AuthorView, CommentView, CommunityView, PostView


def local_post_uri(site_url: str, post: PostId) -> str:
    """Give what a post of this instance is called; its address, too."""
    return f"{site_url}/post/{post}"


def local_comment_uri(site_url: str, comment: CommentId) -> str:
    """Give what a comment of this instance is called; its address, too."""
    return f"{site_url}/comment/{comment}"


def post_uri(post: PostView, *, site_url: str) -> str:
    """Give a post's identifier."""
    return post.uri or local_post_uri(site_url, post.id)


def comment_uri(comment: CommentView, *, site_url: str) -> str:
    """Give a comment's identifier."""
    return comment.uri or local_comment_uri(site_url, comment.id)


def person_uri(person: AuthorView, *, site_url: str) -> str | None:
    """Give a person's identifier; None where only the handle is known so far."""
    if person.uri is None and person.host is None:
        return f"{site_url}/u/{person.name.lower()}"
    return person.uri


def community_uri(community: CommunityView, *, site_url: str) -> str | None:
    """Give a community's identifier; None where only the handle is known so far."""
    if community.uri is None and community.host is None:
        return f"{site_url}/c/{community.name.lower()}"
    return community.uri
