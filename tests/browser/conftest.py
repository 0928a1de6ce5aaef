"""A browser and a server for it. Without Chromium these tests are skipped, on CI they fail."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.program import ROOT, started

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium.

    It lives as long as a module: while it lives, no other test of this process can run an event loop.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


@contextmanager
def serving(command: Sequence[str], home: Path) -> Iterator[str]:
    """Start a server of these tests, and give the line that it prints when it answers."""
    with started(command, home, PYTHONPATH=os.pathsep.join((str(ROOT / "src"), str(ROOT)))) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a real server that shows the gallery and a small imported thread."""
    home = tmp_path_factory.mktemp("gallery")
    command = [sys.executable, "-m", "tests.browser.gallery", str(home), str(HERE / "specimen.txt")]
    with serving(command, home) as address:
        yield address


class Reader:
    """Somebody with a browser. `asked` are the addresses that it asked for, `complaints` what its console said."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(self.server + path)
        return self.page


class Readers:
    """Opens browsers of any kind, and closes them after the test."""

    def __init__(self, browser: Browser, server: str) -> None:
        self._browser = browser
        self._server = server
        self._contexts: list[Any] = []

    def __call__(self, *, width: int = 1280, height: int = 900, scripts: bool = True, **wishes: Any) -> Reader:
        """Give a reader. `wishes` are Playwright's, such as `color_scheme`, `contrast`, `forced_colors`."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, **wishes
        )
        self._contexts.append(context)
        return Reader(context.new_page(), self._server)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def readers(browser: Browser, server: str) -> Iterator[Readers]:
    """Give readers as many as wanted."""
    opened = Readers(browser, server)
    yield opened
    opened.close()
