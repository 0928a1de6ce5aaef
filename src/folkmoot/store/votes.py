"""The table `vote`: a row for each person and thing, none where there is no vote.

Outgoing: the thing's counters are kept by the command that changes a vote.
"""

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommentId, PersonId, PostId
from folkmoot.store.texts import Kind


def find(reader: Reader, person: PersonId, kind: Kind, thing: PostId | CommentId) -> int:
    """Give -1, 0 or 1."""
    value = reader.value(
        "select value from vote where person_id = :person and kind = :kind and thing_id = :thing",
        person=person,
        kind=kind,
        thing=thing,
    )
    return 0 if value is None else int(value)


def put(tx: Tx, person: PersonId, kind: Kind, thing: PostId | CommentId, *, value: int) -> None:
    """Let the vote be `value`: -1, 0 or 1."""
    if value == 0:
        tx.run(
            "delete from vote where person_id = :person and kind = :kind and thing_id = :thing",
            person=person,
            kind=kind,
            thing=thing,
        )
        return
    tx.run(
        """
        insert into vote (person_id, kind, thing_id, value, at) values (:person, :kind, :thing, :value, :now)
        on conflict (person_id, kind, thing_id) do update set value = excluded.value, at = excluded.at
        """,
        person=person,
        kind=kind,
        thing=thing,
        value=value,
        now=tx.now,
    )
