"""Old facts go, and only those."""

from folkmoot.commands.base import perform
from folkmoot.commands.site import SetUpSite
from folkmoot.db.base import Db
from folkmoot.db.journal import START, facts_after
from folkmoot.model.callers import OPERATOR
from folkmoot.workers.prune import prune_facts
from tests.conftest import SetClock


def test_facts_go_after_their_time(db: Db, clock: SetClock) -> None:
    perform(db, OPERATOR, SetUpSite("Moot"))
    assert prune_facts(db) is False
    with db.read() as reader:
        assert len(facts_after(reader, START, 10)) == 1
    clock.forward(days=15)
    assert prune_facts(db) is False
    with db.read() as reader:
        assert facts_after(reader, START, 10) == []
