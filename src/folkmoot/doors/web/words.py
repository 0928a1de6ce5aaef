"""How does a page say an age, a moment, a count, a state, in the reader's language?"""

from datetime import UTC, datetime, timedelta
from functools import cache

from babel.dates import format_date

from folkmoot.doors.web.i18n import Language, language
from folkmoot.model.ids import Micros
from folkmoot.queries.views import CommentSort
from folkmoot.text.ages import Age, Unit, age_between

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST = Micros((datetime(1, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
_LAST = Micros((datetime(9999, 12, 31, 23, 59, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
_DAYS_KEPT = 4_096


def moment_of(at: Micros) -> datetime:
    """Return the moment as a date and time in UTC; one outside of the years 1 to 9999 is moved to their edge."""
    return _EPOCH + timedelta(microseconds=min(max(at, _FIRST), _LAST))


@cache
def words_in(tag: str) -> "Words":
    """Return the words of a language, made once."""
    return Words(language(tag))


class Words:
    """The counted and dated phrases of one language. Ages and days are remembered: a thread repeats them."""

    def __init__(self, spoken: Language) -> None:
        self.language = spoken
        self._ages: dict[Age, str] = {}
        self._days: dict[int, str] = {}

    def age(self, then: Micros, now: Micros) -> str:
        """Return `2 hours ago`."""
        age = age_between(then, now)
        if (known := self._ages.get(age)) is None:
            known = self._ages[age] = self._age(age)
        return known

    def _age(self, age: Age) -> str:
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
        when = moment_of(at)
        day = when.toordinal()
        if (pattern := self._days.get(day)) is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            pattern = self._days[day] = self._day(when)
        return pattern.replace("{time}", f"{when.hour:02}:{when.minute:02}")

    def _day(self, when: datetime) -> str:
        date = format_date(when, "long", locale=self.language.locale)
        return self.language.gettext("{date}, {time} UTC").replace("{date}", date)

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
