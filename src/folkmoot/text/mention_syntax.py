"""How is a person or a community named in a text, and how is that carried through the Markdown parser?

`@name@host` and `/u/name@host` name a person, `!name@host` and `/c/name@host` a community. The host has a dot or a
port. The parser would make mail addresses of them, so they are hidden from it and shown again where its HTML has text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from folkmoot.model.limits import HANDLE_MAX_CHARS
from folkmoot.text.marks import HIDDEN_AT, MENTION_AT, MENTION_BANG, MENTION_SLASH

_NAME = r"\w++(?>(?:[.-]++\w++)*)"
_HOST = r"[^\W_]++(?>(?:[.-]++[^\W_]++)*)(?>(?::[0-9]{1,5}+)?)"
_TYPED = re.compile(rf"(?<![A-Za-z0-9@/.&=#%+\\-])(?:(\\?[@!])|\\?/([uc])/)({_NAME})@({_HOST})(?!@)")
_HIDDEN = re.compile(
    rf"(?:([{MENTION_AT}{MENTION_BANG}])|{MENTION_SLASH}([uc])/)({_NAME}){HIDDEN_AT}({_HOST})",
)
_ACTOR_PATH = re.compile(rf"/([uc])/({_NAME})@({_HOST})")
_LEADS = {"@": MENTION_AT, "!": MENTION_BANG}
_PEOPLE = frozenset({"@", MENTION_AT, "u"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a community named in a text; whether they exist nobody has asked yet.

    `name` is as typed, `host` in lower case, with its port where it has one.
    """

    name: str
    host: str
    community: bool

    def address(self) -> str:
        """Return the page of the person or community on its own host."""
        return f"https://{self.host}/{'c' if self.community else 'u'}/{quote(self.name)}"


def hide_mentions(source: str) -> str:
    """Replace the signs of each mention by marks that the parser takes for letters.

    A mention behind a backslash becomes a text that is neither a mention nor a mail address.
    """
    return _TYPED.sub(_hidden, source)


def show_mentions(markup: str, form: Callable[[str, Mention], str]) -> str:
    """Replace each hidden mention in escaped text by what `form` makes of it.

    Args:
        markup: text between two tags, escaped, with its marks.
        form: given the mention as it was typed and what it means.
    """

    def shown(found: re.Match[str]) -> str:
        return form(_as_typed(found), _meaning(found))

    return _HIDDEN.sub(shown, markup)


def parse_mention(text: str) -> Mention | None:
    """Read a text that is a mention and nothing else."""
    found = _TYPED.fullmatch(text)
    return _meaning(found) if found and not text.startswith("\\") else None


def actor_address(path: str) -> str | None:
    """Return the full address of a link written as `/u/name@host` or `/c/name@host`, None for another path."""
    found = _ACTOR_PATH.fullmatch(path)
    return Mention(found[2], found[3].lower(), community=found[1] == "c").address() if found else None


def _hidden(found: re.Match[str]) -> str:
    host = found[4]
    if ("." not in host and ":" not in host) or ".." in host or len(found[3]) + len(host) >= HANDLE_MAX_CHARS:
        return found[0]
    if found[0].startswith("\\"):
        return found[0].replace("@" + host, HIDDEN_AT + host)
    lead = _LEADS[found[1]] if found[1] else f"{MENTION_SLASH}{found[2]}/"
    return f"{lead}{found[3]}{HIDDEN_AT}{host}"


def _as_typed(found: re.Match[str]) -> str:
    lead = f"/{found[2]}/" if found[2] else "@" if found[1] == MENTION_AT else "!"
    return f"{lead}{found[3]}@{found[4]}"


def _meaning(found: re.Match[str]) -> Mention:
    person = (found[1] or found[2]) in _PEOPLE
    return Mention(found[3], found[4].lower(), community=not person)
