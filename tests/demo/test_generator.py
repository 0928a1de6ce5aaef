"""Is a generated site what it claims to be: sound, as large as told, the same each time, as hard as real ones?"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from folkmoot.commands.base import perform
from folkmoot.commands.comments import CreateComment
from folkmoot.commands.doctor import doctor
from folkmoot.commands.posts import CreatePost
from folkmoot.db.base import Db, Reader
from folkmoot.db.core import open_db
from folkmoot.demo.generator import PostsAreThere, seed_size
from folkmoot.demo.generator_shape import DAY_US, Share, Size, heavy, moment
from folkmoot.demo.generator_text import Joins, Speech
from folkmoot.model.callers import Caller
from folkmoot.model.ids import CommentId, CommunityId, PersonId, PostId
from folkmoot.model.ranking import AgeClass, post_ranks
from folkmoot.queries.post_list import feed_posts
from folkmoot.queries.thread import thread
from folkmoot.queries.views import CommentSort, Feed, PostSort
from folkmoot.text.markdown import RENDERER, render_markdown
from folkmoot.text.urls import canonical_url
from tests import postgres
from tests.conftest import NOON
from tests.world import World

TABLES = {
    "instance": "id",
    "person": "id",
    "community": "id",
    "moderator": "community_id, person_id",
    "post": "id",
    "post_rank": "post_id",
    "comment": "id",
    "comment_node": "comment_id",
    "vote": "person_id, kind, thing_id",
    "edition": "kind, thing_id, number",
    "modlog": "id",
    "participation": "community_id, person_id",
}


def fresh(kind: str, folder: Path) -> str:
    return str(folder / "generated.db") if kind == "sqlite" else postgres.made_database()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def generated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Db]:
    """Give a site of size S; the tests here leave it as it is."""
    if request.param == "postgresql":
        request.getfixturevalue("migrated_server")  # skips where there is none
    dsn = fresh(request.param, tmp_path_factory.mktemp("generated"))
    told: list[str] = []
    found = seed_size(dsn, Size.S, now=NOON, progress=told.append)
    assert found.threads == {5_000: 950, 1_000: 951, 10: 952}
    assert told[-2].startswith("100 %: 1,000 posts, 10,000 comments, ")
    with closing(open_db(dsn, clock=lambda: NOON, migrate=False)) as db:
        yield db
    if request.param == "postgresql":
        postgres.dropped_database(dsn)


@pytest.fixture(scope="module")
def generated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of another site of size S, to copy."""
    dsn = fresh("sqlite", tmp_path_factory.mktemp("another"))
    seed_size(dsn, Size.S, now=NOON, progress=lambda _: None)
    return Path(dsn)


@pytest.fixture
def reader(generated: Db) -> Iterator[Reader]:
    with generated.read() as opened:
        yield opened


def digest(reader: Reader) -> str:
    """Give a number for all that the tables hold."""
    seen = sha256()
    for table, key in TABLES.items():
        for row in reader.rows(f"select * from {table} order by {key}"):  # noqa: S608 -- our own names
            seen.update(repr(row).encode())
    return seen.hexdigest()


def test_doctor_finds_nothing(generated: Db) -> None:
    assert list(doctor(generated)) == []


def test_two_sites_of_one_moment_are_the_same_on_both_databases(reader: Reader, generated_file: Path) -> None:
    with closing(open_db(str(generated_file), clock=lambda: NOON, migrate=False)) as again, again.read() as other:
        assert digest(other) == digest(reader)


def test_there_is_as_much_as_the_size_says(reader: Reader) -> None:
    extent = Size.S.value
    assert reader.value("select count(*) from post") == extent.posts
    assert reader.value("select count(*) from comment") == extent.comments
    assert reader.value("select count(*) from vote") == pytest.approx(extent.votes, rel=0.02)
    assert reader.value("select count(*) from community") == extent.communities
    assert reader.value("select count(*) from person") == extent.people


