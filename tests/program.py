"""How do tests start the program itself? As a process of its own, from the checkout's source."""

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60
"""So long a test waits for something that must happen; only a failing one waits so long."""


def environment(home: Path, **variables: str) -> dict[str, str]:
    """Give the variables of a process that knows nothing of whoever runs the tests."""
    return {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **variables}


def run(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `folkmoot` with these arguments to its end."""
    return subprocess.run(
        [sys.executable, "-m", "folkmoot", *arguments],
        env=environment(home, **variables),
        cwd=home,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def launcher_module() -> ModuleType:
    """Load the launcher, which has no name that could be imported."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "folkmoot"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@contextmanager
def started(command: Sequence[str], home: Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Start a process whose output can be read; make sure that it has ended afterwards."""
    process = subprocess.Popen(
        command,
        env=environment(home, **variables),
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
