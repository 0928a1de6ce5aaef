"""What does a fact make old? The one table from the journal's facts to the things that pages depend on.

A fact that lacks an id touches all things of the kind: deleting and restoring are rare. Comments are not things of
their own: who shows one depends on its post.
"""

from functools import singledispatch

from folkmoot.doors.depends import Of
from folkmoot.doors.kept import EVERY, Touched
from folkmoot.model import journal
from folkmoot.model.journal import Fact

_DIRECTORY = (Of.DIRECTORY, 0)
_MODLOG = (Of.MODLOG, 0)
_ALL_LISTS = (Of.LIST, EVERY)
_ALL_PEOPLE = (Of.PERSON, EVERY)
_FRONT = (Of.LIST, 0)

_NOTHING = Touched()


@singledispatch
def touched(fact: Fact) -> Touched:
    """Say what a fact makes old, and whether the old may still be shown for a moment.

    Raises:
        NotImplementedError: nobody has said what this kind of fact touches.
    """
    raise NotImplementedError(type(fact).__name__)


@touched.register(journal.SiteChanged)
@touched.register(journal.CountersRepaired)
def _(_: Fact) -> Touched:
    return Touched(everything=True)


@touched.register(journal.InstanceLearned)
@touched.register(journal.InstancesLearned)
def _(_: Fact) -> Touched:
    return _NOTHING


@touched.register
def _(fact: journal.PersonCreated) -> Touched:
    return Touched(((Of.PERSON, fact.person),), (fact.person,))


@touched.register
def _(_: journal.PeopleCreated) -> Touched:
    return Touched((_ALL_PEOPLE,))


@touched.register
def _(fact: journal.CommunityCreated) -> Touched:
    # its creator moderates it, which a person's page shows
    community = ((Of.COMMUNITY, fact.community), (Of.PLACE, fact.community), (Of.LIST, fact.community))
    return Touched((_DIRECTORY, _MODLOG, _ALL_PEOPLE, *community))


@touched.register
def _(fact: journal.PostCreated) -> Touched:
    return Touched((*_of_post(fact.post, fact.community), (Of.PERSON, fact.author)))


@touched.register
def _(fact: journal.PostEdited) -> Touched:
    return Touched(_of_post(fact.post, fact.community))


@touched.register(journal.PostDeleted)
@touched.register(journal.PostRemoved)
def _(fact: journal.PostDeleted | journal.PostRemoved) -> Touched:
    return Touched((*_of_post(fact.post, fact.community), _ALL_PEOPLE, _ALL_LISTS, _MODLOG), at_once=True)


@touched.register
def _(fact: journal.PostLocked) -> Touched:
    return Touched((*_of_post(fact.post, fact.community), _MODLOG))


@touched.register
def _(fact: journal.CommentCreated) -> Touched:
    return Touched((*_of_post(fact.post, fact.community), (Of.PERSON, fact.author)))


@touched.register
def _(fact: journal.CommentEdited) -> Touched:
    return Touched(((Of.POST, fact.post),))


@touched.register(journal.CommentDeleted)
@touched.register(journal.CommentRemoved)
def _(fact: journal.CommentDeleted | journal.CommentRemoved) -> Touched:
    # also where it will be shown again, and every count of it
    return Touched(
        ((Of.POST, fact.post), _ALL_PEOPLE, _ALL_LISTS, (Of.COMMUNITY, EVERY), _DIRECTORY, _MODLOG), at_once=True
    )


@touched.register(journal.PostErased)
@touched.register(journal.CommentErased)
def _(fact: journal.PostErased | journal.CommentErased) -> Touched:
    return Touched(((Of.POST, fact.post),), at_once=True)


@touched.register
def _(fact: journal.ThreadImported) -> Touched:
    return Touched((*_of_post(fact.post, fact.community), _ALL_PEOPLE))


@touched.register
def _(fact: journal.PostVoteSet) -> Touched:
    # lists depend on the posts that they show; that a vote brings a post into a list, the refresh of the ranks tells
    return Touched(((Of.POST, fact.post),))


@touched.register
def _(fact: journal.CommentVoteSet) -> Touched:
    # the page of its author lists what they wrote by points
    return Touched(((Of.POST, fact.post), (Of.PERSON, fact.author)))


@touched.register
def _(fact: journal.RanksRefreshed) -> Touched:
    # what somebody wrote can be read in the order of its ranks, too
    return Touched((_FRONT, _ALL_PEOPLE, *((Of.LIST, community) for community in fact.communities)))


@touched.register
def _(fact: journal.CommunityCounted) -> Touched:
    return Touched(((Of.COMMUNITY, fact.community), _DIRECTORY))


def _of_post(post: int, community: int) -> tuple[tuple[Of, int], ...]:
    """List what a new or changed post or comment touches besides its author."""
    return (Of.POST, post), (Of.COMMUNITY, community), (Of.LIST, community), _FRONT, _DIRECTORY
