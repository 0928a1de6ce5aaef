"""Where does a reader choose the look? Three groups of buttons, each with a sample, and a specimen of what is set."""

from babel.numbers import format_percent

from folkmoot.doors.web.appearance import Density, Look, Size, Theme
from folkmoot.doors.web.frame import Frame, fill_page, finished, plain
from folkmoot.doors.web.head import Head
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.present import Markup
from folkmoot.doors.web.words import words_in
from folkmoot.text.html import escaped

SHARES = {Size.SMALL: 0.9375, Size.NORMAL: 1.0, Size.LARGE: 1.125, Size.LARGEST: 1.25}
"""Of the browser's own size."""

Choice = dict[str, object]


def appearance_page(frame: Frame, *, back: str | None) -> str:
    """Return the page.

    Args:
        frame: whose look is the one that is set.
        back: where the reader came from, as `reading.local_path` gives it.
    """
    _ = frame.language.gettext
    look = frame.look
    groups = [
        {"name": "theme", "title": _("Theme"), "choices": _themes(look, frame.language)},
        {"name": "density", "title": _("Lists"), "choices": _densities(look, frame.language)},
        {"name": "size", "title": _("Text size"), "choices": _sizes(look, frame.language)},
    ]
    return fill_page(
        "appearance.html",
        frame,
        head=Head(_("Appearance")),
        values={
            "here": "appearance",
            "back": plain(back or ""),
            "groups": groups,
            "posts": _specimen(frame),
        },
    )


def _specimen(frame: Frame) -> list[dict[str, object]]:
    """Return two posts that nobody wrote, as a list shows them."""
    _ = frame.language.gettext
    words = words_in(frame.language.tag)
    told = (
        (
            _("The town wants to rent its clock tower to a weather station"),
            _("The room under the bells has stood empty since the last keeper of the clock retired."),
            ("gazette.example", _("Towers"), 214, 57),
        ),
        (
            _("What we learned from running a small server for ten years"),
            _("The machine was replaced twice and the disk five times; the one program that nobody remembers runs on."),
            ("notes.example", _("Servers"), 96, 31),
        ),
    )
    return [
        {
            "title": plain(title),
            "excerpt": plain(excerpt if frame.look.density is Density.ROOMY else ""),
            "host": plain(host),
            "place": plain(place),
            "number": plain(frame.language.number(points)),
            "points": plain(words.points(points)),
            "talk": plain(words.comments(comments)),
        }
        for title, excerpt, (host, place, points, comments) in told
    ]


def _themes(look: Look, language: Language) -> list[Choice]:
    _ = language.gettext
    told = (
        (Theme.SYSTEM, _("Same as this device"), _("Light or dark, with more contrast where the device asks for it.")),
        (Theme.LIGHT, _("Light"), _("Dark ink on warm paper.")),
        (Theme.DARK, _("Dark"), _("Light ink on dark grey.")),
        (Theme.BLACK, _("Black"), _("As Dark, on pure black.")),
        (Theme.CONTRAST, _("High contrast"), _("Black on white, with every line drawn.")),
        (Theme.CONTRAST_DARK, _("High contrast, dark"), _("White on black, with every line drawn.")),
    )
    return [
        _choice(theme.value, title, hint, chosen=theme is look.theme, sample=_swatch(theme))
        for theme, title, hint in told
    ]


def _swatch(theme: Theme) -> Markup:
    shown = (Theme.LIGHT, Theme.DARK) if theme is Theme.SYSTEM else (theme,)
    halves = "".join(f'<span data-theme="{one.value}">A<i>a</i></span>' for one in shown)
    return Markup(f'<span class="sample paper" aria-hidden="true">{halves}</span>')


def _densities(look: Look, language: Language) -> list[Choice]:
    _ = language.gettext
    told = (
        (Density.COMPACT, _("Compact"), _("Small lines close together: the most posts on a screen.")),
        (Density.REGULAR, _("Regular"), _("Two lines for each post, and room for a finger.")),
        (Density.ROOMY, _("Roomy"), _("Larger titles, and the beginning of each text.")),
    )
    return [
        _choice(
            density.value,
            title,
            hint,
            chosen=density is look.density,
            sample=Markup(f'<span class="sample lines {density.value}" aria-hidden="true"></span>'),
        )
        for density, title, hint in told
    ]


def _sizes(look: Look, language: Language) -> list[Choice]:
    _ = language.gettext
    told = (
        (Size.SMALL, _("Small")),
        (Size.NORMAL, _("Same as the browser")),
        (Size.LARGE, _("Large")),
        (Size.LARGEST, _("Largest")),
    )
    return [
        _choice(
            size.value,
            title,
            format_percent(SHARES[size], "#,##0.##%", locale=language.locale, numbering_system="latn"),
            chosen=size is look.size,
            sample=Markup(f'<span class="sample letters" aria-hidden="true"><i data-size="{size.value}">Aa</i></span>'),
        )
        for size, title in told
    ]


def _choice(value: str, title: str, hint: str, *, chosen: bool, sample: Markup) -> Choice:
    return {
        "value": value,
        "title": finished(escaped(title)),
        "hint": finished(escaped(hint)),
        "chosen": chosen,
        "sample": finished(sample),
    }
