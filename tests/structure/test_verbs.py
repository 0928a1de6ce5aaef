"""The launcher's list of verbs is the program's and the checkout's; each is told of in the documentation."""

from types import ModuleType

import click
import pytest

from folkmoot.cli import main
from tests.program import launcher_module
from tools.__main__ import main as tools_main


@pytest.fixture(scope="module")
def launcher() -> ModuleType:
    return launcher_module()


def summaries(group: click.Group) -> dict[str, str]:
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: (command.help or "").split("\n")[0] for name, command in found.items() if command}


def test_launcher_lists_the_verbs_of_the_program(launcher: ModuleType) -> None:
    assert summaries(main) == launcher.PROGRAM_VERBS


def test_launcher_lists_the_verbs_of_the_checkout(launcher: ModuleType) -> None:
    assert summaries(tools_main) == launcher.CHECKOUT_VERBS
