"""Which thing is meant, and may the caller do this with it? Each function gets a thing for one purpose, or raises.

Nothing else in `commands` reads a post, comment or community by id. On PostgreSQL the rows that will change are locked
here, in the order community, post, comment, person.
"""

from dataclasses import dataclass, replace

from folkmoot.db.base import Tx
from folkmoot.model import permissions
from folkmoot.model.callers import Caller, Here, There
from folkmoot.model.errors import NotAllowed, NotFound
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId
from folkmoot.model.permissions import Standing, State
from folkmoot.store import comments, communities, people, posts
from folkmoot.store.comments import CommentRow
from folkmoot.store.communities import CommunityRow
from folkmoot.store.people import PersonRow
from folkmoot.store.posts import PostRow


@dataclass(frozen=True, slots=True)
class PostPlace:
    """A post with its community, and who the caller is towards it."""

    post: PostRow
    community: CommunityRow
    who: Standing


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """A comment with its community, and who the caller is towards it."""

    comment: CommentRow
    community: CommunityRow
    who: Standing


def actor(tx: Tx, caller: Caller) -> PersonRow:
    """The person who acts.

    Raises:
        NotAllowed: `not_logged_in` without one, `deleted` for one whose account is.
        NotFound: `couldnt_find_person`.
    """
    if caller.person is None:
        raise NotAllowed("not_logged_in")
    person = people.find(tx, caller.person)
    if person is None:
        raise NotFound("couldnt_find_person")
    if person.deleted:
        raise NotAllowed("deleted")
    return person


def author(tx: Tx, caller: Caller, origin: Here | There) -> PersonRow:
    """The person who writes: one of ours here, one of another instance there.

    Raises:
        NotAllowed: as `actor`; `object_not_local` where origin and person do not go together.
    """
    person = actor(tx, caller)
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


def postable_community(tx: Tx, community: CommunityId) -> CommunityRow:
    """A community to write a new post in.

    Raises:
        NotFound: `couldnt_find_community`.
        NotAllowed: `deleted`: it was, or was removed.
    """
    row = held_community(tx, community)
    permissions.check_may_post(row.state)
    return row


def held_community(tx: Tx, community: CommunityId) -> CommunityRow:
    """A community in whatever state, kept from others until the command is done.

    Raises:
        NotFound: `couldnt_find_community`.
    """
    row = communities.find(tx, community, lock=True)
    if row is None:
        raise NotFound("couldnt_find_community")
    return row


def commentable_post(tx: Tx, person: PersonRow, post: PostId) -> PostPlace:
    """A post to write a new comment under.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `deleted`, `locked`.
    """
    place = _post(tx, person, post, counted=True)
    permissions.check_may_comment(place.who, _post_state(place))
    return place


def answerable_comment(tx: Tx, post: PostId, parent: CommentId, origin: Here | There) -> CommentRow:
    """A comment of that post to reply to.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `couldnt_create_comment` (it is under another post), `deleted`.
    """
    row = comments.find(tx, parent, lock=True)
    if row is None:
        raise NotFound("couldnt_find_comment")
    if row.post != post:
        raise NotAllowed("couldnt_create_comment")
    permissions.check_may_reply(row.state(community_gone=False), here=isinstance(origin, Here))
    return row


def editable_post(tx: Tx, person: PersonRow, post: PostId) -> PostPlace:
    """A post of the caller's own, to change what it says.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `no_post_edit_allowed`, `deleted`.
    """
    place = _post(tx, person, post, counted=False)
    permissions.check_may_edit_post(place.who, _post_state(place))
    return place


def editable_comment(tx: Tx, person: PersonRow, comment: CommentId) -> CommentPlace:
    """A comment of the caller's own, to change what it says.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `no_comment_edit_allowed`, `deleted`.
    """
    place = _comment(tx, person, comment, counted=False)
    permissions.check_may_edit_comment(place.who, _comment_state(place))
    return place


def deletable_post(tx: Tx, person: PersonRow, post: PostId, *, deleted: bool) -> PostPlace:
    """A post of the caller's own, to delete or to restore it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `no_post_edit_allowed`; `couldnt_update_post`: its text has gone.
    """
    place = _post(tx, person, post, counted=True)
    permissions.check_may_delete_post(place.who, _post_state(place), deleted=deleted)
    return place


def deletable_comment(tx: Tx, person: PersonRow, comment: CommentId, *, deleted: bool) -> CommentPlace:
    """A comment of the caller's own, to delete or to restore it.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `no_comment_edit_allowed`; `couldnt_update_comment`: its text has gone.
    """
    place = _comment(tx, person, comment, counted=True)
    permissions.check_may_delete_comment(place.who, _comment_state(place), deleted=deleted)
    return place


