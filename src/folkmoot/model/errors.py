"""What can a command say no with? Refusals: expected, with a stable code, without prose and without HTTP.

A code is Lemmy's where Lemmy has one, so that its apps understand it. Each door has one table that turns a
refusal into its own words.
"""

from dataclasses import dataclass


@dataclass(eq=False)
class Refusal(Exception):
    """An expected no. Nothing was written."""

    code: str


@dataclass(eq=False)
class NotFound(Refusal):
    """The thing does not exist, or may not be seen by the caller. `code` is `couldnt_find_…`."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The thing exists, but this caller may not do this with it, or nobody may in its present state."""


@dataclass(eq=False)
class Invalid(Refusal):
    """The input breaks a rule that does not depend on the caller.

    `field` names the command's field; `limit` is the number that was passed, where there is one.
    """

    field: str
    limit: int | None = None


@dataclass(eq=False)
class Conflict(Refusal):
    """A thing of that name is there already."""
