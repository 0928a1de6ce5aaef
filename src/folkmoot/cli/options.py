"""How does a command line name settings? An option for each, made from its declaration."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

import click
from typing_extensions import override

from folkmoot.settings import SETTINGS, Resolved, SettingFault, flag_of, plain, resolve

F = TypeVar("F", bound=Callable[..., Any])

METAVARS = {
    "data": "FOLDER",
    "listen": "HOST:PORT",
    "url": "URL",
    "database": "FILE|DSN",
    "workers": "N",
    "stop_timeout": "SECONDS",
}


class Refusal(click.ClickException):
    """An expected no: one sentence on standard error, exit code 1."""

    exit_code = 1

    @override
    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"folkmoot: {self.message}", file=file, err=True)


class WrongSetting(Refusal):
    """A setting is wrong, wherever it came from: as wrong usage, exit code 2."""

    exit_code = 2


def setting_options(*names: str) -> Callable[[F], F]:
    """Give a command the options of these settings, and `--config`. It gets their texts as keyword arguments."""

    def decorate(command: F) -> F:
        for name in reversed(names):
            facts = SETTINGS[name]
            words = f"{plain(facts.meaning)} [{plain(facts.allowed)}; default: {plain(facts.default_words)}]"
            command = click.option(flag_of(name), name, metavar=METAVARS.get(name), help=words)(command)
        words = "A TOML file with settings. [default: folkmoot.toml in the data folder, where there is one]"
        return click.option("--config", metavar="FILE", help=words)(command)

    return decorate


def resolved(options: Mapping[str, str | None]) -> Resolved:
    """Find every setting for this command line, whose other options are not looked at.

    Raises:
        WrongSetting: one cannot be read.
    """
    flags = {name: text for name, text in options.items() if name in SETTINGS or name == "config"}
    try:
        return resolve(flags, os.environ, Path.cwd())
    except SettingFault as fault:
        raise WrongSetting(str(fault)) from fault
