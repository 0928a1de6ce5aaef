"""Which members have the JSON documents of lists? Lemmy's, version 3, as in `shapes.py`; what is ours in `folkmoot`.

The rows of a list are encoded already.

Source: Lemmy 0.19's documented rows, views and responses.
"""

import msgspec

from folkmoot.doors.api.shapes import Community, Person, Subscribed


class CommunityAggregates(msgspec.Struct, frozen=True, kw_only=True):
    community_id: int
    subscribers: int
    posts: int
    comments: int
    published: str
    users_active_day: int
    users_active_week: int
    users_active_month: int
    users_active_half_year: int
    subscribers_local: int


class CommunityView(msgspec.Struct, frozen=True, kw_only=True):
    community: Community
    subscribed: Subscribed
    blocked: bool
    counts: CommunityAggregates
    banned_from_community: bool


class Moderator(msgspec.Struct, frozen=True, kw_only=True):
    community: Community
    moderator: Person


class PersonAggregates(msgspec.Struct, frozen=True, kw_only=True):
    person_id: int
    post_count: int
    comment_count: int


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    counts: PersonAggregates
    is_admin: bool


class OurList(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The order of a list, and what it is of, in the words of addresses."""

    sort: str
    feed: str | None = None
    show: str | None = None


class Posts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`next_page` is the `after` of the next page, and is left out on the last."""

    community_view: CommunityView | None = None
    moderators: list[Moderator] | None = None
    posts: list[msgspec.Raw]
    next_page: str | None = None
    folkmoot: OurList


class Items(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    community_view: CommunityView | None = None
    person_view: PersonView | None = None
    moderators: list[Moderator] | None = None
    moderates: list[Moderator] | None = None
    items: list[msgspec.Raw]
    next_page: str | None = None
    folkmoot: OurList


class Communities(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    communities: list[msgspec.Raw]
    next_page: str | None = None
    folkmoot: OurList
