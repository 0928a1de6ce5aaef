"""How does a page say an age, a moment, a count, a state, in the reader's language?"""

from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from babel.dates import format_date

from folkmoot.doors.web.i18n import Language, language
from folkmoot.model.ids import Micros
from folkmoot.queries.views import CommentSort
from folkmoot.text.ages import Age, Unit, age_between
from folkmoot.text.html import escaped

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = Micros((datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
_LAST = Micros((datetime(9999, 12, 31, 23, 59, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
_DAYS_KEPT = 4_096
_DAY_MICROS = 24 * 60 * 60 * 1_000_000
SECONDS = [f"{second:02}" for second in range(60)]
MINUTES_OF_DAY = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)]


def moment_of(at: Micros) -> datetime:
    """Return the moment as a date and time in UTC; one outside of the years 1 to 9999 is moved to their edge."""
    return _EPOCH + timedelta(microseconds=min(max(at, _FIRST), _LAST))


def clock_stamp(at: Micros) -> str:
    """Return `2024-11-24T09:12:00Z`, as elements of time have it; seconds are cut off to whole ones."""
    day, second = _day_and_second(at)
    return f"{_date_of(day)}T{MINUTES_OF_DAY[second // 60]}:{second % 60:02}Z"


def _day_and_second(at: Micros) -> tuple[int, int]:
    """Count the days since 1970 and the seconds of the day."""
    day, rest = divmod(min(max(at, _FIRST), _LAST), _DAY_MICROS)
    return day, rest // 1_000_000


@lru_cache(_DAYS_KEPT)
def _date_of(day: int) -> str:
    return moment_of(Micros(day * _DAY_MICROS)).date().isoformat()


@cache
def words_in(tag: str) -> "Words":
    """Return the words of a language, made once."""
    return Words(language(tag))


class Words:
    """The counted and dated phrases of one language. Ages and days are remembered: a thread repeats them."""

    def __init__(self, spoken: Language) -> None:
        self.language = spoken
        self._ages: dict[Age, str] = {}
        self._days: dict[int, tuple[str, str]] = {}

    def age(self, then: Micros, now: Micros) -> str:
        """Return `2 hours ago`."""
        age = age_between(then, now)
        if (known := self._ages.get(age)) is None:
            known = self._ages[age] = self.age_words(age)
        return known

    def age_words(self, age: Age) -> str:
        """Return an age in words."""
        ngettext = self.language.ngettext
        match age.unit:
            case None:
                return self.language.gettext("just now")
            case Unit.MINUTE:
                return ngettext("{count} minute ago", "{count} minutes ago", age.count)
            case Unit.HOUR:
                return ngettext("{count} hour ago", "{count} hours ago", age.count)
            case Unit.DAY:
                return ngettext("{count} day ago", "{count} days ago", age.count)
            case Unit.MONTH:
                return ngettext("{count} month ago", "{count} months ago", age.count)
            case Unit.YEAR:
                return ngettext("{count} year ago", "{count} years ago", age.count)

    def moment(self, at: Micros) -> str:
        """Return `24 November 2024, 09:12 UTC`."""
        day, second = _day_and_second(at)
        if (around := self._days.get(day)) is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            around = self._days[day] = self._day(day)
        return f"{around[0]}{MINUTES_OF_DAY[second // 60]}{around[1]}"

    def date_around(self, day: int) -> tuple[str, str, str]:
        """Return a day, counted from 1970, as `clock_stamp` has it, and what stands around the time in `moment`.

        What is around it is escaped for an attribute.
        """
        day = min(max(day, _FIRST // _DAY_MICROS), _LAST // _DAY_MICROS)
        before, after = self._day(day)
        return _date_of(day), escaped(before), escaped(after)

    def _day(self, day: int) -> tuple[str, str]:
        """Return what stands before and after the time of day."""
        date = format_date(moment_of(Micros(day * _DAY_MICROS)), "long", locale=self.language.locale)
        before, _, after = self.language.gettext("{date}, {time} UTC").replace("{date}", date).partition("{time}")
        return before, after

    def about(self, at: Micros, *, approximate: bool) -> str:
        """Return the moment, after `about` where it was reckoned from a rounded age."""
        moment = self.moment(at)
        return self.language.gettext("about {moment}").replace("{moment}", moment) if approximate else moment

    def comments(self, count: int) -> str:
        """Return `57 comments`."""
        if count == 0:
            return self.language.gettext("no comments")
        return self.language.ngettext("{count} comment", "{count} comments", count)

    def points(self, count: int) -> str:
        """Return `21 points`, with a true minus where there are fewer than none."""
        return self.language.ngettext("{count} point", "{count} points", count)

    def skip(self, replies: int) -> str:
        """Return what leads past the replies of a comment."""
        return self.language.ngettext("Skip {count} reply", "Skip {count} replies", replies)

    def go_on(self, replies: int) -> str:
        """Return what leads to replies that lie too deep for this page."""
        return self.language.ngettext(
            "Continue this branch · {count} reply", "Continue this branch · {count} replies", replies
        )

    def load_replies(self, replies: int) -> str:
        """Return what leads to replies for which this page had no room."""
        return self.language.ngettext("Load {count} more reply", "Load {count} more replies", replies)

    def load_comments(self, comments: int) -> str:
        """Return what leads to the comments for which this page had no room."""
        return self.language.ngettext("Load {count} more comment", "Load {count} more comments", comments)

    def passed(self, comments: int) -> str:
        """Return what stands over a later part of a thread."""
        return self.language.ngettext(
            "{count} comment stands before these.", "{count} comments stand before these.", comments
        )

    def all_comments(self, comments: int) -> str:
        """Return what leads from one comment to its thread."""
        return self.language.ngettext("The thread of {count} comment", "All {count} comments", comments)

    def earlier(self, comments: int) -> str:
        """Return what shows more of the comments that one answers."""
        return self.language.ngettext("Show {count} earlier comment", "Show {count} earlier comments", comments)

    def hidden(self, replies: int) -> str:
        """Return what stands on the line of a folded comment."""
        if replies == 0:
            return self.language.gettext("hidden")
        return self.language.ngettext("{count} reply hidden", "{count} replies hidden", replies)

    def branch(self, name: str, replies: int) -> str:
        """Return what the fold sign is called: `kettleby, comment and 8 replies`."""
        if replies == 0:
            phrase = self.language.gettext("{name}, comment")
        else:
            phrase = self.language.ngettext(
                "{name}, comment and {count} reply", "{name}, comment and {count} replies", replies
            )
        return phrase.replace("{name}", name)

    def sort(self, order: CommentSort) -> str:
        """Return the name of an order of comments."""
        _ = self.language.gettext
        match order:
            case CommentSort.SHOWN:
                return _("As shown")
            case CommentSort.HOT:
                return _("Hot")
            case CommentSort.TOP:
                return _("Top")
            case CommentSort.NEW:
                return _("New")
            case CommentSort.OLD:
                return _("Old")
            case CommentSort.CONTROVERSIAL:
                return _("Controversial")
