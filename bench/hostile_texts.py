"""What would a stranger write to slow the house down, or to break it? Texts of one length, by name.

Each was found by reading the parser and our own passes for loops within loops, or by a search over random patterns
(`python -m bench.render_markdown --search SECONDS`). The tests render them, too.
"""

from collections.abc import Callable


def hostile_texts(chars: int) -> dict[str, str]:
    """Return every text known to be costly, strange or malicious, each of that many characters or a little less."""

    def fill(unit: str) -> str:
        return (unit * (chars // len(unit) + 1))[:chars]

    def around(opening: str, middle: str, closing: str) -> str:
        count = chars // (len(opening) + len(closing))
        return opening * count + middle + closing * count

    def lines(line: Callable[[int], str], count: int) -> str:
        return "".join(line(number) + "\n" for number in range(count))[:chars]

    return {
        **{f"only {unit!r}": fill(unit) for unit in _UNITS},
        "emphasis in emphasis": around("*a ", "a", "a* "),
        "strong in strong": around("**a ", "a", "a** "),
        "lowered in lowered": around("~a ", "a", "a~ "),
        "links in links": around("[", "a", "](b)"),
        "pictures in pictures": around("![", "a", "](https://a.b)"),
        "braces around braces": around("{", "a|b", "}"),
        "quotes, one deeper each line": lines(lambda n: ">" * n + "a", 400),
        "quotes, one less each line": lines(lambda n: ">" * (400 - n) + "a", 400),
        "lists, one deeper each line": lines(lambda n: "  " * n + "- a", 300),
        "deep quote, then lazy lines": "> " * 1_000 + "a\n" + fill("b\\\n")[: chars - 2_002],
        "code ticks of every length": " ".join("`" * n for n in range(1, 400))[:chars],
        "one reference, thousand uses": ("[a]: http://" + "x" * 20_000 + "\n\n" + fill("[a]"))[:chars],
        "long footnote name": "[^" + "a" * 990 + "]: x\n\n" + fill("[^" + "a" * 990 + "] "),
        "as many footnotes as we take": "[^a]: x\n\n" + "[^a]" * 190 + fill("b")[: chars - 900],
        "wide table, short rows": "|" + "a|" * 2_000 + "\n|" + "-|" * 2_000 + "\n" + fill("a\n"),
        "widest table that we take": "|" + "a|" * 99 + "\n|" + "-|" * 99 + "\n" + "|a\n" * 97,
        "spaces in a spoiler's title": "::: spoiler a" + fill(" ") + "b",
        "spoilers in what looks like code": "    ```\n" + fill("::: spoiler a\n"),
        "address of parentheses": "https://a.b/" + fill(")"),
        "address of entities": "https://a.b/" + fill("&a;"),
        "address of overrides": "[a](https://a.b/" + fill("\u202e") + ")",
        "link of embeddings": "[" + fill("\u202a")[: chars // 2] + fill("\u2069")[: chars // 2] + "](https://a.b)",
        "name of dots": "@" + fill("a."),
        "host of hyphens": "@a@" + fill("-a"),
        "mail address without end": fill("a.") + "@",
        "braces after backslashes": fill("\\") + "{a|b}",
    }


_UNITS = (
    *(">", "> ", "[", "]", "![", "[^", "^[", "^[a", "[a](", "[a](<b", "[a]: ", "[a]: <b", "[a]: b\n", "[^a]: [^a]\n\n"),
    *("*", "_", "*a ", "a* ", "*a_ ", "a**b", "a***b** c*", "*a* ", "~", "~a~", "~~a~~ ", "^a^", "^1^", "**漢。**"),
    *("`", "`a``", "```\n", "~~~\n```\n", "    a\n\n", "<", "<!--", "<?", "<!A ", "<![CDATA[", '<a x="', "<a@b"),
    *("<a:b>", "&", "&a", "&amp;", "&lt;", "&#xFDD0;", '"', "'a\"", "\\", "\\a", "\\*", "\\\\{", "\\@a@b.c "),
    *("- ", "+ ", "1. ", "1)\t", "> - 1) ", "- a\n", "- a\n\n", "- 1\n\n1. 1\n\n", "* ", "***\n", "# ", "a\n="),
    *("# a\n###### b\n", "|", "|-", "|a\n", "a|b\n", "|-|\n", "|a|\n|-|\n|b|\n\n", "|{a|b}", "a\r\n", "a\\\n"),
    *("a  \n", "\n", "\t", " ", ":", ":::\n", ":::\n\n", "::: spoiler a\n", "::: spoiler *a*\n:::\n"),
    *("- ::: spoiler a\n", "::: note\n", "{", "{a|", "{a|b}", "{a|b} @a@b.c ", "{" + "a" * 99, "{a|" + "b" * 199),
    *("@", "@a", "a@", "a@b.c ", "@a@b.c ", "!c@d.e ", "/u/a@b.c ", "/u/", "@a@b.c<😀", "mailto:", "mailto:a@b.c "),
    *("www.", "www.a.b ", "*www.a_", "http://", "http://a.b", "http://a.b ", "http://a.b/)<", "https://a.b/ü ", "a://"),
    *("![](https://a.b)", "[![](https://a.b)](https://c.d)", "[](a://b)", "[a](/u/a@b.c) ", "[a](javascript:b) "),
    *("漢", "😀", "א", "> א\n\n", "\u202e", "\u202e\u2066", "\u200b", "a\u0301", "\xa0\n\n", "\0", "\ud800"),
    *("\ufdd0", "\U0001ffff", "\r", "\n\nא{a|b}", "\n\n1. {/u/a@b.c)", "*@a@b.c", "{a|b}_"),
)
