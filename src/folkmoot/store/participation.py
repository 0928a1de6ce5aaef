"""The table `participation`, and what is counted from it: who takes part in a community, to the hour.

Incoming: whoever writes or votes is noted by the command that does it. Imports note nobody.
"""

from collections.abc import Iterable
from typing import NamedTuple

from folkmoot.db.base import Reader, Tx
from folkmoot.model.ids import CommunityId, Micros, PersonId
from folkmoot.model.ranking import AGE_BOUNDS, AgeClass

HOUR_MICROS = AGE_BOUNDS[AgeClass.HOUR]


def note(tx: Tx, community: CommunityId, person: PersonId, *, at: Micros, known: Micros | None) -> None:
    """Remember that somebody took part, unless that hour is known already.

    Args:
        tx: the transaction.
        community: where.
        person: who.
        at: when.
        known: what the row said a moment ago, None where there was none.
    """
    hour = at - at % HOUR_MICROS
    if known is None or known < hour:
        tx.run(_NOTE, community=community, person=person, hour=hour)


_NOTE = """
    insert into participation (community_id, person_id, last_active) values (:community, :person, :hour)
    on conflict (community_id, person_id) do update set last_active =
        case when participation.last_active < excluded.last_active then excluded.last_active
        else participation.last_active end
"""


class ActiveCounts(NamedTuple):
    """How many people, bots left out, took part in a community within each time."""

    community: CommunityId
    day: int
    week: int
    month: int
    half_year: int


def due(reader: Reader, now: Micros, limit: int) -> list[CommunityId]:
    """Give communities that are to be counted again, longest due first."""
    rows = reader.rows(
        "select id from community where count_due <= :now order by count_due, id limit :limit", now=now, limit=limit
    )
    return [CommunityId(row[0]) for row in rows]


_COUNTS = """
    select p.community_id, coalesce(sum(case when p.last_active >= :day then 1 else 0 end), 0),
        coalesce(sum(case when p.last_active >= :week then 1 else 0 end), 0),
        coalesce(sum(case when p.last_active >= :month then 1 else 0 end), 0), count(*)
    from participation p join person who on who.id = p.person_id and who.bot = 0
    where p.last_active >= :half_year and
"""


def counted(reader: Reader, communities: Iterable[CommunityId], now: Micros) -> list[ActiveCounts]:
    """Count who took part in these communities, in their order."""
    asked = list(communities)
    rows = reader.rows(
        _COUNTS + reader.dialect.among("p.community_id", "communities") + " group by p.community_id",
        communities=asked,
        day=since(now, AgeClass.DAY),
        week=since(now, AgeClass.WEEK),
        month=since(now, AgeClass.MONTH),
        half_year=since(now, AgeClass.SIX_MONTHS),
    )
    found = {row[0]: ActiveCounts(*row) for row in rows}
    return [found.get(community, ActiveCounts(community, 0, 0, 0, 0)) for community in asked]


def since(now: Micros, window: AgeClass) -> int:
    """Give the first hour that is within the window."""
    first = now - AGE_BOUNDS[window]
    return first - first % HOUR_MICROS


_PUT = """
    update community set active_day = :day, active_week = :week, active_month = :month, active_half_year = :half_year
    where id = :community
        and (active_day <> :day or active_week <> :week or active_month <> :month or active_half_year <> :half_year)
"""


def put(tx: Tx, counts: ActiveCounts) -> bool:
    """Write down how many they are.

    Returns:
        False where it is so already.
    """
    changed = tx.run(
        _PUT,
        community=counts.community,
        day=counts.day,
        week=counts.week,
        month=counts.month,
        half_year=counts.half_year,
    )
    return changed == 1


def put_due(tx: Tx, communities: Iterable[CommunityId], due: Micros) -> None:
    """Say when these are to be counted again."""
    tx.run_many(
        "update community set count_due = :due where id = :community",
        ({"community": community, "due": due} for community in communities),
    )
