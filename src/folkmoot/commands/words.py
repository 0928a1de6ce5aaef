"""Which texts are accepted? Titles, bodies, links, names: refused past a limit when written here, cut when a peer's."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from folkmoot.model import limits
from folkmoot.model.callers import Here, There
from folkmoot.model.errors import Invalid
from folkmoot.store.texts import Format, StoredText
from folkmoot.text.html import Html
from folkmoot.text.markdown import RENDERER, Rendered, render_literal, render_markdown
from folkmoot.text.urls import canonical_url

_NAME = re.compile(r"[A-Za-z0-9_]+")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SCHEMES = ("http", "https", "magnet")


@dataclass(frozen=True, slots=True)
class Body:
    """A text that may be stored, rendered; it does not know yet which thing it belongs to."""

    source: str
    format: Format
    rendered: Rendered

    def stored_as(self, key: str) -> StoredText:
        """Give the row's part. `key` names the thing in its footnotes: `p7`, `c123`, `m4` for a community."""
        return StoredText(self.source, self.format, self.rendered.for_thing(key), self.rendered.text, RENDERER)


NO_TEXT = StoredText("", Format.MARKDOWN, Html(""), "", RENDERER)


def markdown_body(source: str, origin: Here | There, *, may_be_blank: bool) -> Body:
    """Check and render what a person wrote.

    Raises:
        Invalid: `invalid_body_field`: too long, blank where words are needed, or no text. Never for a peer's.
    """
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(origin, There):
        text = _UNKEEPABLE.sub("", text)[: limits.PEER_BODY_MAX_CHARS]
    else:
        check_plain(text, field="body", code="invalid_body_field", max_chars=limits.BODY_MAX_CHARS)
        if not may_be_blank and not text.strip():
            raise Invalid("invalid_body_field", "body")
    return rendered_markdown(text)


def rendered_markdown(source: str) -> Body:
    """Render a text that was accepted before."""
    return Body(source, Format.MARKDOWN, render_markdown(source))


def literal_body(source: str) -> Body:
    """Render a text that is no Markdown."""
    return Body(source, Format.LITERAL, render_literal(source))


def check_plain(text: str, *, field: str, code: str, max_chars: int) -> None:
    """Refuse a text that is too long, or that a database cannot keep.

    Raises:
        Invalid: with `code`.
    """
    if len(text) > max_chars:
        raise Invalid(code, field, max_chars)
    if "\0" in text or (not text.isascii() and _UNKEEPABLE.search(text)):
        raise Invalid(code, field)


def title(text: str, origin: Here | There) -> str:
    """Give the title on one line.

    Raises:
        Invalid: `invalid_post_title`: under 3 visible characters or over 200, or with control characters. A peer's is
            cleaned and cut, and refused only where nothing is left.
    """
    line = " ".join(text.split())
    if isinstance(origin, There):
        line = " ".join(_UNKEEPABLE.sub("", _CONTROLS.sub("", line))[: limits.TITLE_MAX_CHARS].split())
        if not line:
            raise Invalid("invalid_post_title", "title", limits.TITLE_MIN_CHARS)
        return line
    check_plain(line, field="title", code="invalid_post_title", max_chars=limits.TITLE_MAX_CHARS)
    if _CONTROLS.search(line):
        raise Invalid("invalid_post_title", "title")
    if visible_chars(line) < limits.TITLE_MIN_CHARS:
        raise Invalid("invalid_post_title", "title", limits.TITLE_MIN_CHARS)
    return line


def visible_chars(line: str) -> int:
    """Count what leaves ink or a gap: all but formats, controls and unassigned characters."""
    if line.isascii() and line.isprintable():
        return len(line)
    return sum(not unicodedata.category(char).startswith("C") for char in line)


def link(url: str | None, origin: Here | There, *, field: str = "url") -> str | None:
    """Give a post's link in its canonical form; None and the empty text are no link.

    Raises:
        Invalid: `url_length_overflow`, `invalid_url_scheme`, `invalid_url`. A peer's bad link is left out instead.
    """
    if url is None or not url.strip():
        return None
    try:
        return _checked_link(url.strip(), field)
    except Invalid:
        if isinstance(origin, There):
            return None
        raise


def _checked_link(url: str, field: str) -> str:
    if len(url) > limits.URL_MAX_CHARS:
        raise Invalid("url_length_overflow", field, limits.URL_MAX_CHARS)
    try:
        if urlsplit(url).scheme not in _SCHEMES:
            raise Invalid("invalid_url_scheme", field)
        canonical = canonical_url(url)
    except ValueError:
        raise Invalid("invalid_url", field) from None
    if len(canonical) > limits.URL_MAX_CHARS:
        raise Invalid("url_length_overflow", field, limits.URL_MAX_CHARS)
    check_plain(canonical, field=field, code="invalid_url", max_chars=limits.URL_MAX_CHARS)
    return canonical


def check_local_name(name: str) -> None:
    """Refuse what cannot name a person or community of this instance.

    Raises:
        Invalid: `invalid_name`: not 3 to 20 ASCII letters, digits and underscores.
    """
    if not limits.NAME_MIN_CHARS <= len(name) <= limits.NAME_MAX_CHARS:
        raise Invalid("invalid_name", "name", limits.NAME_MAX_CHARS)
    if not _NAME.fullmatch(name):
        raise Invalid("invalid_name", "name")


def display_line(text: str, *, field: str, max_chars: int) -> str:
    """Give a name for showing, on one line.

    Raises:
        Invalid: `invalid_display_name`: nothing to see, too long, a leading `@`, controls or changes of direction.
    """
    line = " ".join(text.split())
    check_plain(line, field=field, code="invalid_display_name", max_chars=max_chars)
    if not visible_chars(line) or line.startswith("@") or _CONTROLS.search(line) or _OVERRIDES.search(line):
        raise Invalid("invalid_display_name", field)
    return line


@dataclass(frozen=True, slots=True)
class Handle:
    """`name@host`, as spelled."""

    name: str
    host: str

    @property
    def key(self) -> tuple[str, str]:
        """What two spellings of one handle have in common: host and name, case-folded."""
        return self.host.casefold(), self.name.casefold()


def parsed_handle(text: str, *, code: str) -> Handle:
    """Take `name@host` apart.

    Raises:
        Invalid: with `code`: not one `@`, an empty half, white space, or over 255 characters.
    """
    name, _, host = text.partition("@")
    if not name or not host or "@" in host or any(map(str.isspace, text)):
        raise Invalid(code, "handle")
    check_plain(text, field="handle", code=code, max_chars=limits.HANDLE_MAX_CHARS)
    return Handle(name, host)
