"""The mark as pixels, for where browsers take no SVG. `python -m tools.icons` draws the files anew from `mark.svg`."""

import math
import re
import struct
import zlib
from pathlib import Path
from typing import NamedTuple

from folkmoot.doors.web.static_files import FOLDER

SIDE = 32
"""Of the mark's own grid."""
ICONS = {"icon-32.png": (32, False), "icon-180.png": (180, True), "icon-192.png": (192, False)} | {
    "icon-512.png": (512, False),
    "icon-mask.png": (512, True),
}
"""Name: pixels a side, and whether the ground fills the square, for systems that cut it to a shape of their own."""

WOAD = (0x1D, 0x4F, 0x85)
WHITE = (0xFF, 0xFF, 0xFF)
_STEPS = 15
_CIRCLE = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"')


class Circle(NamedTuple):
    """One of the mark's, in its grid."""

    x: float
    y: float
    radius: float

    def cover(self, x: float, y: float, scale: float) -> float:
        """Say how much of the pixel around a point it covers, from 0 to 1."""
        return min(max(0.5 + (self.radius - math.hypot(x - self.x, y - self.y)) * scale, 0.0), 1.0)


def mark() -> list[Circle]:
    """Return the mark's circles: the ground, then what stands on it."""
    return [Circle(*map(float, found)) for found in _CIRCLE.findall((FOLDER / "mark.svg").read_text("utf-8"))]


def pixels(side: int, *, square: bool) -> bytes:
    """Return a place in the palette for each pixel: 0 to 15 is the ground from clear to full, above it grows white."""
    ground, *dots = mark()
    scale = side / SIDE
    drawn = bytearray()
    for row in range(side):
        y = (row + 0.5) / scale
        for column in range(side):
            x = (column + 0.5) / scale
            white = round(_STEPS * max(dot.cover(x, y, scale) for dot in dots))
            under = _STEPS if square else round(_STEPS * ground.cover(x, y, scale))
            drawn.append(_STEPS + white if white else under)
    return bytes(drawn)


def png(side: int, *, square: bool) -> bytes:
    """Return the picture as a file."""
    drawn = pixels(side, square=square)
    rows = b"".join(b"\x00" + drawn[start : start + side] for start in range(0, len(drawn), side))
    mixed = [
        bytes(round(dark + (light - dark) * part / _STEPS) for dark, light in zip(WOAD, WHITE, strict=True))
        for part in range(1, _STEPS + 1)
    ]
    palette = bytes(WOAD) * (_STEPS + 1) + b"".join(mixed)
    clear = bytes(255 * part // _STEPS for part in range(_STEPS + 1))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette),
            _chunk(b"tRNS", clear),
            _chunk(b"IDAT", zlib.compress(rows, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw_all(folder: Path) -> None:
    """Write every icon."""
    for name, (side, square) in ICONS.items():
        (folder / name).write_bytes(png(side, square=square))


if __name__ == "__main__":
    draw_all(FOLDER)
