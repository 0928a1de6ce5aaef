"""Which addresses can a guest read, and what do they look at? Each room of the doors lists its own; caches go by it."""

from dataclasses import dataclass

from folkmoot.doors.negotiate import Form


@dataclass(frozen=True, slots=True)
class GuestAddress:
    """One pattern of addresses that anybody may GET.

    `path` is Starlette's pattern, such as `/c/{name}`. `params` are the query parameters that the answer depends on,
    besides `lang`; all others are ignored. `forms` are what is chosen from by `Accept` where the address has no
    suffix; a single one is not negotiated. `kept`: whether finished answers may be kept for other guests.
    `counted`: whether an answer is taken from the crawl budget; not what crawlers and browsers must be able to ask for.
    """

    path: str
    params: tuple[str, ...] = ()
    forms: tuple[Form, ...] = (Form.HTML,)
    kept: bool = True
    counted: bool = True
