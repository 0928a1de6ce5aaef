"""Every sentence of the thread text's page that is about what an import keeps."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from folkmoot.commands.comments import CreateComment
from folkmoot.commands.communities import CreateCommunity, LearnCommunity
from folkmoot.commands.imports import ImportedThread, ImportThread
from folkmoot.commands.moderation import RemoveComment
from folkmoot.commands.people import LearnPerson
from folkmoot.commands.votes import SetCommentVote
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Refusal
from folkmoot.model.ids import InstanceId, Micros, PersonId, PostId
from folkmoot.model.journal import CommunityCreated, InstancesLearned, PeopleCreated, ThreadImported
from folkmoot.text.thread_text import parse_thread
from tests.conftest import NOON
from tests.world import World, person_of

MINUTE = 60_000_000
HOUR = 60 * MINUTE
READ_AT = Micros(NOON - 10 * HOUR)
SPECIMEN = Path(__file__).parent.parent / "import_export" / "specimen.txt"


def item(
    handle: str, age: str = "3 hours ago", *words: str, level: int = 1, mark: bool = False, edited: bool = False
) -> str:
    lines = [f"• {handle}", *["  hexagon"] * mark, "  ·", *["  edit-2"] * edited, f"  {age}"]
    for paragraph in words:
        lines += ["", *(f"  {line}" for line in paragraph.split("\n"))]
    return "\n".join("  " * level + line if line else "" for line in lines)


def importing(*blocks: str, by: str | None = None) -> ImportThread:
    data = "\n\n".join(blocks).encode()
    return ImportThread(parse_thread(data, by=by), sha256(data).hexdigest(), READ_AT, by=by)


def imported(world: World, *blocks: str, by: str | None = None) -> PostId:
    return world.perform(OPERATOR, importing(*blocks, by=by)).post


def test_times_are_the_latest_that_the_ages_allow(world: World) -> None:
    imported(
        world, item("a@x.example", "just now"), item("b@x.example", "2 hours ago"), item("c@x.example", "1 day ago")
    )
    with world.db.read() as reader:
        rows = reader.rows(
            "select published, updated, received, approximate, position from comment_node order by position"
        )
    assert rows == [
        (READ_AT, None, READ_AT, 1, 0),
        (READ_AT - 2 * HOUR, None, READ_AT, 1, 1),
        (READ_AT - 24 * HOUR, None, READ_AT, 1, 2),
    ]


def test_an_edited_comment_was_published_when_it_was_edited_for_all_we_know(world: World) -> None:
    imported(world, item("a@x.example", "2 hours ago", edited=True))
    assert world.row("select published, updated from comment_node") == (READ_AT - 2 * HOUR, READ_AT - 2 * HOUR)


def test_the_post_is_as_old_as_its_oldest_comment(world: World) -> None:
    imported(world, item("a@x.example", "1 hour ago"), item("b@x.example", "999 years ago", level=2))
    row = world.row("select published, updated, received, newest_comment, imported, approximate from post_rank")
    oldest = READ_AT - 999 * 365 * 24 * HOUR
    assert row == (oldest, None, READ_AT, READ_AT - HOUR, 1, 1)


def test_a_post_without_comments_is_as_old_as_its_reading(world: World) -> None:
    imported(world, "Words.")
    assert world.row("select published, newest_comment, comments from post_rank") == (READ_AT, READ_AT, 0)


def test_order_and_levels_are_kept_whatever_the_ages_say(world: World) -> None:
    imported(
        world,
        item("a@x.example", "1 hour ago"),
        item("b@x.example", "9 days ago", level=2),
        item("c@x.example", "just now", level=3),
        item("d@x.example", "2 hours ago", level=2),
        item("e@x.example", "3 days ago"),
    )
    with world.db.read() as reader:
        rows = reader.rows(
            """
            select n.position, n.depth, n.child_count, p.position, c.path, c.handle from comment_node n
            join comment c on c.id = n.comment_id left join comment_node p on p.comment_id = n.parent_id
            order by n.position
            """
        )
    assert [row[:4] for row in rows] == [(0, 1, 3, None), (1, 2, 1, 0), (2, 3, 0, 1), (3, 2, 0, 0), (4, 1, 0, None)]
    assert [row[4] for row in rows] == ["0.1", "0.1.2", "0.1.2.3", "0.1.4", "0.5"]
    assert [row[5] for row in rows] == [f"{name}@x.example" for name in "abcde"]


def test_text_is_kept_to_the_letter(world: World) -> None:
    words = (" *x* &amp;\t", "# a\nb \u2028\u202e", "• no item")
    imported(world, "Body *literal*\n line", "Second", item("a@x.example", "just now", *words))
    assert world.row("select source, format, uri from post") == ("Body *literal*\n line\n\nSecond", 2, None)
    assert world.row("select source, text, format from comment") == ("\n\n".join(words), "\n\n".join(words), 2)
    assert "*literal*" in str(world.value("select html from post"))


def test_empty_bodies_and_empty_comments_are_legal(world: World) -> None:
    imported(world, item("a@x.example"))
    assert world.row("select source, title from post") == ("", "Untitled thread")
    assert world.value("select source from comment") == ""


def test_the_archive_mark_is_kept_and_its_address_told_apart(world: World) -> None:
    imported(world, "(archive link)", "Words.")
    command = importing("Other words.")
    world.perform(OPERATOR, replace(command, url="https://a.example", archive_url="https://archive.example/1"))
    with world.db.read() as reader:
        rows = reader.rows("select archive_offered, archive_url, url from post order by id")
    assert rows == [(1, None, None), (0, "https://archive.example/1", "https://a.example/")]


def test_the_title_is_told_or_the_first_sentence(world: World) -> None:
    imported(world, "It rained. Then it\nstopped.")
    world.perform(OPERATOR, replace(importing("It snowed."), title=" Weather  report "))
    with world.db.read() as reader:
        assert reader.rows("select title from post order by id") == [("It rained.",), ("Weather report",)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "ab"}, "invalid_post_title"),
        ({"url": "ftp://a.example/"}, "invalid_url_scheme"),
        ({"archive_url": "https://"}, "invalid_url"),
        ({"community": "a@b@c"}, "invalid_name"),
        ({"community": "nosuch"}, "couldnt_find_community"),
        ({"read_at": Micros(NOON + 1)}, "read_in_the_future"),
        ({"read_at": Micros(-1)}, "read_before_1970"),
    ],
)
def test_bad_options_are_refused_and_leave_nothing_behind(world: World, change: dict[str, object], code: str) -> None:
    command = replace(importing("Words.", item("a@x.example")), **change)  # type: ignore[arg-type]  # parametrised
    assert world.refusal(OPERATOR, command) == code
    left = world.row(
        """
        select (select count(*) from post), (select count(*) from comment), (select count(*) from person),
            (select count(*) from community), (select count(*) from imported), (select count(*) from journal),
            (select count(*) from instance)
        """
    )
    assert left == (0, 0, 0, 0, 0, 0, 1)


def test_the_first_and_the_last_moment_of_reading_are_taken(world: World) -> None:
    for moment in (0, NOON):
        thread = importing(f"Words of {moment}.")
        assert world.refusal(OPERATOR, replace(thread, read_at=Micros(moment))) is None


@pytest.mark.parametrize(
    ("blocks", "by", "author", "handle"),
    [
        ((item("a@x.example"), item("Bo@x.example", mark=True)), None, "Bo", "Bo@x.example"),
        (("Words.", item("a@x.example")), "Cy@Y.example", "Cy", "Cy@Y.example"),
        (("Words.",), None, "unknown", "unknown@imported.invalid"),
    ],
)
def test_the_posts_author(world: World, blocks: tuple[str, ...], by: str | None, author: str, handle: str) -> None:
    imported(world, *blocks, by=by)
    row = world.row("select p.name, p.provisional, p.post_count from post_rank r join person p on p.id = r.author_id")
    assert row == (author, 1, 1)
    assert world.value("select handle from post") == handle


def test_the_first_spelling_names_the_person_and_each_item_keeps_its_own(world: World) -> None:
    imported(world, item("Ada@X.example"), item("ADA@x.EXAMPLE"), item("bob@x.example"))
    with world.db.read() as reader:
        people = reader.rows(
            """
            select p.name, i.host, p.comment_count from person p join instance i on i.id = p.instance_id
            where p.comment_count > 0 order by p.id
            """
        )
        handles = [handle for (handle,) in reader.rows("select handle from comment order by id")]
    assert people == [("Ada", "X.example", 2), ("bob", "X.example", 1)]
    assert handles == ["Ada@X.example", "ADA@x.EXAMPLE", "bob@x.example"]


def test_a_handle_names_the_person_who_is_known_by_it(world: World) -> None:
    known = world.perform(OPERATOR, LearnPerson("ADA@x.example"))
    imported(world, item("ada@X.example"))
    assert world.value("select author_id from comment_node") == known
    assert world.value("select name from person where id = :id", id=known) == "ADA"


def test_nobodys_words_are_put_into_a_local_persons_mouth(world: World) -> None:
    ada = person_of(world.person("ada"))
    imported(world, item("ada@our.host", mark=True))
    assert world.value("select author_id from comment_node") != ada
    assert world.value("select author_id from post_rank") != ada
    assert world.value("select comment_count from person where id = :id", id=ada) == 0


@pytest.mark.parametrize(
    "handle", ["a@localhost:8536", "ö@münchen.example", "a@straße.example", "!a@[::1]:80", "a'b@c\u202e", "İ@i̇.example"]
)
def test_ports_and_international_names_are_kept(world: World, handle: str) -> None:
    imported(world, item(handle))
    name, _, host = handle.partition("@")
    row = world.row(
        """
        select p.name, i.host, c.handle from comment c join comment_node n on n.comment_id = c.id
        join person p on p.id = n.author_id join instance i on i.id = p.instance_id
        """
    )
    assert row == (name, host, handle)


def test_tombstones_keep_their_place_and_are_not_counted(world: World) -> None:
    post = imported(
        world,
        "deleted by author",
        item("a@x.example", "1 hour ago", "deleted by author"),
        item("b@x.example", "1 hour ago", "removed by moderator", level=2),
        item("c@x.example", "1 hour ago", "deleted by author", "really"),
        item("d@x.example", "1 hour ago", "Deleted by author"),
    )
    with world.db.read() as reader:
        rows = reader.rows("select deleted, removed, gone_since from comment_node order by position")
    assert rows == [(1, 0, NOON), (0, 1, NOON), (0, 0, None), (0, 0, None)]
    assert world.row("select deleted, removed, comments from post_rank") == (0, 0, 2)
    assert world.row("select posts, comments from community") == (1, 2)
    assert world.value("select source from post where id = :id", id=post) == "deleted by author"
    assert world.value("select source from comment order by id limit 1") == "deleted by author"


def test_imported_things_have_no_votes(world: World) -> None:
    imported(world, item("a@x.example"))
    assert world.row("select upvotes, downvotes, score from post_rank") == (0, 0, 0)
    assert world.row("select upvotes, downvotes, score from comment_node") == (0, 0, 0)
    assert world.value("select count(*) from vote") == 0


def test_the_default_community_is_made_when_first_needed(world: World) -> None:
    imported(world, "Words.")
    imported(world, "Other words.")
    row = world.row("select name, title, instance_id, provisional, posts from community")
    assert row == ("imported", "Imported threads", 1, 0, 2)
    assert world.value("select count(*) from moderator") == 0


def test_a_community_of_that_name_that_is_there_is_used(world: World) -> None:
    community = world.perform(world.writer, CreateCommunity("Imported", "Ours"))
    imported(world, "Words.")
    assert world.value("select community_id from post_rank") == community


def test_a_community_of_another_instance_is_a_placeholder(world: World) -> None:
    thread = importing("Words.", item("a@x.example"))
    world.perform(OPERATOR, replace(thread, community="!News@X.example:444"))
    row = world.row(
        "select c.name, c.title, i.host, c.provisional from community c join instance i on i.id = c.instance_id"
    )
    assert row == ("News", "News", "X.example:444", 1)
    known = world.perform(OPERATOR, LearnCommunity("news@x.example:444"))
    assert world.value("select community_id from post_rank") == known


def test_a_community_of_ours_is_named_without_a_host(world: World) -> None:
    community = world.perform(world.writer, CreateCommunity("bees", "Bees"))
    world.perform(OPERATOR, replace(importing("Words."), community="bees"))
    assert world.value("select community_id from post_rank") == community


def test_a_community_that_is_gone_takes_nothing_but_gives_what_it_has(world: World) -> None:
    thread = importing("Words.")
    first = world.perform(OPERATOR, thread)
    world.db.write(lambda tx: tx.run("update community set removed = 1"))
    assert world.refusal(OPERATOR, importing("Other words.")) == "deleted"
    assert world.perform(OPERATOR, thread) == ImportedThread(first.post, already=True)


def test_the_same_bytes_into_the_same_community_change_nothing(world: World) -> None:
    thread = importing("Words.", item("a@x.example"))
    first = world.perform(OPERATOR, thread)
    assert first == ImportedThread(PostId(1), already=False)
    before = world.place()
    again = replace(thread, title="Another", url="nonsense", read_at=Micros(NOON + HOUR), by="z@y.example")
    assert world.perform(OPERATOR, again) == ImportedThread(first.post, already=True)
    assert world.facts(before) == []
    assert world.value("select count(*) from post") == 1


def test_the_same_bytes_into_another_community_are_another_post(world: World) -> None:
    thread = importing("Words.")
    first = world.perform(OPERATOR, thread)
    other = world.perform(OPERATOR, replace(thread, community="news@x.example"))
    assert (other.already, other.post) == (False, first.post + 1)
    assert world.perform(OPERATOR, thread).post == first.post


def test_facts_are_few(world: World) -> None:
    post = imported(world, item("a@x.example"), item("A@x.example"), item("b@x.example"), item("b@y.example"))
    first, *others, last = world.facts()
    assert isinstance(first, CommunityCreated)
    assert others == [InstancesLearned(InstanceId(2), InstanceId(4)), PeopleCreated(PersonId(1), PersonId(4))]
    assert last == ThreadImported(post, first.community, 4)


def test_people_reply_and_vote_under_an_imported_thread(world: World) -> None:
    post = imported(world, item("a@x.example"))
    [top] = world.comments_of(post)
    reply = world.comment(on=post, under=top)
    assert world.row("select position, child_count from comment_node where comment_id = :id", id=reply) == (None, 0)
    assert world.row("select child_count from comment_node where comment_id = :id", id=top) == (1,)
    world.perform(world.writer, SetCommentVote(top, -1))
    assert world.row("select score from comment_node where comment_id = :id", id=top) == (-1,)
    assert world.value("select comments from post_rank") == 2


def test_a_removed_imported_comment_is_counted_out(world: World) -> None:
    [comment] = world.comments_of(imported(world, item("a@x.example")))
    world.perform(OPERATOR, RemoveComment(comment, None, removed=True))
    assert world.row("select comments from post_rank") == (0,)
    assert world.value("select comment_count from person where name = 'a'") == 0


def test_two_thousand_levels(world: World) -> None:
    post = imported(world, *(item(f"u{level % 7}@x.example", level=level) for level in range(1, 2_001)))
    with world.db.read() as reader:
        rows = reader.rows("select depth, child_count from comment_node order by position")
    assert rows == [(depth, min(200, 2_000 - depth)) for depth in range(1, 2_001)]
    *_, parent, deepest = world.comments_of(post)
    path = str(world.value("select path from comment where id = :id", id=deepest)).split(".")
    assert (len(path), path[0], path[-2:]) == (51, "0", [str(parent), str(deepest)])
    assert world.refusal(world.writer, CreateComment(post, deepest, "words")) == "max_comment_depth_reached"


def test_an_import_is_prepared_before_the_lock() -> None:
    command = importing("Words.", item("a@x.example"))
    command.prepare()
    assert {"_body", "_comments"} <= set(vars(command))
    assert command == importing("Words.", item("a@x.example"))


def test_a_refused_import_says_which_option(world: World) -> None:
    with pytest.raises(Refusal) as refused:
        world.perform(OPERATOR, replace(importing("Words."), archive_url="https://a.example/" + "p" * 2_000))
    assert vars(refused.value) == {"code": "url_length_overflow", "field": "archive_url", "limit": 2_000}
