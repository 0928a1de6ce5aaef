"""Ages, moments and counts in each language; which language a reader gets; catalogues that are whole and up to date."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po

from folkmoot.doors.web import messages
from folkmoot.doors.web.i18n import CATALOGUES, LANGUAGES, PSEUDO_LANGUAGES, SOURCE, choose, language
from folkmoot.doors.web.present import Markup, fill
from folkmoot.doors.web.words import words_in
from folkmoot.model.ids import Micros
from tests.doors.web.factories import DAY, HOUR, MINUTE, NOW, frame
from tests.doors.web.markup import one, parsed
from tests.doors.web.pages import PAGES

TRANSLATED = tuple(tag for tag in LANGUAGES if tag != SOURCE)


@pytest.mark.parametrize(
    ("passed", "english", "german", "arabic"),
    [
        (0, "just now", "gerade eben", "الآن"),
        (MINUTE, "1 minute ago", "vor 1 Minute", "قبل دقيقة"),
        (2 * HOUR, "2 hours ago", "vor 2 Stunden", "قبل ساعتين"),
        (5 * DAY, "5 days ago", "vor 5 Tagen", "قبل 5 أيام"),
        (11 * 30 * DAY, "11 months ago", "vor 11 Monaten", "قبل 11 شهرًا"),
        (365 * DAY, "1 year ago", "vor 1 Jahr", "قبل سنة"),
    ],
)
def test_age_is_said_in_the_readers_language(passed: int, english: str, german: str, arabic: str) -> None:
    then = Micros(NOW - passed)
    said = [words_in(tag).age(then, NOW) for tag in ("en", "de", "ar")]
    assert said == [english, german, arabic]


@pytest.mark.parametrize(
    ("tag", "moment"),
    [
        ("en", "25 November 2024, 09:12 UTC"),
        ("de", "25. November 2024, 09:12 UTC"),
        ("ar", "25 نوفمبر 2024، 09:12 UTC"),
    ],
)
def test_moment_is_said_in_the_order_of_the_language(tag: str, moment: str) -> None:
    assert words_in(tag).moment(NOW) == moment


def test_moment_outside_of_the_calendar_is_moved_to_its_edge() -> None:
    assert words_in("en").moment(Micros(-(10**18))).startswith("1 January")
    assert words_in("en").moment(Micros(10**18)).endswith("9999, 23:59 UTC")


def test_numbers_are_grouped_and_the_minus_is_true() -> None:
    assert words_in("en").comments(12_408) == "12,408 comments"
    assert words_in("de").comments(12_408) == "12.408 Kommentare"
    assert words_in("en").points(-6) == "\u22126 points"
    assert words_in("en").points(1) == "1 point"
    assert "\u22121" in words_in("ar").points(-1)


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        (None, None, "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "fr, ar;q=0.2, de;q=0.1", "ar"),
        (None, "de;q=0, en", "en"),
        (None, "en-GB, de;q=0.9", "en"),
        (None, ";;,q=,=;q=x, " + "a," * 5_000, "en"),
        ("ar", "de", "ar"),
        ("klingon", "de", "de"),
        ("en-XA", None, "en-XA"),
        ("AR-xb", None, "ar-XB"),
        (None, "ar-EG", "ar"),
    ],
)
def test_reader_gets_the_language_asked_for(asked: str | None, accepted: str | None, tag: str) -> None:
    assert choose(asked, accepted).tag == tag


def test_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        language("../../etc")


def test_message_template_is_up_to_date() -> None:
    """`python -m folkmoot.doors.web.messages` writes it."""
    assert messages.TEMPLATE.read_text(encoding="utf-8") == messages.template_text()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_catalogue_translates_every_message_with_its_placeholders(tag: str) -> None:
    with (CATALOGUES / f"{tag}.po").open("rb") as source:
        catalogue = read_po(source, locale=tag)
    wanted = [message for message in messages.extracted() if message.id]
    assert {message.id for message in catalogue if message.id} == {message.id for message in wanted}
    for message in wanted:
        found = catalogue[message.id]
        assert found is not None
        assert not found.fuzzy
        forms = [found.string] if isinstance(found.string, str) else list(found.string or ())
        assert len(forms) == (catalogue.num_plurals if message.pluralizable else 1)
        source_text = message.id if isinstance(message.id, str) else str(message.id[1])
        for form in forms:
            assert form, message.id
            assert isinstance(form, str)
            assert _placeholders(form) - {"{count}"} == _placeholders(source_text) - {"{count}"}, message.id
            assert "{count}" not in form or "{count}" in source_text


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[a-z_]+\}", text))


@pytest.mark.parametrize("tag", TRANSLATED)
def test_points_keep_their_sign_in_every_plural_form(tag: str) -> None:
    for count in (*range(12), 100, 1_000):
        assert words_in(tag).language.number(-count) in words_in(tag).points(-count)


def test_what_the_code_says_to_translators_stands_in_the_template() -> None:
    assert "#. a mark beside a name: whoever wrote the post\n" in messages.template_text()


def test_name_in_braces_within_a_piece_is_left_as_it_is() -> None:
    said = fill("{post} by {author}; {other}", post=Markup("<i>{author}</i>"), author=Markup("<b>ada</b>"))
    assert said == "<i>{author}</i> by <b>ada</b>; {other}"


@pytest.mark.parametrize("path", sorted(messages.ROOM.glob("*.py")), ids=lambda path: path.name)
def test_no_message_hides_in_an_f_string_where_extraction_cannot_see_it(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}
            assert not names & {"_", "gettext", "ngettext"}


BRACKETED = re.compile(r"\[[^\[\]]*\]")


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_ours_goes_through_gettext(name: str) -> None:
    """In `en-XA` every message stands in brackets; what people or machines wrote is in an element for its direction."""
    tree = parsed(PAGES[name](frame("en-XA")))
    spoken = [element.get(kind) or "" for element in _ours(tree) for kind in ("title", "aria-label", "data-said")]
    for words in (_text(one(tree, "body")), *spoken):
        unsaid = words
        while BRACKETED.search(unsaid):
            unsaid = BRACKETED.sub("", unsaid)
        assert not re.search(r"[^\W\d_]", unsaid)


def _is_theirs(element: Element) -> bool:
    """Whether it holds what people or machines wrote; or samples of letters, which are hidden from who listens."""
    hidden = element.get("aria-hidden") == "true"
    return hidden or element.get("dir") is not None or element.tag.endswith("}bdi")


def _ours(page: Element) -> Iterator[Element]:
    """Give the elements of a page that stand in none with a `dir` of its own."""
    waiting = [one(page, "body")]
    while waiting:
        element = waiting.pop()
        waiting.extend(child for child in element if not _is_theirs(child))
        yield element


def _text(element: Element) -> str:
    inner = ("" if _is_theirs(child) else _text(child) for child in element)
    tails = (child.tail or "" for child in element)
    return (element.text or "") + "".join(text + tail for text, tail in zip(inner, tails, strict=True))


def test_pseudo_languages_are_never_offered_by_a_wildcard_or_a_family() -> None:
    assert not set(PSEUDO_LANGUAGES) & set(LANGUAGES)
    assert choose(None, "ar-XY").tag == "ar"
    assert choose(None, "*").tag == SOURCE
