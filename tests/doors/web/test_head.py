"""What a page says of itself to programs: cut to what previews show, and remembered without the rest."""

import gc
import tracemalloc

from folkmoot.doors.web.head import DESCRIPTION_MAX_CHARS, Head, head_markup

LONG = "A word or two about it.\n" * 4_000


def markup(number: int, description: str) -> str:
    return head_markup(Head("A title", f"/post/{number}", description), site_name="Hub", site_url="https://hub.example")


def test_description_is_its_beginning_on_one_line() -> None:
    start = "A word or two about it. " * (DESCRIPTION_MAX_CHARS // 24)
    assert f'<meta name="description" content="{start[:100]}' in markup(1, LONG)
    assert markup(2, LONG) == markup(2, LONG[:1_000])


def test_no_long_text_is_remembered() -> None:
    tracemalloc.start()
    for number in range(50):
        markup(1_000 + number, f"{number} {LONG}")
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 10 * len(LONG)
