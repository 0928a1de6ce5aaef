"""Lemmy's path of a comment."""

from folkmoot.model.ids import CommentId
from folkmoot.model.paths import ROOT_PATH, path_below


def test_a_path_names_all_above_and_the_comment() -> None:
    top = path_below(ROOT_PATH, CommentId(17))
    assert top == "0.17"
    assert path_below(top, CommentId(23)) == "0.17.23"


def test_a_deep_path_keeps_51_elements_with_the_comment_and_its_parent_last() -> None:
    path = ROOT_PATH
    for comment in range(1, 61):
        path = path_below(path, CommentId(comment))
    assert path == ".".join(["0", *map(str, range(11, 61))])


def test_the_fiftieth_level_is_the_last_whole_one() -> None:
    path = ROOT_PATH
    for comment in range(1, 51):
        path = path_below(path, CommentId(comment))
    assert path == ".".join(map(str, range(51)))
