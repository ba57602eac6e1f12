"""What joining, the profile and status look like."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.enrol import (
    EXPERIENCES,
    GENDERS,
    TOPICS,
    About,
    AboutForm,
    Asking,
    BringForm,
    Card,
    Filter,
    Invited,
    InviteDesk,
    Joined,
    Left,
    MatchingForm,
    PairStatus,
    People,
    Row,
    Standing,
    Status,
    Told,
    Undelivered,
)
from bot.domain.leave import Asked
from bot.domain.match import PairPeople
from bot.domain.privacy import Keeping
from bot.views import enrol as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words
from storage.records.checkin import Checkin, CheckinState
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Confided, Enrolment, Invitation, Participant, Person, Profile, Side
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
    frozenset(Side), 3, "Legal", "Porto", "", "contracts", "what <!channel> costs", ("technology", "culture"),
    "Services", ("en", "pt"), 2, 1, True, 510, 990, ("plain_language", "decisions"), ("ai_tools",),
)  # fmt: skip
CONFIDED = Confided((4, 0, 5), "1980", "woman", ("caring", "new_career"), ("UMAX", "UIVY"))
LANGUAGES = ("de", "en", "pt")
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
    check("about_new", views.about(words, AboutForm(About(EMPTY, None), ("DE", "US"), LANGUAGES, SPRING, "2026-3")))
    listed = AboutForm(About(FULL, "UMAX"), ("DE", "US"), LANGUAGES, SPRING, "2026-3", listed=True)
    check("about_listed", views.about(words, listed))
    check("bring_new", views.bring(words, BringForm(replace(EMPTY, sides=frozenset({Side.JUNIOR})), JOINED)))
    check("bring_full", views.bring(words, BringForm(FULL, replace(JOINED, full=True))))
    check("matching_new", views.matching(words, MatchingForm(Confided(), joining=True, version="2026-3")))
    check("done", views.done(words))


def test_the_profile_and_its_three_forms(words: Words) -> None:
    check("about_edit", views.about(words, AboutForm(About(FULL, "UMAX"), ("DE", "US"), LANGUAGES)))
    check("bring_edit", views.bring(words, BringForm(FULL)))
    check("matching_edit", views.matching(words, MatchingForm(CONFIDED, agree=True, version="2026-3")))
    check("told", views.told(words, Told(About(FULL, "UMAX"), CONFIDED), "Saved."))
    check("told_little", views.told(words, Told(About(replace(EMPTY, level=1), ""), Confided())))


def test_the_messages_to_those_who_wait(words: Words) -> None:
    check("joined", views.joined(words, JOINED))
    check("joined_full", views.joined(words, replace(JOINED, full=True)))
    check("no_match_yet", views.no_match_yet(words, JOINED))
    check("no_match_last", views.no_match_yet(words, replace(JOINED, last=True)))
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


def test_every_country_and_language_can_be_picked_and_no_list_is_too_long_for_slack(words: Words) -> None:
    from bot.services.calendar import regions
    from bot.services.enrol.languages import languages

    drawn = views.about(words, AboutForm(About(EMPTY, None), regions(), languages(), SPRING, "2026-3")).payload()
    for name, codes in (("region", {*regions(), "none"}), ("languages", set(languages()))):
        menu = next(b["element"] for b in drawn["blocks"] if b.get("block_id") == name)
        assert {o["value"] for g in menu["option_groups"] for o in g["options"]} == codes
        assert max(len(group["options"]) for group in menu["option_groups"]) <= 100
        assert len(menu["option_groups"]) <= 100
        if name == "region":
            assert menu["initial_option"]["text"]["text"] == "Germany"


def test_whatever_can_be_picked_has_its_words(words: Words) -> None:
    picked = {"topics": TOPICS, "experiences": EXPERIENCES, "genders": GENDERS}
    assert [f"{name}.{c}" for name, codes in picked.items() for c in codes if not words.has(f"enrol.{name}.{c}")] == []


def test_every_step_has_words_for_what_did_not_arrive(words: Words) -> None:
    from bot.domain.messages import Kind

    assert all(words.has(f"enrol.status.about.{kind.partition('.')[0]}") for kind in Kind)


INVITATION = Invitation("i1", "T1", "spring", "UIVY", "Ivy Chen", "Europe/Berlin", "en-GB", "UCHI", NOW)


def test_an_invitation_and_its_answers(words: Words) -> None:
    check("invitation", views.invitation(words, Asking(INVITATION, SPRING)))
    check("invitation_again", views.invitation(words, Asking(INVITATION, SPRING, again=True)))
    check("invitation_joined", views.invitation(words, Asking(INVITATION, SPRING, joined=True)))
    check("declined", views.declined(words, Asking(INVITATION, SPRING)))


def test_inviting(words: Words) -> None:
    check("invite", views.invite(words, InviteDesk((SPRING,), 12, 5, ("UIVY",))))
    several = InviteDesk((SPRING, replace(SPRING, id="autumn", name="Autumn")), groups=("STRAINEES",))
    check("invite_several", views.invite(words, several))
    check("invite_all_asked", views.invite(words, InviteDesk((SPRING,), 12, 0)))
    left = (("UBOT", Left.BOT), ("UANA", Left.TAKES_PART), ("UBO", Left.TAKES_PART), ("UMAX", Left.DECLINED))
    found = Invited(SPRING, ("UIVY", "UOTTO"), left)
    check("invite_sure", views.invite_sure(words, found, {"cohort": "spring", "list": "yes"}))
    check("invite_nobody", views.invite_sure(words, Invited(SPRING, (), left), {}))
    check("invited", views.invited(words, found))
    many = views.invited(words, Invited(SPRING, tuple(f"U07N{n:06}" for n in range(10_000)), left))
    assert "and 9960 more" in many.text or "and 9,960 more" in many.text
    assert check_blocks(many.payload()["blocks"]) == []


def test_the_list_of_people_and_a_card(words: Words) -> None:
    rows = (
        Row(Standing.WAITING, "UANA", "Ana Silva", "Spring", "p1", department="Legal & <co>", level=1,
            sides=frozenset({Side.JUNIOR})),
        Row(Standing.UNANSWERED, "UIVY", "Ivy Chen", "Spring", invitation="i1"),
    )  # fmt: skip
    counts = {Standing.WAITING: 1, Standing.UNANSWERED: 19}
    check("people", views.people(words, People(Filter(text="l", page=1), rows, 20, 3, counts)))
    check("people_none", views.people(words, People(Filter(), (), 0, 1)))
    card = Card(rows[0], "Europe/Berlin", ANA, FULL, "UMAX", (PEOPLE,), can_pair=True)
    check("person", views.person(words, card))
    asked = Card(rows[1], "Europe/Berlin", invitation=replace(INVITATION, reminded_at=NOW), can_ask=True)
    check("person_asked", views.person(words, asked, "Done."))
    check("line", views.line(words, "UANA", ""))
