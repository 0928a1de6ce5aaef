"""Which files does a site have for programs? Robots, a sitemap, a manifest, where to report a hole; the icons."""

import asyncio
import gzip
import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.context import WebContext
from folkmoot.doors.depends import HOUR_MICROS, SITE, Depends
from folkmoot.doors.documents import document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.handles import post_address
from folkmoot.doors.web.appearance import Theme
from folkmoot.doors.web.asked import wants_gzip
from folkmoot.doors.web.head import GROUNDS
from folkmoot.doors.web.paths import community_path
from folkmoot.doors.web.static_files import address_of, static_files
from folkmoot.doors.web.words import moment_of
from folkmoot.model.ids import Micros
from folkmoot.queries.directory import communities_list
from folkmoot.queries.site import site
from folkmoot.queries.sitemap import MOST, sitemap_posts
from folkmoot.queries.views import CommunitySort, Feed, SiteView
from folkmoot.text.html import escaped

ADDRESSES = (
    GuestAddress("/robots.txt", counted=False),
    GuestAddress("/manifest.webmanifest", counted=False),
    GuestAddress("/sitemap.xml", kept=False),
    GuestAddress("/.well-known/security.txt", kept=False, counted=False),
    GuestAddress("/favicon.ico", counted=False),
    GuestAddress("/apple-touch-icon.png", counted=False),
)

URLS_MAX = MOST
COMMUNITIES_MAX = 10_000
SITEMAP_KEPT_MICROS = HOUR_MICROS
_COMMUNITIES_AT_ONCE = 500
_EXPIRES_MONTHS = 6
_HOUR = "public, max-age=3600"
_DAY = "public, max-age=86400"
_TEXT = "text/plain; charset=utf-8"
_ICON_SIDE = 32

UNVISITED = ("/appearance", "/sorts", "/*?after=", "/*&after=", "/*/history", "/*/more")
"""Where crawlers find nothing that is not elsewhere."""

_OF_NOTHING = Depends(frozenset(), frozenset(), None)


def routes(context: WebContext) -> list[Route]:
    """Return the routes of these files, for GET and HEAD."""
    sitemap = _Sitemap(context)

    async def robots(request: Request) -> Response:
        return _sent(request, robots_txt(context.site_url), _TEXT, _DAY, _OF_NOTHING)

    async def manifest(request: Request) -> Response:
        def read() -> str:
            with context.db.read() as reader:
                return web_manifest(site(reader))

        depends = Depends(frozenset({SITE}), frozenset(), None)
        return _sent(request, await context.read(read), "application/manifest+json", _HOUR, depends)

    async def security(request: Request) -> Response:
        if not context.security_contact:
            raise HTTPException(404)
        text = security_txt(context.security_contact, context.site_url, context.clock())
        return _sent(request, text, _TEXT, _DAY, None)

    async def favicon(request: Request) -> Response:
        return document(request, icon_file(), "image/x-icon", headers={"cache-control": _DAY}, depends=_OF_NOTHING)

    async def touch_icon(request: Request) -> Response:
        body = static_files()["icon-180.png"].body
        return document(request, body, "image/png", headers={"cache-control": _DAY}, depends=_OF_NOTHING)

    return [
        Route("/robots.txt", robots),
        Route("/sitemap.xml", sitemap.answer),
        Route("/manifest.webmanifest", manifest),
        Route("/.well-known/security.txt", security),
        Route("/favicon.ico", favicon),
        Route("/apple-touch-icon.png", touch_icon),
    ]


def _sent(request: Request, body: str, media_type: str, caching: str, depends: Depends | None) -> Response:
    return document(request, body.encode(), media_type, headers={"cache-control": caching}, depends=depends)


def robots_txt(site_url: str) -> str:
    """Return what crawlers are asked."""
    lines = ("User-agent: *", *(f"Disallow: {path}" for path in UNVISITED), "", f"Sitemap: {site_url}/sitemap.xml")
    return "\n".join(lines) + "\n"


