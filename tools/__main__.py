"""The verbs of a checkout; the launcher calls `python -m tools VERB …` in the repository's root."""

import click

from tools.bench import bench
from tools.dev import dev
from tools.fix import fix
from tools.lock import lock
from tools.test import test


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Work on Folkmoot."""


for verb in (test, dev, fix, lock, bench):
    main.add_command(verb)

if __name__ == "__main__":
    main(prog_name="folkmoot")
