"""What a thread's page shows: the article and its archive, who said what when, marks, tombstones, folding, orders."""

from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from folkmoot.model.ids import CommentId, Micros
from folkmoot.queries.talk import Wish
from folkmoot.queries.views import Absence, CommentSort, CommentView
from tests.doors.web.factories import (
    DAY,
    HOUR,
    LEMMY_SORTS,
    MINUTE,
    NOW,
    author,
    comment,
    frame,
    post,
    said,
    thread,
    tree,
)
from tests.doors.web.markup import elements, one, parsed, shown, with_id
from tests.doors.web.talks import drawn_comment, drawn_thread
from tests.doors.web.threads import (
    cut_thread,
    deep_thread,
    gone_thread,
    imported_thread,
    lively_thread,
    locked_thread,
    long_thread,
)


def drawn(*comments: CommentView, **changes: Any) -> Element:
    """Parse the page of a thread with these comments."""
    return parsed(drawn_thread(thread(comments, post=post(**{"comments": len(comments), **changes})), frame()))


@pytest.mark.parametrize(
    ("changes", "strip"),
    [
        ({}, "lecourrier.example archive"),
        ({"archive_url": None}, "lecourrier.example archived copy, address not known"),
        ({"archive_url": None, "archive_offered": False}, "lecourrier.example"),
        ({"url": None}, "archive"),
        ({"url": None, "archive_url": None}, "archived copy, address not known"),
        ({"url": "magnet:?xt=urn:btih:abc", "archive_url": None, "archive_offered": False}, "magnet link"),
    ],
)
def test_strip_says_how_the_article_can_be_read(changes: dict[str, Any], strip: str) -> None:
    assert shown(one(drawn(**changes), kind="strip")) == strip


def test_text_post_has_no_strip_and_its_title_leads_nowhere() -> None:
    tree_of = drawn(url=None, archive_url=None, archive_offered=False)
    assert not list(elements(tree_of, kind="strip"))
    assert not list(elements(one(tree_of, "h1"), "a"))


def test_title_leads_to_the_article() -> None:
    link = one(one(drawn(), "h1"), "a")
    assert link.get("href") == "https://www.lecourrier.example/2024/11/24/clock-tower"


def test_age_has_the_exact_time_on_hover_and_leads_to_the_comment() -> None:
    when = one(with_id(drawn(comment(5, published=Micros(NOW - 3 * HOUR))), "c5"), kind="when")
    time = one(when, "time")
    assert shown(time) == "3 hours ago"
    assert time.get("datetime") == "2024-11-25T06:12:00Z"
    assert time.get("title") == "25 November 2024, 06:12 UTC"
    assert one(when, "a").get("href") == "/comment/5"


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "edited 24 November 2024, 17:12 UTC; written 24 November 2024, 14:12 UTC"),
        ({"approximate": True}, "edited about 24 November 2024, 17:12 UTC; written about 24 November 2024, 14:12 UTC"),
        (
            {"approximate": True, "published": Micros(NOW - 16 * HOUR)},
            "edited about 24 November 2024, 17:12 UTC; written before that",
        ),
    ],
)
def test_edited_comment_gives_the_age_of_the_edit_and_both_times(changes: dict[str, Any], title: str) -> None:
    edited = {"published": Micros(NOW - 19 * HOUR), "updated": Micros(NOW - 16 * HOUR), **changes}
    time = one(with_id(drawn(comment(5, **edited)), "c5"), "time")
    assert shown(time) == "edited 16 hours ago"
    assert time.get("title") == title


def test_handle_names_the_server_only_where_it_is_another_and_always_in_its_title() -> None:
    page = drawn(comment(1), comment(2, author=author("Wayfarer@lowmoor.example")))
    local, remote = (one(with_id(page, f"c{number}"), kind="who") for number in (1, 2))
    assert (shown(local), local.get("title")) == ("kettleby", "kettleby@hollow.example")
    assert (shown(remote), remote.get("title")) == ("Wayfarer@lowmoor.example", "Wayfarer@lowmoor.example")


