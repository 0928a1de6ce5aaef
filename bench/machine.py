"""On which machine, and of which commit, is a figure?"""

import os
import platform
import subprocess
from pathlib import Path

import apsw


class CannotMeasure(Exception):
    """Something that the bench needs is missing, or has ended; the text says what."""


def machine() -> dict[str, str | int]:
    """Say what a figure depends on beside the code."""
    head = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "commit": head.stdout.strip(),
        "python": platform.python_version(),
        "sqlite": apsw.sqlite_lib_version(),
        "system": platform.platform(),
        "cores": os.cpu_count() or 0,
    }
