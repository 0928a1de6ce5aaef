"""A thousand kills: does everything acknowledged survive, on both databases?

python -m bench.kills --times 1000 [--database sqlite|postgresql|both] [--seed N] [--folder DIR]

Each round starts one writing process (or two, every fourth time), kills it with SIGKILL at a random moment and looks
at what is left: `tests/db/kills.py` says how. One database after the other is a trial of the store alone, and of the
house with its doctor. Ends with an error at the first thing that is missing or half there.
"""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests import postgres
from tests.db.half_writes import HALVES
from tests.db.house_writes import HOUSE
from tests.db.kills import Kills, Trial

ROUNDS_A_DATABASE = 50
"""Then a fresh one: the look gets slower as it grows."""


@click.command()
@click.option("--times", default=1000, show_default=True)
@click.option("--database", type=click.Choice(["sqlite", "postgresql", "both"]), default="both", show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--folder", type=click.Path(exists=True, file_okay=False), help="Where SQLite files go.")
def main(times: int, database: str, seed: int, folder: str | None) -> None:
    """Kill writing processes and look at what they left."""
    chance = random.Random(seed)  # noqa: S311 -- it has to be chance, not a secret
    for name in ("sqlite", "postgresql") if database == "both" else (database,):
        began = time.perf_counter()
        kills = answered = 0
        while kills < times:
            rounds = min(ROUNDS_A_DATABASE, times - kills)
            with TemporaryDirectory(dir=folder) as place:
                dsn = str(Path(place) / "kills.db") if name == "sqlite" else postgres.made_database()
                trial = HOUSE if kills // ROUNDS_A_DATABASE % 2 else HALVES
                answered += _rounds(dsn, trial, chance, rounds)
                if name == "postgresql":
                    postgres.dropped_database(dsn)
            kills += rounds
            click.echo(f"{name}: {kills} kills, {answered} acknowledged commands, all there; nothing half there")
        click.echo(f"{name}: {time.perf_counter() - began:.0f} s")


def _rounds(dsn: str, trial: Trial, chance: random.Random, rounds: int) -> int:
    kills = Kills(dsn, trial, chance)
    kills.prepare()
    for number in range(rounds):
        if number % 4 == 3:
            kills.one_of_two()
        else:
            kills.once()
    return kills.answered


if __name__ == "__main__":
    main()
