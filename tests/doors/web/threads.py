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
            "Not that I think this is likely, but a part of me wonders whether the two operators are telling the "
            "ministry to settle the track fees first, and only because they plan to order new sleeping cars.",
            "Hard to imagine the ministry ever moving quickly, but I was expecting to see them look for a way out.",
            score=21,
        ),
        said(
            2,
            f"MorgenSternchen@{_LOW}",
            3 * HOUR,
            "Considering that these talks were revived after the southern line sold out for the whole summer, I don't "
            "think that would work at all. If a full train every night did not result in any lower fee, the operators "
            "might be more confident than ever that the ministry will not act.",
            "We will likely know where this is going within the next couple of months anyway.",
            score=8,
        ),
        said(
            1,
            f"darkwater@{_LOW}",
            18 * HOUR,
            "Either they are trying the same announcement again or they are, as I have guessed before, going from "
            "studies to orders.",
            "I guess that they will dip their toes in: a leased set on one night of the week, then two, then the whole "
            "timetable by spring.",
            op=True,
            score=14,
        ),
        said(
            1,
            f"quietharbor@{_LOW}",
            19 * HOUR,
            "I imagine that the track owner told them to do this.",
            "The thing that most of the talk about fares leaves out is maintenance. Every night that a train runs is a "
            "night on which nobody can weld the rail.",
            updated=Micros(NOW - 16 * HOUR),
            score=17,
        ),
        said(2, f"darkwater@{_LOW}", 8 * HOUR, "Yeah, that's why the freight goes through too.", op=True, score=12),
        said(3, f"Wayfarer@{_LOW}", 3 * HOUR, "No. It would take ten years to renew the line at that scale.", score=1),
        said(3, f"quietharbor@{_LOW}", 3 * HOUR, "Possibly? There are plenty of obstacles.", score=-6),
        said(
            1, "alder", 6 * HOUR, "Keep to the proposal, and leave out guesses.", author=author("alder", moderator=True)
        ),
        *_deep_branch(),
        said(
            1,
            "timetables@robots.example",
            17 * HOUR,
            "Northern night train: 3 departures.",
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
        said(1, "kettleby", 5 * HOUR, "Has anyone compared it with the timetable that was dropped?", score=9, **young),
        said(2, f"ferncliff@{_LOW}", 5 * HOUR, "Only from memory. It had a through coach.", score=6),
        said(3, "kettleby", 5 * HOUR, "Then the saving is smaller than the article says.", score=4, **young),
        said(4, f"Wayfarer@{_LOW}", 4 * HOUR, "I would count door to door, and there is no saving at all.", score=7),
        said(5, "mosswort", 4 * HOUR, "What matters is the hour at which you arrive.", score=5),
        said(6, f"Wayfarer@{_LOW}", 3 * HOUR, "Half past seven is good for a meeting and bad for a family.", score=3),
        said(7, "kettleby", 3 * HOUR, "It depends on the family.", score=11, **young),
        said(
            8,
            "oldquay@saltmarsh.example",
            52 * MINUTE,
            "The draft in the annex has a later variant, with a stop of twenty minutes where the engine is changed.",
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
        (1, "darkwater@lowmoor.example", 18 * HOUR, None, "Either they try it again, or they mean it."),
        (1, "quietharbor@lowmoor.example", 16 * HOUR, 16 * HOUR, "The owner of the track told them to do this."),
        (2, "darkwater@lowmoor.example", 8 * HOUR, None, "That is why the freight goes through too."),
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


def long_thread(comments: int) -> ThreadView:
    """A thread of many comments, 2 to 4 levels deep, with texts of the usual length."""
    text = (
        "The operators say that the track is full, and the owner of the track says that the timetable is at fault. " * 3
    )
    told = []
    for number in range(comments):
        handle = f"reader{number % 37}@{'saltmarsh' if number % 3 else 'lowmoor'}.example"
        told.append(said(1 + min(number % 9, 3), handle, (number % 50) * 31 * MINUTE, text, score=number % 60))
    return thread(tree(*told))


def arabic_thread() -> ThreadView:
    """A thread in Arabic with one English reply."""
    comments = tree(
        said(1, "salim@tall.example", 2 * HOUR, "لا أظن أن ذلك قريب، فالوزارة تنتظر تسوية رسوم السكة أولًا."),
        said(2, "noura@tall.example", 3 * HOUR, "القطار ممتلئ كل ليلة منذ الصيف، فلا أرى سببًا لخفض الرسوم."),
        said(
            1,
            "hind@tall.example",
            18 * HOUR,
            "سيبدؤون بليلة واحدة في الأسبوع، ثم ليلتين، ثم الجدول كله في الربيع.",
            op=True,
        ),
        said(
            1,
            "majed@tall.example",
            18 * HOUR,
            "كل ليلة يسير فيها قطار ليلة لا تُلحم فيها القضبان.",
            updated=Micros(NOW - 16 * HOUR),
        ),
        said(2, "hind@tall.example", 8 * HOUR, "لذلك يعدّون القطارات الآن.", op=True),
        said(3, "salim@tall.example", 3 * HOUR, "لا. يحتاج تجديد الخط إلى عشر سنوات على الأقل."),
        said(
            3, "MorgenSternchen@lowmoor.example", 3 * HOUR, "The platform at the border is too short for ten coaches."
        ),
    )
    of_post = post(
        title="وزارتان تعيدان فتح محادثات القطار الليلي الشمالي، بحسب صحيفة",
        author=author("hind@tall.example"),
        html=paragraphs(
            "عادت فكرة القطار الليلي المباشر بين العاصمتين إلى الطاولة، بحسب الصحيفة.",
            "أعادت الوزارتان المحادثات حول جدول مشترك، وقد أثارت الفكرة خلافًا بين مشغلي الخطوط المجاورة.",
        ),
        community=community(
            name="railways", host="tall.example", title="السكك الحديدية", html=paragraphs("الخطوط والجداول.")
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
With a train.
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
