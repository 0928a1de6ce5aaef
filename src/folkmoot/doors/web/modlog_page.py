"""What did moderators do, and why? A line a deed: when, who, what, to whom, for which reason."""

from dataclasses import dataclass

from folkmoot.doors.depends import SITE, Depends, Of, Thing
from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.paths import community_path, list_path, person_path
from folkmoot.doors.web.present import Markup, Scene, anchor, community_address, fill, spelled, who
from folkmoot.doors.web.words import moment_of
from folkmoot.model.ids import Micros
from folkmoot.queries.list_views import ModlogDeed, ModlogEntry, ModlogList
from folkmoot.queries.views import AuthorView, CommunityView
from folkmoot.text.html import escaped

PATH = "/modlog"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the modlog: of one community (None: of all), from a place in it on."""

    community: CommunityView | None
    after: str | None

    @property
    def filter(self) -> str | None:
        """The community as the address names it."""
        return None if self.community is None else community_path(self.community).removeprefix("/c/")

    def at(self, after: str | None) -> str:
        """Return the address of the part that begins after a place."""
        return list_path(PATH, community=self.filter, after=after)


def modlog_page(view: ModlogList, asked: Asked, frame: Frame, now: Micros) -> str:
    """Return the page of what was done."""
    scene = frame.scene(now)
    _ = frame.language.gettext
    return fill_page(
        "modlog.html",
        frame,
        head=Head(_("Modlog")),
        values={
            "here": "modlog",
            "community": plain("" if asked.community is None else community_address(asked.community, scene)),
            "href": plain("" if asked.community is None else community_path(asked.community)),
            "filter": plain("" if asked.community is None else _spelled(asked.community)),
            "entries": [_entry(entry, scene) for entry in view.entries],
            "next": plain("" if view.after is None else asked.at(view.after)),
            "start": plain("" if asked.after is None else asked.at(None)),
        },
    )


def modlog_depends(view: ModlogList, asked: Asked) -> Depends:
    """Say what the page shows: it tells no ages."""
    things: set[Thing] = {SITE, (Of.MODLOG, 0)}
    things |= {(Of.POST, entry.post) for entry in view.entries if entry.post is not None}
    shown = (asked.community, *(entry.community for entry in view.entries))
    things |= {(Of.COMMUNITY, community.id) for community in shown if community is not None}
    named = (person for entry in view.entries for person in (entry.moderator, entry.author))
    return Depends(frozenset(things), frozenset(person.id for person in named if person is not None), None)


def _spelled(community: CommunityView) -> str:
    """Return the community as somebody would write it into the field."""
    return community.name if community.host is None else f"{community.name}@{community.host}"


def _entry(entry: ModlogEntry, scene: Scene) -> dict[str, object]:
    stamp = moment_of(entry.at).isoformat(timespec="seconds")[:19]
    return {
        "time": finished(Markup(f"<time datetime={stamp}Z>{escaped(scene.words.moment(entry.at))}</time>")),
        "community": finished(_community(entry.community)),
        "deed": finished(_deed(entry, scene)),
        "reason": plain(entry.reason or ""),
    }


def _community(community: CommunityView | None) -> Markup:
    if community is None:
        return Markup("")
    name = community.name if community.deleted or community.removed else community.title
    return anchor(community_path(community), Markup(f'<bdi lang="">{escaped(name)}</bdi>'))


def _deed(entry: ModlogEntry, scene: Scene) -> Markup:
    language = scene.words.language
    # Translators: stands for {moderator}: whoever runs this server
    operator = language.gettext("the operator")
    # Translators: stands for {author}, where nobody knows who it was
    somebody = language.gettext("somebody")
    by = _person(entry.moderator, scene) if entry.moderator is not None else _strong(operator)
    author = _person(entry.author, scene) if entry.author is not None else _strong(somebody)
    parts = {"moderator": by, "author": author, "post": _post(entry, language)}
    if entry.comment is not None:
        # Translators: stands for {comment}
        said = language.gettext("a comment")
        parts["comment"] = anchor(f"/comment/{entry.comment}", escaped(said))
    return fill(_sentence(entry, language), **parts)


def _sentence(entry: ModlogEntry, language: Language) -> str:
    _ = language.gettext
    match entry.deed:
        case ModlogDeed.REMOVE_POST if entry.undone:
            # Translators: {post} is a title, or "a post"
            return _("{moderator} restored {post} by {author}")
        case ModlogDeed.REMOVE_POST:
            return _("{moderator} removed {post} by {author}")
        case ModlogDeed.REMOVE_COMMENT if entry.undone:
            return _("{moderator} restored {comment} by {author} on {post}")
        case ModlogDeed.REMOVE_COMMENT:
            return _("{moderator} removed {comment} by {author} on {post}")
        case ModlogDeed.LOCK_POST if entry.undone:
            return _("{moderator} unlocked {post} by {author}")
        case ModlogDeed.LOCK_POST:
            return _("{moderator} locked {post} by {author}")


def _post(entry: ModlogEntry, language: Language) -> Markup:
    """Return the post's title, or only that it is a post where the title is not to be seen."""
    if entry.post is None:
        return Markup(escaped(language.gettext("a post")))
    title = Markup(f'<bdi lang="">{escaped(entry.title)}</bdi>') if entry.title else escaped(language.gettext("a post"))
    return anchor(f"/post/{entry.post}", title)


def _person(person: AuthorView, scene: Scene) -> Markup:
    name, host = spelled(person, None)
    return who(name, host, scene, element="bdi", href=person_path(person))


def _strong(word: str) -> Markup:
    return Markup(f"<b>{escaped(word)}</b>")
