"""Each rule finds what it forbids, and lets the rest be."""

import ast

import pytest

from tests.structure import rules
from tests.structure.source import Module


def module(text: str, name: str = "doors/x.py") -> Module:
    return Module(name, name.split("/", maxsplit=1)[0], text, ast.parse(text))


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (rules.module_says_what_it_answers, "x = 1\n", '"""What is x?"""\n'),
        (rules.sql_stays_in_its_rooms, 'x = "select a from b"\n', 'def f():\n    """Select a from b."""\n'),
        (rules.sql_stays_in_its_rooms, 'x = f"delete from {y}"\n', 'x = "Select what you take from here"[:0]\n'),
        (rules.html_is_made_by_text, "x = html.Html('<p>')\n", "x = Html\n"),
        (
            rules.command_performs_no_other,
            "def apply(self, tx, caller):\n    perform(db, caller, x)\n",
            "def other():\n    perform(db, caller, x)\n",
        ),
        (rules.clock_is_asked_in_main_alone, "x = time.time_ns()\n", "x = tx.now\n"),
        (rules.ignore_has_a_reason, "x = 1  # noqa: F401\n", "x = 1  # noqa: F401 -- wanted\n"),
        (rules.ignore_has_a_reason, "x = 1  # type: ignore[x]\n", "x = 1  # type: ignore[x]  # stubs\n"),
        (rules.group_is_repeated_without_plus, 'x = r"(?:ab?c)*+"\n', 'x = r"(?>(?:ab?c)*)[()*+]++"\n'),
        (rules.group_is_repeated_without_plus, 'x = r"(?:ab){2,3}+"\n', 'x = r"\\)*+"\n'),
    ],
)
def test_rule_finds_what_it_forbids(rule: rules.Rule, bad: str, good: str) -> None:
    assert list(rule(module(bad))) != []
    assert list(rule(module(good))) == []
