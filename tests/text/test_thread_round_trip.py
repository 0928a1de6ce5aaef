import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.text.thread_text import (
    UNKNOWN_AUTHOR,
    ThreadItem,
    ThreadText,
    ThreadTextFault,
    format_thread,
    parse_thread,
)
from tests.text.thread_strategies import ALL_AGES, raw_files, several, threads

BITES = [
    *(
        b"\n",
        b"\n\n",
        b" ",
        b"  ",
        b"\t",
        b"\r",
        b"\x00",
        b"\xff",
        b"\xe2",
        b"@",
        b"a",
        b"1",
        b"s",
        b"hexagon",
        b"edit-2",
    ),
    *map(str.encode, ["• ", "•", "·", "\u200b", "\ufeff", "\u2028", "(archive link)", "\n    ·", "\n    hexagon"]),
]


def marks_fit(thread: ThreadText) -> bool:
    """Whether the thread needs no `by`; the unknown author must be marked where there is no other."""
    return any(item.author_mark for item in thread.items) or all(
        item.handle.casefold() != UNKNOWN_AUTHOR for item in thread.items
    )


def round_trips_or_is_refused(data: bytes) -> bool:
    """Whether the file was taken; then it has come back byte for byte."""
    try:
        thread = parse_thread(data)
    except ThreadTextFault as caught:
        fault = caught
    else:
        assert format_thread(thread) == data
        return True
    assert fault.line is not None
    assert 1 <= fault.line <= data.count(b"\n") + 2
    assert str(fault).isprintable()
    return False


@settings(deadline=None, max_examples=400)
@given(threads().filter(marks_fit))
def test_thread_comes_back_from_its_bytes(thread: ThreadText) -> None:
    data = format_thread(thread)
    assert parse_thread(data) == thread
    assert format_thread(parse_thread(data)) == data


@settings(deadline=None, max_examples=500)
@given(raw_files)
@example("\u200b(archive link)\n\n\u200b• a@b\n\n  • a@b\n    ·\n    just now\n\n    \u200b\u200b• x\n    ·".encode())
@example("  \u200b• a@b\n·".encode())
@example("\t• a@b\n\t·\n\tjust now".encode())
@example(b"   \n \n\n     ")
@example("one\x0b\n\ntwo\u2028\n\nthree\x85".encode())
@example("• one\n• two · three\n  hexagon".encode())
def test_nearly_right_file_is_refused_with_a_line_or_comes_back(data: bytes) -> None:
    round_trips_or_is_refused(data)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_line_or_come_back(data: bytes) -> None:
    round_trips_or_is_refused(data)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_refused_with_a_line_or_comes_back(text: str) -> None:
    round_trips_or_is_refused(text.encode())


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Return the file with one to three small changes."""
    for _ in range(rng.randint(1, 3)):
        at, length = rng.randint(0, len(data)), rng.randint(0, 6)
        match rng.randrange(5):
            case 0:
                data = data[:at] + rng.choice(BITES) + data[at:]
            case 1:
                data = data[:at] + data[at + length :]
            case 2:
                data = data[:at] + data[at : at + length * 8] + data[at:]
            case 3:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case _:
                lines = data.split(b"\n")
                one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                data = b"\n".join(lines)
    return data


@settings(deadline=None, max_examples=100)
@given(threads(), st.randoms(use_true_random=True))
def test_mutated_file_is_refused_with_a_line_or_comes_back(thread: ThreadText, rng: random.Random) -> None:
    data = format_thread(thread)
    for _ in range(25):
        round_trips_or_is_refused(mutated(data, rng))


def test_fuzzer_meets_both_ends() -> None:
    head = "(archive link)\n\nBody.\n\n  • a@b\n    ·\n    2 hours ago\n\n    text\n\n"
    data = f"{head}    • c@d\n      ·\n      just now".encode()
    rng = random.Random(7)  # noqa: S311 (a fuzzer's dice)
    assert {round_trips_or_is_refused(mutated(data, rng)) for _ in range(200)} == {True, False}


@settings(deadline=None, max_examples=6)
@given(several, st.randoms(use_true_random=False))
def test_two_thousand_levels_come_back(texts: tuple[str, ...], rng: random.Random) -> None:
    levels = [*range(1, 2_001), 1_000, 1, 2]
    items = tuple(
        ThreadItem(level, f"u{level % 7}@x.example", level % 7 == 3, level % 5 == 0, rng.choice(ALL_AGES), ())
        for level in levels
    )
    deepest = ThreadItem(2_000, "eve@x.example", False, False, ALL_AGES[0], texts)
    thread = ThreadText(False, texts, (*items[:2_000], deepest, *items[2_000:]))
    data = format_thread(thread)
    assert parse_thread(data) == thread
    assert format_thread(parse_thread(data)) == data


def test_export_knows_no_limit_of_depth() -> None:
    items = tuple(ThreadItem(level, "a@b", False, False, ALL_AGES[0], ()) for level in range(1, 3_001))
    assert format_thread(ThreadText(False, (), items)).endswith(b"\n" + b" " * 6_002 + b"just now")
