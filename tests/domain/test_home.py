"""Which side a Home shows, and which promises stand on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.home import PairCard, side_to_show, to_show
from bot.domain.match import PairPeople
from storage.records.checkin import Checkin, CheckinState
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANA = Person("ana", "T1", None, "UANA", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = replace(ANA, id="bo", user_id="UBO", name="Bo Lindgren")
PAIR = Pair("p", "T1", "c", "ana", "bo", PairState.ACTIVE, None, "", "UCHI", NOW, NOW, None)
OPEN = Checkin("k", "T1", "s", "p", "bo", Side.SENIOR, CheckinState.SENT, NOW, NOW + timedelta(days=9), None)


def card(side: Side, waiting: Checkin | None = None, turn: Side | None = None) -> PairCard:
    return PairCard(PairPeople(PAIR, ANA, BO), side, None, (), waiting, (), turn=turn)


@pytest.mark.parametrize(
    ("cards", "wanted", "shown"),
    [
        ([], None, None),
        ([card(Side.SENIOR)], None, Side.SENIOR),
        ([card(Side.SENIOR)], Side.JUNIOR, Side.SENIOR),
        ([card(Side.SENIOR), card(Side.JUNIOR)], None, Side.JUNIOR),
        ([card(Side.SENIOR, OPEN), card(Side.JUNIOR)], None, Side.SENIOR),
        ([card(Side.SENIOR, OPEN), card(Side.JUNIOR)], Side.JUNIOR, Side.JUNIOR),
        ([card(Side.SENIOR, turn=Side.SENIOR), card(Side.JUNIOR, turn=Side.SENIOR)], None, Side.SENIOR),
        ([card(Side.SENIOR, turn=Side.SENIOR), card(Side.JUNIOR, OPEN)], None, Side.JUNIOR),
    ],
)
def test_the_side_switched_to_wins_then_the_one_that_waits(
    cards: list[PairCard], wanted: Side | None, shown: Side | None
) -> None:
    assert side_to_show(cards, wanted) is shown


def promise(name: str, due: int, state: CommitmentState, done: int | None = None) -> Commitment:
    done_at = NOW - timedelta(days=done) if done is not None else None
    return Commitment(
        name, "T1", "p", "bo", None, CommitmentKind.HELP, name, date(2026, 5, 4) + timedelta(days=due), 0, state, NOW,
        done_at, NOW,
    )  # fmt: skip


def test_open_promises_come_by_their_day_and_old_done_ones_go() -> None:
    given = [
        promise("later", 9, CommitmentState.OPEN), promise("late", -9, CommitmentState.OPEN),
        promise("dropped", 1, CommitmentState.DROPPED), promise("fresh", 1, CommitmentState.DONE, 2),
        promise("old", 1, CommitmentState.DONE, 40),
    ]  # fmt: skip
    assert [c.id for c in to_show(given, NOW)] == ["late", "later", "fresh"]
