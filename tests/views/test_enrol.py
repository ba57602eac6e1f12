"""What joining, the profile and status look like."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.enrol import About, AboutForm, Joined, PairStatus, Status, Undelivered
from bot.domain.leave import Asked
from bot.domain.match import PairPeople
from bot.domain.privacy import Keeping
from bot.views import enrol as views
from bot.views.parts import Message, Modal
from prompts import Words
from storage.records.checkin import Checkin, CheckinState
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort, CohortState, Purpose
from tests.golden import same_as_golden
from tests.views.test_leave import LEAVING

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SPRING = Cohort(
    id="spring", team_id="T1", name="Spring & <Summer>", purpose=Purpose.TECHNOLOGY, starts_on=date(2026, 3, 2),
    ends_on=date(2026, 8, 28), sessions=6, cadence_days=28, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
)  # fmt: skip
JOINED = Joined(SPRING, date(2026, 3, 16), "en-GB")
EMPTY = Profile(frozenset(), 0, "", "", "DE", "", "", ())
FULL = Profile(
    frozenset(Side), 3, "Legal", "Porto", "", "contracts", "what <!channel> costs", ("technology", "culture")
)
ANA = Person("ana", "T1", None, "UANA", "Ana Silva", "Europe/Berlin", "en-GB", "DE", False)
BO = replace(ANA, id="bo", user_id="UBO", name="Bo Lindgren")
PAIR = Pair("pair", "T1", "spring", "ana", "bo", PairState.ACTIVE, None, "", "UCHI", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)
PLACE = Participant("place", "T1", "ana", "spring", Enrolment.PAIRED, "1", NOW, FULL)
SESSION = Session(
    "s1", "T1", "pair", 1, datetime(2026, 3, 9, 14, tzinfo=UTC), 60, "", SessionState.PLANNED, "bo", None, None
)
PROMISE = Commitment(
    "c1", "T1", "pair", "bo", None, CommitmentKind.HELP, "raise the *on-call* rota", date(2026, 3, 20), 2,
    CommitmentState.OPEN, NOW, None, NOW,
)  # fmt: skip
CHECKIN = Checkin(
    "k1", "T1", "s1", "pair", "ana", Side.JUNIOR, CheckinState.SENT, NOW, datetime(2026, 3, 23, tzinfo=UTC), None
)
QUIET = Status(ANA, ((SPRING, PLACE),), None, (), (PairStatus(PEOPLE, Side.JUNIOR, None, ()),), (), ())


def check(name: str, drawn: Message | Modal) -> None:
    same_as_golden(f"enrol/{name}", drawn.payload())


def test_the_modals_of_joining(words: Words) -> None:
    check("choose", views.choose(words, [SPRING, replace(SPRING, id="autumn", name="Autumn")]))
    check("none_open", views.none_open(words, told=False))
    check("none_open_told", views.none_open(words, told=True))
    check("consent", views.consent(words, SPRING, Keeping()))
    check("about_new", views.about(words, AboutForm(About(EMPTY, None), ("DE", "US"), SPRING, "2026-2")))
    check("about_edit", views.about(words, AboutForm(About(FULL, "UMAX"), ("DE", "US"))))
    check("done", views.done(words, JOINED))


def test_the_messages_to_those_who_wait(words: Words) -> None:
    check("joined", views.joined(words, JOINED))
    check("no_match_yet", views.no_match_yet(words, JOINED))
    check("cohort_open", views.cohort_open(words, SPRING))


def test_the_status_of_a_quiet_week_and_of_a_full_one(words: Words) -> None:
    check("status_quiet", views.status(words, QUIET))
    full = replace(
        QUIET,
        asked=(PairStatus(PEOPLE, Side.SENIOR, None, ()),),
        pairs=(
            PairStatus(PEOPLE, Side.JUNIOR, SESSION, (PROMISE,) * 7),
            PairStatus(PEOPLE, Side.SENIOR, None, (PROMISE,)),
        ),
        checkins=((CHECKIN, PEOPLE),),
        undelivered=(Undelivered("meet", date(2026, 3, 1), True), Undelivered("checkin", date(2026, 2, 27), False)),
    )
    check("status_full", views.status(words, full))
    leaving = (Asked(LEAVING, PEOPLE.senior),)
    check("status_leaving", views.status(words, replace(QUIET, paused_until=date(2026, 4, 1), leaving=leaving)))


@pytest.mark.parametrize("state", [Enrolment.WAITING, Enrolment.PAUSED])
def test_the_status_of_a_place(words: Words, state: Enrolment) -> None:
    place = replace(PLACE, state=state)
    facts = replace(QUIET, places=((SPRING, place),), waits_until=date(2026, 3, 16), pairs=())
    check(f"status_{state}", views.status(words, facts))


def test_every_country_can_be_picked_and_no_list_is_too_long_for_slack(words: Words) -> None:
    from bot.services.calendar import regions

    drawn = views.about(words, AboutForm(About(EMPTY, None), regions(), SPRING, "2026-2")).payload()
    menu = next(b["element"] for b in drawn["blocks"] if b.get("block_id") == "region")
    assert {o["value"] for g in menu["option_groups"] for o in g["options"]} == {*regions(), "none"}
    assert max(len(group["options"]) for group in menu["option_groups"]) <= 100
    assert len(menu["option_groups"]) <= 100
    assert menu["initial_option"]["text"]["text"] == "Germany"


def test_every_step_has_words_for_what_did_not_arrive(words: Words) -> None:
    from bot.domain.messages import Kind

    assert all(words.has(f"enrol.status.about.{kind.partition('.')[0]}") for kind in Kind)