def web_manifest(there: SiteView) -> str:
    """Return what a phone needs to keep the site among its programs.

    Source: W3C, Web Application Manifest.
    """
    icons = [
        {"src": address_of("mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": address_of(f"icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
            for side in (192, 512)
        ),
        {"src": address_of("icon-mask.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    told = {
        "id": "/",
        "name": there.name,
        "description": there.description,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": GROUNDS[Theme.LIGHT],
        "theme_color": GROUNDS[Theme.LIGHT],
        "icons": icons,
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False, indent=1) + "\n"


def security_txt(contact: str, site_url: str, now: Micros) -> str:
    """Return where to report a hole. It says of itself until when it holds: the first of a month, half a year on.

    Source: RFC 9116.
    """
    first = moment_of(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for _ in range(_EXPIRES_MONTHS):
        first = (first + timedelta(days=31)).replace(day=1)
    lines = (
        f"Contact: {contact}",
        f"Expires: {first:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {site_url}/.well-known/security.txt",
    )
    return "\n".join(lines) + "\n"


def icon_file() -> bytes:
    """Return the icon for browsers that look for `/favicon.ico`: a PNG in the wrapping that the name promises."""
    picture = static_files()[f"icon-{_ICON_SIDE}.png"].body
    wrapping = struct.pack("<HHHBBBBHHII", 0, 1, 1, _ICON_SIDE, _ICON_SIDE, 0, 0, 1, 32, len(picture), 22)
    return wrapping + picture


@dataclass(frozen=True, slots=True)
class _Made:
    packed: bytes
    at: Micros


class _Sitemap:
    """Makes the sitemap when it is asked for, in a thread and one at a time, and keeps it in gzip for an hour.

    A post that is removed stands in it for so long: an address and no word of it.
    """

    def __init__(self, context: WebContext) -> None:
        self._context = context
        self._made: _Made | None = None
        self._making = asyncio.Lock()

    async def answer(self, request: Request) -> Response:
        """Send it, packed to who can unpack."""
        packed = (await self._current()).packed
        headers = {"cache-control": _HOUR, "vary": "Accept-Encoding"}
        if wants_gzip(request.headers.get("accept-encoding", "")):
            headers["content-encoding"] = "gzip"
            return document(request, packed, "application/xml", headers=headers)
        body = await asyncio.to_thread(gzip.decompress, packed)
        return document(request, body, "application/xml", headers=headers)

    async def _current(self) -> _Made:
        async with self._making:
            made = self._made
            now = self._context.clock()
            if made is None or not 0 <= now - made.at < SITEMAP_KEPT_MICROS:
                made = self._made = _Made(await asyncio.to_thread(self._make, now), now)
            return made

    def _make(self, now: Micros) -> bytes:
        with self._context.db.read() as reader:
            return gzip.compress(sitemap_xml(reader, self._context.site_url, now).encode(), compresslevel=6, mtime=0)


def sitemap_xml(reader: Reader, site_url: str, now: Micros) -> str:
    """Return the sitemap: the front page, the communities of here, their young posts.

    Source: sitemaps.org; which posts: Lemmy.
    """
    places = [f"<url><loc>{escaped(site_url + path)}</loc></url>" for path in ("/", *_communities(reader))]
    posts = sitemap_posts(reader, now=now, limit=URLS_MAX - len(places))
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *places,
            *(
                f"<url><loc>{escaped(post_address(site_url, entry.post))}</loc>"
                f"<lastmod>{moment_of(entry.changed):%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
                for entry in posts
            ),
            "</urlset>\n",
        )
    )


def _communities(reader: Reader) -> Iterator[str]:
    """Give the paths of the communities of here, the most active first."""
    after: str | None = None
    for _ in range(COMMUNITIES_MAX // _COMMUNITIES_AT_ONCE):
        found = communities_list(reader, Feed.LOCAL, sort=CommunitySort.ACTIVE, after=after, limit=_COMMUNITIES_AT_ONCE)
        yield from map(community_path, found.communities)
        after = found.after
        if after is None:
            return
