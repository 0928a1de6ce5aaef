"""Which form of a thing does the client want?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.doors.negotiate import ACCEPT_MAX_CHARS, Form, wanted_form

ALL = tuple(Form)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
LD = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, Form.HTML),
        ("", Form.HTML),
        (" , ,", Form.HTML),
        ("*/*", Form.HTML),
        ("nonsense", Form.HTML),
        ("text", Form.HTML),
        ("*/html", Form.HTML),
        ("text/plain;q=high", Form.HTML),
        ("text/plain;q=2", Form.HTML),
        ("text/plain;q=-1", Form.HTML),
        ("text/plain;q=0.1234", Form.HTML),
        ("text/plain;q=١", Form.HTML),
        ("text/plain;q=nan", Form.HTML),
        ("text/plain;q=", Form.HTML),
        (BROWSER, Form.HTML),
        ("text/*", Form.HTML),
        ("application/*", Form.JSON),
        ("text/plain", Form.TEXT),
        ("TEXT/Plain; Charset=UTF-8", Form.TEXT),
        ("text/markdown, text/plain;q=0.9, */*;q=0.1", Form.MARKDOWN),
        ("text/plain, text/markdown", Form.TEXT),
        ("text/markdown, text/plain", Form.MARKDOWN),
        ("application/json, text/plain, */*", Form.JSON),
        ("text/html;q=0.5, application/json", Form.JSON),
        ("text/html;q=0, */*", Form.TEXT),
        ("text/html;q=.5, text/plain;q=1.000", Form.TEXT),
        ("application/rss+xml, text/html;q=0.1", Form.RSS),
        ('text/x;p=",text/plain", application/json', Form.JSON),
        ("text/plain;q=broken, application/json;q=0.1", Form.JSON),
        ("application/activity+json", Form.ACTIVITY),
        ("application/ld+json", Form.ACTIVITY),
        (LD, Form.ACTIVITY),
        (f"application/activity+json, {LD}", Form.ACTIVITY),
        (f"application/activity+json, {LD}, text/html;q=0.1", Form.ACTIVITY),
        ("application/activity+json;q=0.5, text/html;q=0.4", Form.ACTIVITY),
        ("application/activity+json;q=0.4, text/html;q=0.5", Form.HTML),
        ("application/activity+json, text/html", Form.HTML),
        ("application/json, application/activity+json", Form.ACTIVITY),
        ("application/activity+json, */*", Form.ACTIVITY),
        ("application/activity+json;q=0.5, */*", Form.HTML),
        ("application/activity+json;q=0, */*;q=0", None),
        ("application/activity+json;q=0, text/html", Form.HTML),
        ("image/png", None),
        ("image/png, text/plain;q=0", None),
        ("application/xml, image/*", None),
        ("*/*;q=0", None),
    ],
)
def test_client_gets_what_it_likes_best(accept: str | None, form: Form | None) -> None:
    assert wanted_form(accept, ALL) is form


def test_only_what_is_offered_is_chosen() -> None:
    readable = tuple(form for form in Form if form is not Form.ACTIVITY)
    assert wanted_form("application/activity+json", readable) is None
    assert wanted_form("application/activity+json, text/html;q=0.1", readable) is Form.HTML
    assert wanted_form("application/activity+json, */*;q=0.1", readable) is Form.HTML


def test_the_beginning_of_a_long_header_counts() -> None:
    padding = ", x/x" * ACCEPT_MAX_CHARS
    assert wanted_form(f"text/plain;q=0.5{padding}, application/json", ALL) is Form.TEXT
    assert wanted_form(f"x/x{padding}, application/json", ALL) is None


ranges = st.sampled_from(["text/html", "text/plain", "application/json", "application/activity+json", "image/png"])
wishes = st.lists(st.tuples(ranges, st.integers(0, 10)), min_size=1, max_size=6, unique_by=lambda wish: wish[0])


@given(wishes)
def test_nothing_is_given_that_is_liked_less_than_another(liked: list[tuple[str, int]]) -> None:
    form = wanted_form(", ".join(f"{name};q={quality / 10}" for name, quality in liked), ALL)
    have = {name: quality for name, quality in liked if name != "image/png" and quality > 0}
    if form is None:
        assert have == {}
    else:
        assert have[form.value] == max(have.values())


@given(st.text(max_size=60), st.text(alphabet='*/;,=q"\\ .01text-htmlaplicon+js', max_size=60))
def test_no_header_breaks_anything(noise: str, nearly: str) -> None:
    wanted_form(noise, ALL)
    wanted_form(nearly, ALL)
