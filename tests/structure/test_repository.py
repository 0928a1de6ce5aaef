"""What lies in the repository is at home on any machine."""

import re
import shutil
import subprocess

import pytest

from tests.program import ROOT

PLACES = re.compile(r"(?<![\w.])/(?:work|root|opt/wheels|tmp/probe)/")
TEXTS = {".py", ".md", ".toml", ".lock", ".sql", ".html", ".css", ".txt", ".po", ".pot", ".json", ""}


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="no clone of the repository")
def test_nothing_names_a_path_of_the_machine_it_was_written_on() -> None:
    names = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    files = [ROOT / name for name in names if (ROOT / name).suffix in TEXTS and (ROOT / name).is_file()]
    found = {
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files
        for match in PLACES.finditer(file.read_text(errors="replace"))
    }
    assert len(files) > 100
    assert found == set()
