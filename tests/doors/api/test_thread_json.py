"""The JSON form: are its members Lemmy's, all of them, and nothing but them and ours?"""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace as msgspec_replace

from folkmoot.doors.api import shapes
from folkmoot.doors.api.present import comment_view_shape, person_shape, post_view_shape, thread_json
from folkmoot.model.ids import CommentId, InstanceId, Micros, Uri
from folkmoot.queries.views import Absence, CommentView, ThreadView
from tests.doors.web import factories

SITE_URL = "https://hub.example"

# the members of each object in Lemmy's API, version 3, as far as a server without media, bans and languages has them
REQUIRED = {
    "post": """id name creator_id community_id removed locked published deleted nsfw ap_id local language_id
        featured_community featured_local""",
    "post_counts": "post_id comments score upvotes downvotes published newest_comment_time",
    "comment": """id creator_id post_id content removed published deleted ap_id local path distinguished
        language_id""",
    "comment_counts": "comment_id score upvotes downvotes published child_count",
    "community": """id name title removed published deleted nsfw actor_id local hidden posting_restricted_to_mods
        instance_id visibility""",
    "person": "id name banned published actor_id local deleted bot_account instance_id",
    "post_view": """post creator community creator_banned_from_community banned_from_community creator_is_moderator
        creator_is_admin counts subscribed saved read hidden creator_blocked unread_comments folkmoot""",
    "comment_view": """comment creator post community counts creator_banned_from_community banned_from_community
        creator_is_moderator creator_is_admin subscribed saved creator_blocked folkmoot""",
}
OPTIONAL = {
    "post": "url body updated",
    "comment": "updated",
    "community": "description updated",
    "person": "display_name updated",
}


def thread(*comments: CommentView, **post: Any) -> ThreadView:
    return replace(factories.thread(comments), post=replace(factories.post(), **post))


def document(view: ThreadView) -> Any:
    return msgspec.json.decode(thread_json(view, site_url=SITE_URL))


def assert_members(found: dict[str, Any], kind: str) -> None:
    required, optional = set(REQUIRED[kind].split()), set(OPTIONAL.get(kind, "").split())
    assert required <= set(found) <= required | optional, kind


def test_members_are_lemmys() -> None:
    full = factories.author(display_name="Ada", updated=factories.NOW, moderator=True)
    view = thread(
        factories.changed(factories.comment(1), author=full, updated=factories.NOW),
        factories.comment(2),
        source="Body",
        community=factories.community(updated=factories.NOW),
        updated=factories.NOW,
    )
    found = document(view)
    assert set(found) == {"post_view", "comments", "folkmoot"}
    post_view = found["post_view"]
    assert_members(post_view, "post_view")
    assert_members(post_view["post"], "post")
    assert_members(post_view["counts"], "post_counts")
    assert_members(post_view["community"], "community")
    assert_members(post_view["creator"], "person")
    assert {"url", "body", "updated"} <= set(post_view["post"])
    for comment_view in found["comments"]:
        assert_members(comment_view, "comment_view")
        assert_members(comment_view["comment"], "comment")
        assert_members(comment_view["counts"], "comment_counts")
        assert_members(comment_view["creator"], "person")
        assert_members(comment_view["post"], "post")
        assert_members(comment_view["community"], "community")
    assert found["comments"][0]["creator_is_moderator"] is True
    assert "null" not in thread_json(view, site_url=SITE_URL).decode()


def test_shapes_read_what_they_write() -> None:
    text = thread_json(thread(factories.comment(1)), site_url=SITE_URL)
    assert msgspec.json.encode(msgspec.json.decode(text, type=shapes.Thread)) == text


def test_body_and_description_stand_once() -> None:
    found = document(thread(factories.comment(1), source="The body"))
    assert found["post_view"]["post"]["body"] == "The body"
    assert "body" not in found["comments"][0]["post"]
    assert "description" not in found["comments"][0]["community"]
    assert found["comments"][0]["post"]["name"] == found["post_view"]["post"]["name"]


