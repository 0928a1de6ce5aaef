"""Which post or comment is a page about? What the pages behind "More" and "History" say of it."""

from folkmoot.doors.depends import SITE, Depends, Of
from folkmoot.doors.web.frame import finished, plain
from folkmoot.doors.web.paths import community_path, person_path
from folkmoot.doors.web.present import Markup, Scene, anchor, fill, spelled, who
from folkmoot.queries.list_views import ItemView
from folkmoot.queries.views import Absence, AuthorView
from folkmoot.text.html import escaped


def item_path(item: ItemView) -> str:
    """Return the path of the thing itself."""
    return f"/post/{item.post.id}" if item.comment is None else f"/comment/{item.comment.id}"


def item_author(item: ItemView) -> tuple[AuthorView, str | None]:
    """Return who wrote it, and their handle as an imported file spelled it."""
    written = item.post if item.comment is None else item.comment
    return written.author, written.handle


def item_absence(item: ItemView) -> Absence:
    """Say whether it is there."""
    return item.post.absence if item.comment is None else item.comment.absence


def item_depends(item: ItemView) -> Depends:
    """Say what such a page shows: it tells no ages."""
    post = item.post
    people = {post.author.id, item_author(item)[0].id}
    things = frozenset({SITE, (Of.POST, post.id), (Of.COMMUNITY, post.community.id)})
    return Depends(things, frozenset(people), None)


def head_values(item: ItemView, scene: Scene) -> dict[str, object]:
    """Return what a template says of the thing: where it is, whose it is, whether it is gone."""
    post, (author, handle) = item.post, item_author(item)
    said = fill(
        _sentence(item, scene),
        post=anchor(f"/post/{post.id}", Markup(f'<bdi lang="">{escaped(post.title)}</bdi>')),
        author=who(*spelled(author, handle), scene, element="bdi", href=person_path(author)),
        community=anchor(community_path(post.community), Markup(f'<bdi lang="">{escaped(_place(item))}</bdi>')),
        post_link=Markup(f'<a href="/post/{post.id}">'),
        comment_link=Markup(f'<a href="{item_path(item)}">'),
        end=Markup("</a>"),
    )
    return {"item": finished(said), "gone": plain(_gone(item, scene))}


def _sentence(item: ItemView, scene: Scene) -> str:
    """Return what says which thing it is; the post's title is not always to be seen."""
    _ = scene.words.language.gettext
    if item.comment is None:
        if item.post.title:
            return _("{post} by {author} in {community}")
        return _("{post_link}A post{end} by {author} in {community}")
    if item.post.title:
        return _("{comment_link}A comment{end} by {author} on {post} in {community}")
    return _("{comment_link}A comment{end} by {author} on {post_link}a post{end} in {community}")


def _place(item: ItemView) -> str:
    community = item.post.community
    return community.name if community.deleted or community.removed else community.title


def _gone(item: ItemView, scene: Scene) -> str:
    """Return the sentence for what is no longer there, nothing for what is."""
    _ = scene.words.language.gettext
    match item_absence(item):
        case Absence.PRESENT:
            return ""
        case Absence.DELETED:
            return _("It was deleted by its author. No text of it is shown.")
        case Absence.REMOVED:
            return _("It was removed by a moderator. No text of it is shown.")
