"""What does a guest see first? The newest posts, each with its article, its archive and its talk."""

from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, age, anchor, domain, spelled
from folkmoot.model.ids import Micros
from folkmoot.queries.views import PostLine, PostList
from folkmoot.text.html import escaped


def front_page(view: PostList, frame: Frame, now: Micros) -> str:
    """Return the page of a list of posts, read at `now`."""
    scene = frame.scene(now)
    return fill_page(
        "front.html",
        frame,
        title=frame.site.name,
        values={
            "here": "front",
            "description": plain(frame.site.description),
            "posts": [_line(post, scene) for post in view.posts],
            "next": None if view.after is None else plain(f"/?after={view.after}"),
        },
    )


def _line(post: PostLine, scene: Scene) -> dict[str, object]:
    thread = f"/post/{post.id}"
    said = scene.words.comments(post.comments)
    leads_to, vouched = (thread, "") if post.url is None else (post.url, UNVOUCHED)
    return {
        "title": finished(anchor(leads_to, escaped(post.title), attributes=vouched)),
        "nsfw": post.nsfw,
        "source": finished(_source(post, scene)),
        "meta": finished(_meta(post, scene)),
        "locked": post.locked,
        "talk": finished(anchor(f"{thread}#comments", escaped(said), attributes=" class=talk")),
    }


def _source(post: PostLine, scene: Scene) -> Markup:
    """Return where the link leads and its archived copy: one thing, parted by space only."""
    parts: list[str] = []
    if post.url is not None:
        parts.append(f"<bdi dir=ltr>{escaped(domain(post.url, scene.words))}</bdi>")
    if post.archive_url is not None:
        name = scene.words.language.gettext("archive")
        parts.append(anchor(post.archive_url, escaped(name), attributes=f" class=copy{UNVOUCHED}"))
    return Markup(" ".join(parts))


def _meta(post: PostLine, scene: Scene) -> Markup:
    times = Times(post.published, post.updated, post.approximate)
    name = spelled(post.author, post.handle)[0]
    items = [
        f"<b dir=auto>{escaped(post.community.title)}</b>",
        f"<span class=author><bdi>{escaped(name)}</bdi></span>",
        f"<span>{age(times, scene)}</span>",
    ]
    if not post.imported:
        items.append(f"<span>{escaped(scene.words.points(post.score))}</span>")
    return Markup(" ".join(items))
