"""How are other programs started? From the repository's root, with this Python."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def module(*arguments: str) -> list[str]:
    """Give the command line that runs a Python module with these arguments."""
    return [sys.executable, "-m", *arguments]


def run_shown(command: Sequence[str]) -> int:
    """Run a command whose output goes where ours does; give its exit code."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode
