"""The page it all started from: in by the command line, out byte for byte, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SPECIMEN = Path(__file__).parents[3] / "shared" / "seed" / "thread.txt"
READ_AT = "2024-11-26T12:00:00Z"

pytestmark = pytest.mark.skipif(not SPECIMEN.exists(), reason="the specimen lies beside the repository, not in it")


def folkmoot(folder: Path, dsn: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Call the program as people do, in a process of its own."""
    environment = {
        **os.environ,
        "FOLKMOOT_DATA": str(folder),
        "FOLKMOOT_DATABASE": dsn,
        "FOLKMOOT_URL": "https://hub.example",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.run(
        [sys.executable, "-m", "folkmoot", *arguments], env=environment, capture_output=True, check=False
    )


def test_specimen_comes_out_as_it_went_in(tmp_path: Path, dsn: str) -> None:
    address = "https://hub.example/post/1"
    imported = folkmoot(tmp_path, dsn, "import", "thread", str(SPECIMEN), "--read-at", READ_AT)
    assert (imported.returncode, imported.stdout) == (0, f"{address}\n".encode()), imported.stderr.decode()
    exported = folkmoot(
        tmp_path, dsn, "export", "thread", "https://hub.example/post/1", "--format", "text", "--as-of", READ_AT
    )
    assert exported.returncode == 0, exported.stderr.decode()
    assert exported.stdout == SPECIMEN.read_bytes()
