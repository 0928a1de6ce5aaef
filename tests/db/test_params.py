"""Parameters: names to numbers, and what a database can keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.db.faults import TextFault
from folkmoot.db.params import checked_text, numbered, postgresql_params, sqlite_params


@pytest.mark.parametrize(
    ("sql", "text", "names"),
    [
        ("select :a, :b, :a", "select $1, $2, $1", ("a", "b")),
        ("select ':a', \":b\", :c::text", "select ':a', \":b\", $1::text", ("c",)),
        ("select 'it''s :a' || :b", "select 'it''s :a' || $1", ("b",)),
        ("select 1 -- not :a\n, :b", "select 1 -- not :a\n, $1", ("b",)),
        ("select 10 % :a", "select 10 % $1", ("a",)),
        ("select now()", "select now()", ()),
    ],
)
def test_names_become_numbers(sql: str, text: str, names: tuple[str, ...]) -> None:
    assert numbered(sql) == (text, names)


def test_parameters_come_in_the_order_of_the_numbers() -> None:
    assert postgresql_params(("b", "a"), {"a": 1, "b": True, "c": "unused"}) == (1, 1)
    with pytest.raises(KeyError):
        postgresql_params(("a",), {})


def test_a_list_becomes_json_or_stays_a_list() -> None:
    assert sqlite_params({"ids": [1, 2], "words": ["ü", '"']}) == {"ids": "[1,2]", "words": '["ü","\\""]'}
    assert postgresql_params(("ids",), {"ids": (1, 2)}) == ([1, 2],)
    assert postgresql_params(("words", "none"), {"words": ["a"], "none": []}) == (["a"], [])


@given(some.text(some.characters(codec=None)))
def test_a_text_is_kept_or_refused(text: str) -> None:
    can_be_kept = "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
    if can_be_kept:
        assert checked_text(text) == text
    else:
        with pytest.raises(TextFault):
            checked_text(text)
