"""Descriptions in asides and lists: their beginning on one line, remembered where they are short."""

import gc
import tracemalloc

from folkmoot.doors.web.facts import described
from folkmoot.text.html import Html

LONG = "<p>A word or two about it.</p>\n" * 3_000


def test_no_long_description_is_remembered() -> None:
    assert described(Html(LONG), 50).startswith("A word or two about it. A word or two")
    tracemalloc.start()
    for number in range(30):
        described(Html(f"<p>{number}</p>\n{LONG}"), 50)
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 3 * len(LONG)
