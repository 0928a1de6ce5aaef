"""`folkmoot import thread` and `folkmoot export thread`: what they take, print, refuse, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from folkmoot.model.limits import IMPORT_MAX_BYTES
from tests.cli.conftest import Call
from tests.conftest import SetClock
from tests.program import environment, run

THREAD = """(archive link)

The ferry runs again. The first crossing was full.

  • ada@hub.example
    ·
    2 hours ago

    At last.

    • bo@river.example
      hexagon
      ·
      edit-2
      just now

      *literally* at last""".encode()
READ_AT = "2024-11-26T12:00:00Z"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "thread.txt"
    path.write_bytes(THREAD)
    return str(path)


def test_address_stands_alone_on_standard_output(call: Call, file: str) -> None:
    done = call("import", "thread", file, "--read-at", READ_AT)
    assert (done.exit_code, done.stdout) == (0, "https://forum.example/post/1\n")
    assert done.stderr == f"folkmoot: {file}: 2 comments\n"


@pytest.mark.parametrize("address", ["1", "/post/1", "https://forum.example/post/1", "https://Forum.Example/post/1#c2"])
def test_export_of_what_was_imported_is_the_file(call: Call, file: str, address: str) -> None:
    call("import", "thread", file, "--read-at", READ_AT)
    done = call("export", "thread", address, "--format", "text", "--as-of", READ_AT)
    assert (done.exit_code, done.stdout_bytes, done.stderr) == (0, THREAD, "")


def test_file_may_come_on_standard_input(call: Call) -> None:
    assert call("import", "thread", "-", stdin=THREAD).stdout == "https://forum.example/post/1\n"


def test_same_bytes_again_give_the_first_address(call: Call, file: str) -> None:
    call("import", "thread", file)
    again = call("import", "thread", file, "--title", "Another title")
    assert (again.exit_code, again.stdout) == (0, "https://forum.example/post/1\n")
    assert "stands here already; nothing was changed" in again.stderr
    assert "Another title" not in call("export", "thread", "1", "--format", "markdown").stdout


def test_same_bytes_into_another_community_are_another_thread(call: Call, file: str) -> None:
    call("import", "thread", file)
    done = call("import", "thread", file, "--community", "!boats@river.example")
    assert done.stdout == "https://forum.example/post/2\n"


def test_address_is_that_of_the_site_that_is_named(call: Call, file: str) -> None:
    done = call("import", "thread", file, "--site-url", "http://localhost:9000")
    assert done.stdout == "http://localhost:9000/post/1\n"
    assert call("export", "thread", done.stdout.strip(), "--url", "http://localhost:9000").exit_code == 0


def test_community_with_our_own_host_is_the_one_of_this_site(call: Call, file: str) -> None:
    call("import", "thread", file)
    again = call("import", "thread", file, "--community", "!Imported@Forum.Example")
    assert (again.exit_code, again.stdout) == (0, "https://forum.example/post/1\n")


def test_options_say_what_the_file_does_not(call: Call, file: str) -> None:
    call(
        *("import", "thread", file, "--read-at", "2024-11-26 13:00+01:00", "--by", "BO@river.example"),
        *("--title", "The ferry", "--url", "https://news.example/ferry", "--archive-url", "https://kept.example/1"),
    )
    done = call("export", "thread", "1", "--format", "json")
    post = json.loads(done.stdout)["post_view"]["post"]
    assert (post["name"], post["url"]) == ("The ferry", "https://news.example/ferry")
    assert "https://kept.example/1" in call("export", "thread", "1", "--format", "html").stdout
    assert call("export", "thread", "1", "--as-of", READ_AT).stdout_bytes == THREAD


def test_reading_time_is_now_unless_told(call: Call, file: str, clock: SetClock) -> None:
    call("import", "thread", file)
    assert call("export", "thread", "1").stdout_bytes == THREAD
    clock.forward(seconds=3600)
    assert b"3 hours ago" in call("export", "thread", "1").stdout_bytes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "expected "),
        (THREAD.replace(b"2 hours ago", b"90 minutes ago"), "line 7: expected an age"),
        (THREAD + b"\n", "line 17: expected "),
        (THREAD.replace(b"\n", b"\r\n", 1), "line 1: expected line feeds alone"),
        (b"x" * (IMPORT_MAX_BYTES + 1), "expected at most 50 MiB"),
    ],
)
def test_bad_file_is_refused_with_file_line_and_reason(call: Call, tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    done = call("import", "thread", str(path))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"folkmoot: {path}: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert call("export", "thread", "1").exit_code == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--title", "x"], "--title: 3 to 200 characters"),
        (["--url", "ftp://news.example"], "a link begins with"),
        (["--archive-url", "https://"], "no address that can be linked"),
        (["--community", "nowhere"], "there is no community of that name"),
        (["--community", "nowhere@forum.example"], "there is no community of that name"),
        (["--read-at", "2999-01-01"], "--read-at: that time is still to come"),
        (["--read-at", "1969-12-31"], "--read-at: nothing was read before 1970"),
        (["--by", "ada@hub.example"], "expected "),
    ],
)
def test_option_that_does_not_fit_is_refused_and_nothing_is_written(
    call: Call, file: str, options: list[str], words: str
) -> None:
    done = call("import", "thread", file, *options)
    assert (done.exit_code, done.stdout) == (1, "")
    assert words in done.stderr
    assert call("export", "thread", "1").exit_code == 1
    assert call("import", "thread", file).stderr == f"folkmoot: {file}: 2 comments\n"


def test_file_that_cannot_be_read_is_refused(call: Call, tmp_path: Path) -> None:
    assert call("import", "thread", "nowhere").stderr == "folkmoot: nowhere: No such file or directory\n"
    done = call("import", "thread", str(tmp_path))
    assert (done.exit_code, done.stderr) == (1, f"folkmoot: {tmp_path}: Is a directory\n")


@pytest.mark.parametrize(
    "address",
    ["2", "/post/0", "/comment/1", "https://else.example/post/1", "x", "/post/1.txt", "", "http://[x", "9999999999"],
)
def test_unknown_address_is_refused(call: Call, file: str, address: str) -> None:
    call("import", "thread", file)
    done = call("export", "thread", address)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("folkmoot: ")


def test_time_before_the_thread_was_known_is_refused(call: Call, file: str) -> None:
    call("import", "thread", file, "--read-at", READ_AT)
    done = call("export", "thread", "1", "--as-of", "2024-11-26T11:59:59Z")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "folkmoot: 1: --as-of: at that time this thread was not known here\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "thread"],
        ["import", "thread", "FILE", "--read-at", "yesterday"],
        ["import", "thread", "FILE", "--by", "nobody"],
        ["import", "thread", "FILE", "--community", "a@b@c"],
        ["import", "threads", "FILE"],
        ["export", "thread", "1", "--format", "pdf"],
        ["export", "thread", "1", "--as-of", "now"],
        ["export", "thread"],
        ["seed"],
        ["frobnicate"],
    ],
)
def test_wrong_usage_has_its_own_exit_code(call: Call, file: str, arguments: list[str]) -> None:
    done = call(*(file if argument == "FILE" else argument for argument in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: folkmoot" in done.stderr


@pytest.mark.parametrize("length", [10, 100_000])
def test_full_disk_behind_standard_output_is_said_in_a_sentence(tmp_path: Path, length: int) -> None:
    thread = tmp_path / "thread.txt"
    thread.write_text("x" * length)
    assert run(tmp_path, "import", "thread", str(thread)).returncode == 0
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "folkmoot", "export", "thread", "1"],
            env=environment(tmp_path),
            cwd=tmp_path,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert (done.returncode, done.stderr) == (1, b"folkmoot: standard output: No space left on device\n")
