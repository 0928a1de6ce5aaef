"""What do the comments of a thread say again and again? Days, ages, folds and points, remembered for each language."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import TypeVar

from folkmoot.doors.web.present import Markup, Scene
from folkmoot.doors.web.words import MINUTES_OF_DAY, SECONDS, Words, words_in
from folkmoot.model.ids import Micros
from folkmoot.text.ages import DAY_MICROS, HOUR_MICROS, MINUTE_MICROS, age_between
from folkmoot.text.html import escaped

_REMEMBERED = 4_096

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(dict[K, V]):
    """Makes what was not asked for before, and remembers as much of it as there is room for."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[key] = self._make(key)
        return found


class Pieces:
    """The pieces that threads repeat, in one language.

    `minutes` has the ages of less than a day, `days` the others by how many whole days they have; `dates` has what
    stands around the time of day by the number of the day since 1970. `folds` has, by the number of replies, what
    stands before and after a name: what is said on the folded line, and what the fold sign is called.
    """

    def __init__(self, words: Words) -> None:
        _ = words.language.gettext
        self.more = escaped(_("More"))
        self.nothing = gone(_("no text"))
        self.deleted = gone(_("deleted by author"))
        self.to = _around(_("to {name}"), "{name}")
        self.edited = _around(_("edited {age}"), "{age}")
        self.minutes = [_age(words, minutes * MINUTE_MICROS) for minutes in range(24 * 60)]
        self.days: Memory[int, str] = Memory(lambda days: _age(words, days * DAY_MICROS))
        self.dates: Memory[int, tuple[str, str, str]] = Memory(words.date_around)
        self.points: Memory[int, str] = Memory(lambda score: f"<span>{escaped(words.points(score))}</span>")
        self.folds: Memory[int, tuple[str, str]] = Memory(lambda replies: _fold(words, replies))


@cache
def pieces_in(tag: str) -> Pieces:
    """Return the pieces of a language."""
    return Pieces(words_in(tag))


class Times:
    """Says when things on a page were, and how long ago; `left`: how long what it said holds, at most a minute."""

    __slots__ = ("_dates", "_days", "_edited", "_minutes", "_now", "left")

    def __init__(self, pieces: Pieces, now: Micros) -> None:
        """Begin at a moment."""
        self.left = MINUTE_MICROS
        self._now = now
        self._dates = pieces.dates
        self._days = pieces.days
        self._minutes = pieces.minutes
        self._edited = pieces.edited

    def said(self, at: Micros) -> str:
        """Return the attributes of an element of time, and the age that stands in it."""
        day, rest = divmod(at, DAY_MICROS)
        date, before, after = self._dates[day]
        minute = MINUTES_OF_DAY[rest // MINUTE_MICROS]
        second = SECONDS[rest % MINUTE_MICROS // 1_000_000]
        return f'datetime={date}T{minute}:{second}Z title="{before}{minute}{after}">{self.age(at)}'

    def age(self, at: Micros) -> str:
        """Return how long ago it was."""
        passed = self._now - at
        if passed >= DAY_MICROS:
            days, over = divmod(passed, DAY_MICROS)
            if over > DAY_MICROS - self.left:
                self.left = DAY_MICROS - over
            return self._days[days]
        unit = MINUTE_MICROS if passed < HOUR_MICROS else HOUR_MICROS
        self.left = min(self.left, unit - passed % unit)
        return self._minutes[max(passed, 0) // MINUTE_MICROS]

    def edited(self, at: Micros) -> str:
        """Return how long ago it was changed, in words that say so."""
        before, after = self._edited
        return f"{before}{self.age(at)}{after}"


def gone(said: str) -> Markup:
    """Return what stands where a text is not shown."""
    return Markup(f"<p class=gone dir=auto>{escaped(said)}</p>")


def removed(scene: Scene, reason: str | None) -> str:
    """Return `removed by moderator`, with the reason where one was given."""
    _ = scene.words.language.gettext
    if not reason:
        return _("removed by moderator")
    return _("removed by moderator: {reason}").replace("{reason}", reason)


def _age(words: Words, passed: int) -> str:
    return escaped(words.age_words(age_between(Micros(-passed), Micros(0))))


def _fold(words: Words, replies: int) -> tuple[str, str]:
    before, after = _around(words.branch("{name}", replies), "{name}")
    folded = f'<span class=folded data-said="{escaped(words.hidden(replies))}"></span>'
    return f" {folded}</div></div><details open><summary><span>{before}", f"{after}</span></summary>"


def _around(phrase: str, place: str) -> tuple[str, str]:
    """Return what stands before and after a place in a phrase, escaped."""
    before, _, after = escaped(phrase).partition(place)
    return before, after
