"""The project file, the lock of uv and the locks of pip say the same."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.structure.source import ROOT
from tools.lock import EXPORTS, export_command


def folded(requirement: str) -> tuple[str, str]:
    """Split `name[extra]>=1` into the name and the rest, both as uv.lock spells them."""
    found = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?(.*)", requirement)
    assert found is not None
    return found[1].lower().replace("_", "-"), found[2].replace(" ", "")


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_lock_for_pip_is_what_uv_makes_of_its_own(name: str, tmp_path: Path) -> None:
    made = tmp_path / name
    command = [*export_command(*EXPORTS[name]), "--offline", "--quiet", "--output-file", str(made)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert made.read_text() == (ROOT / name).read_text()


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_package_for_pip_has_one_version_and_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text().rstrip())
    for entry in entries:
        assert re.fullmatch(
            r"[a-z0-9-]+(\[[a-z,]+\])?==[^\s;]+( ; .+?)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry
        ), entry


def test_lock_of_uv_answers_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    (own,) = [package for package in packages if package["name"] == "folkmoot"]
    locked = {(entry["name"], entry.get("specifier", "")) for entry in own["metadata"]["requires-dist"]}
    assert locked == {folded(requirement) for requirement in project["project"]["dependencies"]}
    locked = {(entry["name"], entry.get("specifier", "")) for entry in own["metadata"]["requires-dev"]["dev"]}
    assert locked == {folded(requirement) for requirement in project["dependency-groups"]["dev"]}


def test_locks_name_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
