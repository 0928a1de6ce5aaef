"""A reader's look: a cookie that says it, any cookie read, one look for each meaning."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.web.appearance import (
    DEFAULT,
    Density,
    Look,
    Size,
    Theme,
    changed,
    cookie_of,
    html_attributes,
    look_of,
)
from folkmoot.doors.web.appearance_page import SHARES
from tests.doors.web.test_look import SHEET, THEMES, contrast, theme

ALL = [Look(*parts) for parts in product(Theme, Density, Size)]


@pytest.mark.parametrize("look", ALL)
def test_every_look_comes_back_from_its_cookie(look: Look) -> None:
    kept = cookie_of(look, secure=True).partition(";")[0]
    assert look_of(kept) == look
    assert look_of(f"a=b; {kept};c=d") == look


def test_cookie_lasts_a_year_for_the_whole_site() -> None:
    look = Look(Theme.DARK, Density.COMPACT, Size.LARGE)
    whole = "look=dark.compact.112; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"
    assert cookie_of(look, secure=False) == whole
    assert cookie_of(look, secure=True) == whole + "; Secure"


def test_look_of_defaults_takes_the_cookie_away() -> None:
    assert "Max-Age=0" in cookie_of(DEFAULT, secure=False)


@pytest.mark.parametrize(
    ("header", "look"),
    [
        ("", DEFAULT),
        ("look", DEFAULT),
        ("look=", DEFAULT),
        ("look=....", DEFAULT),
        ("Look=dark.compact.112", DEFAULT),
        ("outlook=dark.compact.112", DEFAULT),
        ("look=DARK.compact.112", Look(density=Density.COMPACT, size=Size.LARGE)),
        ("look=dark", Look(Theme.DARK)),
        ("look=dark.compact.112.9", Look(Theme.DARK, Density.COMPACT)),
        ("look = black.roomy.93 ", Look(Theme.BLACK, Density.ROOMY, Size.SMALL)),
        ("look=dark..; look=light..", Look(Theme.DARK)),
        ("look=neon.compact.1000", Look(density=Density.COMPACT)),
        ('look="dark.compact.112"', Look(density=Density.COMPACT)),
    ],
)
def test_nonsense_in_a_cookie_counts_as_not_said(header: str, look: Look) -> None:
    assert look_of(header) == look


@given(st.text() | st.text(alphabet="look=;. darkcompt-125").map(lambda tail: f"look={tail}"))
def test_any_cookie_gives_a_look(header: str) -> None:
    assert look_of(header) in ALL


def test_only_what_differs_stands_on_the_page() -> None:
    assert html_attributes(DEFAULT) == ""
    assert html_attributes(Look(Theme.CONTRAST_DARK)) == ' data-theme="contrast-dark"'
    everything = Look(Theme.LIGHT, Density.ROOMY, Size.LARGEST)
    assert html_attributes(everything) == ' data-theme="light" data-density="roomy" data-size="125"'
    assert len({html_attributes(look) for look in ALL}) == len(ALL)


def test_one_wish_leaves_the_others_as_they_are() -> None:
    look = Look(Theme.DARK, Density.COMPACT, Size.LARGE)
    assert changed(look, {"density": "roomy"}) == Look(Theme.DARK, Density.ROOMY, Size.LARGE)
    assert changed(look, {}) == look
    assert changed(look, {"theme": "system", "density": "regular", "size": "100"}) == DEFAULT
    assert changed(look, {"theme": "neon"}) is None
    assert changed(look, {"size": ""}) is None


@pytest.mark.parametrize("name", THEMES)
def test_small_pages_are_readable_in_every_theme(name: str) -> None:
    """What was added stands on its own ground; a swatch in the colours of its theme stands between borders."""
    colours = theme(name)
    enough = 7 if name.startswith("contrast") else 4.5
    for ink, under in (("ink", "oak-tint"), ("madder", "madder-tint"), ("ink3", "raised"), ("ink", "raised")):
        assert contrast(colours[ink], colours[under]) >= enough, (ink, under)
    for shape, under in (("edge", "raised"), ("woad", "raised"), ("oak", "oak-tint"), ("ink2", "paper")):
        assert contrast(colours[shape], colours[under]) >= 3, (shape, under)


def test_sheet_knows_every_theme_and_size() -> None:
    assert set(re.findall(r'\[data-theme="([a-z-]+)"\]', SHEET)) == set(THEMES)
    assert {one.value for one in Theme} == {*THEMES, DEFAULT.theme.value}
    percents = dict(re.findall(r'\[data-size="(\d+)"\] \{ font-size: ([\d.]+)%; \}', SHEET))
    assert percents == {"93": "93.75", "112": "112.5", "125": "125"}
    assert {size.value for size in Size} == {*percents, DEFAULT.size.value}
    assert [round(share * 100, 2) for share in SHARES.values()] == [93.75, 100, 112.5, 125]
