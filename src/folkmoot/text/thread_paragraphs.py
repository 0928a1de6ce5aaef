r"""What is a paragraph of a thread's text form, and how does any text become some?

A legal paragraph is one line or more, joined by `\n`. A line is at least one character, of any kind but U+0000,
carriage return, line feed and lone surrogates. Only `\n` ends a line: tabs, U+000B, U+000C, U+0085, U+2028, U+2029 and
bidi controls are text like any other, a line may be nothing but spaces, and spaces at both ends of it count.
So a paragraph is never empty and neither begins nor ends with `\n` nor has two of them in a row.
"""

import re

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_GAP = re.compile("\n\n+")


def is_paragraph(text: str) -> bool:
    """Whether the text is one legal paragraph."""
    if "\x00" in text or "\r" in text or not has_paragraph_shape(text):
        return False
    return not _has_surrogate(text)


def _has_surrogate(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def has_oddities(text: str) -> bool:
    """Whether the paragraphs of a stored text are not simply what its empty lines part: that is rare."""
    return "\n\n\n" in text or "\r" in text or "\x00" in text or _has_surrogate(text)


def has_paragraph_shape(text: str) -> bool:
    """Whether each line of the text has a character: all that is left to ask where no illegal one can occur."""
    return text != "" and not text.startswith("\n") and not text.endswith("\n") and "\n\n" not in text


def paragraphs_from_text(text: str) -> tuple[str, ...]:
    r"""Return the legal paragraphs of a stored plain text, in which empty lines part paragraphs.

    Never refuses: foreign line ends become `\n`, empty lines in a row count as one, and U+0000 and lone surrogates,
    which no file can hold, become U+FFFD. Legal paragraphs joined by an empty line come back as they were. Guards
    against look-alikes are not this function's business: `format_thread` puts them on.

    Returns:
        Nothing for a text that has no character but line ends.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text or _has_surrogate(text):
        text = _NO_TEXT.sub("\ufffd", text)
    unified = text.strip("\n")
    if "\n\n" in unified:
        return tuple(_GAP.split(unified))
    return (unified,) if unified else ()
