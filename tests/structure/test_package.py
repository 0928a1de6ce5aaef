"""The package that pip installs has all that the program needs, and runs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import PATIENCE_S, ROOT, started

PACKAGE = ROOT / "src" / "folkmoot"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_wheel_has_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        packed = {name.removeprefix("folkmoot/") for name in opened.namelist() if name.startswith("folkmoot/")}
    there = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*") if path.is_file()}
    assert packed == {name for name in there if not name.endswith(".pyc")}


def test_wheel_has_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        (licence,) = [name for name in opened.namelist() if name.endswith("LICENSE")]
        assert opened.read(licence) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.slow
def test_installed_package_serves(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    command = [sys.executable, "-P", "-m", "folkmoot", "serve", "--listen", "127.0.0.1:0"]
    with started(command, tmp_path, PYTHONPATH=str(site)) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Folkmoot serves ")
        process.terminate()
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0
