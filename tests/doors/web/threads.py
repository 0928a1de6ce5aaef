"""The threads that the page tests draw and the browser tests open: every state of a comment, deep, long, Arabic."""

from folkmoot.model.ids import Micros
from folkmoot.queries.views import Absence, CommentSort, ThreadView
from folkmoot.text.markdown import render_literal, render_markdown
from tests.doors.web.factories import (
    DAY,
    HOUR,
    LEMMY_SORTS,
    MINUTE,
    NOW,
    Said,
    author,
    comment,
    community,
    paragraphs,
    post,
    said,
    thread,
    tree,
)

_LOW = "lowmoor.example"


def lively_thread() -> ThreadView:
    """A link post with comments of every kind, down to depth 8, as on the picture that the look was drawn from."""
    comments = tree(
        said(
            1,
            f"Wayfarer@{_LOW}",
            2 * HOUR,
            "I have been up there. The floor is sound and the stairs are not: whoever carries the instruments wants "
            "the stairs mended first, and that is another bill of which the gazette does not speak.",
            "Otherwise I like it. An empty room in a tower is a room for pigeons.",
            score=21,
        ),
        said(
            2,
            f"MorgenSternchen@{_LOW}",
            3 * HOUR,
            "The stairs were in the offer of two years ago: the surveyor's drawing shows eleven new treads and a rail. "
            "It is in the library, in the green folder, and it was cheaper than the roof by far. I can copy the page "
            "for whoever goes to the meeting.",
            "The pigeons are in the drawing, too.",
            score=8,
        ),
        said(
            1,
            f"darkwater@{_LOW}",
            18 * HOUR,
            "Fifteen years is what the service asks for everywhere. It has the same contract for a water tower and two "
            "church spires in the county.",
            "What is new is the chair. Somebody is meant to sit there.",
            op=True,
            score=14,
        ),
        said(
            1,
            f"quietharbor@{_LOW}",
            19 * HOUR,
            "Ask about the bells before you ask about the rent.",
            "A bell moves the wall by about a millimetre, and the wall moves the gauge. Either the hours are not rung "
            "any more or each hour has one reading that is wrong.",
            updated=Micros(NOW - 16 * HOUR),
            score=17,
        ),
        said(
            2,
            f"darkwater@{_LOW}",
            8 * HOUR,
            "They will drop the reading. It is in the third paragraph.",
            op=True,
            score=12,
        ),
        said(3, f"Wayfarer@{_LOW}", 3 * HOUR, "Twenty-four readings a day are a lot to drop.", score=1),
        said(3, f"quietharbor@{_LOW}", 3 * HOUR, "Then drop the bells.", score=-6),
        said(
            1,
            "alder",
            6 * HOUR,
            "Keep to the tower, and leave the councillor's house out of it.",
            author=author("alder", moderator=True),
        ),
        *_deep_branch(),
        said(
            1,
            "timetables@robots.example",
            17 * HOUR,
            "Wind at the harbour: 14 knots, south-west.",
            author=author("timetables@robots.example", bot=True),
            score=2,
        ),
        said(2, "oldquay@saltmarsh.example", 16 * HOUR, "Good robot."),
        said(
            1,
            "brackish@saltmarsh.example",
            12 * HOUR,
            absence=Absence.REMOVED,
            reason="rule 2",
            html="",
        ),
        said(
            2,
            "hazel",
            40 * MINUTE,
            "For the record: it named a third person.",
            author=author("hazel", admin=True),
            score=4,
        ),
    )
    return thread(comments)


def _deep_branch() -> tuple[Said, ...]:
    young = {"author": author("kettleby", published=Micros(NOW - 3 * DAY))}
    return (
        said(1, "kettleby", 5 * HOUR, "Has anyone compared this with the café that was dropped?", score=9, **young),
        said(2, f"ferncliff@{_LOW}", 5 * HOUR, "Only from memory. It would have had a lift.", score=6),
        said(3, "kettleby", 5 * HOUR, "Then the roof is dearer than it looks.", score=4, **young),
        said(4, f"Wayfarer@{_LOW}", 4 * HOUR, "A lift without a café is a lift for one chair.", score=7),
        said(5, "mosswort", 4 * HOUR, "What matters is who has the key on Sundays.", score=5),
        said(6, f"Wayfarer@{_LOW}", 3 * HOUR, "The verger has it, and lends it, and forgets to whom.", score=3),
        said(7, "kettleby", 3 * HOUR, "He does not forget. He will not say.", score=11, **young),
        said(
            8,
            "oldquay@saltmarsh.example",
            52 * MINUTE,
            "There is a second key behind the loose brick by the west door, and has been since before the war.",
            score=2,
        ),
        said(3, "oldquay@saltmarsh.example", 2 * HOUR, absence=Absence.DELETED, html=""),
    )


