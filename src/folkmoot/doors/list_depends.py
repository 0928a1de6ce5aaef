"""What does a list show, so that caches know what makes it old?"""

from collections.abc import Iterable

from folkmoot.doors.depends import SITE, Depends, Of, Thing, ages_until
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import (
    CommentList,
    CommunityList,
    CommunityPage,
    ItemList,
    ItemView,
    PersonPage,
    PostList,
)

_EVERYWHERE = 0


def front_depends(view: PostList, now: Micros) -> Depends:
    """Of a list over communities."""
    return _depends(((Of.LIST, _EVERYWHERE),), (ItemView(post) for post in view.posts), now=now)


def community_depends(about: CommunityPage, view: PostList | CommentList, now: Micros) -> Depends:
    """Of a community's page."""
    community = about.community
    items = (ItemView(post) for post in view.posts) if isinstance(view, PostList) else view.items
    things = ((Of.LIST, community.id), (Of.COMMUNITY, community.id))
    people = [person.id for person in about.moderators]
    return _depends(things, items, people=people, moments=(community.published,), now=now)


def person_depends(about: PersonPage, view: ItemList, now: Micros) -> Depends:
    """Of somebody's page."""
    person = about.person
    moderated: list[Thing] = [(Of.COMMUNITY, community.id) for community in about.moderates]
    things = ((Of.PERSON, person.id), *moderated)
    return _depends(things, view.items, people=(person.id,), moments=(person.published,), now=now)


def directory_depends(view: CommunityList) -> Depends:
    """Of the directory of communities; it shows no age."""
    things: set[Thing] = {(Of.COMMUNITY, community.id) for community in view.communities}
    return Depends(frozenset({SITE, (Of.DIRECTORY, _EVERYWHERE), *things}), frozenset(), None)


def _depends(
    things: Iterable[Thing],
    items: Iterable[ItemView],
    *,
    people: Iterable[int] = (),
    moments: Iterable[Micros] = (),
    now: Micros,
) -> Depends:
    posts, communities, seen = set[int](), set[int](), set(people)
    times = list(moments)
    for post, comment in items:
        posts.add(post.id)
        communities.add(post.community.id)
        seen.add(post.author.id)
        times.append(post.published)
        if comment is not None:
            seen.add(comment.author.id)
            times.append(comment.published)
    shown: list[Thing] = [SITE, *things]
    shown += [(Of.POST, post) for post in posts]
    shown += [(Of.COMMUNITY, community) for community in communities]
    return Depends(frozenset(shown), frozenset(seen), ages_until(times, now))
