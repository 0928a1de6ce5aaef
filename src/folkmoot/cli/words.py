"""How does the command line say no? One table from a refusal's code to a sentence."""

from folkmoot.cli.options import Refusal
from folkmoot.model import errors, limits

_SENTENCES = {
    "couldnt_find_community": "there is no community of that name here",
    "couldnt_find_post": "there is no such thread here",
    "deleted": "that community was deleted or removed",
    "invalid_name": f"a name is missing, or longer than {limits.HANDLE_MAX_CHARS} characters",
    "invalid_post_title": f"{limits.TITLE_MIN_CHARS} to {limits.TITLE_MAX_CHARS} characters, none of them controls",
    "invalid_url": "that is no address that can be linked",
    "invalid_url_scheme": "a link begins with https://, http:// or magnet:",
    "not_known_then": "at that time this thread was not known here",
    "read_before_1970": "nothing was read before 1970",
    "read_in_the_future": "that time is still to come",
    "url_length_overflow": f"a link has at most {limits.URL_MAX_CHARS} characters",
}


_OPTIONS = {"as_of": "--as-of: ", "read_at": "--read-at: ", "title": "--title: "}


def refusal_from(refused: errors.Refusal, *, subject: str) -> Refusal:
    """Put a refusal into words; `subject` names what was refused, such as a file."""
    option = _OPTIONS.get(refused.field, "") if isinstance(refused, errors.Invalid) else ""
    return Refusal(f"{subject}: {option}{_SENTENCES.get(refused.code, f'refused: {refused.code}')}")
