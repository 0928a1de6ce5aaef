"""What is written on a generated site, in the order of time? Posts, comments and votes as rows, piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from folkmoot.db.base import Value
from folkmoot.demo.generator_folk import Folk, is_bot
from folkmoot.demo.generator_shape import (
    ADMIN,
    BUSY_PERSON,
    DAY_US,
    THREADS,
    Extent,
    Share,
    heavy,
    moment,
    rare_places,
    thread_places,
)
from folkmoot.demo.generator_text import Body, Language, Speech
from folkmoot.demo.generator_threads import Growing, Plot, Thread, planned
from folkmoot.model.ids import Micros
from folkmoot.model.limits import ERASE_AFTER_DAYS
from folkmoot.model.ranking import HOT_MICROS, OTHERS_COUNT_MICROS, counts_for_active, post_ranks
from folkmoot.store.bulk import CountedRow, Rows
from folkmoot.text.markdown import RENDERER

THINGS_A_PIECE = 10_000
MOST_COMMENTS = 800
"""Of all but the large threads."""
POST, COMMENT = 1, 2
_REMOVE = {POST: 1, COMMENT: 2}
_LOCK_POST = 3
_VOTES_OF_POSTS = 4
"""Tenths of all votes."""
_BUSY_EVERY = 20
_BLOCKS = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 5, 8)
_EDITED = 0.03
_SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class _Thing:
    """What posts and comments have in common. `author` is a place; without `body` there is no text."""

    kind: int
    id: int
    author: int
    published: int
    thread: Thread
    body: Body | None
    title: str | None = None
    url: str | None = None
    deleted: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class _Fate:
    """What became of a thing."""

    updated: int | None
    gone_since: int | None
    erased: bool


class Writing:
    """Makes up everything that people wrote, and counts it in the end."""

    def __init__(self, extent: Extent, first: Mapping[str, int], folk: Folk, now: Micros) -> None:
        self._extent = extent
        self._first = first
        self._folk = folk
        self._now = now
        self._erased_before = now - ERASE_AFTER_DAYS * DAY_US
        self._large = thread_places(extent)
        self._rare = rare_places(extent)
        self._sizes = Share(extent.comments - sum(THREADS), extent.posts - len(THREADS))
        post_votes = extent.votes * _VOTES_OF_POSTS // 10
        self._shares = {
            POST: Share(post_votes, extent.posts),
            COMMENT: Share(extent.votes - post_votes, extent.comments),
        }
        self._busy = 0
        self._rows = Rows()
        self._newest_other: dict[int, Micros] = {}
        self.posts = self.comments = self.votes = 0

    def rows(self, speech: Speech, chance: Random) -> Iterator[Rows]:
        """Give all rows, a few thousand things at once."""
        growing = Growing()
        for place in range(self._extent.posts):
            yield from self._comments(growing, moment(self._now, place / self._extent.posts), chance)
            growing.add(self._post(place, speech, chance))
        yield from self._comments(growing, self._now + 1, chance)
        yield self._taken()

    def _comments(self, growing: Growing, end: int, chance: Random) -> Iterator[Rows]:
        for thread in growing.due(end):
            self._comment(thread, chance)
            if len(self._rows.comment) + len(self._rows.post) >= THINGS_A_PIECE:
                yield self._taken()

    def _taken(self) -> Rows:
        rows, self._rows = self._rows, Rows()
        return rows

    def _post(self, place: int, speech: Speech, chance: Random) -> Thread:
        folk, plot = self._folk, self._plot(place, speech, chance)
        thread = planned(plot, chance)
        fate = 1.0 if plot.whole else chance.random()
        linked = chance.random() < 0.6
        news = f"https://news{chance.randrange(60)}.example/{chance.randrange(2015, 2026)}/{plot.post}"
        post = _Thing(
            kind=POST,
            id=plot.post,
            author=folk.author(chance, plot.share),
            published=plot.published,
            thread=thread,
            body=None if linked and chance.random() < 0.6 else _body(plot.language, chance),
            title=plot.language.title(),
            url=news if linked else None,
            deleted=fate < 0.01,
            removed=0.01 <= fate < 0.02,
        )
        thread.author = post.author
        self._write_post(post, chance, locked=0.02 <= fate < 0.03)
        folk.comments_in[plot.community] += thread.present
        if not (post.deleted or post.removed):
            folk.posts_by[post.author] += 1
            folk.posts_in[plot.community] += 1
        self.posts += 1
        return thread

    def _plot(self, place: int, speech: Speech, chance: Random) -> Plot:
        share = place / self._extent.posts
        published = moment(self._now, share)
        large = self._large.get(place)
        if place in self._rare:
            community = self._extent.communities - 1
        else:
            community = 0 if large else self._folk.some_community(chance, share)
        return Plot(
            post=self._first["post"] + place,
            community=community,
            share=share,
            language=speech.languages[0] if large else speech.some_language(),
            published=published,
            age_us=self._now - published,
            comments=large or self._sizes.take(heavy(chance), most=MOST_COMMENTS),
            whole=large is not None or place in self._rare,
        )

    def _write_post(self, post: _Thing, chance: Random, *, locked: bool) -> None:
        rows, thread = self._rows, post.thread
        fate = self._fate(post, chance)
        copied = post.url is not None and not fate.erased and chance.random() < 0.3
        wide = self._wide(post, fate)
        wide["title"] = "" if fate.erased else post.title
        wide["url"] = None if fate.erased else post.url
        wide["uri"] = self._folk.uri(post.author, f"post/{post.id}")
        wide["archive_offered"] = int(copied)
        wide["archive_url"] = f"https://archive.example/{post.id}" if copied else None
        rows.post.append(wide)
        narrow = self._narrow(post, fate, chance)
        narrow["post_id"] = post.id
        narrow["community_id"] = self._folk.community(thread.community)
        narrow["newest_comment"] = thread.times[-1] if thread.times else post.published
        narrow["tree_version"] = 1 + len(thread.times) + len(thread.gone)
        narrow["comments"] = thread.present
        narrow["nsfw"] = int(chance.random() < 0.02)
        narrow["locked"] = int(locked)
        narrow |= self._ranks(narrow, post)
        rows.post_rank.append(narrow)
        if locked:
            self._deed(post, _LOCK_POST, post.published)

    def _ranks(self, narrow: Mapping[str, Value], post: _Thing) -> dict[str, Value]:
        """Rank a post. What is young, or active again, is due at once: it is ranked in the end, with its comments."""
        published = Micros(post.published)
        found = post_ranks(
            int(narrow["upvotes"] or 0),
            int(narrow["downvotes"] or 0),
            published=published,
            newest_other=published,
            active_month=0,
            now=self._now,
        )
        young = self._now - published < HOT_MICROS + OTHERS_COUNT_MICROS
        return found._replace(due=self._now)._asdict() if young else found._asdict()

    def _comment(self, thread: Thread, chance: Random) -> None:
        number, parent, path = thread.written(self._first["comment"] + self.comments)
        self.comments += 1
        gone = number in thread.gone
        removed = gone and chance.random() < 0.4
        author = self._commenter(thread, chance, gone=gone)
        comment = _Thing(
            kind=COMMENT,
            id=thread.ids[number],
            author=author,
            published=thread.times[number],
            thread=thread,
            body=_body(thread.language, chance),
            deleted=gone and not removed,
            removed=removed,
        )
        fate = self._fate(comment, chance)
        wide = self._wide(comment, fate)
        wide["path"] = path
        wide["uri"] = self._folk.uri(author, f"comment/{comment.id}")
        self._rows.comment.append(wide)
        narrow = self._narrow(comment, fate, chance)
        narrow["comment_id"] = comment.id
        narrow["post_id"] = thread.post
        narrow["community_id"] = self._folk.community(thread.community)
        narrow["parent_id"] = parent
        narrow["depth"] = thread.depths[number]
        narrow["child_count"] = thread.below[number]
        self._rows.comment_node.append(narrow)
        if not gone:
            self._folk.comments_by[author] += 1
        commented = Micros(comment.published)
        if counts_for_active(Micros(thread.published), commented=commented, own=author == thread.author):
            self._newest_other[thread.post] = commented

    def newest_others(self) -> Iterator[CountedRow]:
        """Give when the newest comment came that counts for Active, of each post that has one."""
        for post, at in self._newest_other.items():
            yield {"post": post, "at": at}

    def _commenter(self, thread: Thread, chance: Random, *, gone: bool) -> int:
        """Draw who writes the next comment: a twentieth of all are one person's, and none of those goes."""
        if not gone and self._busy * _BUSY_EVERY < self.comments:
            self._busy += 1
            return BUSY_PERSON
        return self._folk.author(chance, thread.share)

    def _fate(self, thing: _Thing, chance: Random) -> _Fate:
        """Draw whether it was edited, and when it went, and do what follows."""
        if thing.deleted or thing.removed:
            gone = min(self._now, thing.published + int(chance.random() * DAY_US))
            if thing.removed:
                self._deed(thing, _REMOVE[thing.kind], gone)
            return _Fate(None, gone, gone < self._erased_before)
        if chance.random() >= _EDITED:
            return _Fate(None, None, erased=False)
        updated = min(self._now, thing.published + int(chance.random() * DAY_US / 4))
        before = _body(thing.thread.language, chance)
        edition = _texts(before, thing)
        edition |= {"kind": thing.kind, "thing_id": thing.id, "known_until": updated}
        edition |= {"title": thing.title, "url": thing.url}
        self._rows.edition.append(edition)
        return _Fate(updated, None, erased=False)

    def _wide(self, thing: _Thing, fate: _Fate) -> dict[str, Value]:
        row = _texts(None if fate.erased else thing.body, thing)
        row["id"] = thing.id
        row["version"] = 1 + (fate.updated is not None) + (fate.gone_since is not None) + fate.erased
        return row

    def _narrow(self, thing: _Thing, fate: _Fate, chance: Random) -> dict[str, Value]:
        upvotes, downvotes = self._vote(thing, chance)
        late = int(chance.random() * 3 * _SECOND_US) if self._folk.home[thing.author] else 0
        return {
            "author_id": self._folk.person(thing.author),
            "published": thing.published,
            "updated": fate.updated,
            "received": min(self._now, thing.published + late),
            "upvotes": upvotes,
            "downvotes": downvotes,
            "score": upvotes - downvotes,
            "deleted": int(thing.deleted),
            "removed": int(thing.removed),
            "gone_since": fate.gone_since,
            "erased": int(fate.erased),
        }

    def _vote(self, thing: _Thing, chance: Random) -> tuple[int, int]:
        """Let people vote, the author first where they are one of ours. Gives how many up and how many down."""
        folk, votes, drawn = self._folk, self._rows.vote, chance.random
        community = thing.thread.community
        folk.take_part(community, thing.author, thing.published)
        own = not (folk.home[thing.author] or is_bot(thing.author))
        known = folk.people_at(thing.thread.share)
        count = self._shares[thing.kind].take(heavy(chance), least=int(own), most=known // 4)
        self.votes += count
        room = self._now - thing.published
        if own:
            votes.append(_vote_row(thing, folk.person(thing.author), 1, thing.published))
        quarrel = 0.45 if drawn() < 0.08 else 0.07
        down = 0
        for place in folk.voters(chance, count - own, of=known, but=thing.author):
            against = drawn() < quarrel
            down += against
            at = thing.published + int(drawn() * min(room, 2 * DAY_US))
            votes.append(_vote_row(thing, folk.person(place), -1 if against else 1, at))
            folk.take_part(community, place, at)
        return count - down, down

    def _deed(self, thing: _Thing, deed: int, at: int) -> None:
        self._rows.modlog.append(
            {
                "at": at,
                "kind": deed,
                "moderator_id": self._folk.person(ADMIN),
                "community_id": self._folk.community(thing.thread.community),
                "post_id": thing.thread.post,
                "comment_id": thing.id if thing.kind == COMMENT else None,
                "reason": thing.thread.language.words(),
            }
        )


def _body(language: Language, chance: Random) -> Body:
    return language.body(_BLOCKS[int(chance.random() * len(_BLOCKS))])


def _texts(body: Body | None, thing: _Thing) -> dict[str, Value]:
    if body is None:
        return {"source": "", "html": "", "text": "", "renderer": RENDERER}
    key = f"{'p' if thing.kind == POST else 'c'}{thing.id}"
    return {"source": body.source, "html": body.html_for(key), "text": body.text, "renderer": RENDERER}


def _vote_row(thing: _Thing, person: int, value: int, at: int) -> dict[str, Value]:
    return {"person_id": person, "kind": thing.kind, "thing_id": thing.id, "value": value, "at": at}
