"""Each door has a word for each kind of no."""

from typing import Any

from folkmoot.doors.web.errors import status_of
from folkmoot.model import errors


def kinds(of: type[errors.Refusal]) -> set[type[errors.Refusal]]:
    below = of.__subclasses__()
    return {*below, *(deeper for kind in below for deeper in kinds(kind))}


def made(kind: type[errors.Refusal]) -> errors.Refusal:
    fields: dict[str, Any] = {"field": "title"} if kind is errors.Invalid else {}
    return kind(code="some_code", **fields)


def test_web_door_has_a_status_for_each_kind_of_refusal() -> None:
    statuses = {kind.__name__: status_of(made(kind)) for kind in kinds(errors.Refusal)}
    assert len(statuses) >= 4
    assert all(400 <= status < 500 for status in statuses.values()), statuses
