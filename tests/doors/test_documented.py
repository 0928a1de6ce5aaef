"""Does `docs/forms.md` name everything that is ours?"""

from pathlib import Path

import pytest

from folkmoot.doors.api import shapes
from folkmoot.doors.negotiate import SUFFIXES, Form
from folkmoot.queries.views import CommentSort

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
OURS = (*shapes.Ours.__struct_fields__, *shapes.OurThread.__struct_fields__)


@pytest.mark.parametrize("member", OURS)
def test_each_member_of_ours_is_explained(member: str) -> None:
    table = PAGE.partition("| member | meaning |")[2].partition("\n\n")[0]
    assert f"`{member}`" in table or f"`folkmoot.{member}`" in table


@pytest.mark.parametrize("form", Form)
def test_each_form_has_its_row(form: Form) -> None:
    table = PAGE.partition("| form |")[2].partition("\n\n")[0]
    assert f"`{form.value}`" in table


def test_each_suffix_and_sort_is_named() -> None:
    for word in (*SUFFIXES, *(sort.value for sort in CommentSort)):
        assert f"`{word}`" in PAGE
