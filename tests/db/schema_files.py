"""Write the schema files beside `folkmoot/db/schema.py` anew: `python -m tests.db.schema_files`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from folkmoot.db.core import open_db
from folkmoot.db.schema import schema_file, schema_text
from folkmoot.model.ids import Micros
from tests import postgres


def write_file(dsn: str) -> None:
    db = open_db(dsn, clock=lambda: Micros(0))
    with db.read() as reader:
        schema_file(db.dialect).write_text(schema_text(reader), encoding="utf-8")
    db.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        write_file(str(Path(folder) / "schema.db"))
    address = postgres.made_database()
    write_file(address)
    postgres.dropped_database(address)
