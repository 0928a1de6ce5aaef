"""People and communities become known."""

import pytest

from folkmoot.commands.communities import CreateCommunity, LearnCommunity
from folkmoot.commands.people import CreatePerson, LearnPerson
from folkmoot.model.callers import OPERATOR
from folkmoot.model.errors import Invalid
from folkmoot.model.journal import CommunityCreated, InstanceLearned, PersonCreated
from tests.world import World, person_of


@pytest.mark.parametrize("name", ["ada", "Ada_L", "123", "a" * 20])
def test_local_names_are_letters_digits_and_underscores(world: World, name: str) -> None:
    assert world.refusal(OPERATOR, CreatePerson(name)) is None
    assert world.refusal(world.person("maker"), CreateCommunity(name, "Title")) is None


@pytest.mark.parametrize("name", ["", "ab", "a" * 21, "a b", "ada!", "ada@b.c", "adä", "ada\n", "ада", "a-b-c", "adａ"])
def test_other_names_are_refused(world: World, name: str) -> None:
    assert world.refusal(OPERATOR, CreatePerson(name)) == "invalid_name"
    assert world.refusal(world.person("maker"), CreateCommunity(name, "Title")) == "invalid_name"


def test_a_name_is_taken_whatever_its_case(world: World) -> None:
    ada = world.person("Ada")
    assert world.refusal(OPERATOR, CreatePerson("aDA")) == "user_already_exists"
    world.community("Bees", by=ada)
    assert world.refusal(ada, CreateCommunity("bEES", "Bees")) == "community_already_exists"


def test_a_person_and_a_community_may_share_a_name(world: World) -> None:
    assert world.community("bees", by=world.person("bees"))


def test_names_for_showing_are_one_visible_line(world: World) -> None:
    person = world.perform(OPERATOR, CreatePerson("ada", " Ada \n Lovelace "))
    assert world.value("select display_name from person where id = :id", id=person) == "Ada Lovelace"
    for shown in ("", " ", "\u200b", "@ada", "a\u202eb", "a\x07b", "d" * 51):
        assert world.refusal(OPERATOR, CreatePerson("bob", shown)) == "invalid_display_name"
        assert world.refusal(world.writer, CreateCommunity("bees", shown * 6)) == "invalid_display_name"


def test_a_community_has_its_maker_as_moderator_and_a_rendered_description(world: World) -> None:
    ada = world.person("ada")
    community = world.perform(ada, CreateCommunity("bees", "Bees", "*Hum*.\r\nHum.", nsfw=True))
    assert world.row("select community_id, person_id from moderator") == (community, ada.person)
    title, description, html, nsfw = world.row("select title, description, html, nsfw from community") or ()
    assert (title, description, nsfw) == ("Bees", "*Hum*.\nHum.", 1)
    assert "<em>Hum</em>" in str(html)
    assert world.facts()[-1] == CommunityCreated(community)
    assert world.refusal(ada, CreateCommunity("wasps", "Wasps", "d" * 10_001)) == "invalid_body_field"


def test_a_handle_is_learned_once_and_keeps_its_first_spelling(world: World) -> None:
    first = world.perform(OPERATOR, LearnPerson("Ada@Elsewhere.example:8443"))
    assert world.perform(OPERATOR, LearnPerson("@ADA@elsewhere.EXAMPLE:8443")) == first
    assert world.row("select name, provisional, uri from person where id = :id", id=first) == ("Ada", 1, None)
    assert world.value("select host from instance where id > 1") == "Elsewhere.example:8443"
    instance = world.value("select instance_id from person")
    assert world.facts() == [InstanceLearned(instance), PersonCreated(first)]  # type: ignore[arg-type]  # an id it is


def test_people_and_communities_of_one_host_share_its_instance(world: World) -> None:
    world.perform(OPERATOR, LearnPerson("bees@elsewhere.example"))
    community = world.perform(OPERATOR, LearnCommunity("!bees@elsewhere.example"))
    assert world.perform(OPERATOR, LearnCommunity("BEES@elsewhere.example")) == community
    assert world.value("select count(*) from instance") == 2
    assert world.row("select name, title, provisional from community") == ("bees", "bees", 1)


@pytest.mark.parametrize(
    "handle", ["ada", "@ada", "ada@", "@@b.c", "a@b@c", "a b@c.d", "a@c\u2003d", "", "a@" + "h" * 254]
)
def test_what_is_no_handle_is_refused(world: World, handle: str) -> None:
    assert world.refusal(OPERATOR, LearnPerson(handle)) == "invalid_name"
    assert world.refusal(OPERATOR, LearnCommunity(handle)) == "invalid_name"
    assert world.facts() == []


def test_people_of_our_own_host_are_strangers_when_they_come_by_handle(world: World) -> None:
    ada = person_of(world.person("ada"))
    assert world.perform(OPERATOR, LearnPerson("ada@our.host")) != ada


def test_a_refusal_names_field_and_limit(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        world.perform(OPERATOR, CreatePerson("a" * 21))
    assert (refused.value.field, refused.value.limit) == ("name", 20)
