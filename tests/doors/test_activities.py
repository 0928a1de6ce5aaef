"""What another instance gets over HTTP, with the people whom a text names."""

from typing import Any

from folkmoot.model.ids import CommentId, PostId
from tests.doors.conftest import Site
from tests.world import person_of

ACTIVITY = "application/activity+json"
BODY = (
    "Ask @Ada@hub.example, @ada@HUB.example, @bo@far.example, @cy@far.example and @nobody@hub.example, "
    "not `@dee@hub.example`."
)


def document(site: Site, path: str) -> Any:
    answer = site.get(path, ACTIVITY)
    assert answer.status_code == 200
    return answer.json()


def named_post(site: Site) -> tuple[PostId, CommentId]:
    world = site.world
    world.person("ada")
    world.person("dee")
    bo = person_of(world.stranger("bo@far.example"))
    world.stranger("cy@far.example")
    world.db.write(lambda tx: tx.run("update person set uri = 'https://far.example/users/bo' where id = :bo", bo=bo))
    post = world.post(body=BODY)
    return post, world.comment(on=post, by=world.person("eve"), body=BODY)


def test_named_people_are_told_as_far_as_they_are_known(site: Site) -> None:
    post, comment = named_post(site)
    page = document(site, f"/post/{post}")
    assert page["cc"] == ["https://hub.example/u/ada", "https://far.example/users/bo"]
    assert [tag["name"] for tag in page["tag"]] == ["@ada@hub.example", "@bo@far.example", "@home@hub.example", "#home"]
    note = document(site, f"/comment/{comment}")
    assert note["cc"] == ["https://hub.example/u/writer", *page["cc"]]
    assert note["inReplyTo"] == f"https://hub.example/post/{post}"
    assert note["context"] == page["context"]


def test_documents_have_links_that_hold_everywhere(site: Site) -> None:
    post, comment = named_post(site)
    for path in (f"/post/{post}", f"/comment/{comment}"):
        content = document(site, path)["content"]
        assert 'href="/' not in content
        assert 'href="https://' in content


def test_object_is_at_its_identifier(site: Site) -> None:
    post, comment = named_post(site)
    for path in (f"/post/{post}", f"/comment/{comment}"):
        assert document(site, path)["id"] == f"https://hub.example{path}"
        for accept in ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', "application/ld+json"):
            assert site.get(path, accept).json() == document(site, path)
            assert site.get(path, accept).headers["content-type"] == ACTIVITY
