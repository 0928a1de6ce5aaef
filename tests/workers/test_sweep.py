"""What is past its time goes, and only that."""

from folkmoot.commands.comments import DeleteComment
from folkmoot.db.base import Db
from folkmoot.workers.sweep import sweeping
from tests.world import World


def sweep(db: Db) -> None:
    for chore in sweeping(db):
        while chore.run():
            pass


def test_facts_go_after_their_time(world: World) -> None:
    world.post(title="Old news")
    before = world.journal()
    sweep(world.db)
    assert world.journal() == before != []
    world.clock.forward(days=15)
    sweep(world.db)
    assert world.journal() == []


def test_text_of_a_deleted_comment_goes_after_its_time(world: World) -> None:
    ada = world.person("ada")
    comment = world.comment(by=ada, on=world.post(), body="do not keep this")
    world.perform(ada, DeleteComment(comment, deleted=True))

    def kept() -> object:
        return world.value("select source from comment where id = :comment", comment=comment)

    world.clock.forward(days=29)
    sweep(world.db)
    assert kept() == "do not keep this"
    world.clock.forward(days=2)
    sweep(world.db)
    assert kept() == ""
