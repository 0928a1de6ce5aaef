"""What did moderators do, and why? A line a deed: when, who, what, to whom, for which reason."""

from dataclasses import dataclass

from folkmoot.doors.depends import SITE, Depends, Of, Thing
from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.paths import called, community_path, list_path, person_path
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
        """The community as the address names it, and as somebody would write it into the field."""
        return None if self.community is None else called(self.community)

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
            "filter": plain(asked.filter or ""),
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
    parts = {"moderator": _moderator(entry, scene), "end": Markup("</a>")}
    if entry.author is not None:
        parts["author"] = _person(entry.author, scene)
    if entry.post is not None and entry.title:
        parts["post"] = anchor(f"/post/{entry.post}", Markup(f'<bdi lang="">{escaped(entry.title)}</bdi>'))
    for name, path in (("post_link", f"/post/{entry.post}"), ("comment_link", f"/comment/{entry.comment}")):
        parts[name] = Markup(f'<a href="{path}">')
    sentences = _of_comment if entry.comment is not None else _of_post
    return fill(sentences(entry, language), **parts)


def _moderator(entry: ModlogEntry, scene: Scene) -> Markup:
    if entry.moderator is not None:
        return _person(entry.moderator, scene)
    # Translators: whoever runs this server; stands for {moderator}, as in "{moderator} removed a post"
    operator = scene.words.language.gettext("The operator")
    return Markup(f"<b>{escaped(operator)}</b>")


def _of_post(entry: ModlogEntry, language: Language) -> str:
    """Return the sentence: with the title, or where it is not to be seen without, or without all that is known."""
    _ = language.gettext
    match entry.deed, entry.undone:
        case ModlogDeed.LOCK_POST, False:
            named = _("{moderator} locked {post} by {author}")
            nameless = _("{moderator} locked {post_link}a post{end} by {author}")
            unknown = _("{moderator} locked a post")
        case ModlogDeed.LOCK_POST, True:
            named = _("{moderator} unlocked {post} by {author}")
            nameless = _("{moderator} unlocked {post_link}a post{end} by {author}")
            unknown = _("{moderator} unlocked a post")
        case _, False:
            named = _("{moderator} removed {post} by {author}")
            nameless = _("{moderator} removed {post_link}a post{end} by {author}")
            unknown = _("{moderator} removed a post")
        case _:
            named = _("{moderator} restored {post} by {author}")
            nameless = _("{moderator} restored {post_link}a post{end} by {author}")
            unknown = _("{moderator} restored a post")
    return _fitting(entry, named, nameless, unknown)


def _of_comment(entry: ModlogEntry, language: Language) -> str:
    _ = language.gettext
    if entry.undone:
        named = _("{moderator} restored {comment_link}a comment{end} by {author} on {post}")
        nameless = _("{moderator} restored {comment_link}a comment{end} by {author} on {post_link}a post{end}")
        unknown = _("{moderator} restored a comment")
    else:
        named = _("{moderator} removed {comment_link}a comment{end} by {author} on {post}")
        nameless = _("{moderator} removed {comment_link}a comment{end} by {author} on {post_link}a post{end}")
        unknown = _("{moderator} removed a comment")
    return _fitting(entry, named, nameless, unknown)


def _fitting(entry: ModlogEntry, named: str, nameless: str, unknown: str) -> str:
    if entry.author is None or entry.post is None:
        return unknown
    return named if entry.title else nameless


def _person(person: AuthorView, scene: Scene) -> Markup:
    name, host = spelled(person, None)
    return who(name, host, scene, element="bdi", href=person_path(person))
