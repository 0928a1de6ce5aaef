"""Who asks for a page? Their language and their look, read from the request; and whether it came from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request

from folkmoot.doors.context import WebContext
from folkmoot.doors.web.appearance import Look
from folkmoot.doors.web.asked import asked_of
from folkmoot.doors.web.frame import Frame
from folkmoot.queries.views import SiteView

LOCAL_MAX_CHARS = 1_000

_OURS = ("same-origin", "none")


def frame_for(request: Request, context: WebContext, there: SiteView) -> Frame:
    """Return the frame for who asks."""
    asked = asked_of(request)
    return Frame(there, context.site_url, asked.language, asked.look)


def path_of(request: Request) -> str:
    """Return the decoded path. Starlette's `request.url` cannot be made of every query that a client can send."""
    path: str = request.scope["path"]
    return path


def look_asked(request: Request) -> Look:
    """Return the look that the reader's cookie asks for."""
    return asked_of(request).look


def from_elsewhere(request: Request, site_url: str) -> bool:
    """Say whether the browser tells that the page of another site sent this.

    Browsers tell `Sec-Fetch-Site` over https and of this machine, `Origin` always with a POST. A client that tells
    neither is no browser, and sends what it likes. A site is reached by its public address, or by the one that the
    request itself names.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in _OURS:
        return True
    origin = request.headers.get("origin")
    if origin is None or origin == site_url:
        return False
    return _host_of(origin) != request.headers.get("host", "").lower()


def _host_of(origin: str) -> str | None:
    """Return host and port of an `Origin`; None of one that is none, such as `null`."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def local_path(asked: str) -> str | None:
    """Return the address within this site that is meant; None for whatever a browser could take for another place.

    A browser reads `//host` as a host, a backslash as a slash, and drops tabs and newlines before it reads: so
    nothing but printable ASCII is taken, and a second slash or a backslash nowhere in the path.
    """
    path = asked.partition("#")[0].partition("?")[0]
    printable = asked.isascii() and asked.isprintable() and " " not in asked
    if not printable or len(asked) > LOCAL_MAX_CHARS or "\\" in asked:
        return None
    return asked if path.startswith("/") and "//" not in path else None
