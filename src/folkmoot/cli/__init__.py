"""What can be done from the command line? One group; each verb stands in a module that is loaded when it is called.

Exit codes: 0 done, 1 refused (one sentence on standard error), 2 wrong usage. Standard output holds the result alone.
"""

import importlib

import click
from typing_extensions import override

from folkmoot import __version__

VERBS = {
    "doctor": "folkmoot.cli.upkeep:doctor",
    "export": "folkmoot.cli.threads:export",
    "import": "folkmoot.cli.threads:import_",
    "migrate": "folkmoot.cli.upkeep:migrate",
    "seed": "folkmoot.cli.seed:seed",
    "serve": "folkmoot.cli.serve:serve",
    "settings": "folkmoot.cli.show_settings:show_settings",
}


class _Verbs(click.Group):
    """A group that loads a verb's module when it is asked for it: most verbs need little of the house."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = VERBS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A federated link aggregator and discussion server."""
