"""Do the documents point at what is there? Every relative link, and every path of the package that the tour names."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE_PATH = re.compile(r"`((?:cli|commands|db|doors|federation|model|queries|settings|store|text|workers)/[\w/.]*)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(document: Path) -> None:
    text = FENCE.sub("", document.read_text())
    broken = [target for target in LINK.findall(text) if not (document.parent / target).exists()]
    assert broken == []


def test_every_path_that_the_tour_names_is_there() -> None:
    tour = (ROOT / "docs/tour.md").read_text()
    named = CODE_PATH.findall(tour)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / "src/folkmoot" / path).exists()] == []
