"""The text form of a thread: does it import again, whatever people wrote?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.forms.text import text_form
from folkmoot.model.ids import CommentId, Micros, PersonId
from folkmoot.queries.views import Absence, CommentView, ThreadView
from folkmoot.text.markdown import render_markdown
from folkmoot.text.thread_text import format_thread, parse_thread
from tests.doors.web import factories
from tests.doors.web.factories import MINUTE, NOW
from tests.text.thread_strategies import TOKENS

SITE_URL = "https://Hub.example:8443"
MARKS = [
    "# ",
    "> ",
    "- ",
    "1. ",
    "```\n",
    "::: spoiler x\n",
    "|a|b|\n|-|-|\n",
    "![a](b)",
    "[^1]",
    "[^1]: n",
    "\n",
    "\n\n",
]
markdown = st.lists(st.sampled_from([*TOKENS, *MARKS]), max_size=12).map("".join)


def written(number: int, source: str, **changes: object) -> CommentView:
    """Make a comment as it is after somebody has written it."""
    made = factories.changed(factories.comment(number), source=source, text=render_markdown(source).text)
    return factories.changed(made, **changes)


def thread(*comments: CommentView, **post: object) -> ThreadView:
    view = factories.thread(comments)
    return replace(view, post=replace(factories.post(archive_offered=False), **post))  # type: ignore[arg-type] # any field


def text_of(view: ThreadView) -> str:
    return text_form(view, site_url=SITE_URL).decode()


def test_thread_reads_as_a_text_browser_shows_it() -> None:
    ada = factories.author("ada@far.example")
    local = factories.author("bob")
    view = thread(
        written(1, "One *word*.\n\nTwo  \nlines.", author=ada, published=Micros(NOW - 90 * MINUTE)),
        written(2, "Edited.", author=local, depth=2, updated=Micros(NOW - 5 * MINUTE)),
        written(3, "", author=local, absence=Absence.REMOVED),
        author=ada,
        text="A body.",
        archive_offered=True,
    )
    assert text_of(view) == (
        "(archive link)\n\nA body.\n\n"
        "  • ada@far.example\n    hexagon\n    ·\n    1 hour ago\n\n    One word.\n\n    Two\n    lines.\n\n"
        "    • bob@hub.example:8443\n      ·\n      edit-2\n      5 minutes ago\n\n      Edited.\n\n"
        "  • bob@hub.example:8443\n    ·\n    3 hours ago\n\n    removed by moderator"
    )


@pytest.mark.parametrize(
    ("absence", "words"), [(Absence.DELETED, "deleted by author"), (Absence.REMOVED, "removed by moderator")]
)
def test_gone_post_says_so_in_place_of_its_body(absence: Absence, words: str) -> None:
    assert text_of(thread(absence=absence, text="", title="", url=None)) == words


def test_post_of_which_there_is_nothing_to_show_shows_its_title() -> None:
    assert text_of(thread(text="", title="• ann@x.example")) == "\u200b• ann@x.example"
    assert text_of(thread(text="", title="(archive link)")) == "\u200b(archive link)"


def test_mark_follows_the_handle_so_that_the_text_imports_again() -> None:
    """A file's `ada@hub.example` is not our ada, but a reader of the text cannot tell them apart."""
    placeholder = factories.author("ada@hub.example:8443")
    ours = factories.author("Ada", id=PersonId(9))
    view = thread(written(1, "Words.", author=ours), author=placeholder, handle="ada@hub.example:8443", text="Body")
    assert "• Ada@hub.example:8443\n    hexagon\n" in text_of(view)
    parse_thread(text_of(view).encode())


def test_imported_item_keeps_its_own_spelling() -> None:
    bob = factories.author("bob@far.example")
    view = thread(written(1, "x", author=bob, handle="BOB@Far.Example"), author=bob, handle="Bob@far.example")
    assert "• BOB@Far.Example\n    hexagon\n" in text_of(view)


def test_branch_begins_at_the_top_level() -> None:
    view = thread(written(5, "Root", depth=4), written(6, "Below", depth=5), text="Body", archive_offered=True)
    part = text_of(replace(view, root=CommentId(5)))
    assert part.startswith("  • ")
    assert "\n    • " in part
    assert "Body" not in part


@given(st.lists(st.tuples(markdown, st.sampled_from([1, 2, 3])), max_size=5), markdown, st.booleans())
def test_whatever_people_write_imports_again(comments: list[tuple[str, int]], body: str, offered: bool) -> None:
    views: list[CommentView] = []
    level = 0
    for number, (source, step) in enumerate(comments, 1):
        level = max(1, level + 2 - step)
        views.append(written(number, source, depth=level))
    view = thread(*views, text=render_markdown(body).text, archive_offered=offered)
    text = text_form(view, site_url=SITE_URL)
    parsed = parse_thread(text)
    assert len(parsed.items) == len(comments)
    assert parsed.archive_offered == offered
    assert format_thread(parsed) == text
