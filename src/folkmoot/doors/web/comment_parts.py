"""What do the comments of a thread say again and again? Names, ages, folds and points, remembered for each language."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import NamedTuple, TypeVar

from folkmoot.doors.web.paths import person_path
from folkmoot.doors.web.present import Markup, Scene, Times, exact, marks, spelled, who
from folkmoot.doors.web.words import Words, clock_stamp, words_in
from folkmoot.model.ids import Micros
from folkmoot.queries.tree import Node
from folkmoot.queries.views import AuthorView
from folkmoot.text.ages import DAY_MICROS, HOUR_MICROS, MINUTE_MICROS, Age, age_between
from folkmoot.text.html import escaped

_REMEMBERED = 20_000

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Name(NamedTuple):
    """Somebody's name as it is spelled at a comment, and the piece that says it with its marks."""

    name: str
    markup: str


class Pieces:
    """The pieces that threads repeat, in one language, remembered as long as there is room."""

    def __init__(self, words: Words) -> None:
        self.more = escaped(words.language.gettext("More"))
        self.nothing = gone(words.language.gettext("no text"))
        self.deleted = gone(words.language.gettext("deleted by author"))
        self._words = words
        self._ages: dict[Age, tuple[str, str]] = {}
        self._recent = [self._age(_age_of_minutes(minutes)) for minutes in range(24 * 60)]
        self.folds: dict[tuple[str, int], str] = {}
        self._days = [self._age(age_between(Micros(-days * DAY_MICROS), Micros(0))) for days in range(1, 30)]
        self.points: dict[int, str] = {}
        self._before_name, _, self._after_name = escaped(words.language.gettext("to {name}")).partition("{name}")
        self._to: dict[str, str] = {}
        self._names: dict[tuple[AuthorView, str | None, bool, bool, str], Name] = {}

    def time(self, node: Node) -> str:
        """Return the beginning of a comment's age, with its exact times, up to where the age is said."""
        comment, published, updated = node[0], node[5], node[6]
        if updated is None and not node[8]:
            stamp, title = self._words.stamps(published)
            return f'<div class=when><span><a href=/comment/{comment}><time datetime={stamp} title="{title}">'
        title = escaped(exact(Times(published, updated, node[8] == 1), self._words))
        stamp = clock_stamp(published if updated is None else updated)
        link = (
            f"<a href=/comment/{comment}>" if updated is None else f"<a href=/comment/{comment}/history class=edited>"
        )
        return f'<div class=when><span>{link}<time datetime={stamp} title="{title}">'

    def age(self, at: Micros, now: Micros, *, edited: bool) -> str:
        """Return how long ago it was."""
        passed = now - at
        if 0 <= passed < DAY_MICROS:
            return self._recent[passed // MINUTE_MICROS][edited]
        if DAY_MICROS <= passed < 30 * DAY_MICROS:
            return self._days[passed // DAY_MICROS - 1][edited]
        age = age_between(at, now)
        found = self._ages.get(age)
        if found is None:
            found = self._ages[age] = self._age(age)
        return found[edited]

    def _age(self, age: Age) -> tuple[str, str]:
        said = self._words.age_words(age)
        return escaped(said), escaped(self._words.language.gettext("edited {age}").replace("{age}", said))

    def point(self, score: int) -> str:
        """Return the score in words; what was asked for once is in `points`."""
        return _remembered(self.points, score, lambda: f"<span>{escaped(self._words.points(score))}</span>")

    def fold(self, key: tuple[str, int]) -> str:
        """Return what follows the age where nothing else does: what stands on the folded line, and the fold's name.

        Args:
            key: a name, and how many replies are folded. What was asked for once is in `folds`.
        """
        return _remembered(self.folds, key, lambda: self._fold(*key))

    def _fold(self, name: str, replies: int) -> str:
        words = self._words
        return (
            f' <span class=folded data-said="{escaped(words.hidden(replies))}"></span></div></div>'
            f"<details open><summary><span>{escaped(words.branch(name, replies))}</span></summary>"
        )

    def to(self, name: str) -> str:
        """Return what the link to what is answered says."""
        return _remembered(self._to, name, lambda: f"{self._before_name}<bdi>{escaped(name)}</bdi>{self._after_name}")

    def name(self, author: AuthorView, handle: str | None, scene: Scene, *, op: bool, top: bool) -> Name:
        """Return who wrote it.

        Args:
            author: the person.
            handle: as an imported file spelled it.
            scene: of the page.
            op: whether they wrote the post.
            top: whether the name is a heading.
        """
        if scene.is_new(author):  # says since when, which is another word each day
            return _name(author, handle, scene, op=op, top=top)
        key = (author, handle, op, top, scene.host)
        return _remembered(self._names, key, lambda: _name(author, handle, scene, op=op, top=top))


def age_ends(at: Micros, now: Micros) -> int:
    """Say when the age of a moment becomes another one, at latest."""
    passed = now - at
    unit = MINUTE_MICROS if passed < HOUR_MICROS else HOUR_MICROS if passed < DAY_MICROS else DAY_MICROS
    return now + unit - passed % unit


def gone(said: str) -> Markup:
    """Return what stands where a text is not shown."""
    return Markup(f"<p class=gone dir=auto>{escaped(said)}</p>")


def removed(scene: Scene, reason: str | None) -> str:
    """Return `removed by moderator`, with the reason where one was given."""
    _ = scene.words.language.gettext
    if not reason:
        return _("removed by moderator")
    return _("removed by moderator: {reason}").replace("{reason}", reason)


def _name(author: AuthorView, handle: str | None, scene: Scene, *, op: bool, top: bool) -> Name:
    name, host = spelled(author, handle)
    marked = marks(author, scene, op=op)
    shown = who(name, host, scene, element="h3" if top else "bdi", href=person_path(author))
    kind = f'"by{" marked" if marked else ""}{" bot" if author.bot else ""}"' if marked or author.bot else "by"
    return Name(name, f"<div class={kind}>{shown}{marked}</div>")


@cache
def pieces_in(tag: str) -> Pieces:
    """Return the pieces of a language."""
    return Pieces(words_in(tag))


def _remembered(memory: dict[K, V], key: K, make: Callable[[], V]) -> V:
    found = memory.get(key)
    if found is None:
        if len(memory) >= _REMEMBERED:
            memory.clear()
        found = memory[key] = make()
    return found


def _age_of_minutes(minutes: int) -> Age:
    return age_between(Micros(-minutes * MINUTE_MICROS), Micros(0))
