"""`folkmoot seed`: one kind of content at once; a large one only where nothing is."""

import pytest

from tests.cli.conftest import Call


@pytest.mark.parametrize("options", [(), ("--demo", "--size", "S")])
def test_seed_wants_to_know_with_what(call: Call, options: tuple[str, ...]) -> None:
    done = call("seed", *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--demo, or --size" in done.stderr


def test_a_size_that_is_none_is_wrong_usage(call: Call) -> None:
    assert call("seed", "--size", "XL").exit_code == 2


@pytest.mark.slow
def test_a_generated_site_is_told_of_sound_and_not_generated_twice(call: Call) -> None:
    done = call("seed", "--size", "S")
    assert (done.exit_code, done.stdout) == (0, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "folkmoot: 400 people, 50 communities"
    assert lines[-1] == "folkmoot: /post/950 has 5,000 comments"
    again = call("seed", "--size", "S")
    assert (again.exit_code, again.stderr) == (1, "folkmoot: the site has posts; nothing was changed\n")
    assert call("doctor").exit_code == 0


def test_a_site_with_the_demo_is_not_made_larger(call: Call) -> None:
    call("seed", "--demo")
    done = call("seed", "--size", "S")
    assert (done.exit_code, done.stderr) == (1, "folkmoot: the site has posts; nothing was changed\n")
