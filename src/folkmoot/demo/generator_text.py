"""What do the people of a generated site say? Bodies put together from rendered blocks, in many languages.

Rendering a million bodies would take ten minutes; a few thousand blocks take seconds. What stands between blank lines
is rendered by itself, so a body of blocks is the same as its blocks' HTML, one after the other. Two things are not like
that: lists, which would run together, and footnotes, which gather at the end. `tests/demo/test_generator.py` renders
bodies whole and compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from itertools import accumulate
from random import Random

import msgspec

from folkmoot.text.markdown import Rendered, render_markdown

BLOCKS_A_SHARE = 12
"""How many blocks are rendered for each hundredth of the threads that speak a language."""
BLOCKS_MAX = 10
_SENTENCES = (1, 1, 2, 2, 3, 4, 6)
_PLAIN_OF_TEN = 7
"""Of ten blocks so many are paragraphs without any Markdown."""


class LanguageContent(msgspec.Struct, frozen=True):
    """One language's sentences and titles, and how many hundredths of all threads speak it."""

    tag: str
    share: int
    titles: list[str]
    sentences: list[str]


class Sentences(msgspec.Struct, frozen=True):
    """The file `sentences.toml`."""

    things: list[str]
    places: list[str]
    language: list[LanguageContent]


class Joins(Enum):
    """What a block does to its neighbours."""

    FREELY = 1
    NOT_WITH_ITS_LIKE = 2
    AT_THE_END = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown between blank lines."""

    source: str
    rendered: Rendered
    joins: Joins


@dataclass(frozen=True, slots=True)
class Body:
    """A whole text: source and plain text, and HTML up to the thing's key."""

    source: str
    text: str
    blocks: tuple[Block, ...]

    def html_for(self, key: str) -> str:
        """Give the HTML, as the renderer makes it for the thing of that key."""
        return "\n".join([block.rendered.html for block in self.blocks[:-1]] + [self._ending(key)])

    def _ending(self, key: str) -> str:
        last = self.blocks[-1]
        return last.rendered.for_thing(key) if last.joins is Joins.AT_THE_END else last.rendered.html


class Language:
    """One language of the site, ready to speak."""

    def __init__(self, content: LanguageContent, words: Sentences, chance: Random) -> None:
        self.share = content.share
        self._titles = content.titles
        self._sentences = content.sentences
        self._words = words
        self._chance = chance
        blocks = [self._block() for _ in range(max(40, BLOCKS_A_SHARE * content.share))]
        self._inner = [block for block in blocks if block.joins is not Joins.AT_THE_END]
        self._last = blocks

    def title(self) -> str:
        return self._filled(self._chance.choice(self._titles))

    def body(self, blocks: int) -> Body:
        """Put together a text of so many blocks, at least one; fewer where two lists would meet."""
        chance = self._chance.random
        chosen = [self._last[int(chance() * len(self._last))]]
        for _ in range(blocks - 1):
            block = self._inner[int(chance() * len(self._inner))]
            if block.joins is Joins.FREELY or chosen[0].joins is Joins.FREELY:
                chosen.insert(0, block)
        return Body(
            source="\n\n".join([block.source for block in chosen]),
            text="\n\n".join([block.rendered.text for block in chosen]),
            blocks=tuple(chosen),
        )

    def words(self) -> str:
        """Say one thing, without Markdown."""
        return self._filled(self._chance.choice(self._sentences))

    def _filled(self, text: str) -> str:
        words, chance = self._words, self._chance
        return (
            text.replace("{thing}", chance.choice(words.things))
            .replace("{place}", chance.choice(words.places))
            .replace("{number}", str(chance.randrange(2, 900)))
        )

    def _paragraph(self) -> str:
        said = [self.words() for _ in range(self._chance.choice(_SENTENCES))]
        return " ".join(said)

    def _block(self) -> Block:
        if self._chance.randrange(10) < _PLAIN_OF_TEN:
            return _rendered(self._paragraph(), Joins.FREELY)
        kinds = (
            self._emphasis,
            self._link,
            self._mention,
            self._quote,
            self._list,
            self._code,
            self._table,
            self._spoiler,
            self._footnote,
            self._heading,
            self._picture,
        )
        return self._chance.choice(kinds)()

    def _emphasis(self) -> Block:
        return _rendered(f"{self.words()} **{self.words()}** *{self.words()}* ~~{self.words()}~~", Joins.FREELY)

    def _link(self) -> Block:
        number = self._chance.randrange(1, 5_000)
        link = f"[{self.words()}](https://notes{number % 40}.example/page/{number})"
        return _rendered(f"{self.words()} {link} https://pictures.example/{number}", Joins.FREELY)

    def _mention(self) -> Block:
        number = self._chance.randrange(1, 400)
        return _rendered(f"@person{number}@host{number % 20}.example {self._paragraph()}", Joins.FREELY)

    def _quote(self) -> Block:
        return _rendered(f"> {self._paragraph()}\n>\n> {self.words()}\n\n{self.words()}", Joins.FREELY)

    def _list(self) -> Block:
        mark = self._chance.choice(("- ", "1. "))
        return _rendered("\n".join(mark + self.words() for _ in range(4)), Joins.NOT_WITH_ITS_LIKE)

    def _code(self) -> Block:
        number = self._chance.randrange(3, 99)
        lines = f"for turn in range({number}):\n    if turn % 3 < 1:\n        print(turn, 'of', {number})"
        return _rendered(f"{self.words()} `turn % 3`\n\n```python\n{lines}\n```", Joins.FREELY)

    def _table(self) -> Block:
        rows = "\n".join(f"| {self.words()} | {self._chance.randrange(1, 1_000)} |" for _ in range(3))
        return _rendered(f"| – | {self._chance.randrange(1990, 2030)} |\n|---|--:|\n{rows}", Joins.FREELY)

    def _spoiler(self) -> Block:
        return _rendered(f"::: spoiler {self.words()}\n{self._paragraph()}\n:::", Joins.FREELY)

    def _footnote(self) -> Block:
        return _rendered(f"{self.words()}[^1] {self.words()}\n\n[^1]: {self.words()}", Joins.AT_THE_END)

    def _heading(self) -> Block:
        return _rendered(f"### {self.words()}\n\n{self._paragraph()}", Joins.FREELY)

    def _picture(self) -> Block:
        number = self._chance.randrange(1, 5_000)
        return _rendered(f"![{self.words()}](https://pictures.example/{number}.png)", Joins.FREELY)


def _rendered(source: str, joins: Joins) -> Block:
    return Block(source, render_markdown(source), joins)


class Speech:
    """All languages of the site."""

    def __init__(self, chance: Random) -> None:
        words = msgspec.toml.decode(files("folkmoot.demo").joinpath("sentences.toml").read_bytes(), type=Sentences)
        self._chance = chance
        self._languages = [Language(content, words, chance) for content in words.language]
        self._shares = list(accumulate(language.share for language in self._languages))

    @property
    def languages(self) -> Sequence[Language]:
        """The one that most speak comes first."""
        return self._languages

    def some_language(self) -> Language:
        return self._chance.choices(self._languages, cum_weights=self._shares)[0]
