"""How does a verb get at the site? It opens the database, making it where it is new; faults become sentences."""

from collections.abc import Iterator
from contextlib import contextmanager

from folkmoot import main
from folkmoot.cli.options import Refusal
from folkmoot.db.core import Db
from folkmoot.settings import Settings
from folkmoot.supervisor import Refused


@contextmanager
def opened_site(settings: Settings) -> Iterator[Db]:
    """Open the site's database, beside a running server or without one.

    Raises:
        Refusal: that cannot be done, or the database failed.
    """
    try:
        main.prepare(settings)
        with main.site_db(settings) as db:
            yield db
    except Refused as refused:
        raise Refusal(str(refused)) from refused
