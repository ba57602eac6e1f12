"""What the way from a pilot to a programme looks like."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.steer import ChannelForm, Desk, Invitation, PilotFigures, SteeringDesk
from bot.views import steer as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words
from storage.records.enrol import Person
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.ripple import RippleKind
from storage.records.steer import Steering, VolunteerState
from tests.golden import same_as_golden

NOW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
ANA = Person("p1", "T1", None, "U1", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("p2", "T1", None, "U2", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.TECHNOLOGY, date(2026, 3, 2), date(2026, 6, 19), 6, 14, True, CohortState.OPEN, 5, 2
)  # fmt: skip
FIGURES = PilotFigures(12, 9, 61, 72, 4, 38, 29, ((RippleKind.PRESENTED, 3), (RippleKind.VISIT, 5)))
READY = Desk(COHORT, True, 24, (ANA, BO), None, FIGURES)


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"steer/{name}", drawn.payload())


def test_the_desk(words: Words) -> None:
    check("desk_none", views.desk(words, SteeringDesk(())))
    check("desk_later", views.desk(words, SteeringDesk((replace(READY, ready=False, asked=0, volunteers=()),))))
    check("desk_fresh", views.desk(words, SteeringDesk((replace(READY, asked=0, volunteers=(), left=24),))))
    nobody = replace(READY, asked=0, volunteers=(), figures=PilotFigures(0, 0, 0, 0, 0, 0, 0, ()))
    check("desk_nobody", views.desk(words, SteeringDesk((nobody,))))
    check("desk_more", views.desk(words, SteeringDesk((replace(READY, left=2),))))
    check("desk", views.desk(words, SteeringDesk((READY,)), "24 people are asked now."))
    made = replace(READY, channel=Steering("c1", "C1", "U3", NOW))
    check("desk_made", views.desk(words, SteeringDesk((made,))))


def test_the_question_and_the_answers(words: Words) -> None:
    check("ask", views.ask(words, Invitation(COHORT, VolunteerState.ASKED)))
    check("said_yes", views.answered(words, Invitation(COHORT, VolunteerState.YES)))
    check("said_no", views.answered(words, Invitation(COHORT, VolunteerState.NO)))


def test_the_channel(words: Words) -> None:
    check("channel", views.channel_form(words, ChannelForm(COHORT, (ANA, BO), "steering-spring")))
    check("by_hand", views.by_hand(words, ChannelForm(COHORT, (ANA, BO), "steering-spring")))
