"""What is at `/`, `/c/…`, `/u/…` and `/communities`? Lists, in the form that is asked for: see `docs/forms.md`."""

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from folkmoot.db.base import Reader
from folkmoot.doors.context import WebContext
from folkmoot.doors.documents import ASK_FIRST, NEGOTIATED, document
from folkmoot.doors.guest_addresses import GuestAddress
from folkmoot.doors.list_answers import Answer, Asked, Elsewhere, Gone, communities, community, front, person
from folkmoot.doors.list_rows import Pieces
from folkmoot.doors.negotiate import SUFFIXES, Form
from folkmoot.doors.thread_forms import MEDIA_TYPES
from folkmoot.doors.web.asked import asked_of
from folkmoot.doors.web.error_page import Fault
from folkmoot.doors.web.errors import error_response

Found = Answer | Elsewhere | Gone
Answering = Callable[[Asked, Reader], Found]
Endpoint = Callable[[Request], Awaitable[Response]]

FORMS = (Form.HTML, Form.RSS, Form.JSON)
DIRECTORY_FORMS = (Form.HTML, Form.JSON)

ADDRESSES = (
    GuestAddress("/", ("feed", "sort", "after"), FORMS),
    GuestAddress("/front.rss", ("feed", "sort", "after"), (Form.RSS,)),
    GuestAddress("/front.json", ("feed", "sort", "after"), (Form.JSON,)),
    GuestAddress("/c/{name}", ("show", "sort", "after"), FORMS),
    GuestAddress("/u/{name}", ("show", "sort", "after"), FORMS),
    GuestAddress("/communities", ("feed", "sort", "after"), DIRECTORY_FORMS),
    GuestAddress("/communities.json", ("feed", "sort", "after"), (Form.JSON,)),
)

_FRONTS = (("/", ""), ("/front.rss", ".rss"), ("/front.json", ".json"))
_DIRECTORIES = (("/communities", ""), ("/communities.json", ".json"))
_ONE_FORM = {"cache-control": ASK_FIRST}
_MANY_FORMS = {"cache-control": ASK_FIRST, "vary": NEGOTIATED}
NOT_KEPT = {"cache-control": "no-store"}
_SAFE_IN_QUERIES = "=&?/:%+;,@~!$'()*"


class _Address(NamedTuple):
    """What a path says: what is called so (nothing, where there is one list only), and a form by its suffix."""

    name: str
    suffix: str

    @property
    def headers(self) -> Mapping[str, str]:
        """What every answer at this address says; to be changed by nobody."""
        return _ONE_FORM if self.suffix else _MANY_FORMS


def routes(context: WebContext) -> list[Route]:
    """Return the routes of lists, for GET and HEAD."""
    fronts = [Route(path, _only(context, front, FORMS, suffix)) for path, suffix in _FRONTS]
    directories = [Route(path, _only(context, communities, DIRECTORY_FORMS, suffix)) for path, suffix in _DIRECTORIES]
    return [
        *fronts,
        Route("/c/{name}", _named(context, community)),
        Route("/u/{name}", _named(context, person)),
        *directories,
    ]


def _only(context: WebContext, list_: Answering, offered: tuple[Form, ...], suffix: str) -> Endpoint:
    """Make the endpoint of a list that there is one of."""
    address = _Address("", suffix)

    async def endpoint(request: Request) -> Response:
        return await _answer(context, request, list_, address, offered)

    return endpoint


def _named(context: WebContext, list_: Answering) -> Endpoint:
    """Make the endpoint of what has a name. Names of here have no dot, so a suffix can follow them."""

    async def endpoint(request: Request) -> Response:
        name, dot, rest = request.path_params["name"], "", ""
        if "@" not in name:
            name, dot, rest = name.partition(".")
        return await _answer(context, request, list_, _Address(name, dot + rest), FORMS)

    return endpoint


async def _answer(
    context: WebContext, request: Request, list_: Answering, address: _Address, offered: tuple[Form, ...]
) -> Response:
    meant = asked_of(request, offered)
    form = _form(meant.form, address.suffix, offered)
    if form is None:
        return _not_acceptable(request, address, offered)
    now = context.clock()
    asked = Asked(context, meant, form, now, address.name, Pieces(context.kept, now))

    def read() -> Found:
        with context.db.read() as reader:
            return list_(asked, reader)

    match await context.read(read):
        case Answer() as answer:
            return _sent(request, form, address, answer)
        case Elsewhere(path=path):
            query = quote(request.scope["query_string"].decode("latin-1"), safe=_SAFE_IN_QUERIES)
            location = f"{path}{address.suffix}{query and '?'}{query}"
            return Response(status_code=308, headers={**address.headers, "location": location})
        case Gone(status=status, code=code):
            return await error_response(context, request, Fault(status, code), headers={**address.headers, **NOT_KEPT})


def _form(liked: Form | None, suffix: str, offered: tuple[Form, ...]) -> Form | None:
    """The form that the client gets; None: 406."""
    if not suffix:
        return liked
    if suffix not in SUFFIXES or SUFFIXES[suffix] not in offered:
        raise HTTPException(404)
    return SUFFIXES[suffix]


def _sent(request: Request, form: Form, address: _Address, answer: Answer) -> Response:
    return document(
        request,
        answer.body,
        MEDIA_TYPES[form],
        headers=address.headers,
        status=answer.status,
        depends=answer.depends,
    )


def _not_acceptable(request: Request, address: _Address, offered: tuple[Form, ...]) -> Response:
    """Name the forms that there are, a line each."""
    body = "".join(f"{form.value}\n" for form in offered).encode()
    return document(request, body, MEDIA_TYPES[Form.TEXT], headers={**address.headers, **NOT_KEPT}, status=406)
