"""Rules of the house that can be seen in the source are kept; `test_rules_are_sharp.py` shows that each can bite."""

import pytest

from tests.structure.rules import RULES, Rule
from tests.structure.source import modules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_is_kept(rule: Rule) -> None:
    assert [f"{module.name}:{line}" for module in modules() for line in rule(module)] == []