def test_imported_item_keeps_its_own_spelling_of_the_handle() -> None:
    page = drawn(comment(1, author=author("wayfarer@lowmoor.example"), handle="WayFarer@Lowmoor.example"))
    assert shown(one(with_id(page, "c1"), kind="who")) == "WayFarer@Lowmoor.example"


def test_handle_cannot_be_made_to_look_like_another_by_what_is_not_seen() -> None:
    forged = comment(5, handle="ad\u200ba@\u202emoc.live", position=1)
    who = one(with_id(drawn(forged), "c5"), kind="who")
    assert (shown(who), who.get("title")) == ("ad\ufffda@\ufffdmoc.live",) * 2


def test_handle_keeps_the_joiners_that_its_script_needs() -> None:
    persian = "\u0645\u06cc\u200c\u0631\u0648\u062f@river.example"
    assert shown(one(with_id(drawn(comment(5, handle=persian, position=1)), "c5"), kind="who")) == persian


@pytest.mark.parametrize(
    ("by", "op", "marks"),
    [
        (author(), False, []),
        (author(), True, ["OP"]),
        (author(moderator=True), False, ["moderator"]),
        (author(moderator=True, admin=True), True, ["OP", "admin"]),
        (author(bot=True), False, ["bot"]),
        (author(published=Micros(NOW - 29 * DAY)), False, ["new account"]),
        (author(published=Micros(NOW - 30 * DAY)), False, []),
        (author("a@b.example", published=NOW, provisional=True), False, []),
    ],
)
def test_marks_stand_beside_the_name_in_their_order(by: object, op: bool, marks: list[str]) -> None:
    item = with_id(drawn(comment(1, author=by, op=op)), "c1")
    assert [shown(mark) for mark in elements(item, kind="mark")] == marks


def test_new_account_says_on_hover_since_when() -> None:
    item = with_id(drawn(comment(1, author=author(published=Micros(NOW - 3 * DAY)))), "c1")
    assert one(item, kind="mark").get("title") == "joined 3 days ago"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"absence": Absence.DELETED, "html": ""}, "deleted by author"),
        ({"absence": Absence.REMOVED, "html": ""}, "removed by moderator"),
        ({"absence": Absence.REMOVED, "html": "", "reason": "rule 2"}, "removed by moderator: rule 2"),
        ({"html": ""}, "no text"),
    ],
)
def test_tombstone_keeps_place_and_name_without_deeds(changes: dict[str, Any], words: str) -> None:
    item = with_id(drawn(comment(1, **changes)), "c1")
    assert shown(one(item, kind="gone")) == words
    assert shown(one(item, kind="who")) == "kettleby"
    assert "point" not in shown(item) or words == "no text"


def test_points_are_said_for_what_was_voted_on_here_and_not_for_what_was_imported() -> None:
    page = drawn(comment(1, score=-6), comment(2, score=1), comment(3, position=0))
    said_points = [[shown(row) for row in elements(with_id(page, f"c{number}"), kind="deeds")] for number in (1, 2, 3)]
    assert said_points == [["\u22126 points More"], ["1 point More"], ["More"]]


def test_comment_is_a_header_outside_of_an_open_fold_and_its_replies_inside() -> None:
    item = with_id(parsed(drawn_thread(lively_thread(), frame())), "c1")
    head, fold = item
    assert (head.get("class"), fold.tag[-7:], fold.get("open")) == ("head", "details", "")
    summary = fold[0]
    assert (summary.tag[-7:], shown(summary)) == ("summary", "Wayfarer, comment and 1 reply")
    assert not list(elements(summary, "a"))
    replies = fold[-1]
    assert (replies.tag[-2:], replies.get("role")) == ("ol", "list")
    assert [reply.get("id") for reply in replies] == ["c2"]


def test_only_a_style_says_that_replies_are_hidden() -> None:
    folded = one(with_id(parsed(drawn_thread(lively_thread(), frame())), "c1")[0], kind="folded")
    assert (shown(folded), folded.get("data-said")) == ("", "1 reply hidden")


def test_only_names_at_the_top_are_headings() -> None:
    page = parsed(drawn_thread(lively_thread(), frame()))
    tops = [item for item in one(page, kind="comments") if item.get("id")]
    assert [shown(heading) for heading in elements(one(page, kind="comments"), "h3")] == [
        shown(next(elements(item, kind="who"))) for item in tops
    ]


