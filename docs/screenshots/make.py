"""Take the pictures in this folder anew: `.venv/bin/python docs/screenshots/make.py [THREAD.txt]`.

It needs Chromium and ImageMagick (Debian: `apt-get install chromium imagemagick`), and shows its best with the fonts
Inter and Noto Serif. The sample pages come from `tests/doors/web`; a saved thread, where one is given, is imported into
a server of its own and photographed as it looked when it was read.
"""  # noqa: INP001 -- a folder of pictures is no package

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WIDE, PHONE = 1280, 390
TALLEST_PX = {WIDE: 3_200, PHONE: 1_800}
COLOURS = 96
MAX_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, the page, how wide the window is, what the system wishes, which branches are folded."""

    name: str
    path: str
    width: int = WIDE
    wishes: dict[str, Any] = field(default_factory=dict)
    folded: tuple[str, ...] = ()


DARK = {"color_scheme": "dark"}
SAMPLES = (
    Picture("thread-wide-light", "/gallery/lively"),
    Picture("thread-phone-light", "/gallery/lively", PHONE),
    Picture("thread-dark", "/gallery/lively", wishes=DARK, folded=("c18",)),
    Picture("thread-rtl", "/gallery/arabic?lang=ar"),
    Picture("front-wide-light", "/gallery/front"),
    Picture("front-wide-dark", "/gallery/front", wishes=DARK),
    Picture("front-phone-light", "/gallery/front", PHONE),
    Picture("front-phone-dark", "/gallery/front", PHONE, DARK),
    Picture("front-compact", "/gallery/compact"),
    Picture("front-roomy", "/gallery/roomy"),
    Picture("community-wide-light", "/gallery/community"),
    Picture("community-phone-dark", "/gallery/community", PHONE, DARK),
    Picture("person-wide-light", "/gallery/person"),
    Picture("person-phone-light", "/gallery/person", PHONE),
    Picture("communities-wide-dark", "/gallery/communities", wishes=DARK),
    Picture("context-wide-light", "/gallery/context"),
    Picture("context-phone-dark", "/gallery/context", PHONE, DARK),
    Picture("sorts-wide-light", "/gallery/sorts"),
    Picture("appearance-phone-light", "/gallery/appearance", PHONE),
    Picture("modlog-wide-light", "/gallery/modlog"),
    Picture("history-phone-light", "/gallery/history", PHONE),
    Picture("error-phone-light", "/gallery/error-404", PHONE),
)
IMPORTED = (
    Picture("imported-wide-light", "/gallery/as-read"),
    Picture("imported-wide-dark", "/gallery/as-read", wishes=DARK),
    Picture("imported-phone-light", "/gallery/as-read", PHONE),
    Picture("imported-phone-dark", "/gallery/as-read", PHONE, DARK),
)


@contextmanager
def gallery(threads: list[str]) -> Iterator[str]:
    """Run the server of the browser tests, and give its address."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.browser.gallery", folder, *threads]
        with subprocess.Popen(  # noqa: S603 -- our own program
            command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None  # noqa: S101
            yield server.stdout.readline().strip()
            server.terminate()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Photograph a page from its top, as far as the picture may reach."""
    scale = 2 if picture.width == PHONE else 1
    size: Any = {"width": picture.width, "height": 900}
    context = browser.new_context(viewport=size, device_scale_factor=scale, **picture.wishes)
    page = context.new_page()
    page.goto(address + picture.path)
    for branch in picture.folded:
        page.eval_on_selector(f"#{branch} > details", "branch => { branch.open = false }")
    _show_all(page, picture.width)
    file = HERE / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    _shrink(file)


def _show_all(page: Page, width: int) -> None:
    """Make the window as high as the page: what lies outside of it is not drawn until it is scrolled to."""
    page.set_viewport_size({"width": width, "height": TALLEST_PX[width]})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    end = page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom")
    page.set_viewport_size({"width": width, "height": min(round(end), TALLEST_PX[width])})


def _shrink(file: Path) -> None:
    """Keep a palette: a page has few colours."""
    subprocess.run(  # noqa: S603 -- a fixed program on our own file
        ["convert", str(file), "+dither", "-colors", str(COLOURS), "-strip", f"PNG8:{file}"],  # noqa: S607
        check=True,
    )
    if file.stat().st_size > MAX_BYTES:
        sys.exit(f"{file.name} has {file.stat().st_size:,} bytes, over {MAX_BYTES:,}")


def main(threads: list[str]) -> None:
    """Take all pictures that can be taken."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None or shutil.which("convert") is None:
        sys.exit("Chromium and ImageMagick are needed")
    with gallery(threads) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        for picture in SAMPLES + (IMPORTED if threads else ()):
            take(browser, address, picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
