"""What does a page say when there is no page? A small code, a plain heading, what to do."""

from folkmoot.doors.web.frame import Frame, fill_page
from folkmoot.doors.web.i18n import Language


def error_page(status: int, frame: Frame, *, request_id: str = "") -> str:
    """Return the page for an HTTP status; one without words of its own gets those of 400 or 500.

    `request_id` is what the log calls this request: shown where something broke.
    """
    heading, sentence = _words(status, frame.language)
    return fill_page(
        "error.html",
        frame,
        title=f"{heading} · {frame.site.name}",
        values={
            "here": "error",
            "status": status,
            "heading": heading,
            "sentence": sentence.replace("{request_id}", request_id or "?"),
        },
    )


def _words(status: int, language: Language) -> tuple[str, str]:
    if status < 500:
        return _refusal(status, language)
    _ = language.gettext
    if status == 503:
        return _("Back in a moment"), _("The server is busy or just starting. Load this page again in a minute.")
    return _("Something broke here"), _("It was written down as {request_id}.")


def _refusal(status: int, language: Language) -> tuple[str, str]:
    _ = language.gettext
    match status:
        case 403:
            return _("You may not see this"), _("It is here, but not for everybody.")
        case 404:
            return _("This page is not here"), _("The address may be mistyped, or what it named was never here.")
        case 405:
            return _("That cannot be done here"), _("This address can be read, and takes nothing.")
        case 406:
            return _("There is no such form of it"), _("What is here can be read as a page, and in other forms.")
        case 410:
            return _("This was deleted"), _("It was here once. Its author or a moderator took it away.")
        case _:
            return _("This request makes no sense here"), _("Something in the address could not be read.")