def imported_thread() -> ThreadView:
    """A thread taken from a file: order as shown, rounded ages, no points, a copy whose address nobody knows."""
    by = author("darkwater@lowmoor.example", provisional=True, published=NOW)
    told = (
        (1, "Pathmaker@lowmoor.example", 2 * HOUR, None, "A reply to this one is older than it is."),
        (2, "KrasnaStar@lowmoor.example", 3 * HOUR, None, "Ages are rounded, and clocks differ."),
        (1, "darkwater@lowmoor.example", 18 * HOUR, None, "The gauge is right when the bell is still."),
        (1, "quietharbor@lowmoor.example", 16 * HOUR, 16 * HOUR, "The bell was cast to be heard at sea."),
        (2, "darkwater@lowmoor.example", 8 * HOUR, None, "Then let it be heard there."),
    )
    comments = tree(
        *(
            said(
                depth,
                handle,
                ago,
                text,
                updated=None if edited is None else Micros(NOW - edited),
                author=author(handle, provisional=True, published=NOW),
                handle=handle,
                op=handle.startswith("darkwater"),
                position=position,
                approximate=True,
            )
            for position, (depth, handle, ago, edited, text) in enumerate(told)
        )
    )
    of_file = post(
        author=by,
        handle="darkwater@lowmoor.example",
        url=None,
        archive_url=None,
        imported=True,
        approximate=True,
        published=Micros(NOW - 18 * HOUR),
        received=NOW,
        comments=len(comments),
        community=community(name="imported", host=None, title="Imported threads", html="", posts=1, comments=5),
    )
    return thread(comments, post=of_file, sort=CommentSort.SHOWN, sorts=(CommentSort.SHOWN, *LEMMY_SORTS))


def deep_thread(levels: int) -> ThreadView:
    """One chain of replies, each to the one before, and one more comment at the top."""
    chain = (
        said(level, "ferncliff" if level % 2 else "kettleby", HOUR, f"Level {level}.") for level in range(1, levels + 1)
    )
    return thread(tree(*chain, said(1, "alder", HOUR, "After the chain.")))


def cut_thread() -> ThreadView:
    """A chain that is too deep for a page, and a branch that is too large for one."""
    told = [said(level, "ferncliff" if level % 2 else "kettleby", HOUR, f"Level {level}.") for level in range(1, 15)]
    told += [said(1, "alder", HOUR, "Who was there?"), said(2, "hazel@saltmarsh.example", HOUR, "I was.")]
    told += [said(3, "oldquay@saltmarsh.example", HOUR, f"So was I, on day {day}.") for day in range(1, 300)]
    told += [said(1, "mosswort", HOUR, f"Note {number}.") for number in range(1, 600)]
    return thread(tree(*told))


def long_thread(comments: int) -> ThreadView:
    """A thread of many comments, 2 to 4 levels deep, with texts of the usual length."""
    text = (
        "The keeper says that the clock is right, and the station says that it is the trains that come too early. " * 3
    )
    told = []
    for number in range(comments):
        handle = f"reader{number % 37}@{'saltmarsh' if number % 3 else 'lowmoor'}.example"
        told.append(said(1 + min(number % 9, 3), handle, (number % 50) * 31 * MINUTE, text, score=number % 60))
    return thread(tree(*told))


