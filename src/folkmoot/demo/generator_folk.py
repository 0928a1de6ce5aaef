"""Who lives on a generated site, and where? People and communities of this instance and of others, by their place.

A place counts from 0 in the order of arrival; a thing's id is the first of its kind plus its place.
"""

from collections.abc import Iterator, Mapping
from random import Random

from folkmoot.demo.generator_shape import ADMIN, OTHERS, Extent, moment
from folkmoot.demo.generator_text import Speech
from folkmoot.model.ids import HERE, Micros
from folkmoot.store.bulk import CountedRow, Row, Rows
from folkmoot.text.markdown import RENDERER

_PEOPLE = ("maro", "tine", "odo", "wren", "kalle", "ines", "pim", "sorrel", "joost", "alma", "tarn", "yusuf", "brid")
_TOPICS = ("mending", "bread", "maps", "birds", "boats", "clocks", "soil", "choirs", "radio", "dyes", "rail", "ferns")
_BOT_EVERY, _BOT_AT = 97, 96
_REMOVED_EVERY, _REMOVED_AT = 101, 100
_GOLDEN = 0.618034
_FIRST_PEOPLE = 40
_FIRST_COMMUNITIES = 10


class Folk:
    """Everybody, every community, and how much each has written."""

    def __init__(self, extent: Extent, first: Mapping[str, int], now: Micros) -> None:
        self._extent = extent
        self._first = first
        self._now = now
        self.home = [self._home(place, local=place < OTHERS or place % 2 == 0) for place in range(extent.people)]
        self._seats = [self._home(place, local=place % 3 == 0) for place in range(extent.communities)]
        self._seats[-1] = 0
        self.posts_by = [0] * extent.people
        self.comments_by = [0] * extent.people
        self.posts_in = [0] * extent.communities
        self.comments_in = [0] * extent.communities
        self._active: list[dict[int, int]] = [{} for _ in range(extent.communities)]

    def _home(self, place: int, *, local: bool) -> int:
        """Give the number of the instance somebody is of, 0 for ours; a few have most."""
        return 0 if local else 1 + int(self._extent.instances * (place * _GOLDEN % 1) ** 2)

    def person(self, place: int) -> int:
        """Give a person's id."""
        return self._first["person"] + place

    def community(self, place: int) -> int:
        """Give a community's id."""
        return self._first["community"] + place

    def people_at(self, share: float) -> int:
        """Give how many people there were when this share of all posts was."""
        return max(_FIRST_PEOPLE, int(self._extent.people * share))

    def author(self, chance: Random, share: float) -> int:
        """Draw somebody who was there: those who came first write most."""
        drawn = chance.random()
        return OTHERS + int((self.people_at(share) - OTHERS) * drawn * drawn)

    def voters(self, chance: Random, count: int, *, of: int, but: int) -> set[int]:
        """Draw so many of the first `of` people, without bots and the author."""
        drawn = chance.random
        chosen: set[int] = set()
        while len(chosen) < count:
            at = drawn()
            place = int(of * at * at)
            if place != but and not is_bot(place):
                chosen.add(place)
        return chosen

    def some_community(self, chance: Random, share: float) -> int:
        """Draw a community: the first one half of the time, never the last one."""
        if chance.random() < 0.5:
            return 0
        known = max(_FIRST_COMMUNITIES, int((self._extent.communities - 2) * share))
        return 1 + int(known * chance.random() ** 2)

    def uri(self, person: int, what: str) -> str | None:
        """Give the uri of something that this person wrote, None where they are one of ours."""
        home = self.home[person]
        return f"https://{host(home)}/{what}" if home else None

    def rows(self, speech: Speech, chance: Random) -> Iterator[Rows]:
        """Give the rows of all instances, people and communities."""
        yield Rows(instance=[self._instance_row(number) for number in range(1, self._extent.instances + 1)])
        for start in range(0, self._extent.people, 10_000):
            end = min(start + 10_000, self._extent.people)
            yield Rows(person=[self._person_row(place) for place in range(start, end)])
        for start in range(0, self._extent.communities, 2_000):
            places = range(start, min(start + 2_000, self._extent.communities))
            yield Rows(
                community=[self._community_row(place, speech) for place in places],
                moderator=[row for place in places for row in self._moderator_rows(place, chance)],
            )

    def _instance_row(self, number: int) -> Row:
        return {"id": self._instance(number), "host": host(number), "published": moment(self._now, 0)}

    def _instance(self, number: int) -> int:
        return HERE if number == 0 else self._first["instance"] + number - 1

    def _person_row(self, place: int) -> Row:
        name = _PEOPLE[place % len(_PEOPLE)] + str(place)
        return {
            "id": self.person(place),
            "instance_id": self._instance(self.home[place]),
            "name": name,
            "name_key": name,
            "display_name": name.capitalize() if place % 5 == 0 else None,
            "uri": self.uri(place, f"u/{name}"),
            "admin": int(place == ADMIN),
            "bot": int(is_bot(place)),
            "published": moment(self._now, place / self._extent.people),
        }

    def _community_row(self, place: int, speech: Speech) -> Row:
        community = self.community(place)
        name = _TOPICS[place % len(_TOPICS)] + str(place)
        language = speech.languages[0] if place == 0 else speech.some_language()
        description = language.body(2)
        seat = self._seats[place]
        return {
            "id": community,
            "instance_id": self._instance(seat),
            "name": name,
            "name_key": name,
            "title": language.title(),
            "description": description.source,
            "html": description.html_for(f"m{community}"),
            "renderer": RENDERER,
            "uri": f"https://{host(seat)}/c/{name}" if seat else None,
            "removed": int(place % _REMOVED_EVERY == _REMOVED_AT),
            "published": moment(self._now, place / self._extent.communities),
        }

    def _moderator_rows(self, place: int, chance: Random) -> Iterator[Row]:
        """Let the first community have five moderators, the others one."""
        appointed = moment(self._now, place / self._extent.communities)
        count = 5 if place == 0 else 1
        for person in sorted(self.voters(chance, count, of=self._extent.people, but=ADMIN)):
            yield {"community_id": self.community(place), "person_id": self.person(person), "appointed": appointed}

    def take_part(self, community: int, place: int, at: int) -> None:
        """Remember that somebody wrote or voted in a community."""
        active = self._active[community]
        if active.get(place, 0) < at:
            active[place] = at

    def participation_rows(self) -> Iterator[Rows]:
        """Give who took part where, a few communities at once."""
        rows = Rows()
        for community, active in enumerate(self._active):
            for place in sorted(active):
                row = {"community_id": self.community(community), "person_id": self.person(place), "at": active[place]}
                rows.participation.append(row)
            if len(rows.participation) >= 10_000:
                yield rows
                rows = Rows()
        yield rows

    def people_counters(self) -> Iterator[CountedRow]:
        for place, (posts, comments) in enumerate(zip(self.posts_by, self.comments_by, strict=True)):
            yield {"id": self.person(place), "posts": posts, "comments": comments}

    def community_counters(self) -> Iterator[CountedRow]:
        for place, (posts, comments) in enumerate(zip(self.posts_in, self.comments_in, strict=True)):
            yield {"id": self.community(place), "posts": posts, "comments": comments}


def is_bot(place: int) -> bool:
    """Tell whether the person of this place is one: every 97th."""
    return place % _BOT_EVERY == _BOT_AT


def host(number: int) -> str:
    """Give the host of the instance of this number, from 1."""
    return f"host{number}.example"
