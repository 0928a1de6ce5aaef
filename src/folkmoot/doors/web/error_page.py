"""What does a page say when there is no page? A small code, a plain heading, what to do."""

from dataclasses import dataclass

from folkmoot.doors.web.frame import Frame, fill_page, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language

NOT_TO_BE_FOUND = {"x-robots-tag": "noindex"}
"""On what no search engine should list."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, as far as a reader may know.

    `code` is the refusal's, where it was one. `request_id` is what the log calls this request: told where something
    broke. `wait_s`: after how many seconds to try again. `start` is the address of the list whose place was not found.
    """

    status: int
    code: str = ""
    request_id: str = ""
    wait_s: int | None = None
    start: str = ""


def error_page(fault: Fault, frame: Frame) -> str:
    """Return the page for a fault; a status without words of its own gets those of 400 or 500."""
    heading, sentence = words_for(fault, frame.language)
    return fill_page(
        "error.html",
        frame,
        head=Head(heading),
        values={
            "here": "error",
            "status": fault.status,
            "heading": heading,
            "sentence": plain(sentence),
            "start": plain(fault.start) if fault.code == "bad_cursor" else "",
        },
    )


def words_for(fault: Fault, language: Language) -> tuple[str, str]:
    """Return a heading and a sentence."""
    if about := _about_thing(fault.code, language):
        return about
    if fault.status < 500:
        return _about_request(fault, language)
    _ = language.gettext
    if fault.status == 503:
        return _("Back in a moment"), _("The server is busy or just starting. Load this page again in a minute.")
    sentence = _("It was written down as {request_id}.").replace("{request_id}", fault.request_id or "?")
    return _("Something broke here"), sentence


def _about_thing(code: str, language: Language) -> tuple[str, str] | None:
    """Return the words for what was asked for by a name; None where the status has to do."""
    _ = language.gettext
    match code:
        case "couldnt_find_community":
            return _("This community is not here"), _("The name may be mistyped, or nobody here has met it so far.")
        case "couldnt_find_person":
            return _("This person is not here"), _("The name may be mistyped, or nobody here has met them so far.")
        case "community_deleted":
            return _("This community was deleted"), _("Those who made it took it away, and what was posted in it.")
        case "community_removed":
            return _("This community was removed"), _("Whoever runs this server took it away.")
        case _:
            return None


def _about_request(fault: Fault, language: Language) -> tuple[str, str]:
    _ = language.gettext
    known = {
        403: (_("You may not see this"), _("It is here, but not for everybody.")),
        404: (_("This page is not here"), _("The address may be mistyped, or what it named was never here.")),
        405: (_("That cannot be done here"), _("This address can only be read.")),
        406: (_("There is no such form of it"), _("What is here can be read as a page, and in other forms.")),
        410: (_("This was deleted"), _("It was here once. Its author or a moderator took it away.")),
        413: (_("That is too long"), _("More was sent than this address takes.")),
        429: (_("Too fast"), _again(fault.wait_s, language)),
    }
    nonsense = (_("This request makes no sense here"), _("Something in the address could not be read."))
    heading, sentence = known.get(fault.status, nonsense)
    return heading, _of_code(fault.code, language) or sentence


def _again(wait_s: int | None, language: Language) -> str:
    if wait_s is None:
        return language.gettext("Try again in a moment.")
    return language.ngettext("Try again in {count} second.", "Try again in {count} seconds.", wait_s)


def _of_code(code: str, language: Language) -> str:
    """Return what to say of a refusal that has a sentence of its own; nothing of others."""
    _ = language.gettext
    match code:
        case "bad_cursor":
            return _("The place in the list that the address names was never there.")
        case "bad_look":
            return _("There is no such theme, density or size. Go back and choose one of those shown.")
        case "bad_form":
            return _("What was sent could not be read. Go back and try again.")
        case "from_elsewhere":
            return _("It was sent from a page of another site. Go to the page itself and try again.")
        case _:
            return ""
