"""Who sees what: the table, cell by cell."""

import pytest

from folkmoot.model.permissions import State
from folkmoot.model.visibility import Sight, Viewer, is_listed, sight

STATES = {
    "present": State(),
    "locked": State(locked=True),
    "deleted": State(deleted=True),
    "removed": State(removed=True),
    "both": State(deleted=True, removed=True),
    "community_gone": State(community_gone=True),
    "erased": State(deleted=True, erased=True),
}
TABLE = """
                GUEST  PERSON AUTHOR MODERATOR ADMIN  listed
present         WHOLE  WHOLE  WHOLE  WHOLE     WHOLE  yes
locked          WHOLE  WHOLE  WHOLE  WHOLE     WHOLE  yes
deleted         PLACE  PLACE  WHOLE  WHOLE     WHOLE  no
removed         PLACE  PLACE  WHOLE  WHOLE     WHOLE  no
both            PLACE  PLACE  WHOLE  WHOLE     WHOLE  no
community_gone  PLACE  PLACE  WHOLE  WHOLE     WHOLE  no
erased          PLACE  PLACE  PLACE  PLACE     PLACE  no
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_who_sees_what(row: list[str]) -> None:
    name, *cells, listed = row
    for viewer, cell in zip(HEAD[:-1], cells, strict=True):
        assert sight(Viewer[viewer], STATES[name]) is Sight[cell]
    assert is_listed(STATES[name]) is (listed == "yes")


def test_the_table_is_whole() -> None:
    assert [row[0] for row in ROWS] == list(STATES)
    assert HEAD[:-1] == [viewer.name for viewer in Viewer]
