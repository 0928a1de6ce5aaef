"""The site's own page."""

from folkmoot.commands.site import EditSite, SetUpSite
from folkmoot.model.callers import OPERATOR
from tests.world import World


def test_a_site_is_set_up_once(world: World) -> None:
    world.perform(OPERATOR, SetUpSite("Folk\n moot", " A  place. "))
    assert world.row("select name, description, version from site") == ("Folk moot", "A place.", 1)
    assert world.refusal(OPERATOR, SetUpSite("Folk moot", "A place.")) is None
    assert world.refusal(OPERATOR, SetUpSite("Another")) == "site_already_exists"
    assert world.journal() == ["SiteChanged"]


def test_a_site_is_edited_in_parts(world: World) -> None:
    assert world.refusal(OPERATOR, EditSite(name="Before")) == "local_site_not_setup"
    world.perform(OPERATOR, SetUpSite("Before", "A place."))
    world.perform(OPERATOR, EditSite(name="After"))
    world.perform(OPERATOR, EditSite(name="After", description="A place."))
    assert world.row("select name, description, version, updated from site") == (
        "After",
        "A place.",
        2,
        world.clock.now,
    )
    assert world.journal() == ["SiteChanged", "SiteChanged"]


def test_names_of_sites_have_limits(world: World) -> None:
    assert world.refusal(OPERATOR, SetUpSite(" \u200b ")) == "site_name_required"
    assert world.refusal(OPERATOR, SetUpSite("n" * 51)) == "site_name_length_overflow"
    assert world.refusal(OPERATOR, SetUpSite("n" * 50, "d" * 151)) == "site_description_length_overflow"
    assert world.refusal(OPERATOR, SetUpSite("n" * 50, "d" * 150)) is None
