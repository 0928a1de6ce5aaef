"""Who is this, and what did they write? Posts and comments in one list, each saying where it was written."""

from typing import NamedTuple

from folkmoot.doors.handles import person_address
from folkmoot.doors.web.appearance import Density
from folkmoot.doors.web.facts import community_line, fact_list, named_list
from folkmoot.doors.web.frame import Frame, join_page
from folkmoot.doors.web.head import Alternate, Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.item_rows import ItemRows
from folkmoot.doors.web.orders import person_order
from folkmoot.doors.web.paths import list_path, person_path
from folkmoot.doors.web.post_lists import Ends, Place, list_slots
from folkmoot.doors.web.post_rows import PostRows, Shown, age
from folkmoot.doors.web.present import UNVOUCHED, Markup, Scene, Times, anchor, fill, marks, spelled, who
from folkmoot.doors.web.tabs import Tab
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import ItemList, PersonPage
from folkmoot.queries.views import AuthorView, PersonShow, PersonSort
from folkmoot.text.html import Html, escaped

USUAL_SHOW = PersonShow.ALL
USUAL_SORT = PersonSort.NEW


def person_page(about: PersonPage, view: ItemList, frame: Frame, now: Micros, *, after: str | None) -> str:
    """Return somebody's page.

    Args:
        about: the person.
        view: what they wrote, posts with texts where the look is roomy.
        frame: for whom it is.
        now: when it was read.
        after: the cursor that the reader came with.
    """
    person, scene = about.person, frame.scene(now)
    place = person_place(person, view.show, view.sort, after)
    local = person.host is None
    empty = "" if view.items else "end" if after is not None else view.show.value
    return join_page(
        "person.html",
        frame,
        _head(about, view, frame, place),
        choices=_Choices(view.show, view.sort, local, Ends(view.after is not None, after is not None, empty)),
        slots={
            **list_slots(place, view.after),
            "heading": escaped(_called(person)),
            "handle": _handle(person, scene),
            "note": _note(person, scene),
            "list": _drawn(view, frame, now),
            "facts": _facts(about, scene, frame.site_url),
            "moderates": named_list(frame.language.gettext("Moderates"), map(community_line, about.moderates)),
            "feed_rss": escaped(place.form(f"{place.path}.rss") if local else ""),
            "feed_json": escaped(place.form(f"{place.path}.json") if local else ""),
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


def _shows(current: PersonShow, sort: PersonSort, language: Language) -> tuple[Tab, ...]:
    _ = language.gettext
    named = ((PersonShow.ALL, _("All")), (PersonShow.POSTS, _("Posts")), (PersonShow.COMMENTS, _("Comments")))
    order = _sort_word(sort)
    return tuple(Tab(list_path("", show=_show_word(show), sort=order), name, show is current) for show, name in named)


def _orders(show: PersonShow, current: PersonSort, language: Language) -> tuple[Tab, ...]:
    shown = _show_word(show)
    return tuple(
        Tab(list_path("", show=shown, sort=_sort_word(sort)), person_order(sort, language), sort is current)
        for sort in PersonSort
    )


def _drawn(view: ItemList, frame: Frame, now: Micros) -> Markup:
    scene = frame.scene(now)
    posts = PostRows(scene, Shown(author=False, excerpt=frame.look.density is Density.ROOMY))
    comments = ItemRows(scene, community=True, author=False)
    return Markup(
        "".join(
            posts.row(item.post) if item.comment is None else comments.row(item.post, item.comment)
            for item in view.items
        )
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
        (_("Posts"), escaped(language.number(about.posts))),
        (_("Comments"), escaped(language.number(about.comments))),
    ]
    if person.host is not None and not person.deleted:
        host = Markup(f"<bdi dir=ltr>{escaped(spelled(person, None)[1])}</bdi>")
        facts.append((_("Home"), anchor(person_address(person, site_url=site_url), host, attributes=UNVOUCHED)))
    return fact_list(facts)


def _head(about: PersonPage, view: ItemList, frame: Frame, place: Place) -> Head:
    called = _called(about.person)
    alternates: tuple[Alternate, ...] = ()
    if about.person.host is None:
        alternates = (
            Alternate("application/rss+xml", place.form(f"{place.path}.rss"), f"{called} · {frame.site.name}"),
            Alternate("application/json", place.form(f"{place.path}.json")),
        )
    return Head(
        title=called,
        path=place.here,
        kind="profile",
        alternates=alternates,
        following=None if view.after is None else place.at(view.after),
    )