def test_the_hard_things_are_where_the_landmarks_say(reader: Reader) -> None:
    threads = dict(reader.rows("select post_id, comments from post_rank where post_id between 950 and 952"))
    assert threads == {950: 5_000, 951: 1_000, 952: 10}
    assert reader.value("select count(*) from post_rank where community_id = 50") == 3
    assert reader.value("select count(*) from comment_node where author_id = 2") == 500
    half = reader.value("select count(*) from post_rank where community_id = 1")
    assert half == pytest.approx(500, rel=0.1)


def test_large_threads_are_deep_and_grew_beside_each_other(reader: Reader) -> None:
    view = thread(reader, PostId(951), sort=CommentSort.OLD, now=NOON)
    assert len(view.comments) == 1_000
    assert max(comment.depth for comment in view.comments) > 8
    ids = sorted(comment.id for comment in view.comments)
    assert any(later - earlier > 1 for earlier, later in pairwise(ids))


def test_nothing_comes_from_the_future_and_the_newest_week_is_alive(reader: Reader) -> None:
    for column in ("published", "received", "updated", "gone_since", "newest_comment"):
        assert reader.value(f"select max({column}) from post_rank") <= NOON  # noqa: S608
    for column in ("published", "received", "updated", "gone_since"):
        assert reader.value(f"select max({column}) from comment_node") <= NOON  # noqa: S608
    assert reader.value("select max(at) from vote") <= NOON
    young = reader.value("select count(*) from post_rank where published > :week", week=NOON - 7 * DAY_US)
    assert 50 <= young <= 150
    earlier = reader.value("""
        select count(*) from comment_node n join comment_node p on p.comment_id = n.parent_id
        where n.published < p.published
    """)
    assert earlier == 0


def test_every_window_of_top_shows_something(reader: Reader) -> None:
    sql = "select age_class, count(*) from post_rank where deleted = 0 and removed = 0 group by age_class"
    assert {age_class for age_class, _ in reader.rows(sql)} == set(AgeClass)


def test_every_post_is_ranked_as_of_that_moment(reader: Reader) -> None:
    rows = reader.rows(
        """
        select r.hot_rank, r.active_rank, r.scaled_rank, r.controversy_rank, r.top_rank, r.age_class, r.rank_due,
            r.upvotes, r.downvotes, r.published, r.newest_other, c.active_month
        from post_rank r join community c on c.id = r.community_id
        """
    )
    assert max(row[0] for row in rows) > 0
    for *stored, upvotes, downvotes, published, newest_other, active_month in rows:
        assert tuple(stored) == post_ranks(
            upvotes,
            downvotes,
            published=published,
            newest_other=newest_other,
            active_month=active_month,
            now=NOON,
        )
    counts = reader.row("select active_day, active_week, active_month, active_half_year from community where id = 1")
    assert counts is not None
    assert 0 < counts[0] < counts[1] <= counts[2] <= counts[3]


def test_every_text_is_as_the_renderer_makes_it(reader: Reader) -> None:
    for table, key in (("post", "p"), ("comment", "c")):
        rows = reader.rows(f"select id, source, html, text, renderer from {table} where id % 7 = 0")  # noqa: S608
        for thing, source, html, text, renderer in rows:
            rendered = render_markdown(source)
            assert (html, text, renderer) == (rendered.for_thing(f"{key}{thing}"), rendered.text, RENDERER)
    for community, source, html in reader.rows("select id, description, html from community"):
        assert html == render_markdown(source).for_thing(f"m{community}")


def test_links_are_canonical_and_uris_are_those_of_their_instances(reader: Reader) -> None:
    for url, archive_url in reader.rows("select url, archive_url from post where url is not null"):
        assert canonical_url(url) == url
        assert archive_url is None or canonical_url(archive_url) == archive_url
    strangers = reader.rows("""
        select c.uri, i.host from comment c join comment_node n on n.comment_id = c.id
        join person p on p.id = n.author_id join instance i on i.id = p.instance_id
    """)
    assert all((uri is None) == (host == "") for uri, host in strangers)
    assert all(uri.startswith(f"https://{host}/") for uri, host in strangers if uri is not None)


