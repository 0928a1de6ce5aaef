"""What does a thread look like to a browser? The post with its link and archive, then its comments; or one of them."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from folkmoot.doors.web.comment_parts import gone, removed
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.paths import community_path, person_path
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
from folkmoot.doors.web.talk_pages import DrawnTalk, query_of
from folkmoot.doors.web.words import clock_stamp, words_in
from folkmoot.model.ids import CommentId
from folkmoot.queries.talk import CONTEXT_LEVELS, PAGE, TalkHead, Wish
from folkmoot.queries.views import Absence, CommentSort, PostView
from folkmoot.text.html import Html, escaped

_FORMS = (
    ("text/plain", ".txt"),
    ("text/markdown", ".md"),
    ("application/json", ".json"),
    ("application/rss+xml", ".rss"),
)
_FORMS_KEPT = 1_024
_CURRENT = ' aria-current="true"'
_PLACE = "\x01"
"""Where something comes to stand, such as the comments; no text of a page holds it."""

Slots = dict[str, Markup | Html]


class Around(NamedTuple):
    """A page without its comments, which are many bytes: they are put in without another look at them."""

    before: bytes
    after: bytes

    def page(self, comments: bytes) -> bytes:
        """Return the whole page."""
        return b"".join((self.before, comments, self.after))


def thread_page(above: TalkHead, talk: DrawnTalk, frame: Frame) -> Around:
    """Return what is around the comments on the page of a thread, as read at `above.as_of`."""
    scene = frame.scene(above.as_of)
    post = above.post
    path = f"/post/{post.id}"
    heading = _heading(post, scene)
    slots: Slots = {
        **_around(post, scene, path),
        "address": escaped(frame.site_url + path),
        "heading": _title(post, heading),
        "author": _author(post, scene),
        "imported": _imported(post, scene),
        "strip": _strip(post, scene),
        "body": _body(post, scene),
        "deeds": _deeds(post, path, scene),
        "comments_heading": escaped(_comments_heading(above, talk, scene)),
        "tabs": _tabs(above, path, scene) if talk.markup and post.comments != 1 else Markup(""),
        "passed": _passed(above, talk, path, scene),
        "rest": _rest(above, talk, path, scene),
        "comments": Markup(_PLACE),
    }
    head = Head(
        heading,
        f"{path}?from={talk.first}" if talk.passed else path,
        description=post.text or f"{post.community.title}: {scene.words.comments(post.comments)}",
        kind="article",
        alternates=_alternates(path),
        following=None if talk.rest is None else _rest_path(above, talk, path),
    )
    choices = (
        ("here", "thread"),
        ("known", post.absence is Absence.PRESENT),
        ("locked", post.locked),
        ("silent", not talk.markup),
    )
    return _parted(join_page("thread.html", frame, head, choices=choices, slots=slots))


def comment_page(above: TalkHead, talk: DrawnTalk, frame: Frame, wish: Wish, *, comment: CommentId) -> Around:
    """Return what is around the comments on the page of one comment with its context, as read at `above.as_of`."""
    scene = frame.scene(above.as_of)
    post = above.post
    path = f"/comment/{comment}"
    heading = _heading(post, scene)
    name, words = ("", "") if talk.root is None else (spelled(talk.root.author, talk.root.handle)[0], talk.root.text)
    # Translators: what the browser's tab says of a comment's page
    title = scene.words.language.gettext("{name} on {title}").replace("{name}", name).replace("{title}", heading)
    slots: Slots = {
        **_around(post, scene, path),
        "address": escaped(frame.site_url + path),
        "heading": anchor(f"/post/{post.id}", escaped(heading)),
        "ways": _ways(above, talk, scene, comment=comment, wish=wish),
        "comments": Markup(_PLACE),
    }
    head = Head(title, path, description=words, kind="article", alternates=_alternates(path))
    choices = (("here", "thread"), ("known", post.absence is Absence.PRESENT))
    return _parted(join_page("comment.html", frame, head, choices=choices, slots=slots))


def _parted(page: str) -> Around:
    before, after = page.encode().split(_PLACE.encode())
    return Around(before, after)


def _around(post: PostView, scene: Scene, path: str) -> Slots:
    """Return what the pages of a thread and of a comment share."""
    community = post.community
    words = scene.words
    posts = words.language.ngettext("{count} post", "{count} posts", community.posts)
    link = anchor(community_path(community), escaped(community.title))
    address = f"<bdi dir=ltr>{escaped(community_address(community, scene))}</bdi>"
    about = f'<div class=about lang="">{community.html}</div>' if community.html else ""
    return {
        "crumb": Markup(f'<b><bdi lang="">{link}</bdi></b> <span>{address}</span>'),
        "community": Markup(f"<h2 dir=auto>{link}</h2>{about}"),
        "size": escaped(f"{posts} · {words.comments(community.comments)}"),
        "other_forms": _other_forms(path, scene),
    }


@lru_cache(_FORMS_KEPT)
def _alternates(path: str) -> tuple[Alternate, ...]:
    return tuple(Alternate(media_type, path + suffix) for media_type, suffix in _FORMS)


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
    history = None if post.updated is None else f"/post/{post.id}/history"
    by = who(name, host, scene, element="bdi", href=person_path(post.author))
    return Markup(
        f'<div class="by marked">{by}{marks(post.author, scene, op=True)}</div>'
        f"<div class=when><span>{age(times, scene, href=history)}</span></div>"
    )


def _imported(post: PostView, scene: Scene) -> Markup:
    """Return the mark of what nobody vouches for, with the time at which the file was read from its server."""
    if not post.imported:
        return Markup("")
    _ = scene.words.language.gettext
    read = _("read {time}").replace("{time}", scene.words.moment(post.received))
    mark = _("imported from a file, not verified")
    time = f"<time datetime={clock_stamp(post.received)}>{escaped(read)}</time>"
    return Markup(f'<p class="note imported"><b>{escaped(mark)}</b> {time}</p>')


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
    return Markup(f"<p class=strip>{' '.join(parts)}</p>" if parts else "")


def _body(post: PostView, scene: Scene) -> Markup:
    match post.absence:
        case Absence.DELETED:
            return gone(scene.words.language.gettext("deleted by author"))
        case Absence.REMOVED:
            return gone(removed(scene, post.reason))
        case Absence.PRESENT:
            return Markup(f'<div class=body lang="">{post.html}</div>' if post.html else "")


def _deeds(post: PostView, path: str, scene: Scene) -> Markup:
    """Return the row under the post. Imported things have no points: nobody here knows them."""
    if post.absence is not Absence.PRESENT:
        return Markup("")
    points = "" if post.imported else f"<span>{escaped(scene.words.points(post.score))}</span> "
    more = f'<a href="{path}/more">{_said_in(scene.words.language.tag).more}</a>'
    return Markup(f"<div class=deeds>{points}{more}</div>")


def _comments_heading(above: TalkHead, talk: DrawnTalk, scene: Scene) -> str:
    if not talk.markup:
        return scene.words.language.gettext("No comments yet")
    return scene.words.comments(above.post.comments)


def _tabs(above: TalkHead, path: str, scene: Scene) -> Markup:
    """Return the orders that the thread offers."""
    said = _said_in(scene.words.language.tag)
    tabs = "".join(
        [
            f'<li><a href="{path}?sort={order.value}#comments"'
            f"{_CURRENT if order is above.sort else ''}>{said.sorts[order]}</a></li>"
            for order in above.sorts
        ]
    )
    return Markup(f'<nav aria-label="{said.orders}"><ul role="list">{tabs}</ul></nav>')


def _passed(above: TalkHead, talk: DrawnTalk, path: str, scene: Scene) -> Markup:
    """Return the way back to the first page, on a later one."""
    if not talk.passed:
        return Markup("")
    query = query_of(above)
    first = anchor(
        f"{path}{'?' if query else ''}{query}#comments", escaped(scene.words.language.gettext("First comments"))
    )
    return Markup(f"<p class=paths><span>{escaped(scene.words.passed(talk.passed))}</span> {first}</p>")


def _rest(above: TalkHead, talk: DrawnTalk, path: str, scene: Scene) -> Markup:
    """Return the way to the next page."""
    if talk.rest is None:
        return Markup("")
    said = escaped(scene.words.load_comments(talk.rest.replies))
    address = f"{_rest_path(above, talk, path)}#comments"
    return Markup(f"<p class=more>{anchor(address, said, attributes=' class=button rel=next')}</p>")


def _rest_path(above: TalkHead, talk: DrawnTalk, path: str) -> str:
    start = "" if talk.rest is None else f"from={talk.rest.start}"
    return f"{path}?{'&'.join(filter(None, (start, query_of(above))))}"


def _ways(above: TalkHead, talk: DrawnTalk, scene: Scene, *, comment: CommentId, wish: Wish) -> Markup:
    """Return what leads from one comment to those above it, to the first replies, and to all."""
    words, query = scene.words, query_of(above)
    _ = words.language.gettext
    said = escaped(_("One comment with its context."))
    ways = [f"<h2 id=talk>{said}</h2>"]
    if talk.earlier:
        more = min(talk.earlier, CONTEXT_LEVELS - talk.shown_above)
        # where no more fit on this page, the uppermost that is on it has a page of its own
        told = (comment, talk.shown_above + more) if more > 0 else (talk.first, CONTEXT_LEVELS)
        address = f"/comment/{told[0]}?context={told[1]}{'&' if query else ''}{query}"
        ways.append(anchor(address, escaped(words.earlier(more if more > 0 else min(talk.earlier, CONTEXT_LEVELS)))))
    if wish.start is not None and talk.passed:
        address = f"/comment/{comment}{'?' if query else ''}{query}"
        ways.append(anchor(address, escaped(_("First replies"))))
    deep = talk.earlier + talk.shown_above >= PAGE.levels or above.post.comments > PAGE.comments
    queries = "&".join(filter(None, ("all=1" if deep else "", query)))
    whole = f"/post/{above.post.id}{'?' if queries else ''}{queries}#c{comment}"
    ways.append(anchor(whole, escaped(words.all_comments(above.post.comments))))
    return Markup(f"<div class=paths>{' '.join(ways)}</div>")


class _Said(NamedTuple):
    """What the pages of threads say in one language whatever the thread, escaped."""

    more: Html
    orders: Html
    sorts: Mapping[CommentSort, Html]
    other_forms: Markup
    """With `_PLACE` for the path."""


@cache
def _said_in(tag: str) -> _Said:
    words = words_in(tag)
    _ = words.language.gettext
    forms = fill(
        _("This thread as {text}, {markdown}, {json}, {feed}"),
        text=anchor(".txt", escaped(_("text"))),
        markdown=anchor(".md", escaped(_("Markdown"))),
        json=anchor(".json", escaped(_("JSON"))),
        feed=anchor(".rss", escaped(_("feed"))),
    )
    sorts = {order: escaped(words.sort(order)) for order in CommentSort}
    placed = Markup(forms.replace(' href="', f' href="{_PLACE}'))
    return _Said(escaped(_("More")), escaped(_("Order of comments")), sorts, placed)


def _other_forms(path: str, scene: Scene) -> Markup:
    return Markup(_said_in(scene.words.language.tag).other_forms.replace(_PLACE, path))
