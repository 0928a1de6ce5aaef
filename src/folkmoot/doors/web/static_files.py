"""Which bytes lie under `/static/`? Each file's address changes with what it says, and so never goes stale."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
SHEET = "look.css"

_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png"}
_PICTURES = (".svg", ".png")
_DIGEST_CHARS = 12
_SPARE = re.compile(r"/\*.*?\*/\s*|^\s+|\n|(?<=[{};]) +| +(?=[{}])", re.DOTALL | re.MULTILINE)
"""Of the style sheet: what is for those who write it. (No text in it runs over lines, holds a comment or braces.)"""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file. `name` carries the digest; `packed` is `body` in gzip."""

    name: str
    media_type: str
    body: bytes
    packed: bytes

    @property
    def address(self) -> str:
        """The path under which pages link it."""
        return PREFIX + self.name


@cache
def static_files() -> dict[str, StaticFile]:
    """Return the files by their plain names. The style sheet names the others by their addresses."""
    pictures = {
        path.name: _file(path, path.read_bytes()) for path in sorted(FOLDER.iterdir()) if path.suffix in _PICTURES
    }
    body = _SPARE.sub("", sheet_source())
    for name, picture in pictures.items():
        body = body.replace(f"url({name})", f"url({picture.name})")
    return pictures | {SHEET: _file(FOLDER / SHEET, body.encode())}


def sheet_source() -> str:
    """Return the style sheet as it is written: its layers, a file each, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "look").glob("*.css")))


@cache
def address_of(name: str) -> str:
    """Return the address of a file by its plain name, such as `look.css`."""
    return static_files()[name].address


def find_static(asked: str) -> tuple[StaticFile, bool] | None:
    """Return the file meant by a name with any digest, and whether the digest is today's.

    A page that was kept since before an upgrade still gets a style sheet.
    """
    stem, _, rest = asked.partition(".")
    _, _, suffix = rest.partition(".")
    found = static_files().get(f"{stem}.{suffix}")
    return None if found is None else (found, found.name == asked)


def _file(path: Path, body: bytes) -> StaticFile:
    digest = hashlib.sha256(body).hexdigest()[:_DIGEST_CHARS]
    packed = gzip.compress(body, compresslevel=9, mtime=0)
    return StaticFile(f"{path.stem}.{digest}{path.suffix}", _TYPES[path.suffix], body, packed)
