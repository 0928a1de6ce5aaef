"""The launcher in a checkout of its own: it makes the environment, says so on standard error, and then is gone."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import PATIENCE_S, ROOT, launcher_module

UV = """#!/bin/sh
echo "$@" >> {log}
echo "Downloading something"
{python} -m venv --without-pip "$UV_PROJECT_ENVIRONMENT"
"""
PROGRAM = """import sys
try:
    import moot_sample
except ImportError:
    moot_sample = None
print("program", *sys.argv[1:], "with sample" if moot_sample else "")
"""


class Checkout:
    """A clone with next to nothing in it: the launcher, empty locks, a program that says how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.launcher = self.folder / "folkmoot"
        self.bin = folder / "bin"
        self.home = folder / "home"
        self.uv_log = folder / "uv.log"
        for made in (self.folder / "src" / "folkmoot", self.folder / "tools", self.bin, self.home):
            made.mkdir(parents=True)
        shutil.copy(ROOT / "folkmoot", self.launcher)
        for package in ("src/folkmoot", "tools"):
            (self.folder / package / "__main__.py").write_text(PROGRAM)
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (self.folder / lock).write_text("")
        (self.bin / "python3").symlink_to(sys.executable)

    def give_uv(self, script: str = UV) -> None:
        uv = self.bin / "uv"
        uv.write_text(script.format(log=self.uv_log, python=sys.executable))
        uv.chmod(0o755)

    def uv_calls(self) -> list[str]:
        return self.uv_log.read_text().splitlines()

    def environment(self, **variables: str) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": f"{self.bin}:/usr/bin:/bin", **variables}

    def call(self, *arguments: str, cwd: Path | None = None, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self.launcher), *arguments],
            cwd=cwd or self.home,
            env=self.environment(**variables),
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_environment_is_made_once(checkout: Checkout) -> None:
    checkout.give_uv()
    first = checkout.call("serve", "--listen", "1")
    assert (first.returncode, first.stdout) == (0, "program serve --listen 1 \n")
    assert "making the environment" in first.stderr
    assert "Downloading something" in first.stderr
    assert "--frozen" in checkout.uv_calls()[0]
    assert "dev" not in checkout.uv_calls()[0]
    second = checkout.call("settings")
    assert (second.stdout, second.stderr) == ("program settings \n", "")
    assert len(checkout.uv_calls()) == 1


def test_environment_follows_the_lock(checkout: Checkout) -> None:
    checkout.give_uv()
    checkout.call("serve")
    (checkout.folder / "requirements.lock").write_text("# changed\n")
    assert "updating the environment" in checkout.call("serve").stderr
    assert len(checkout.uv_calls()) == 2


def test_what_tests_need_comes_with_the_first_test_and_stays(checkout: Checkout) -> None:
    checkout.give_uv()
    checkout.call("serve")
    assert checkout.call("test", "--quick").stdout == "program test --quick \n"
    assert checkout.uv_calls()[1].endswith("--group dev")
    assert checkout.call("serve").stderr == ""
    (checkout.folder / "requirements.lock").write_text("# changed\n")
    checkout.call("serve")
    assert checkout.uv_calls()[2].endswith("--group dev")


