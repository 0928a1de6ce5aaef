"""Who is named in a text, and who is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.text.markdown import render_markdown
from folkmoot.text.mentions import Mention, mentions, mentions_in


def person(name: str, host: str) -> Mention:
    return Mention(name, host, community=False)


def community(name: str, host: str) -> Mention:
    return Mention(name, host, community=True)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("@ada@lemmy.example", [person("ada", "lemmy.example")]),
        ("!botany@plants.example", [community("botany", "plants.example")]),
        ("/u/a@b.example and /c/c@d.example", [person("a", "b.example"), community("c", "d.example")]),
        ("@Ada_L.2-x@Lemmy.Example:8536", [person("Ada_L.2-x", "lemmy.example:8536")]),
        ("@a@localhost:80.", [person("a", "localhost:80")]),
        ("(@a@b.example), '@c@d.example'!", [person("a", "b.example"), person("c", "d.example")]),
        ("**@a@b.example** _@c@d.example_", [person("a", "b.example"), person("c", "d.example")]),
        ("~~!e@f.example~~ ^@g@h.example^", [community("e", "f.example"), person("g", "h.example")]),
        ("@a@b.example @A@B.EXAMPLE @a@b.example", [person("a", "b.example"), person("A", "b.example")]),
        ("# @a@b.example\n\n> - @c@d.example", [person("a", "b.example"), person("c", "d.example")]),
        ("|@e@f.example|\n|-|\n|!g@h.example|", [person("e", "f.example"), community("g", "h.example")]),
        ("[@a@b.example](https://b.example/u/a)", [person("a", "b.example")]),
        ("[by @a@b.example, twice](https://c.example/)", [person("a", "b.example")]),
        ("[@a@b.example](javascript:x)", [person("a", "b.example")]),
        ("@имя@пример.example 漢@字@例.example", [person("имя", "пример.example"), person("字", "例.example")]),
        ("cc:@a@b.example", [person("a", "b.example")]),
        ("@a@b.example/path @c@d.example:x", [person("a", "b.example"), person("c", "d.example")]),
        ("a_@b@c.example", [person("b", "c.example")]),
        ("@__proto__@c.example", [person("__proto__", "c.example")]),
    ],
)
def test_mentions_are_found_in_order(source: str, named: list[Mention]) -> None:
    assert list(mentions(source)) == named


@pytest.mark.parametrize(
    "source",
    [
        "",
        "@ada",
        "@ada@host",
        "!ada",
        "ada@lemmy.example",
        "mailto:ada@lemmy.example",
        "hello!ada@lemmy.example",
        "x@ada@lemmy.example",
        "`@ada@lemmy.example`",
        "    @ada@lemmy.example",
        "```\n@ada@lemmy.example\n```",
        "\\@ada@lemmy.example",
        "\\!ada@lemmy.example",
        "https://masto.example/@ada@lemmy.example",
        "<https://masto.example/@ada@lemmy.example>",
        "[x](https://masto.example/@ada@lemmy.example)",
        "[x](/u/ada@lemmy.example)",
        "![@ada@lemmy.example](https://a.example/x.png)",
        "@ada@lemmy..example",
        "@ada@.example",
        "@.ada@lemmy.example",
        "@ada@lemmy.example@x",
        "@@lemmy.example",
        "@" + "a" * 250 + "@lemmy.example",
        "https://lemmy.example/u/ada@lemmy.example",
    ],
)
def test_nobody_is_named(source: str) -> None:
    assert mentions(source) == ()


def test_mention_leads_to_the_host_of_whom_it_names() -> None:
    page = render_markdown("@ä.b@Lemmy.Example:81").html
    assert 'class="mention" href="https://lemmy.example:81/u/%C3%A4.b" dir="ltr"' in page
    assert ">@ä.b@Lemmy.Example:81</a>" in page


def test_mention_behind_a_backslash_is_not_even_a_mail_address() -> None:
    assert render_markdown("\\@ada@lemmy.example").html == '<p dir="auto">@ada@lemmy.example</p>'


def test_more_mentions_than_anybody_means_stay_as_typed() -> None:
    html = render_markdown("".join(f"@a{number}@b.example " for number in range(3_000))).html
    assert len(mentions_in(html)) == 2_000
    assert "@a2999@b.example" in html


@settings(deadline=None, max_examples=100)
@given(
    st.from_regex(r"[A-Za-z0-9_]{1,20}", fullmatch=True),
    st.from_regex(r"[a-z0-9]{1,20}\.[a-z]{2,10}", fullmatch=True),
    st.sampled_from(["{}", "a {} b", "**{}**", "> {}", "- {}", "[{}](https://x.example)", "({})", "{}."]),
)
def test_every_handle_is_found_wherever_text_is(name: str, host: str, around: str) -> None:
    assert mentions(around.format(f"@{name}@{host}")) == (person(name, host),)
    assert mentions(around.format(f"/c/{name}@{host}")) == (community(name, host),)
