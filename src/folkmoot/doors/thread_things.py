"""What can be asked of a post, and what of a comment? The same few things, behind one protocol."""

from dataclasses import dataclass
from typing import Protocol

from folkmoot.db.base import Reader
from folkmoot.doors.activities import Activity, comment_activity, post_activity
from folkmoot.doors.caches import Key
from folkmoot.doors.depends import SITE, Of, ages_until
from folkmoot.doors.handles import comment_address, post_address
from folkmoot.doors.web.appearance import Look
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.talk_pages import DrawnTalk, Shown, Shows, TalkPages, Wanted
from folkmoot.doors.web.thread_page import comment_page, thread_page
from folkmoot.federation.objects import comment_has_object, post_has_object
from folkmoot.model.ids import CommentId, Micros, PostId
from folkmoot.queries.talk import TalkHead, Wish, is_large, talk_head_of_comment, talk_head_of_post
from folkmoot.queries.thread import Manner, branch, thread
from folkmoot.queries.views import CommentSort, ThreadView


class Thing(Protocol):
    """What an address names."""

    def address(self, site_url: str) -> str: ...

    def activity(self, reader: Reader, *, site_url: str) -> Activity: ...

    def is_large(self, reader: Reader) -> bool:
        """Say whether it takes longer to read than others should wait for."""
        ...

    def thread(self, reader: Reader, *, sort: CommentSort | None, now: Micros, manner: Manner) -> ThreadView:
        """Read all of it."""
        ...

    def page(self, reader: Reader, pages: TalkPages, frame: Frame, *, wish: Wish, now: Micros, since: int) -> Shown:
        """Read, draw and keep its page. `since`: the generation of the caches before the snapshot of `reader`."""
        ...


def page_key(thing: Thing, wish: Wish, language: Language, look: Look) -> Key:
    """Say what a page is kept under. The site's own name is not part of it: a change of that drops everything."""
    return "page", thing, wish, language.tag, look


@dataclass(frozen=True, slots=True)
class PostThing:
    post: PostId

    def address(self, site_url: str) -> str:
        return post_address(site_url, self.post)

    def activity(self, reader: Reader, *, site_url: str) -> Activity:
        return post_activity(reader, self.post, site_url=site_url)

    def is_large(self, reader: Reader) -> bool:
        return is_large(reader, post=self.post)

    def thread(self, reader: Reader, *, sort: CommentSort | None, now: Micros, manner: Manner) -> ThreadView:
        return thread(reader, self.post, sort=sort, now=now, manner=manner)

    def page(self, reader: Reader, pages: TalkPages, frame: Frame, *, wish: Wish, now: Micros, since: int) -> Shown:
        above, head = talk_head_of_post(reader, self.post, wish, now)
        wanted = Wanted(above, frame.scene(now), wish, None)
        talk = pages.kept(wanted) or pages.drawn(reader, head, wanted, since=since)
        activity = above.post.uri is not None or post_has_object(above.post, site_url=frame.site_url)
        around = thread_page(above, talk, frame)
        key, shows = page_key(self, wish, frame.language, frame.look), _shows(above, talk, activity=activity)
        return pages.finished(key, wanted, talk, sides=around, shows=shows, since=since)


@dataclass(frozen=True, slots=True)
class CommentThing:
    comment: CommentId

    def address(self, site_url: str) -> str:
        return comment_address(site_url, self.comment)

    def activity(self, reader: Reader, *, site_url: str) -> Activity:
        return comment_activity(reader, self.comment, site_url=site_url)

    def is_large(self, reader: Reader) -> bool:
        return is_large(reader, comment=self.comment)

    def thread(self, reader: Reader, *, sort: CommentSort | None, now: Micros, manner: Manner) -> ThreadView:
        return branch(reader, self.comment, sort=sort, now=now, manner=manner)

    def page(self, reader: Reader, pages: TalkPages, frame: Frame, *, wish: Wish, now: Micros, since: int) -> Shown:
        above, head = talk_head_of_comment(reader, self.comment, wish, now)
        wanted = Wanted(above, frame.scene(now), wish, self.comment)
        talk = pages.kept(wanted) or pages.drawn(reader, head, wanted, since=since)
        around = comment_page(above, talk, frame, wish, comment=self.comment)
        shows = _shows(above, talk, activity=_has_activity(above, talk, frame.site_url))
        key = page_key(self, wish, frame.language, frame.look)
        return pages.finished(key, wanted, talk, sides=around, shows=shows, since=since)


def _has_activity(above: TalkHead, talk: DrawnTalk, site_url: str) -> bool:
    root = talk.root
    if root is None:
        return False
    imported = root.position is not None
    return root.uri is not None or comment_has_object(above.post, root.author, imported=imported, site_url=site_url)


def _shows(above: TalkHead, talk: DrawnTalk, *, activity: bool) -> Shows:
    post = above.post
    moments = [post.published if post.updated is None else post.updated, post.author.published]
    return Shows(
        things=frozenset({SITE, (Of.POST, int(post.id)), (Of.COMMUNITY, int(post.community.id))}),
        until=Micros(min(talk.until, ages_until(moments, above.as_of))),
        activity=activity,
    )
