"""Where in the tree is a comment? In the one text that Lemmy's apps read it from."""

from folkmoot.model.ids import CommentId
from folkmoot.model.limits import PATH_ELEMENTS_MAX

ROOT_PATH = "0"
"""Of the post itself."""


def path_below(parent_path: str, comment: CommentId) -> str:
    """Give Lemmy's `path`: the root `0`, the ids above, the comment's own, joined by points.

    Where there are more than 51 elements, those next to the root are left out: apps read the comment from the last
    element and its parent from the one before, so these two must be there.
    """
    if parent_path.count(".") < PATH_ELEMENTS_MAX - 1:
        return f"{parent_path}.{comment}"
    above = parent_path.split(".")[1:]
    return ".".join([ROOT_PATH, *above[-(PATH_ELEMENTS_MAX - 2) :], str(comment)])