def test_skip_leads_past_three_replies_or_more_where_something_follows() -> None:
    page = parsed(drawn_thread(lively_thread(), frame()))
    assert [(shown(link), link.get("href")) for link in elements(page, kind="skip")] == [
        ("Skip 3 replies", "#c8"),
        ("Skip 8 replies", "#c18"),
    ]
    last = tree(*(said(depth, "alder", HOUR) for depth in (1, 2, 3, 4)))
    assert not list(elements(drawn(*last), kind="skip"))


def test_narrow_levels_name_whom_they_answer_and_flat_ones_their_level_too() -> None:
    page = parsed(drawn_thread(deep_thread(14), frame()))
    said_when = {
        number: shown(next(elements(with_id(page, f"c{number}"), kind="when"))) for number in (4, 5, 12, 13, 14)
    }
    assert "to" not in said_when[4]
    assert said_when[5] == "1 hour ago to kettleby"
    assert said_when[12] == "1 hour ago to ferncliff"
    assert said_when[13] == "1 hour ago to kettleby level 13"
    assert said_when[14] == "1 hour ago to ferncliff level 14"


def test_beyond_the_nested_levels_all_stand_in_one_list_under_their_ancestor() -> None:
    page = parsed(drawn_thread(deep_thread(20), frame()))
    flat = one(page, kind="flat")
    assert [item.get("id") for item in flat] == [f"c{number}" for number in range(13, 21)]
    assert "c12" in {item.get("id") for item in elements(page, "li") if flat in list(item.iter())}


def test_imported_thread_is_marked_with_the_time_of_reading_and_shows_its_own_order_first() -> None:
    page = parsed(drawn_thread(imported_thread(), frame()))
    mark = one(page, kind="imported")
    assert shown(mark) == "imported from a file, not verified read 25 November 2024, 09:12 UTC"
    assert one(mark, "time").get("datetime") == "2024-11-25T09:12:00Z"
    tabs = list(elements(one(one(page, kind="tabs"), "ul"), "a"))
    assert [shown(tab) for tab in tabs] == ["As shown", "Hot", "Top", "New", "Old", "Controversial"]
    assert [tab.get("aria-current") for tab in tabs] == ["true", None, None, None, None, None]
    assert tabs[1].get("href") == "/post/7?sort=hot#comments"
    times = {time.get("title", "").partition(" ")[0] for time in elements(page, "time") if time.get("title")}
    assert times == {"about", "edited"}
    assert "point" not in shown(one(page, "main"))


def test_reply_that_is_older_than_its_parent_is_shown_as_it_is() -> None:
    page = parsed(drawn_thread(imported_thread(), frame()))
    assert shown(next(elements(with_id(page, "c1"), "time"))) == "2 hours ago"
    assert shown(one(with_id(page, "c2"), "time")) == "3 hours ago"


def test_locked_thread_says_that_no_comments_are_taken() -> None:
    page = parsed(drawn_thread(locked_thread(), frame()))
    assert shown(one(page, kind="locked")) == "Locked by a moderator. New comments are not taken."


@pytest.mark.parametrize(
    ("absence", "reason", "heading", "words"),
    [
        (Absence.DELETED, None, "Deleted post", "deleted by author"),
        (Absence.REMOVED, "rule 2", "Removed post", "removed by moderator: rule 2"),
    ],
)
def test_post_that_is_gone_leaves_its_author_and_its_comments(
    absence: Absence, reason: str | None, heading: str, words: str
) -> None:
    page = parsed(drawn_thread(gone_thread(absence, reason), frame()))
    assert shown(one(page, "h1")) == heading
    assert words in shown(one(page, "article"))
    assert not list(elements(page, kind="strip"))
    assert shown(one(with_id(page, "c1"), kind="text")) == "I saw it coming."


def test_thread_without_comments_says_so_and_offers_no_order() -> None:
    page = drawn()
    assert shown(with_id(page, "talk")) == "No comments yet"
    assert not list(elements(one(page, kind="tabs"), "ul"))


