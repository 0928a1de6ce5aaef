import pytest

from folkmoot.text.ages import JUST_NOW
from folkmoot.text.thread_text import (
    UNKNOWN_AUTHOR,
    ThreadItem,
    ThreadText,
    ThreadTextFault,
    format_thread,
    parse_thread,
    post_author,
)


def file(*items: tuple[str, bool]) -> bytes:
    mark = {True: "    hexagon\n", False: ""}
    heads = (f"  • {handle}\n{mark[marked]}    ·\n    just now" for handle, marked in items)
    return "\n\n".join(heads).encode()


@pytest.mark.parametrize(
    ("items", "by", "author"),
    [
        ([], None, UNKNOWN_AUTHOR),
        ([], "cy@d", "cy@d"),
        ([("ann@b", False)], None, UNKNOWN_AUTHOR),
        ([("ann@b", False)], "cy@d", "cy@d"),
        ([("ann@b", False), ("Cy@d", True), ("cY@D", True)], None, "Cy@d"),
        ([("ann@b", False), ("Cy@d", True)], "CY@D", "Cy@d"),
        ([("Unknown@Imported.invalid", True)], None, "Unknown@Imported.invalid"),
        ([("Unknown@Imported.invalid", False)], "cy@d", "cy@d"),
    ],
)
def test_author_is_the_marked_person_else_by_else_unknown(
    items: list[tuple[str, bool]], by: str | None, author: str
) -> None:
    data = file(*items) or b"body"
    thread = parse_thread(data, by=by)
    assert post_author(thread, by) == author
    assert format_thread(thread) == data


@pytest.mark.parametrize(
    ("items", "by", "line"),
    [
        ([("ann@b", True), ("cy@d", True)], None, 7),
        ([("ann@b", True), ("cy@d", False)], "cy@d", 2),
        ([("cy@d", False)], "CY@d", 2),
        ([("ann@b", False), ("cy@d", True)], "eve@f", 6),
        ([("cy@d", True), ("Cy@d", False)], "cy@d", 7),
        ([("straße@d", True), ("STRASSE@d", False)], None, 7),
    ],
)
def test_mark_that_does_not_follow_the_author_is_refused(
    items: list[tuple[str, bool]], by: str | None, line: int
) -> None:
    with pytest.raises(ThreadTextFault, match="hexagon") as caught:
        parse_thread(file(*items), by=by)
    assert caught.value.line == line


@pytest.mark.parametrize("by", ["", "ann", "ann@", "a b@c", "a@b@c"])
def test_by_that_is_no_handle_is_refused_without_a_line(by: str) -> None:
    with pytest.raises(ThreadTextFault, match="a handle name@host") as caught:
        parse_thread(b"body", by=by)
    assert caught.value.line is None


def test_each_item_keeps_its_spelling() -> None:
    thread = parse_thread(file(("Ann@B", False), ("ann@b", False), ("ANN@b", False)))
    assert [item.handle for item in thread.items] == ["Ann@B", "ann@b", "ANN@b"]


@pytest.mark.parametrize("marks", [(True, False, False), (False, True, False), (True, True, True)])
def test_thread_whose_marks_do_not_follow_the_handle_is_not_written(marks: tuple[bool, bool, bool]) -> None:
    handles = zip(["ann@b", "Ann@b", "cy@d"], marks, strict=True)
    items = tuple(ThreadItem(1, handle, mark, False, JUST_NOW, ()) for handle, mark in handles)
    with pytest.raises(ValueError, match="mark does not follow"):
        format_thread(ThreadText(False, (), items))
