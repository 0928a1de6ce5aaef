"""Which thing is meant, and may the caller do this with it? Each function gets a thing for one purpose, or raises.

Nothing else in `commands` reads a post, comment or community by id. On PostgreSQL the rows that will change are locked
here, in the order community, post, comment, person.
"""

from typing import NamedTuple

from folkmoot.db.base import Tx
from folkmoot.model import permissions
from folkmoot.model.callers import Caller, Here, There
from folkmoot.model.errors import NotAllowed, NotFound
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId
from folkmoot.model.permissions import Standing, State
from folkmoot.store import comments, communities, people, places
from folkmoot.store.comments import CommentRow, Parent
from folkmoot.store.communities import CommunityRow
from folkmoot.store.locks import lock_community
from folkmoot.store.people import PersonRow
from folkmoot.store.places import Asked, Someone
from folkmoot.store.posts import PostRow


class CommunityPlace(NamedTuple):
    """A community, and who the caller is in it."""

    community: CommunityRow
    someone: Someone

    @property
    def actor(self) -> PersonRow:
        return _acting(self.someone.person)


class PostPlace(NamedTuple):
    """A post with its community, and who the caller is towards it."""

    post: PostRow
    community: CommunityRow
    who: Standing
    someone: Someone

    @property
    def actor(self) -> PersonRow:
        return _acting(self.someone.person)


class CommentPlace(NamedTuple):
    """A comment with its community, and who the caller is towards it."""

    comment: CommentRow
    community: CommunityRow
    who: Standing
    someone: Someone

    @property
    def actor(self) -> PersonRow:
        return _acting(self.someone.person)


def actor(tx: Tx, caller: Caller) -> PersonRow:
    """The person who acts.

    Raises:
        NotAllowed: `not_logged_in` without one, `deleted` for one whose account is.
        NotFound: `couldnt_find_person`.
    """
    return _acting(people.find(tx, _named(caller)))


def author(tx: Tx, caller: Caller, origin: Here | There) -> PersonRow:
    """The person who writes: one of ours here, one of another instance there.

    Raises:
        NotAllowed: as `actor`; `object_not_local` where origin and person do not go together.
    """
    return _writing(actor(tx, caller), origin)


def _named(caller: Caller) -> PersonId:
    if caller.person is None:
        raise NotAllowed("not_logged_in")
    return caller.person


def _named_or_operator(caller: Caller, asked: Asked) -> PersonId | None:
    if caller.operator and asked in (Asked.MODERATING, Asked.RANKING):
        return caller.person
    return _named(caller)


def _acting(person: PersonRow | None) -> PersonRow:
    if person is None:
        raise NotFound("couldnt_find_person")
    if person.deleted:
        raise NotAllowed("deleted")
    return person


def _writing(person: PersonRow, origin: Here | There) -> PersonRow:
    if person.local != isinstance(origin, Here):
        raise NotAllowed("object_not_local")
    return person


def site_manager(tx: Tx, caller: Caller) -> None:
    """Let the operator and admins pass.

    Raises:
        NotAllowed: `not_an_admin`, or as `actor`.
    """
    if caller.operator:
        return
    permissions.check_may_manage_site(Standing(admin=actor(tx, caller).admin))


def operator(caller: Caller) -> None:
    """Let the house's own upkeep pass, and who sits at the machine.

    Raises:
        NotAllowed: `not_an_admin`.
    """
    if not caller.operator:
        raise NotAllowed("not_an_admin")


def postable_community(tx: Tx, caller: Caller, community: CommunityId, origin: Here | There) -> CommunityPlace:
    """A community to write a new post in.

    Raises:
        NotFound: `couldnt_find_community`.
        NotAllowed: as `author`; `deleted`: it was, or was removed.
    """
    person = _named(caller)
    found = places.find_community(tx, community, person)
    if found is None:
        _check_person(tx, person, origin)
        raise NotFound("couldnt_find_community")
    _writing(_acting(found.someone.person), origin)
    permissions.check_may_post(found.community.state)
    return CommunityPlace(*found)


