"""Who is this, and what did they write? Posts and comments in one list, each saying where it was written."""

from dataclasses import dataclass
from typing import NamedTuple

from folkmoot.doors.handles import person_address
from folkmoot.doors.web.facts import community_line, fact_list, named_list, remembered
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.orders import person_order
from folkmoot.doors.web.paths import list_path, person_path
from folkmoot.doors.web.post_lists import Ends, Part, Place, ends, list_slots, rows_slot, titled
from folkmoot.doors.web.post_rows import age
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, fill, marks, spelled, who
from folkmoot.doors.web.tabs import Tab
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import PersonPage
from folkmoot.queries.views import AuthorView, PersonShow, PersonSort
from folkmoot.text.html import Html, escaped

USUAL_SHOW = PersonShow.ALL
USUAL_SORT = PersonSort.NEW


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of somebody's page."""

    show: PersonShow
    sort: PersonSort


def person_page(about: PersonPage, wish: Wish, frame: Frame, now: Micros, place: Place, part: Part) -> str:
    """Return somebody's page, without its rows.

    Args:
        about: the person.
        wish: what is listed.
        frame: for whom it is.
        now: when it was read.
        place: as `person_place` gives it.
        part: of the list.
    """
    person, scene = about.person, frame.scene(now)
    local = person.host is None
    return join_page(
        "person.html",
        frame,
        _head(about, wish, frame, place, part.after),
        choices=_Choices(wish.show, wish.sort, local, ends(place, part, wish.show.value)),
        slots={
            **list_slots(place, part.after),
            "heading": remembered(_called(person)),
            "handle": _handle(person, scene),
            "note": _note(person, scene),
            "list": rows_slot(part),
            "facts": _facts(about, scene, frame.site_url),
            "moderates": named_list(frame.language.gettext("Moderates"), map(community_line, about.moderates)),
            "feed_rss": remembered(place.form(f"{place.path}.rss") if local else ""),
            "feed_json": remembered(place.form(f"{place.path}.json") if local else ""),
        },
    )


class _Choices(NamedTuple):
    """What the template decides by."""

    show: PersonShow
    sort: PersonSort
    local: bool
    ends: Ends

    def values(self, frame: Frame) -> dict[str, object]:
        """Return what it needs."""
        return {
            "here": "person",
            "shows": _shows(self.show, self.sort, frame.language),
            "orders": _orders(self.show, self.sort, frame.language),
            "mixed": self.show is PersonShow.ALL,
            "feeds": self.local,
            **self.ends.values(frame),
        }


def person_place(person: AuthorView, show: PersonShow, sort: PersonSort, after: str | None) -> Place:
    """Return where a reader of somebody's page is."""
    return Place(person_path(person), (("show", _show_word(show)), ("sort", _sort_word(sort))), after)


def _show_word(show: PersonShow) -> str | None:
    return None if show is USUAL_SHOW else show.value


def _sort_word(sort: PersonSort) -> str | None:
    return None if sort is USUAL_SORT else sort.value


def _show_name(show: PersonShow, language: Language) -> str:
    _ = language.gettext
    return {PersonShow.ALL: _("All"), PersonShow.POSTS: _("Posts"), PersonShow.COMMENTS: _("Comments")}[show]


def _shows(current: PersonShow, sort: PersonSort, language: Language) -> tuple[Tab, ...]:
    order = _sort_word(sort)
    return tuple(
        Tab(list_path("", show=_show_word(show), sort=order), _show_name(show, language), show is current)
        for show in PersonShow
    )


def _orders(show: PersonShow, current: PersonSort, language: Language) -> tuple[Tab, ...]:
    shown = _show_word(show)
    return tuple(
        Tab(list_path("", show=shown, sort=_sort_word(sort)), person_order(sort, language), sort is current)
        for sort in PersonSort
    )


def _called(person: AuthorView) -> str:
    return person.display_name or spelled(person, None)[0]


def _handle(person: AuthorView, scene: Scene) -> Markup:
    """Return the whole handle and the marks; since when they are here, where that is known."""
    name, host = spelled(person, None)
    handle = who(name, host or scene.host, scene, element="span")
    joined = Markup("")
    if not person.provisional and not person.deleted:
        moment = age(Times(person.published, None, approximate=False), scene)
        _ = scene.words.language.gettext
        message = _("joined {age}") if person.host is None else _("first seen here {age}")
        joined = Markup(f" <span>{fill(message, age=moment)}</span>")
    return Markup(f"<span class=by-whom>{handle}{marks(person, scene, op=False)}</span>{joined}")


def _note(person: AuthorView, scene: Scene) -> Markup:
    """Return what must be known before one believes that they wrote it."""
    _ = scene.words.language.gettext
    if person.deleted:
        deleted = _("This account was deleted.")
        return Markup(f"<p class=said>{escaped(deleted)}</p>")
    if not person.provisional:
        return Markup("")
    mark = _("known from an imported file, not verified")
    return Markup(f'<p class="note imported"><b>{escaped(mark)}</b></p>')


def _facts(about: PersonPage, scene: Scene, site_url: str) -> Markup:
    language, person = scene.words.language, about.person
    _ = language.gettext
    facts: list[tuple[str, Markup | Html]] = [
        (_("Posts"), remembered(language.number(about.posts))),
        (_("Comments"), remembered(language.number(about.comments))),
    ]
    if person.host is not None and not person.deleted:
        host = Markup(f"<bdi dir=ltr>{escaped(spelled(person, None)[1])}</bdi>")
        facts.append((_("Home"), anchor(person_address(person, site_url=site_url), host, attributes=UNVOUCHED)))
    return fact_list(facts)


def _head(about: PersonPage, wish: Wish, frame: Frame, place: Place, after: str | None) -> Head:
    language = frame.language
    shown = "" if wish.show is USUAL_SHOW else _show_name(wish.show, language)
    order = "" if wish.sort is USUAL_SORT else person_order(wish.sort, language)
    called = _called(about.person)
    alternates: tuple[Alternate, ...] = ()
    if about.person.host is None:
        alternates = (
            Alternate("application/rss+xml", place.form(f"{place.path}.rss"), f"{called} · {frame.site.name}"),
            Alternate("application/json", place.form(f"{place.path}.json")),
        )
    return Head(
        title=titled(language, place, called, shown, order),
        path=place.here,
        kind="profile",
        alternates=alternates,
        following=None if after is None else place.at(after),
    )