def arabic_thread() -> ThreadView:
    """A thread in Arabic with one English reply."""
    comments = tree(
        said(1, "salim@tall.example", 2 * HOUR, "صعدتُ إلى البرج مرة، والدرج يحتاج إلى إصلاح قبل كل شيء."),
        said(2, "noura@tall.example", 3 * HOUR, "رسم المهندس درجًا جديدًا قبل سنتين، والرسم محفوظ في المكتبة."),
        said(
            1,
            "hind@tall.example",
            18 * HOUR,
            "العقد خمس عشرة سنة، وهو العقد نفسه في كل مكان.",
            op=True,
        ),
        said(
            1,
            "majed@tall.example",
            18 * HOUR,
            "اسألوا عن الأجراس قبل أن تسألوا عن الإيجار.",
            updated=Micros(NOW - 16 * HOUR),
        ),
        said(2, "hind@tall.example", 8 * HOUR, "سيتركون قراءة واحدة كل ساعة.", op=True),
        said(3, "salim@tall.example", 3 * HOUR, "أربع وعشرون قراءة في اليوم ليست قليلة."),
        said(3, "MorgenSternchen@lowmoor.example", 3 * HOUR, "The stairs are too narrow for a second chair."),
    )
    of_post = post(
        title="البلدة تريد تأجير برج الساعة لمحطة أرصاد، بحسب الجريدة",
        author=author("hind@tall.example"),
        html=paragraphs(
            "الغرفة التي تحت الأجراس خالية منذ أن تقاعد حارس الساعة.",
            "عرضت دائرة الأرصاد أن تدفع ثمن سقف جديد، وسيبحث المجلس الأمر في كانون الأول.",
        ),
        community=community(
            name="towers", host="tall.example", title="أبراج وأجراس", html=paragraphs("الساعات والأجراس ومن يعتني بها.")
        ),
        comments=len(comments),
    )
    return thread(comments, post=of_post)


HOSTILE = "<script>alert(1)</script>\"' onload=x {name} {count} \u202e\u0007 &amp;"


def hostile_thread() -> ThreadView:
    """Somebody tried to break out of every field that a page shows as text."""
    bad = author("kettleby", name=HOSTILE, host=HOSTILE, published=NOW, moderator=True)
    comments = (
        comment(1, HOSTILE, author=bad),
        *(comment(n, HOSTILE, author=bad, depth=n, parent=comment(n - 1).id) for n in range(2, 15)),
        comment(20, absence=Absence.REMOVED, reason=HOSTILE, html="", author=bad),
    )
    of_post = post(
        title=HOSTILE,
        reason=HOSTILE,
        author=bad,
        community=community(title=HOSTILE, name=HOSTILE, host=HOSTILE),
        url='https://example.org/"><script>',
        archive_url="https://example.org/'><script>",
        comments=15,
    )
    return thread(comments, post=of_post)


def gone_thread(absence: Absence, reason: str | None = None) -> ThreadView:
    """A post that is not there any more, with the comments that stay."""
    of_post = post(
        title="",
        html="",
        text="",
        url=None,
        archive_url=None,
        archive_offered=False,
        absence=absence,
        reason=reason,
        comments=1,
    )
    return thread(tree(said(1, "alder", HOUR, "I saw it coming.")), post=of_post)


def locked_thread() -> ThreadView:
    """A post of text only, which takes no new comments."""
    return thread(
        tree(said(1, "alder", HOUR, "Enough was said.")),
        post=post(
            url=None, archive_url=None, archive_offered=False, locked=True, comments=1, updated=Micros(NOW - HOUR)
        ),
    )


MARKDOWN = """# A heading

Some `code`, *stress*, **weight**, ~~error~~, H~2~O, x^2^, @bob@lowmoor.example, <https://example.org/page>.
![A drawing of a bridge](https://example.org/bridge.png)

> Somebody said this.
>
> > And somebody else that.

- one
  - deeper
- two

| day | trains | a very long heading for a small number | another one that takes room | and one more |
|---|--:|:-:|---|---|
| Monday | 3 | 1 | unbreakablewordthatisratherlongforatablecell | x |

```python
print("a line of code that is much longer than the column in which it stands, so that its box must scroll sideways")
```

::: spoiler How it ends
With a bell.
:::

A claim.[^1] {漢|かん}

---

[^1]: Its source.
"""


def formatted_thread() -> ThreadView:
    """A post and comments that use all of Markdown, and one of literal text."""
    rendered = render_markdown(MARKDOWN)
    literal = render_literal("Two  spaces,\n  an indent, and a_very_long_word_" + "w" * 200)
    comments = tree(
        said(1, "alder", HOUR, html=rendered.for_thing("c1")),
        said(2, "hazel", HOUR, html=rendered.for_thing("c2")),
        said(1, "oldquay", HOUR, html=literal.for_thing("c3")),
    )
    return thread(comments, post=post(html=rendered.for_thing("p7"), comments=3))
