"""What does the page of a text consist of while it is being written?

`Writer` knows what is open, so that nothing is nested deeper than anybody can read, and what has to be written again
when its content is known: the direction of a quote or list, the words of a link.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from folkmoot.text import links
from folkmoot.text.directions import reads_from_right
from folkmoot.text.html import escaped, unescaped
from folkmoot.text.marks import TITLE, unmarked, unmarked_code
from folkmoot.text.mention_syntax import Mention, show_mentions
from folkmoot.text.ruby import show_ruby
from folkmoot.text.spoilers import with_titles

MAX_OPEN_TAGS = 50
"""Elements within each other; quotes, lists and emphasis that would go deeper are left out, their text stays."""

_LINK_END = "</a>"
_CODE_END = "</code>"
_LEFT_OUT = ""
_SPECIAL = re.compile("[{\ufdd0-\ufdef]")
_MAX_FINDS = 2_000
"""Rubies and mentions of a text, each; further ones stay as they were typed."""


@dataclass(slots=True)
class Writer:
    """What is written so far, and what is open."""

    titles: tuple[str, ...]
    out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    undirected: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    link: links.Link | None = None
    link_start: int = 0
    code: bool = False
    linkless: bool = False
    notes: int = 0
    rich_titles: int = 0
    rubies: int = 0
    mentions: int = 0

    def text(self, markup: str) -> None:
        """Write text, which the parser has escaped, with everything that is found in text."""
        if self.undirected:
            self._settle_direction(markup)
        self.out.append(self._shown(markup) if _SPECIAL.search(markup) else markup)

    def _shown(self, markup: str) -> str:
        if TITLE in markup:
            markup = with_titles(markup, tuple(escaped(title) for title in self.titles))
        if self.code:
            return unmarked_code(markup)
        if "{" in markup and self.rubies < _MAX_FINDS:
            markup, found = show_ruby(markup, at_most=_MAX_FINDS - self.rubies)
            self.rubies += found
        return unmarked(show_mentions(markup, self._mention))

    def start(self, opening: str, closing: str) -> None:
        """Open an element that may stand at any depth."""
        self.out.append(opening)
        self.open.append(closing)

    def start_nested(self, opening: str, closing: str) -> None:
        """Open an element that may contain its like; too deep, only its content is written."""
        if len(self.open) < MAX_OPEN_TAGS:
            self.start(opening, closing)
        else:
            self.start_left_out()

    def start_directed(self, name: str, extra: str = "") -> None:
        """Open an element of blocks, read from the side of its first letter."""
        if len(self.open) < MAX_OPEN_TAGS:
            self.undirected.append(len(self.out))
        self.start_nested(f'<{name} dir="auto"{extra}>', f"</{name}>")

    def end(self) -> None:
        """Close the innermost element."""
        closing = self.open.pop() if self.open else _LEFT_OUT
        if closing == _LINK_END:
            self._end_link()
        elif closing == _CODE_END:
            self.code = False
        self.out.append(closing)

    def start_code(self, opening: str) -> None:
        """Open code, in which nothing is found but characters."""
        self.code = True
        self.start(opening, _CODE_END)

    def start_left_out(self) -> None:
        """Open an element of which only the content is written."""
        self.start("", _LEFT_OUT)

    def leaves_out(self) -> bool:
        """Say whether the innermost element is one of which only the content is written."""
        return bool(self.open) and self.open[-1] == _LEFT_OUT

    def may_link(self) -> bool:
        """Say whether a link may stand here: not in another one, and not in what is itself to be clicked."""
        return self.link is None and not self.linkless

    def start_link(self, link: links.Link) -> None:
        """Open a link, of which its words are not known yet."""
        self.start(link.opening(), _LINK_END)
        self.link, self.link_start = link, len(self.out)

    def _end_link(self) -> None:
        link, self.link = self.link, None
        if link is None:
            return
        words = unescape("".join(self.out[self.link_start :]))
        if not words.strip():
            self.out[self.link_start :] = [escaped(link.address)]
        elif not links.same_address(words, link.address):
            return
        self.out[self.link_start - 1] = link.opening(direction="ltr")

    def _mention(self, typed: str, meant: Mention) -> str:
        self.mentions += 1
        if self.mentions > _MAX_FINDS:
            return typed
        return links.mention(typed, meant, linked=self.may_link())

    def _settle_direction(self, markup: str) -> None:
        from_right = reads_from_right(unescaped(markup))
        if from_right is None:
            return
        if from_right:
            for place in self.undirected:
                self.out[place] = self.out[place].replace('dir="auto"', 'dir="rtl"')
        self.undirected.clear()
