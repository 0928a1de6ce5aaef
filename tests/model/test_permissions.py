"""The pure rules by themselves. What commands make of them is in `tests/commands/permission_tables.py`."""

from collections.abc import Callable
from itertools import product

import pytest

from folkmoot.model import permissions
from folkmoot.model.errors import NotAllowed
from folkmoot.model.permissions import Standing, State

EVERYBODY = [Standing(*flags) for flags in product((False, True), repeat=6)]
EVERYTHING = [State(*flags) for flags in product((False, True), repeat=5)]


def _code(check: Callable[..., None], *facts: Standing | State, **wish: bool) -> str | None:
    try:
        check(*facts, **wish)
    except NotAllowed as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_only_authors_change_and_delete_and_only_those_in_charge_moderate(who: Standing) -> None:
    for thing in EVERYTHING:
        if not who.author:
            assert _code(permissions.check_may_edit_post, who, thing) == "no_post_edit_allowed"
            assert _code(permissions.check_may_edit_comment, who, thing) == "no_comment_edit_allowed"
            assert _code(permissions.check_may_delete_post, who, thing, deleted=True) == "no_post_edit_allowed"
        if not (who.moderator or who.admin or who.operator):
            assert _code(permissions.check_may_remove_post, who, thing, removed=True) == "not_a_mod_or_admin"
            assert _code(permissions.check_may_remove_comment, who, thing, removed=True) == "not_a_mod_or_admin"
            assert _code(permissions.check_may_lock, who) == "not_a_mod_or_admin"


@pytest.mark.parametrize("thing", EVERYTHING, ids=str)
def test_nobody_votes_on_or_answers_what_is_gone_and_nobody_restores_what_is_erased(thing: State) -> None:
    for who in EVERYBODY:
        if thing.gone or thing.community_gone:
            assert _code(permissions.check_may_vote, who, thing) in ("deleted", "invalid_bot_action")
            assert _code(permissions.check_may_comment, who, thing) == "deleted"
        if thing.erased:
            assert _code(permissions.check_may_delete_post, who, thing, deleted=False) is not None
            assert _code(permissions.check_may_delete_comment, who, thing, deleted=False) is not None
            assert _code(permissions.check_may_remove_post, who, thing, removed=False) is not None
            assert _code(permissions.check_may_remove_comment, who, thing, removed=False) is not None


def test_the_operator_outranks_everybody() -> None:
    above = Standing(operator=True, outranked=True)
    assert _code(permissions.check_may_remove_post, above, State(), removed=True) is None
    assert _code(
        lambda: permissions.check_may_remove_post(Standing(admin=True, outranked=True), State(), removed=True)
    ) == ("not_higher_mod")
