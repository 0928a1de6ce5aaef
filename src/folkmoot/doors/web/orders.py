"""What are the orders of lists called, in the reader's language?"""

from collections.abc import Callable, Mapping

from folkmoot.doors.web.i18n import Language
from folkmoot.queries.views import CommunitySort, PersonSort, PostSort

Named = Callable[[Callable[[str], str]], str]

POST_TABS = (PostSort.ACTIVE, PostSort.HOT, PostSort.NEW, PostSort.TOP_DAY)
"""The orders that stand over a list of posts; the others are behind "More"."""

_POSTS: Mapping[PostSort, Named] = {
    # Translators: an order of posts or communities
    PostSort.ACTIVE: lambda _: _("Active"),
    # Translators: an order of posts or comments
    PostSort.HOT: lambda _: _("Hot"),
    # Translators: an order of posts, in which those of small communities are raised
    PostSort.SCALED: lambda _: _("Scaled"),
    # Translators: an order of posts, comments or communities
    PostSort.NEW: lambda _: _("New"),
    # Translators: an order of posts, comments or communities
    PostSort.OLD: lambda _: _("Old"),
    PostSort.CONTROVERSIAL: lambda _: _("Controversial"),
    PostSort.MOST_COMMENTS: lambda _: _("Most comments"),
    PostSort.NEW_COMMENTS: lambda _: _("New comments"),
    PostSort.TOP_HOUR: lambda _: _("Top of the hour"),
    PostSort.TOP_SIX_HOUR: lambda _: _("Top of six hours"),
    PostSort.TOP_TWELVE_HOUR: lambda _: _("Top of twelve hours"),
    PostSort.TOP_DAY: lambda _: _("Top today"),
    PostSort.TOP_WEEK: lambda _: _("Top of the week"),
    PostSort.TOP_MONTH: lambda _: _("Top of the month"),
    PostSort.TOP_THREE_MONTHS: lambda _: _("Top of three months"),
    PostSort.TOP_SIX_MONTHS: lambda _: _("Top of six months"),
    PostSort.TOP_NINE_MONTHS: lambda _: _("Top of nine months"),
    PostSort.TOP_YEAR: lambda _: _("Top of the year"),
    PostSort.TOP_ALL: lambda _: _("Top of all time"),
}
_COMMUNITIES: Mapping[CommunitySort, Named] = {
    CommunitySort.ACTIVE: lambda _: _("Active"),
    CommunitySort.NEW: lambda _: _("New"),
    CommunitySort.OLD: lambda _: _("Old"),
    CommunitySort.POSTS: lambda _: _("Most posts"),
    CommunitySort.NAME: lambda _: _("By name"),
}
_PEOPLE: Mapping[PersonSort, Named] = {
    PersonSort.NEW: lambda _: _("New"),
    # Translators: an order of posts or comments: the most points first
    PersonSort.TOP: lambda _: _("Top"),
}


def post_order(sort: PostSort, language: Language) -> str:
    """Return the name of an order of posts."""
    return _POSTS[sort](language.gettext)


def community_order(sort: CommunitySort, language: Language) -> str:
    """Return the name of an order of communities."""
    return _COMMUNITIES[sort](language.gettext)


def person_order(sort: PersonSort, language: Language) -> str:
    """Return the name of an order of what somebody wrote."""
    return _PEOPLE[sort](language.gettext)
