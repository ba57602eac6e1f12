"""Which command a typed line means, and that no two steps claim the same name."""

import pytest

from handlers.router import Router, Routes, Who
from tests.handlers.probe import REPLIES, answers


def routes(*names: str) -> Routes:
    router = Router("probe")
    for name in names:
        router.command(name, Who.ALL, aliases=(f"{name} alias",) if name == "admin" else ())(answers(REPLIES["say"]))
    return Routes([router])


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("", "", ""),
        ("   ", "", ""),
        ("park", "park", ""),
        ("PARK  a  topic ", "park", "a  topic "),
        ("admin pair @a @b", "admin pair", "@a @b"),
        ("admin  Pair", "admin pair", ""),
        ("admin nothing", "admin", "nothing"),
    ],
)
def test_a_line_means_its_longest_command(line: str, name: str, rest: str) -> None:
    command, left = routes("", "park", "admin", "admin pair").find_command(line)
    assert command is not None and (command.name, left) == (name, rest)


def test_a_line_that_means_nothing_is_handed_back_whole() -> None:
    assert routes("", "park").find_command("dance with me") == (None, "dance with me")


@pytest.mark.parametrize(("typed", "meant"), [("prak it", "park"), ("admin pier", "admin pair"), ("qqq", None)])
def test_the_nearest_command_is_offered(typed: str, meant: str | None) -> None:
    assert routes("", "park", "admin pair").nearest(typed) == meant


def test_two_steps_cannot_claim_one_name() -> None:
    one, two = Router("one"), Router("two")
    for router in (one, two):
        router.action("x.do")(answers(REPLIES["say"]))
    with pytest.raises(ValueError, match=r"x\.do"):
        Routes([one, two])


def test_one_step_cannot_claim_a_command_twice() -> None:
    with pytest.raises(ValueError, match="admin alias"):
        routes("admin", "admin alias")
