"""On CI a skip is a failure, but for what nobody can install."""

import subprocess
import sys
from pathlib import Path

from tests.program import ROOT

TESTS = """
import pytest

def test_without_a_part():
    pytest.skip("no Chromium on this machine")

def test_without_the_specimen():
    pytest.skip("the specimen lies elsewhere")

def test_whole():
    pass
"""


def test_skip_for_want_of_a_part_fails_where_nothing_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tools.skips",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "1 failed, 1 passed, 1 skipped" in done.stdout
    assert "which CI does not allow" in done.stdout
    assert "no Chromium on this machine" in done.stdout
