"""Each is shown what is theirs."""

from bot.domain.help import OFTEN, HelpLine, Reader, all_for, most_used
from storage.records.enrol import Side


def line(name: str, who: str) -> HelpLine:
    return HelpLine(name, "", (), "step", who, f"step.help.{name}")


LINES = (
    line("admin", "coordinator"),
    line("join", "all"),
    line("status", "enrolled"),
    line("schedule", "paired"),
    line("commit", "paired"),
    line("checkin", "paired"),
    line("help", "all"),
)
STRANGER = Reader()
WAITING = Reader(enrolled=True)
JUNIOR = Reader(enrolled=True, sides=frozenset({Side.JUNIOR}))
SENIOR = Reader(enrolled=True, sides=frozenset({Side.SENIOR}))
COORDINATOR = Reader(coordinator=True)


def names(lines: tuple[HelpLine, ...]) -> list[str]:
    return [one.name for one in lines]


def test_a_stranger_sees_how_to_join_and_nothing_that_would_refuse_them() -> None:
    assert names(most_used(STRANGER, LINES)) == ["join", "help"]
    assert names(all_for(STRANGER, LINES)) == ["join", "help"]


def test_who_waits_sees_status_and_no_sessions() -> None:
    assert names(most_used(WAITING, LINES)) == ["status", "help"]


def test_a_senior_sees_commitments_among_the_most_used_and_a_junior_does_not() -> None:
    assert "commit" in names(most_used(SENIOR, LINES))
    assert "commit" not in names(most_used(JUNIOR, LINES))


def test_a_coordinator_sees_admin_first() -> None:
    assert names(most_used(COORDINATOR, LINES))[0] == "admin"


def test_a_name_that_no_step_offers_is_left_out() -> None:
    assert "agenda" in OFTEN["junior"]
    assert "agenda" not in names(most_used(JUNIOR, LINES))