def held_community(tx: Tx, community: CommunityId) -> CommunityRow:
    """A community in whatever state, kept from others until the command is done.

    Raises:
        NotFound: `couldnt_find_community`.
    """
    lock_community(tx, community)
    row = communities.find(tx, community)
    if row is None:
        raise NotFound("couldnt_find_community")
    return row


def commentable_post(tx: Tx, caller: Caller, post: PostId, origin: Here | There) -> PostPlace:
    """A post to write a new comment under.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `author`; `deleted`, `locked`.
    """
    place = _post(tx, caller, post, asked=Asked.WRITING, counted=True, origin=origin)
    permissions.check_may_comment(place.who, _post_state(place))
    return place


def answerable_comment(tx: Tx, post: PostId, parent: CommentId, origin: Here | There) -> Parent:
    """A comment of that post to reply to.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `couldnt_create_comment` (it is under another post), `deleted`.
    """
    found = comments.find_parent(tx, parent)
    if found is None:
        raise NotFound("couldnt_find_comment")
    if found.row.post != post:
        raise NotAllowed("couldnt_create_comment")
    permissions.check_may_reply(found.row.state(community_gone=False), here=isinstance(origin, Here))
    return found


def editable_post(tx: Tx, caller: Caller, post: PostId, origin: Here | There) -> PostPlace:
    """A post of the caller's own, to change what it says.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `author`; `no_post_edit_allowed`, `deleted`.
    """
    place = _post(tx, caller, post, asked=Asked.NOTHING, counted=False, origin=origin)
    permissions.check_may_edit_post(place.who, _post_state(place))
    return place


def editable_comment(tx: Tx, caller: Caller, comment: CommentId, origin: Here | There) -> CommentPlace:
    """A comment of the caller's own, to change what it says.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: as `author`; `no_comment_edit_allowed`, `deleted`.
    """
    place = _comment(tx, caller, comment, asked=Asked.NOTHING, counted=False, origin=origin)
    permissions.check_may_edit_comment(place.who, _comment_state(place))
    return place


def deletable_post(tx: Tx, caller: Caller, post: PostId, *, deleted: bool) -> PostPlace:
    """A post of the caller's own, to delete or to restore it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `actor`; `no_post_edit_allowed`; `couldnt_update_post`: its text has gone.
    """
    place = _post(tx, caller, post, asked=Asked.NOTHING, counted=True)
    permissions.check_may_delete_post(place.who, _post_state(place), deleted=deleted)
    return place


def deletable_comment(tx: Tx, caller: Caller, comment: CommentId, *, deleted: bool) -> CommentPlace:
    """A comment of the caller's own, to delete or to restore it.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: as `actor`; `no_comment_edit_allowed`; `couldnt_update_comment`: its text has gone.
    """
    place = _comment(tx, caller, comment, asked=Asked.NOTHING, counted=True)
    permissions.check_may_delete_comment(place.who, _comment_state(place), deleted=deleted)
    return place


def moderated_post(tx: Tx, caller: Caller, post: PostId, *, removed: bool) -> PostPlace:
    """A post in a community that the caller moderates, to remove or to restore it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `actor`; `not_a_mod_or_admin`, `not_higher_mod`; `couldnt_update_post`: its text has gone.
    """
    place = _post(tx, caller, post, asked=Asked.RANKING, counted=True)
    who = _ranked(tx, place, caller, place.post.author)
    permissions.check_may_remove_post(who, _post_state(place), removed=removed)
    return place


def moderated_comment(tx: Tx, caller: Caller, comment: CommentId, *, removed: bool) -> CommentPlace:
    """A comment in a community that the caller moderates, to remove or to restore it.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: as `actor`; `not_a_mod_or_admin`, `not_higher_mod`; `couldnt_update_comment`: deleted, or its text
            has gone.
    """
    place = _comment(tx, caller, comment, asked=Asked.RANKING, counted=True)
    who = _ranked(tx, place, caller, place.comment.author)
    permissions.check_may_remove_comment(who, _comment_state(place), removed=removed)
    return place