@pytest.mark.parametrize("absence", [Absence.DELETED, Absence.REMOVED])
def test_gone_comment_has_flags_and_no_words(absence: Absence) -> None:
    gone = factories.changed(factories.comment(1), source="", text="", absence=absence, reason="spam")
    comment = document(thread(gone))["comments"][0]
    assert comment["comment"]["content"] == ""
    assert (comment["comment"]["deleted"], comment["comment"]["removed"]) == (
        absence is Absence.DELETED,
        absence is Absence.REMOVED,
    )
    assert comment["folkmoot"]["reason"] == "spam"


def test_identifiers_are_the_home_instances() -> None:
    far = Uri("https://far.example/comment/5")
    view = thread(
        factories.comment(1), factories.changed(factories.comment(2), uri=far), uri=Uri("https://far.example/post/4")
    )
    found = document(view)
    assert (found["post_view"]["post"]["ap_id"], found["post_view"]["post"]["local"]) == (
        "https://far.example/post/4",
        False,
    )
    ours, theirs = (comment["comment"] for comment in found["comments"])
    assert (ours["ap_id"], ours["local"]) == ("https://hub.example/comment/1", True)
    assert (theirs["ap_id"], theirs["local"]) == (far, False)


def test_people_have_the_address_of_their_instance() -> None:
    people = [
        factories.author("Ada"),
        factories.author("bo@far.example"),
        factories.author("cy@far.example", uri=Uri("https://far.example/users/cy")),
        factories.author("ada@HUB.example"),
        factories.author("d/?#é@far.example:8080"),
    ]
    found = document(
        thread(*(factories.changed(factories.comment(number), author=one) for number, one in enumerate(people, 1)))
    )
    assert [comment["creator"]["actor_id"] for comment in found["comments"]] == [
        "https://hub.example/u/ada",
        "https://far.example/u/bo",
        "https://far.example/users/cy",
        "https://HUB.example/u/ada#imported",
        "https://far.example:8080/u/d/%3F%23%C3%A9",
    ]
    assert [comment["creator"]["local"] for comment in found["comments"]] == [True, False, False, False, False]


def test_what_lemmy_has_no_name_for_is_ours() -> None:
    imported = factories.changed(
        factories.comment(1), handle="Bo@Far.example", position=0, approximate=True, literal=True, op=True
    )
    found = document(replace(thread(imported, imported=True), root=CommentId(1)))
    assert found["folkmoot"] == {"sort": "hot", "branch": 1}
    ours = found["comments"][0]["folkmoot"]
    assert (ours["handle"], ours["imported"], ours["approximate"], ours["literal"], ours["original_poster"]) == (
        "Bo@Far.example",
        True,
        True,
        True,
        True,
    )
    of_post = found["post_view"]["folkmoot"]
    assert of_post["archive_offered"] is True
    assert of_post["archive_url"] == "https://archive.example/20241124/clock-tower"


def test_instance_is_told() -> None:
    view = thread(author=factories.author("bo@far.example", instance=InstanceId(7)))
    assert document(view)["post_view"]["creator"]["instance_id"] == 7


class Written(msgspec.Struct):
    comments: list[msgspec.Raw]


def test_comments_are_the_bytes_of_their_shapes() -> None:
    odd = factories.author("odd", display_name='Ada "the" \\ ☕', moderator=True, admin=True)
    first = factories.comment(1)
    comments = (
        first,
        factories.changed(
            first, source='a *b*\n\t\x01"☕', text="a b", op=True, literal=True, author=odd, handle='x"@y'
        ),
        factories.changed(
            first, updated=factories.NOW, position=3, approximate=True, uri=Uri("https://far.example/c/1")
        ),
        factories.changed(
            first, absence=Absence.REMOVED, source="", text="", reason='spam "☕"', score=-3, downvotes=4
        ),
        factories.changed(first, absence=Absence.DELETED, source="", text="", received=Micros(first.published + 7)),
    )
    view = thread(*comments, source="Body")
    around = post_view_shape(view.post, site_url=SITE_URL)
    post, community = msgspec_replace(around.post, body=None), msgspec_replace(around.community, description=None)
    made = [
        comment_view_shape(comment, person_shape(comment.author, site_url=SITE_URL), post, community, site_url=SITE_URL)
        for comment in comments
    ]
    written = msgspec.json.decode(thread_json(view, site_url=SITE_URL), type=Written).comments
    assert [bytes(one) for one in written] == [msgspec.json.encode(one) for one in made]
