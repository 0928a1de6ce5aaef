"""What do the pages of record answer? The modlog, the history of a post or comment, and what is behind "More"."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import Depends
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.handles import site_host
from folkmoot.doors.web.asked import asked_of
from folkmoot.doors.web.error_page import NOT_TO_BE_FOUND
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.history_page import history_page
from folkmoot.doors.web.item_head import item_depends
from folkmoot.doors.web.modlog_page import Asked, modlog_depends, modlog_page
from folkmoot.doors.web.more_page import more_page
from folkmoot.doors.web.site_pages import Drawn, page_endpoint
from folkmoot.model.errors import NotFound
from folkmoot.model.ids import CommentId, PostId
from folkmoot.queries.community_page import find_community
from folkmoot.queries.history import comment_history, comment_item, post_history, post_item
from folkmoot.queries.modlog import modlog
from folkmoot.queries.views import CommunityView

ENTRIES_A_PAGE = 50

ADDRESSES = (
    GuestAddress("/modlog", params=("community", "after")),
    GuestAddress("/post/{number}/history"),
    GuestAddress("/comment/{number}/history"),
    GuestAddress("/post/{number}/more"),
    GuestAddress("/comment/{number}/more"),
)

_ID = re.compile(r"[1-9][0-9]{0,9}")
_ID_MAX = 2**31 - 1
_NAME_MAX_CHARS = 600
"""A community's name and host; nothing longer is looked up."""


def routes(context: WebContext) -> list[Route]:
    """Return the routes of these pages. No search engine should list them."""

    def deeds(request: Request, reader: Reader, frame: Frame) -> tuple[str, Depends]:
        params = asked_of(request).params
        after = params.get("after") or None
        community = _community(reader, params.get("community", ""), site_host(context.site_url))
        asked = Asked(community, after)
        view = modlog(reader, community=community.id if community else None, after=after, limit=ENTRIES_A_PAGE)
        return modlog_page(view, asked, frame, context.clock()), modlog_depends(view, asked)

    def history(request: Request, reader: Reader, frame: Frame) -> tuple[str, Depends]:
        number = _number(request)
        of_post = _is_of_post(request)
        view = post_history(reader, PostId(number)) if of_post else comment_history(reader, CommentId(number))
        return history_page(view, frame, context.clock()), item_depends(view.item)

    def more(request: Request, reader: Reader, frame: Frame) -> tuple[str, Depends]:
        number = _number(request)
        item = post_item(reader, PostId(number)) if _is_of_post(request) else comment_item(reader, CommentId(number))
        return more_page(item, frame, context.clock()), item_depends(item)

    def route(path: str, drawn: Drawn, *, large: bool = False) -> Route:
        return Route(path, page_endpoint(context, drawn, large=large, headers=NOT_TO_BE_FOUND))

    return [
        route("/modlog", deeds),
        route("/post/{number}/history", history, large=True),
        route("/comment/{number}/history", history, large=True),
        route("/post/{number}/more", more),
        route("/comment/{number}/more", more),
    ]


def _is_of_post(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.startswith("/post/")


def _number(request: Request) -> int:
    text: str = request.path_params["number"]
    if _ID.fullmatch(text) is None or int(text) > _ID_MAX:
        raise HTTPException(404)
    return int(text)


def _community(reader: Reader, asked: str, own_host: str) -> CommunityView | None:
    """Return the community that a reader named, with our own host or without; None where they named none."""
    name, _, host = asked.strip().removeprefix("!").partition("@")
    if not asked.strip():
        return None
    if len(asked) > _NAME_MAX_CHARS or "\x00" in asked:
        raise NotFound("couldnt_find_community")
    return find_community(reader, name, None if host.lower() in ("", own_host) else host).community