def moderated_post(tx: Tx, caller: Caller, post: PostId, *, removed: bool) -> PostPlace:
    """A post in a community that the caller moderates, to remove or to restore it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `not_a_mod_or_admin`, `not_higher_mod`; `couldnt_update_post`: its text has gone.
    """
    place = _post(tx, _moderator(tx, caller), post, counted=True)
    who = _ranked(tx, place.who, caller, place.community, place.post.author)
    permissions.check_may_remove_post(who, _post_state(place), removed=removed)
    return place


def moderated_comment(tx: Tx, caller: Caller, comment: CommentId, *, removed: bool) -> CommentPlace:
    """A comment in a community that the caller moderates, to remove or to restore it.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `not_a_mod_or_admin`, `not_higher_mod`; `couldnt_update_comment`: deleted, or its text has gone.
    """
    place = _comment(tx, _moderator(tx, caller), comment, counted=True)
    who = _ranked(tx, place.who, caller, place.community, place.comment.author)
    permissions.check_may_remove_comment(who, _comment_state(place), removed=removed)
    return place


def lockable_post(tx: Tx, caller: Caller, post: PostId) -> PostPlace:
    """A post in a community that the caller moderates, to lock or unlock it.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `not_a_mod_or_admin`.
    """
    place = _post(tx, _moderator(tx, caller), post, counted=False)
    permissions.check_may_lock(place.who)
    return place


def votable_post(tx: Tx, person: PersonRow, post: PostId) -> PostPlace:
    """A post to vote on.

    Raises:
        NotFound: `couldnt_find_post`.
        NotAllowed: `invalid_bot_action`, `deleted`.
    """
    place = _post(tx, person, post, counted=False)
    permissions.check_may_vote(place.who, _post_state(place))
    return place


def votable_comment(tx: Tx, person: PersonRow, comment: CommentId) -> CommentPlace:
    """A comment to vote on.

    Raises:
        NotFound: `couldnt_find_comment`.
        NotAllowed: `invalid_bot_action`, `deleted`.
    """
    place = _comment(tx, person, comment, counted=False)
    permissions.check_may_vote(place.who, _comment_state(place))
    return place


def _post(tx: Tx, person: PersonRow | None, post: PostId, *, counted: bool) -> PostPlace:
    """Get a post and lock it; with `counted`, its community too, because its counters will change."""
    home = posts.community_of(tx, post)
    community = None if home is None else communities.find(tx, home, lock=counted)
    row = posts.find(tx, post, lock=True)
    if row is None or community is None:
        raise NotFound("couldnt_find_post")
    return PostPlace(row, community, _standing(tx, person, community, row.author))


def _comment(tx: Tx, person: PersonRow | None, comment: CommentId, *, counted: bool) -> CommentPlace:
    """Get a comment and lock it; with `counted`, its post and community too, because their counters will change."""
    post = comments.post_of(tx, comment)
    home = None if post is None else posts.community_of(tx, post)
    community = None if home is None else communities.find(tx, home, lock=counted)
    if post is None or community is None:
        raise NotFound("couldnt_find_comment")
    if counted:
        posts.find(tx, post, lock=True)
    row = comments.find(tx, comment, lock=True)
    if row is None:
        raise NotFound("couldnt_find_comment")
    return CommentPlace(row, community, _standing(tx, person, community, row.author))


def _moderator(tx: Tx, caller: Caller) -> PersonRow | None:
    """Who moderates: a person, or the operator without one."""
    return None if caller.operator and caller.person is None else actor(tx, caller)


def _standing(tx: Tx, person: PersonRow | None, community: CommunityRow, author_of_thing: PersonId) -> Standing:
    if person is None:
        return Standing(operator=True)
    return Standing(
        author=person.id == author_of_thing,
        moderator=communities.is_moderator(tx, community.id, person.id),
        admin=person.admin,
        bot=person.bot,
    )


def _ranked(tx: Tx, who: Standing, caller: Caller, community: CommunityRow, target: PersonId) -> Standing:
    """Say whether the target stands above the caller: admins by age, then moderators by appointment."""
    if who.author or caller.person is None or not who.moderates:
        return who
    order = [*people.admins_by_age(tx), *communities.moderators(tx, community.id)]
    above = order[: order.index(caller.person)] if caller.person in order else []
    return replace(who, outranked=target in above)


def _post_state(place: PostPlace) -> State:
    return place.post.state(community_gone=place.community.state.gone)


def _comment_state(place: CommentPlace) -> State:
    return place.comment.state(community_gone=place.community.state.gone)
