"""The chores that keep lists in order do their portions, and nothing where nothing is due."""

from folkmoot.commands.votes import SetPostVote
from folkmoot.workers.ranks import ranking
from tests.world import World


def test_all_that_is_due_is_done(world: World) -> None:
    post = world.post()
    world.perform(world.person(), SetPostVote(post, 1))
    before = world.place()
    for _ in range(2):
        for chore in ranking(world.db, world.clock):
            while chore.run():
                pass
    assert world.value("select top_rank from post_rank") == 2
    assert world.value("select active_month from community") == 2
    assert world.journal(before) == ["RanksRefreshed", "CommunityCounted"]
