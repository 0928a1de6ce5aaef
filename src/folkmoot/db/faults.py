"""What can go wrong below the commands? Faults of the store: never a Refusal, never a bug of the caller's rule."""


class StorageFault(Exception):
    """The database could not do it (disk full, I/O error, server gone).

    Nothing of the command was written, unless it is an `UncertainFault`.
    """


class ConstraintFault(StorageFault):
    """A row broke a key, a check or a reference of the schema."""


class TooLong(StorageFault):
    """A read lived longer than it may (it would pin the log, or old rows), or a statement ran too long."""


class UncertainFault(StorageFault):
    """The server was lost at the very commit: the command was done whole, or not at all, and nobody can say which."""


class ClosedFault(StorageFault):
    """The database was closed before the command could run."""


class UnsuitablePlace(StorageFault):
    """The database file lies where its locks cannot be trusted, such as a network file system."""


class NewerDatabase(StorageFault):
    """A later release has migrated this database; this one does not know its tables."""


class ForeignDatabase(StorageFault):
    """Somebody else's tables stand in this database; ours would be mixed with them."""


class TextFault(ValueError):
    """A text that one of the databases cannot keep: U+0000, or half of a surrogate pair."""
