"""What becomes of a link, a picture and a mention?

A link keeps its address where that is one of the web, a mail address or a magnet link; any other loses it and stays as
text. A picture becomes a link to it, called by its alternative text, until there is a room for media here. A mention
becomes a link to the page of whom it names, on their own host.
"""

import re
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from folkmoot.model.limits import URL_MAX_CHARS
from folkmoot.text.html import escaped, unescaped
from folkmoot.text.marks import unmarked, unmarked_address
from folkmoot.text.mention_syntax import Mention, actor_address
from folkmoot.text.urls import canonical_url, url_host

_MAX_NAME_CHARS = 80
_MAIL = re.compile(r"mailto:[^\s@\x00-\x20<>\"]+@[^\s@\x00-\x20<>\"]+")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be linked, and what the pointer shows over it (escaped, perhaps empty)."""

    address: str
    title: str = ""

    def opening(self, kind: str = "", direction: str = "") -> str:
        """Return the opening tag, of a class and a direction; the wall adds what all links of texts carry."""
        title = f' title="{self.title}"' if self.title else ""
        of_kind = f' class="{kind}"' if kind else ""
        read = f' dir="{direction}"' if direction else ""
        return f'<a{of_kind} href="{escape(self.address)}"{title}{read}>'


def link_from(address: str, title: str) -> Link | None:
    """Return the link of an escaped address and title as the parser wrote them, None where it may not be linked."""
    target = link_target(unmarked_address(unescaped(address)))
    return Link(target, unmarked(title)) if target else None


def link_target(address: str) -> str | None:
    """Return the address to which a text may link, None where it may not: another scheme, a path, no host, too long."""
    if address.startswith("mailto:"):
        return address if len(address) <= URL_MAX_CHARS and _MAIL.fullmatch(address) else None
    if address.startswith("/"):
        return actor_address(unquote(address))
    try:
        return canonical_url(address)
    except ValueError:
        return None


def picture(link: Link, words: str) -> str:
    """Return the link that stands for a picture.

    Args:
        link: where the picture is.
        words: its alternative text, escaped; where it has none, its file's name or its host stands for it on the page,
            and nothing in the text form.
    """
    if words.strip():
        return f"{link.opening('picture', 'auto')}{words}</a>"
    return f"{link.opening('picture nameless', 'auto')}{escaped(file_name(link.address))}</a>"


def file_name(address: str) -> str:
    """Return what to call a file of which only the address is known: the end of its path, else its host."""
    path = address.split("?", 1)[0].split("#", 1)[0].partition("://")[2]
    last = unquote(path.rpartition("/")[2]).strip() if "/" in path else ""
    return last[:_MAX_NAME_CHARS] or url_host(address) or address


def mention(typed: str, meant: Mention, *, linked: bool) -> str:
    """Return the link of a mention; where no link may stand only its name, marked as one."""
    if linked:
        return f"{Link(meant.address()).opening('mention', 'ltr')}{escape(typed)}</a>"
    return f'<span class="mention" dir="ltr">{escape(typed)}</span>'


def same_address(text: str, address: str) -> bool:
    """Say whether a link's words only repeat its address, but for its scheme, its encoding and a slash at the end."""
    return _bare(text) == _bare(address)


def _bare(address: str) -> str:
    plain = unquote(address).strip()
    for scheme in ("https://", "http://", "mailto:"):
        plain = plain.removeprefix(scheme)
    return plain.removesuffix("/")
