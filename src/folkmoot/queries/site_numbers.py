"""How much is here? What the page about this site says in numbers."""

from typing import NamedTuple

from folkmoot.db.base import Reader
from folkmoot.model.ids import HERE


class SiteNumbers(NamedTuple):
    """Counts of what is there: `people` of this instance, all else of every instance that is known."""

    people: int
    communities: int
    posts: int
    comments: int


def site_numbers(reader: Reader) -> SiteNumbers:
    """Count; what stands in communities is taken from their own counters."""
    people = reader.value("select count(*) from person where instance_id = :here and deleted = 0", here=HERE)
    row = reader.row(
        "select count(*), coalesce(sum(posts), 0), coalesce(sum(comments), 0) from community"
        " where deleted = 0 and removed = 0"
    )
    communities, posts, comments = row or (0, 0, 0)
    return SiteNumbers(int(people), int(communities), int(posts), int(comments))