def test_other_forms_are_linked_for_people_and_for_programs() -> None:
    page = drawn()
    assert [link.get("href") for link in elements(one(page, kind="forms"), "a")] == [
        "/post/7.txt",
        "/post/7.md",
        "/post/7.json",
        "/post/7.rss",
    ]
    alternates = [link.get("type") for link in elements(page, "link") if link.get("rel") == "alternate"]
    assert alternates == ["text/plain", "text/markdown", "application/json", "application/rss+xml"]


def test_ages_are_those_of_the_moment_asked_for() -> None:
    then = replace(thread((comment(1, published=Micros(NOW - HOUR)),)), as_of=Micros(NOW - 30 * MINUTE))
    assert shown(one(with_id(parsed(drawn_thread(then, frame())), "c1"), "time")) == "30 minutes ago"


@pytest.mark.parametrize("order", LEMMY_SORTS)
def test_the_order_in_force_is_marked(order: CommentSort) -> None:
    two = (comment(1), comment(2)._replace(id=CommentId(2)))
    page = parsed(drawn_thread(thread(two, sort=order), frame()))
    [current] = (link for link in elements(page, "a") if link.get("aria-current") == "true")
    assert current.get("href") == f"/post/7?sort={order.value}#comments"


def test_names_and_places_lead_to_their_pages() -> None:
    page = parsed(drawn_thread(lively_thread(), frame()))
    links = list(elements(page, kind="who"))
    assert [one(link, "a").get("href") for link in links[:2]] == [
        "/u/darkwater@lowmoor.example",
        "/u/Wayfarer@lowmoor.example",
    ]
    assert one(one(page, kind="crumb"), "a").get("href") == "/c/towers@lowmoor.example"


def test_edited_things_lead_to_their_history_and_all_to_more() -> None:
    page = drawn(comment(5, updated=NOW), updated=NOW)
    assert one(one(with_id(page, "c5"), kind="when"), "a").get("href") == "/comment/5/history"
    assert one(one(page, "article"), kind="edited").get("href") == "/post/7/history"
    more = [link.get("href") for link in elements(page, "a") if shown(link) == "More"]
    assert more == ["/post/7/more", "/comment/5/more"]


def test_order_is_kept_on_the_way_onward() -> None:
    view = replace(long_thread(1_200), sort=CommentSort.TOP)
    page = parsed(drawn_thread(view, frame(), Wish(sort=CommentSort.TOP)))
    [button] = (link for link in elements(page, kind="button"))
    assert (shown(button), button.get("rel")) == ("Load 705 more comments", "next")
    assert button.get("href") == "/post/7?from=496&sort=top#comments"
    following = parsed(drawn_thread(view, frame(), Wish(sort=CommentSort.TOP, start=CommentId(496))))
    back = one(one(following, kind="paths"), "a")
    assert (shown(back), back.get("href")) == ("First comments", "/post/7?sort=top#comments")
    assert "495 comments stand before these." in shown(one(following, kind="paths"))


def test_what_is_cut_off_says_how_much_there_is_and_where() -> None:
    page = parsed(drawn_thread(cut_thread(), frame(), Wish()))
    assert [
        (item.tag[-2:].strip("}"), shown(item), one(item, "a").get("href")) for item in elements(page, kind="on")
    ] == [
        ("p", "Continue this branch \u00b7 6 replies", "/comment/8"),
        ("li", "Load 51 more replies", "/comment/16?from=265"),
    ]


def test_page_of_one_comment_marks_it_among_those_around_it() -> None:
    page = parsed(drawn_comment(lively_thread(), 12, frame(), above=2))
    assert [item.get("id") for item in one(page, kind="focus")] == ["c12"]
    ways = one(page, kind="paths")
    assert [(shown(link), link.get("href")) for link in elements(ways, "a")] == [
        ("Show 1 earlier comment", "/comment/12?context=3"),
        ("All 21 comments", "/post/7#c12"),
    ]
    assert shown(one(page, "h1")) == shown(one(parsed(drawn_thread(lively_thread(), frame())), "h1"))
    assert one(one(page, "h1"), "a").get("href") == "/post/7"
    assert shown(one(page, "title")).startswith("Wayfarer on The town wants")
