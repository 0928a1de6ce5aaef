"""Every setting: where its value comes from, and what happens to a wrong one."""

from pathlib import Path

import pytest

from folkmoot.settings import SettingFault, Source, resolve, shown, unknown_variables
from folkmoot.settings.values import Listen, Role


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_nothing_set_gives_a_site_on_this_machine(home: Path) -> None:
    found = resolve({}, {}, home)
    assert found.settings.data == home / ".local/share/folkmoot"
    assert found.settings.database == str(home / ".local/share/folkmoot/folkmoot.db")
    assert found.settings.listen == Listen("127.0.0.1", 8536)
    assert found.settings.url == "http://localhost:8536"
    assert found.settings.workers >= 2
    assert {origin.source for origin in found.origins.values()} == {Source.DEFAULT}


def test_flag_beats_variable_beats_file_beats_default(home: Path) -> None:
    file = home / "some.toml"
    file.write_text('listen = "127.0.0.1:1"\nworkers = 3\nlog_level = "error"\n')
    flags = {"listen": "127.0.0.1:3", "config": str(file)}
    found = resolve(flags, {"FOLKMOOT_LISTEN": "127.0.0.1:2", "FOLKMOOT_WORKERS": "4"}, home)
    assert (found.settings.listen.port, found.settings.workers, found.settings.log_level) == (3, 4, "error")
    assert found.origins["listen"].words == "flag --listen"
    assert found.origins["workers"].words == "variable FOLKMOOT_WORKERS"
    assert found.origins["log_level"].words == f"file {file}"
    assert found.origins["role"].words == "default"


def test_file_of_the_data_folder_is_read_unless_another_is_named(home: Path) -> None:
    (home / "folkmoot.toml").write_text('role = "web"')
    assert resolve({"data": str(home)}, {}, home).settings.role is Role.WEB
    other = home / "other.toml"
    other.write_text('role = "work"')
    assert resolve({"data": str(home)}, {"FOLKMOOT_CONFIG": "other.toml"}, home).settings.role is Role.WORK


def test_relative_paths_start_where_they_were_written(home: Path) -> None:
    folder = home / "etc"
    folder.mkdir()
    (folder / "f.toml").write_text('database = "here.sqlite"')
    found = resolve({"data": "there", "config": "etc/f.toml"}, {}, home)
    assert found.settings.data == home / "there"
    assert found.settings.database == str(folder / "here.sqlite")


def test_empty_variable_counts_as_not_set(home: Path) -> None:
    assert resolve({}, {"FOLKMOOT_URL": "", "FOLKMOOT_CONFIG": ""}, home).origins["url"].source is Source.DEFAULT


def test_public_address_follows_the_port(home: Path) -> None:
    assert resolve({"listen": "9000"}, {}, home).settings.url == "http://localhost:9000"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("listen", "80", Listen("127.0.0.1", 80)),
        ("listen", "[::1]:80", Listen("::1", 80)),
        ("listen", "forum.example:0", Listen("forum.example", 0)),
        ("url", "https://Forum.Example/", "https://forum.example"),
        ("url", "https://forum.example:443", "https://forum.example"),
        ("url", "http://localhost:8536", "http://localhost:8536"),
        ("url", "http://[::1]:8536", "http://[::1]:8536"),
        ("database", "postgresql://a:b@c/d", "postgresql://a:b@c/d"),
        ("workers", "1", 1),
    ],
)
def test_value_is_read(home: Path, name: str, text: str, value: object) -> None:
    assert getattr(resolve({name: text}, {}, home).settings, name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data", " "),
        ("listen", "127.0.0.1:65536"),
        ("listen", "127.0.0.1:http"),
        ("listen", "::1:80"),
        ("listen", "[127.0.0.1]:80"),
        ("listen", "a b:80"),
        ("listen", ":80"),
        ("listen", "1.2.3.4:\u0663"),
        ("url", "forum.example"),
        ("url", "ftp://forum.example"),
        ("url", "https://forum.example/moot"),
        ("url", "https://forum.example?x"),
        ("url", "https://me@forum.example"),
        ("url", "https://forum.example:99999"),
        ("url", "https://fórum.example"),
        ("url", "https://a_b .example"),
        ("database", "mysql://x/y"),
        ("database", ""),
        ("workers", "0"),
        ("workers", "two"),
        ("role", "Web"),
        ("log_level", "trace"),
    ],
)
def test_wrong_value_is_refused_with_name_and_place(home: Path, name: str, text: str) -> None:
    with pytest.raises(SettingFault) as refused:
        resolve({name: text}, {}, home)
    words = str(refused.value)
    assert words.startswith(f"{name}: ")
    assert "allowed: " in words
    assert f"(flag --{name.replace('_', '-')})" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lisen = 'x'", "lisen: there is no such setting"),
        ("data = '/x'", "data: a file in the data folder cannot say"),
        ("workers = 2.5", "workers: neither a text nor a whole number"),
        ("workers = true", "workers: neither a text nor a whole number"),
        ("[listen]", "listen: neither a text nor a whole number"),
        ("workers = 0", "workers: '0' is no whole number from 1 to 256"),
        ("workers =", "is not TOML"),
    ],
)
def test_wrong_line_in_a_file_is_refused_with_the_file(home: Path, text: str, words: str) -> None:
    (home / "folkmoot.toml").write_text(text)
    with pytest.raises(SettingFault, match=words) as refused:
        resolve({"data": str(home)}, {}, home)
    assert str(home / "folkmoot.toml") in str(refused.value)


def test_file_that_was_named_must_be_there(home: Path) -> None:
    with pytest.raises(SettingFault, match=r"config: there is no file .*nowhere\.toml"):
        resolve({"config": "nowhere.toml"}, {}, home)


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://me:s3cret@host/db",
        "postgresql://me:s3@cret@host/db",
        "postgresql://host/db?user=me&password=s3cret",
        "postgresql://me:s%2F3cret@/db?host=/run",
    ],
)
def test_password_is_not_shown(home: Path, dsn: str) -> None:
    words = shown(resolve({"database": dsn}, {}, home).settings, "database")
    assert "cret" not in words
    assert "me" in words
    with pytest.raises(SettingFault) as refused:
        resolve({"database": dsn.replace("postgresql", "mysql")}, {}, home)
    assert "cret" not in str(refused.value)


def test_misspelled_variable_is_found() -> None:
    environ = {"FOLKMOOT_LISTNE": "x", "FOLKMOOT_DATA": "x", "FOLKMOOT_ENV": "x", "FOLKMOOT_CONFIG": "x", "PATH": "x"}
    assert unknown_variables(environ) == ["FOLKMOOT_LISTNE"]
