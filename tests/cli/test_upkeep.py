"""`folkmoot doctor`, `seed`, `migrate`, `settings`."""

from pathlib import Path

from folkmoot.db.base import Db
from tests.cli.conftest import Call


def test_demo_is_sown_once_and_the_doctor_finds_nothing(call: Call) -> None:
    done = call("seed", "--demo")
    assert (done.exit_code, done.stdout) == (0, "")
    again = call("seed", "--demo")
    assert (again.exit_code, again.stderr) == (
        1,
        "folkmoot: the sample content is there already; nothing was changed\n",
    )
    sound = call("doctor")
    assert (sound.exit_code, sound.stdout, sound.stderr) == (0, "", "folkmoot: the database is sound\n")


def test_doctor_finds_a_wrong_counter_and_mends_it(call: Call, db: Db) -> None:
    call("seed", "--demo")
    db.write(lambda tx: tx.run("update post_rank set comments = comments + 3 where post_id = 1"))
    found = call("doctor")
    assert found.exit_code == 1
    assert found.stdout.splitlines()[0] == "post 1: comments is 7, should be 4"
    assert found.stderr.endswith("things are not as they should be\n")
    mended = call("doctor", "--repair")
    assert mended.exit_code == 0
    assert all(line.endswith("; mended") for line in mended.stdout.splitlines())
    assert call("doctor").exit_code == 0


def test_migrating_twice_does_nothing(call: Call) -> None:
    done = call("migrate")
    assert (done.exit_code, done.stderr) == (0, "folkmoot: nothing to do\n")


def test_settings_are_shown_with_their_origin(call: Call) -> None:
    lines = call("settings", "--workers", "3").stdout.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines}
    assert rows["url"] == ["https://forum.example", "variable", "FOLKMOOT_URL"]
    assert rows["workers"] == ["3", "flag", "--workers"]
    assert rows["role"] == ["all", "default"]


def test_wrong_setting_is_wrong_usage(call: Call) -> None:
    done = call("settings", "--workers", "none")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "folkmoot: workers: 'none' is no whole number from 1 to 256; allowed: processes, 1 to 256 (flag --workers)\n"
    )


def test_database_of_a_later_release_is_refused_in_a_sentence(call: Call, db: Db) -> None:
    db.write(lambda tx: tx.run("update schema_version set version = 9999"))
    done = call("export", "thread", "1")
    assert done.exit_code == 1
    assert done.stderr.startswith("folkmoot: the database has schema version 9999")


def test_fault_of_a_database_file_names_the_file(call: Call, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("no database at all, only words")
    done = call("doctor", "--database", str(broken))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"folkmoot: the database {broken}: ")