def test_works_from_any_folder_and_through_a_link(checkout: Checkout, tmp_path: Path) -> None:
    checkout.give_uv()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "folkmoot.py").write_text("raise SystemExit('a stranger was run')")
    link = elsewhere / "link"
    link.symlink_to(checkout.launcher)
    done = subprocess.run(
        ["./link", "settings"], cwd=elsewhere, env=checkout.environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout == "program settings \n"
    assert (checkout.folder / ".venv").is_dir()


def test_two_at_once_make_one_environment(checkout: Checkout) -> None:
    checkout.give_uv(UV.replace('echo "Downloading', 'while [ ! -e go ]; do sleep 0.05; done\necho "Downloading'))
    command = [str(checkout.launcher), "settings"]
    environment = checkout.environment()

    def start() -> "subprocess.Popen[str]":
        return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    with start() as first:
        assert first.stderr is not None
        for line in first.stderr:
            if "installing" in line:
                break
        with start() as second:
            assert second.stderr is not None
            assert "waiting for it" in second.stderr.readline()
            (checkout.folder / "go").touch()
            assert second.communicate(timeout=PATIENCE_S)[0] == "program settings \n"
        assert first.communicate(timeout=PATIENCE_S)[0] == "program settings \n"
    assert len(checkout.uv_calls()) == 1


def test_interrupted_environment_is_begun_anew(checkout: Checkout) -> None:
    checkout.give_uv()
    checkout.call("serve")
    environment = checkout.folder / ".venv"
    (environment / "folkmoot-environment").write_text("")
    (environment / "half").write_text("")
    assert checkout.call("serve").returncode == 0
    assert not (environment / "half").exists()


def test_environment_of_another_python_is_begun_anew(checkout: Checkout) -> None:
    checkout.give_uv()
    checkout.call("serve")
    environment = checkout.folder / ".venv"
    (environment / "half").write_text("")
    for name in ("python", "python3"):
        (environment / "bin" / name).unlink()
    assert checkout.call("serve").returncode == 0
    assert not (environment / "half").exists()


def test_folder_that_is_no_environment_is_left_alone(checkout: Checkout) -> None:
    checkout.give_uv()
    (checkout.home / "letter.txt").write_text("dear")
    done = checkout.call("serve", FOLKMOOT_ENV=str(checkout.home))
    assert done.returncode == 1
    assert "is not empty and no environment of Python" in done.stderr
    assert (checkout.home / "letter.txt").read_text() == "dear"


def test_verbs_are_listed_without_an_environment(checkout: Checkout) -> None:
    for arguments in ([], ["--help"]):
        done = checkout.call(*arguments)
        assert done.returncode == 0
        assert "serve" in done.stdout
        assert "Begin with: ./folkmoot serve" in done.stdout
    assert not (checkout.folder / ".venv").exists()


def test_old_python_is_refused_in_a_sentence(checkout: Checkout) -> None:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        old = checkout.bin / name
        old.unlink(missing_ok=True)
        old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit\nexit 1\n')
        old.chmod(0o755)
    done = checkout.call("serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "folkmoot: Python 3.11 or newer is needed; found here: Python 3.9.2.\n"


def test_environment_is_elsewhere_where_the_checkout_cannot_be_written(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    launcher = launcher_module()
    monkeypatch.setattr(launcher, "ROOT", checkout.folder)
    monkeypatch.delenv("FOLKMOOT_ENV", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(checkout.home))
    assert launcher.environment_folder() == checkout.folder / ".venv"
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, as whom CI runs, may write everywhere
    assert launcher.environment_folder().parent == checkout.home / "folkmoot"


def wheel_with_sample(folder: Path) -> str:
    """Make a package in a folder; give the digest of its file."""
    files = {
        "moot_sample.py": "",
        "moot_sample-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: moot-sample\nVersion: 1.0\n",
        "moot_sample-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},{len(text)}\n"
        for name, text in files.items()
    )
    path = folder / "moot_sample-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr("moot_sample-1.0.dist-info/RECORD", f"{record}moot_sample-1.0.dist-info/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.slow
def test_pip_installs_where_there_is_no_uv(checkout: Checkout, tmp_path: Path) -> None:
    digest = wheel_with_sample(tmp_path)
    (checkout.folder / "requirements.lock").write_text(f"moot-sample==1.0 \\\n    --hash=sha256:{digest}\n")
    done = checkout.call("serve", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert done.stdout == "program serve with sample\n", done.stderr
    assert "1/1 " in done.stderr


@pytest.mark.slow
def test_package_with_another_digest_is_refused(checkout: Checkout, tmp_path: Path) -> None:
    wheel_with_sample(tmp_path)
    lock = checkout.folder / "requirements.lock"
    lock.write_text(f"moot-sample==1.0 \\\n    --hash=sha256:{'0' * 64}\n")
    done = checkout.call("serve", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip could not install the packages; it said:" in done.stderr
    assert "HASHES" in done.stderr
    lock.write_text("")
    assert checkout.call("serve", PIP_NO_INDEX="1").stdout == "program serve \n"


@pytest.mark.slow
def test_pip_takes_over_where_uv_fails(checkout: Checkout) -> None:
    checkout.give_uv("#!/bin/sh\necho no network\nexit 2\n")
    done = checkout.call("serve", PIP_NO_INDEX="1")
    assert done.stdout == "program serve \n", done.stderr
    assert "uv could not do it; it said:\nno network\n" in done.stderr


def test_python_without_venv_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    launcher = launcher_module()
    monkeypatch.setattr(launcher, "run", lambda *_: (False, "No module named venv"))
    environment = launcher.Environment(tmp_path)
    launcher.lay_out(environment)
    script = "import sys, sysconfig; print(sys.prefix, sysconfig.get_path('purelib'))"
    found = subprocess.run([environment.python, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split()[0] == str(tmp_path)
    assert Path(found.stdout.split()[1]).is_dir()
