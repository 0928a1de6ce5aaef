"""What does every page say about this site?"""

from folkmoot.db.base import Reader
from folkmoot.queries.views import SiteView

UNNAMED = "Folkmoot"


def site(reader: Reader) -> SiteView:
    """Return our own settings page; before the first SetUpSite a nameless one, version 0."""
    row = reader.row("select name, description, version from site where id = 1")
    if row is None:
        return SiteView(name=UNNAMED, description="", set_up=False, version=0)
    return SiteView(name=row[0], description=row[1], set_up=True, version=row[2])