def test_what_is_long_gone_is_erased_and_the_rest_waits(reader: Reader) -> None:
    before = NOON - 30 * DAY_US
    for table in ("post_rank", "comment_node"):
        counts = dict(
            reader.rows(
                f"""
                select erased, count(*) from {table}
                where gone_since is not null and (gone_since < :before) = (erased = 1) group by erased
                """,  # noqa: S608
                before=before,
            )
        )
        assert counts[1] > 5
        assert sum(counts.values()) == reader.value(
            f"select count(*) from {table} where gone_since is not null"  # noqa: S608
        )
    assert reader.value("select count(*) from modlog where kind = 2") > 5


def test_no_author_votes_twice_and_bots_do_not_vote(reader: Reader) -> None:
    assert reader.value("select count(*) from vote v join person p on p.id = v.person_id where p.bot = 1") == 0
    without = reader.value("""
        select count(*) from comment_node n join person p on p.id = n.author_id
        left join vote v on v.person_id = p.id and v.kind = 2 and v.thing_id = n.comment_id
        where p.instance_id = 1 and p.bot = 0 and v.value is null
    """)
    assert without == 0


def test_front_page_can_be_read_to_its_end(reader: Reader) -> None:
    seen, after = 0, None
    while seen == 0 or after is not None:
        page = feed_posts(reader, Feed.ALL, sort=PostSort.NEW, after=after, limit=100, now=NOON)
        seen, after = seen + len(page.ids), page.after
    assert 900 < seen < 1_000


def test_a_site_with_posts_is_refused(world: World, dsn: str) -> None:
    world.post()
    before = world.place()
    with pytest.raises(PostsAreThere):
        seed_size(dsn, Size.S, now=NOON, progress=lambda _: None)
    assert world.facts(before) == []
    assert world.value("select count(*) from post") == 1


def test_life_goes_on_in_a_generated_site(generated_file: Path, tmp_path: Path) -> None:
    dsn = str(shutil.copy(generated_file, tmp_path / "living.db"))
    with closing(open_db(dsn, clock=lambda: NOON, migrate=False)) as db:
        somebody = Caller(PersonId(1))
        post = perform(db, somebody, CreatePost(CommunityId(1), "One more"))
        assert post == Size.S.value.posts + 1
        with db.read() as reader:
            parent = reader.value("select max(comment_id) from comment_node where post_id = 950")
        comment = perform(db, somebody, CreateComment(PostId(950), CommentId(parent), "And an answer"))
        assert comment == Size.S.value.comments + 1
        assert list(doctor(db)) == []


def test_shares_add_up_to_the_total() -> None:
    chance = Random(7)  # noqa: S311
    for total, parts in ((1_000, 30), (100_000, 5_000), (7, 100)):
        share = Share(total, parts)
        taken = [share.take(heavy(chance), most=total) for _ in range(parts)]
        assert sum(taken) == total
        assert min(taken) >= 0


def test_shares_keep_their_bounds() -> None:
    chance = Random(7)  # noqa: S311
    share = Share(10_000, 1_000)
    taken = [share.take(heavy(chance), least=number % 2, most=50) for number in range(1_000)]
    assert max(taken) == 50
    assert all(part >= number % 2 for number, part in enumerate(taken))


def test_time_runs_faster_towards_now() -> None:
    moments = [moment(NOON, share / 10) for share in range(11)]
    assert moments[-1] == NOON
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert gaps == sorted(gaps, reverse=True)


def test_bodies_of_blocks_are_as_the_renderer_makes_them() -> None:
    chance = Random(3)  # noqa: S311
    speech = Speech(chance)
    for number in range(300):
        body = speech.some_language().body(1 + number % 8)
        rendered = render_markdown(body.source)
        assert (body.html_for("c9"), body.text) == (rendered.for_thing("c9"), rendered.text)


def test_speech_has_texts_from_right_to_left_and_every_feature() -> None:
    chance = Random(3)  # noqa: S311
    speech = Speech(chance)
    bodies = [language.body(8) for language in speech.languages for _ in range(60)]
    html = "".join(body.html_for("c9") for body in bodies)
    for part in ("<pre", "<table", "<ul", "<ol", "<blockquote", "<details", "<h", "<ruby", "<del>", "mention"):
        assert part in html
    assert 'id="fn-c9-1"' in html
    assert "שים" in html
    assert "نفعل" in html
    assert all(block.joins is not Joins.AT_THE_END for body in bodies for block in body.blocks[:-1])
