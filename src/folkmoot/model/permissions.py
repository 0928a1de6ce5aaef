"""May they? Facts in, a Refusal or nothing out; `commands/access.py` finds the facts.

Each function is one rule. Its table in `tests/model/test_permissions.py` says what it answers for whom.
"""

from typing import NamedTuple

from folkmoot.model.errors import NotAllowed


class Standing(NamedTuple):
    """Who somebody is, towards one thing and its community.

    An admin counts as moderator of every community, as Lemmy has it. `outranked`: the thing's author stands above
    this moderator (admins by age, then moderators by appointment).
    """

    author: bool = False
    moderator: bool = False
    admin: bool = False
    operator: bool = False
    bot: bool = False
    outranked: bool = False

    @property
    def moderates(self) -> bool:
        return self.moderator or self.admin or self.operator


class State(NamedTuple):
    """What became of a thing. `community_gone`: its community was deleted or removed. `erased`: its text has gone."""

    deleted: bool = False
    removed: bool = False
    locked: bool = False
    erased: bool = False
    community_gone: bool = False

    @property
    def gone(self) -> bool:
        return self.deleted or self.removed


def check_may_manage_site(who: Standing) -> None:
    """Site settings, people made by hand, imports."""
    if not (who.operator or who.admin):
        raise NotAllowed("not_an_admin")


def check_may_post(community: State) -> None:
    if community.gone:
        raise NotAllowed("deleted")


def check_may_comment(who: Standing, post: State) -> None:
    if post.gone or post.community_gone:
        raise NotAllowed("deleted")
    if post.locked and not who.moderates:
        raise NotAllowed("locked")


def check_may_reply(parent: State, *, here: bool) -> None:
    """A peer's reply may have crossed the deletion on its way; it keeps its place."""
    if here and parent.gone:
        raise NotAllowed("deleted")


def check_may_edit_post(who: Standing, post: State) -> None:
    _check_may_edit(who, post, code="no_post_edit_allowed")


def check_may_edit_comment(who: Standing, comment: State) -> None:
    _check_may_edit(who, comment, code="no_comment_edit_allowed")


def check_may_delete_post(who: Standing, post: State, *, deleted: bool) -> None:
    """Deleting and restoring are the author's alone."""
    if not who.author:
        raise NotAllowed("no_post_edit_allowed")
    _check_is_restorable(post, back=not deleted, code="couldnt_update_post")


def check_may_delete_comment(who: Standing, comment: State, *, deleted: bool) -> None:
    """Deleting and restoring are the author's alone."""
    if not who.author:
        raise NotAllowed("no_comment_edit_allowed")
    _check_is_restorable(comment, back=not deleted, code="couldnt_update_comment")


def check_may_remove_post(who: Standing, post: State, *, removed: bool) -> None:
    _check_may_moderate(who)
    _check_is_restorable(post, back=not removed, code="couldnt_update_post")


def check_may_remove_comment(who: Standing, comment: State, *, removed: bool) -> None:
    """What its author deleted cannot be removed too, as Lemmy has it."""
    _check_may_moderate(who)
    if removed and comment.deleted:
        raise NotAllowed("couldnt_update_comment")
    _check_is_restorable(comment, back=not removed, code="couldnt_update_comment")


def check_may_lock(who: Standing) -> None:
    if not who.moderates:
        raise NotAllowed("not_a_mod_or_admin")


def check_may_vote(who: Standing, thing: State) -> None:
    if who.bot:
        raise NotAllowed("invalid_bot_action")
    if thing.gone or thing.community_gone:
        raise NotAllowed("deleted")


def _check_may_moderate(who: Standing) -> None:
    if not who.moderates:
        raise NotAllowed("not_a_mod_or_admin")
    if who.outranked and not who.operator:
        raise NotAllowed("not_higher_mod")


def _check_may_edit(who: Standing, thing: State, *, code: str) -> None:
    if not who.author:
        raise NotAllowed(code)
    if thing.gone or thing.community_gone:
        raise NotAllowed("deleted")


def _check_is_restorable(thing: State, *, back: bool, code: str) -> None:
    if back and thing.erased:
        raise NotAllowed(code)
