"""The page that Folkmoot started from. It lies beside the repository, where it lies at all."""

from pathlib import Path

import pytest

from folkmoot.text.ages import Age, Unit
from folkmoot.text.thread_text import ThreadText, format_thread, parse_thread, post_author, title_from_body

SPECIMEN = Path(__file__).parents[3] / "shared" / "seed" / "thread.txt"


@pytest.fixture(scope="module")
def data() -> bytes:
    if not SPECIMEN.is_file():
        pytest.skip(f"the specimen lies beside the repository, not at {SPECIMEN}")
    return SPECIMEN.read_bytes()


@pytest.fixture
def thread(data: bytes) -> ThreadText:
    return parse_thread(data)


def test_specimen_comes_back_byte_for_byte(data: bytes, thread: ThreadText) -> None:
    assert format_thread(thread) == data


def test_specimen_is_read_as_a_person_reads_it(thread: ThreadText) -> None:
    assert thread.archive_offered
    assert [len(paragraph) > 100 for paragraph in thread.body] == [True] * 5
    assert [(item.level, item.handle.partition("@")[0]) for item in thread.items] == [
        (1, "Pathfinder"),
        (2, "KrasnaiaZvezda"),
        (1, "darkcalling"),
        (1, "freagle"),
        (2, "darkcalling"),
        (3, "Pathfinder"),
        (3, "freagle"),
    ]
    assert [len(item.paragraphs) for item in thread.items] == [2, 2, 4, 3, 1, 1, 1]
    assert [at for at, item in enumerate(thread.items) if item.edited] == [3]
    assert [item.age.count for item in thread.items] == [2, 3, 18, 16, 8, 3, 3]
    assert {item.age.unit for item in thread.items} == {Unit.HOUR}


def test_reply_of_the_specimen_older_than_its_parent_stays_so(thread: ThreadText) -> None:
    assert [item.age for item in thread.items[:2]] == [Age(2, Unit.HOUR), Age(3, Unit.HOUR)]


def test_specimen_has_an_author_and_a_title(thread: ThreadText) -> None:
    assert post_author(thread, None) == "darkcalling@lemmygrad.ml"
    assert title_from_body(thread.body) == (
        "The idea of direct Western participation in the conflict is reportedly back on the table,"
        " according to the newspaper"
    )
