"""What does a thread look like to a browser? The post with its link and archive, then all of its comments."""

from folkmoot.doors.web.comment_list import comment_list, gone, removed
from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.present import (
    UNVOUCHED,
    Markup,
    Scene,
    Times,
    age,
    anchor,
    community_address,
    domain,
    fill,
    marks,
    spelled,
    who,
)
from folkmoot.doors.web.words import moment_of
from folkmoot.queries.views import Absence, CommunityView, PostView, ThreadView
from folkmoot.text.html import escaped

_FORMS = (
    ("text/plain", ".txt"),
    ("text/markdown", ".md"),
    ("application/json", ".json"),
    ("application/rss+xml", ".rss"),
)


def thread_page(view: ThreadView, frame: Frame) -> str:
    """Return the page of a thread, as read at `view.as_of`."""
    scene = frame.scene(view.as_of)
    post = view.post
    heading = _heading(post, scene)
    path = f"/post/{post.id}"
    return fill_page(
        "thread.html",
        frame,
        title=f"{heading} · {frame.site.name}",
        values={
            "here": "thread",
            "address": plain(frame.site_url + path),
            "forms": [{"type": plain(media_type), "href": plain(path + suffix)} for media_type, suffix in _FORMS],
            "other_forms": finished(_other_forms(path, scene)),
            "heading": finished(_title(post, heading)),
            "title_known": post.absence is Absence.PRESENT,
            "community": _community(post.community, scene),
            "author": finished(_author(post, scene)),
            "imported": finished(_imported(post, scene)),
            "strip": finished(_strip(post, scene)),
            "body": finished(_body(post, scene)),
            "points": "" if post.imported or post.absence is not Absence.PRESENT else scene.words.points(post.score),
            "comments_heading": _comments_heading(view, scene),
            "tabs": _tabs(view, path, scene),
            "locked": post.locked,
            "comments": finished(comment_list(view.comments, scene)),
        },
    )


def _heading(post: PostView, scene: Scene) -> str:
    _ = scene.words.language.gettext
    match post.absence:
        case Absence.PRESENT:
            return post.title
        case Absence.DELETED:
            return _("Deleted post")
        case Absence.REMOVED:
            return _("Removed post")


def _title(post: PostView, heading: str) -> Markup:
    """Return the title, leading to the article where there is one."""
    if post.url is None:
        return Markup(escaped(heading))
    return anchor(post.url, escaped(heading), attributes=UNVOUCHED)


def _author(post: PostView, scene: Scene) -> Markup:
    name, host = spelled(post.author, post.handle)
    times = Times(post.published, post.updated, post.approximate)
    return Markup(
        f'<div class="by marked">{who(name, host, scene, element="bdi")}{marks(post.author, scene, op=True)}</div>'
        f"<div class=when><span>{age(times, scene)}</span></div>"
    )


def _imported(post: PostView, scene: Scene) -> Markup:
    """Return the mark of what nobody vouches for, with the time at which the file was read from its server."""
    if not post.imported:
        return Markup("")
    _ = scene.words.language.gettext
    stamp = moment_of(post.received).isoformat(timespec="seconds")[:19]
    read = _("read {time}").replace("{time}", scene.words.moment(post.received))
    mark = _("imported from a file, not verified")
    return Markup(f"<b>{escaped(mark)}</b> <time datetime={stamp}Z>{escaped(read)}</time>")


def _strip(post: PostView, scene: Scene) -> Markup:
    """Return the article's address and its archived copy, side by side, as far as they are known."""
    _ = scene.words.language.gettext
    parts: list[str] = []
    if post.url is not None:
        host = Markup(f"<bdi dir=ltr>{escaped(domain(post.url, scene.words))}</bdi>")
        parts.append(anchor(post.url, host, attributes=f" class=out{UNVOUCHED}"))
    if post.archive_url is not None:
        parts.append(anchor(post.archive_url, escaped(_("archive")), attributes=f" class=archive{UNVOUCHED}"))
    elif post.archive_offered:
        unknown = _("archived copy, address not known")
        parts.append(f"<span class=archive>{escaped(unknown)}</span>")
    return Markup(" ".join(parts))


def _body(post: PostView, scene: Scene) -> Markup:
    match post.absence:
        case Absence.DELETED:
            return gone(scene.words.language.gettext("deleted by author"))
        case Absence.REMOVED:
            return gone(removed(scene, post.reason))
        case Absence.PRESENT:
            return Markup(f'<div class=body lang="">{post.html}</div>' if post.html else "")


def _community(community: CommunityView, scene: Scene) -> dict[str, object]:
    words = scene.words
    posts = words.language.ngettext("{count} post", "{count} posts", community.posts)
    return {
        "title": plain(community.title),
        "address": finished(Markup(f"<bdi dir=ltr>{escaped(community_address(community, scene))}</bdi>")),
        "description": finished(community.html),
        "size": f"{posts} · {words.comments(community.comments)}",
    }


def _comments_heading(view: ThreadView, scene: Scene) -> str:
    if not view.comments:
        return scene.words.language.gettext("No comments yet")
    return scene.words.comments(view.post.comments)


def _tabs(view: ThreadView, path: str, scene: Scene) -> list[dict[str, object]]:
    """Return the orders that the thread offers; one comment needs none."""
    if len(view.comments) < 2:
        return []
    return [
        {
            "href": plain(f"{path}?sort={order.value}#comments"),
            "name": scene.words.sort(order),
            "current": order is view.sort,
        }
        for order in view.sorts
    ]


def _other_forms(path: str, scene: Scene) -> Markup:
    _ = scene.words.language.gettext
    return fill(
        _("This thread as {text}, {markdown}, {json}, {feed}"),
        text=anchor(path + ".txt", escaped(_("text"))),
        markdown=anchor(path + ".md", escaped(_("Markdown"))),
        json=anchor(path + ".json", escaped(_("JSON"))),
        feed=anchor(path + ".rss", escaped(_("feed"))),
    )
