"""The documentation's specimen is a thread, and its message is the one that people get."""

from pathlib import Path

import pytest

from folkmoot.text.thread_text import ThreadTextFault, format_thread, parse_thread, title_from_body

PAGE = (Path(__file__).parents[2] / "docs" / "thread-text.md").read_text(encoding="utf-8")
SPECIMEN = PAGE.split("```\n")[1].removesuffix("\n")


def test_specimen_of_the_documentation_comes_back() -> None:
    thread = parse_thread(SPECIMEN.encode())
    assert format_thread(thread).decode() == SPECIMEN
    assert len(thread.items) == 2
    assert title_from_body(thread.body) == "The town gets a second bridge."


def test_message_of_the_documentation_is_true() -> None:
    with pytest.raises(ThreadTextFault) as caught:
        parse_thread(SPECIMEN.replace("3 hours ago", "90 minutes ago").encode())
    assert str(caught.value) in PAGE
