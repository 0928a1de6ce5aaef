"""How is the Markdown parser set?

One place knows comrak and its options. Its Python binding gives HTML only; `rewriting` makes ours of it. What it is
asked for beyond CommonMark: tables, strikethrough, footnotes (also `^[inline]`), sub- and superscript, bare addresses
as links, `:::` containers, and emphasis beside CJK punctuation. Raw HTML it shall escape; `source_guards` leaves it
none.
"""

from functools import cache

import comrak

from folkmoot.text.html import without_forbidden_but_marks

_EXTENSIONS = (
    "autolink",
    "block_directive",
    "cjk_friendly_emphasis",
    "strikethrough",
    "subscript",
    "superscript",
)


def parse(source: str, *, footnotes: bool = True, tables: bool = True) -> str | None:
    """Return the HTML of a guarded source, None where the parser gave up: a fault of it, not of the source."""
    extensions = _extensions(footnotes=footnotes, tables=tables)
    try:
        markup = comrak.render_markdown(source, extension_options=extensions, render_options=_rendering())
    except BaseException as fault:
        # A panic of the parser reaches us as pyo3_runtime.PanicException, which no module exports.
        if type(fault).__module__ != "pyo3_runtime":
            raise
        return None
    return without_forbidden_but_marks(markup)


@cache
def _extensions(*, footnotes: bool, tables: bool) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    for name in _EXTENSIONS:
        setattr(options, name, True)
    options.footnotes = options.inline_footnotes = footnotes
    options.table = tables
    return options


@cache
def _rendering() -> comrak.RenderOptions:
    options = comrak.RenderOptions()
    options.escape = True
    return options