def lockable_post(tx: Tx, caller: Caller, post: PostId) -> PostPlace:
    """A post in a community that the caller moderates, to lock or unlock it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `actor`; `not_a_mod_or_admin`.
    """
    place = _post(tx, caller, post, asked=Asked.MODERATING, counted=False)
    permissions.check_may_lock(place.who)
    return place


def votable_post(tx: Tx, caller: Caller, post: PostId) -> PostPlace:
    """A post to vote on.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: as `actor`; `invalid_bot_action`, `deleted`.
    """
    place = _post(tx, caller, post, asked=Asked.VOTING, counted=False)
    permissions.check_may_vote(place.who, _post_state(place))
    return place


def votable_comment(tx: Tx, caller: Caller, comment: CommentId) -> CommentPlace:
    """A comment to vote on.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: as `actor`; `invalid_bot_action`, `deleted`.
    """
    place = _comment(tx, caller, comment, asked=Asked.VOTING, counted=False)
    permissions.check_may_vote(place.who, _comment_state(place))
    return place


def _post(
    tx: Tx,
    caller: Caller,
    post: PostId,
    *,
    asked: Asked,
    counted: bool,
    origin: Here | There | None = None,
) -> PostPlace:
    """Get a post and lock it.

    Args:
        tx: the transaction.
        caller: on whose behalf.
        post: which.
        asked: what must be known of the caller; what moderators may do, the operator may without a person.
        counted: whether its community's counters will change.
        origin: where the caller writes; None where nothing is written.
    """
    person = _named_or_operator(caller, asked)
    found = places.find_post(tx, post, person, asked, counted=counted)
    if found is None:
        _check_person(tx, person, origin)
        raise NotFound("couldnt_find_post")
    row, community, someone = found
    return PostPlace(row, community, _standing(person, someone, row.author, origin), someone)


def _comment(
    tx: Tx,
    caller: Caller,
    comment: CommentId,
    *,
    asked: Asked,
    counted: bool,
    origin: Here | There | None = None,
) -> CommentPlace:
    """Get a comment and lock it, with its post. For the arguments see `_post`."""
    person = _named_or_operator(caller, asked)
    found = places.find_comment(tx, comment, person, asked, counted=counted)
    if found is None:
        _check_person(tx, person, origin)
        raise NotFound("couldnt_find_comment")
    row, community, someone = found
    return CommentPlace(row, community, _standing(person, someone, row.author, origin), someone)


def _check_person(tx: Tx, person: PersonId | None, origin: Here | There | None) -> None:
    """Refuse who may not act at all, where there is no thing either; that is what they are told then."""
    if person is not None:
        acting = _acting(people.find(tx, person))
        if origin is not None:
            _writing(acting, origin)


def _standing(
    person: PersonId | None, someone: Someone, author_of_thing: PersonId, origin: Here | There | None
) -> Standing:
    if person is None:
        return Standing(operator=True)
    acting = _acting(someone.person)
    if origin is not None:
        _writing(acting, origin)
    return Standing(author=person == author_of_thing, moderator=someone.moderator, admin=acting.admin, bot=acting.bot)


def _ranked(tx: Tx, place: PostPlace | CommentPlace, caller: Caller, target: PersonId) -> Standing:
    """Say whether the target stands above the caller: admins by age, then moderators by appointment."""
    who = place.who
    if who.author or caller.person is None or not who.moderates or not place.someone.of_a_peer:
        return who
    order = [*people.admins_by_age(tx), *communities.moderators(tx, place.community.id)]
    above = order[: order.index(caller.person)] if caller.person in order else []
    return who._replace(outranked=target in above)


def _post_state(place: PostPlace) -> State:
    return place.post.state(community_gone=place.community.gone)


def _comment_state(place: CommentPlace) -> State:
    return place.comment.state(community_gone=place.community.gone)
