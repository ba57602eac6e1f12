"""What bookings, questions and lists of sessions look like."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.match import PairPeople
from bot.domain.meet import (
    AskFacts,
    BookForm,
    CalendarFacts,
    CancelForm,
    LogForm,
    Logged,
    OfferFacts,
    OfferForm,
    RebookFacts,
    ReminderFacts,
    RhythmFacts,
    RhythmForm,
    SessionFacts,
    SessionList,
    Slots,
)
from bot.views import meet as views
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Offer, OfferState, Rhythm, RhythmState, Said, SessionState
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SESSION

FAR = PairPeople(PAIR, replace(ANA, zone="America/New_York"), BO)
OFFER = Offer(
    "o",
    "T",
    PAIR.id,
    BO.id,
    SESSION.starts_at,
    SESSION.starts_at + timedelta(days=2),
    60,
    "Room *4*",
    OfferState.OPEN,
    NOW,
)
OFFERED = OfferFacts(OFFER, PEOPLE)
NASTY = replace(SESSION, place="<!channel> *Room* `4` <@U1>")


def check(name: str, drawn: Message | Modal) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"meet/{name}", payload)


def test_what_the_pair_space_reads(words: Words) -> None:
    old = replace(SESSION, starts_at=SESSION.starts_at - timedelta(days=1))
    check("booked", views.booked(words, SessionFacts(NASTY, PEOPLE)))
    later = replace(SESSION, number=3, starts_at=SESSION.starts_at + timedelta(days=14))
    check("booked_series", views.booked(words, SessionFacts(SESSION, PEOPLE, then=(later,))))
    check("booked_two_zones", views.booked(words, SessionFacts(SESSION, FAR)))
    check("moved", views.moved(words, SessionFacts(SESSION, PEOPLE, old)))
    check("cancelled", views.called_off(words, SessionFacts(SESSION, PEOPLE)))
    check("cancelled_owed", views.called_off(words, SessionFacts(SESSION, PEOPLE, then=(later,), owed=True)))
    check("booked_left_out", views.booked(words, SessionFacts(SESSION, PEOPLE, then=(later,), left_out=2)))
    ahead = replace(SESSION, number=4, starts_at=SESSION.starts_at + timedelta(days=9))
    check("cancelled_with_another", views.called_off(words, SessionFacts(SESSION, PEOPLE, ahead=ahead)))
    check("reminder", views.reminder(words, ReminderFacts(NASTY, PEOPLE, ("Arrive", "*The* <!here> rota"))))
    check("reminder_bare", views.reminder(words, ReminderFacts(replace(SESSION, place=""), PEOPLE, ())))


@pytest.mark.parametrize("side", list(Side))
def test_did_you_meet_and_what_its_message_becomes(words: Words, side: Side) -> None:
    asked = AskFacts(SESSION, PEOPLE, side)
    check(f"ask_{side}", views.ask(words, asked))
    check(f"ask_again_{side}", views.ask(words, replace(asked, again=True)))
    for said in Said:
        check(f"answered_{said}_{side}", views.answered(words, replace(asked, said=said)))
    for why in Hindrance:
        told = replace(asked, said=Said.NOT_MET, hindrance=why)
        check(f"answered_because_{why}_{side}", views.answered(words, told))


def test_who_looks_for_a_date(words: Words) -> None:
    facts = RebookFacts(PEOPLE, Side.SENIOR, SESSION)
    check("rebook", views.rebook(words, facts))
    check("missing", views.missing(words, facts))
    check("missing_their_turn", views.missing(words, replace(facts, side=Side.JUNIOR)))
    check("missing_owed", views.missing(words, replace(facts, owed=True)))
    check("missing_their_turn_owed", views.missing(words, replace(facts, side=Side.JUNIOR, owed=True)))
    met = AskFacts(SESSION, PEOPLE, Side.SENIOR, Said.MET, turn=Side.SENIOR)
    check("answered_met_my_turn", views.answered(words, met))
    check("answered_met_their_turn", views.answered(words, replace(met, turn=Side.JUNIOR)))


def test_two_times_to_pick_from(words: Words) -> None:
    check("offered", views.offered(words, OFFERED))
    check("offered_two_zones", views.offered(words, replace(OFFERED, people=FAR)))
    check("offer_waiting", views.offer_waiting(words, OFFERED))
    check("offer_lapsed", views.offer_lapsed(words, OFFERED))
    check("offer_taken", views.offer_answered(words, replace(OFFERED, taken=SESSION)))
    check("offer_neither", views.offer_answered(words, replace(OFFERED, declined=True)))
    check("offer_sent", views.offer_sent(words))
    form = OfferForm(FAR, FAR.senior, OFFER.times, 60, "", Slots(OFFER.times), {}, (False, True))
    check("modal_offer", views.offer(words, form))
    none_shared = replace(form, slots=Slots(OFFER.times, shared=False), choices={PAIR.id: "Ana", "p2": "Juno"})
    check("modal_offer_no_overlap", views.offer(words, none_shared))


def test_how_often_a_pair_meets(words: Words) -> None:
    made = Rhythm("r", "T", PAIR.id, ANA.id, 28, 8, RhythmState.OPEN, NOW)
    for state in RhythmState:
        check(f"rhythm_{state}", views.rhythm(words, RhythmFacts(replace(made, state=state), PEOPLE)))
    check("modal_rhythm", views.rhythm_form(words, RhythmForm(PEOPLE, ANA, 14, 6, 3, {})))
    check("modal_rhythm_odd", views.rhythm_form(words, RhythmForm(PEOPLE, ANA, 10, 15, 0, {})))
    check("rhythm_sent", views.rhythm_sent(words, changed=True))
    check("rhythm_same", views.rhythm_sent(words, changed=False))


def test_what_stands_below_calendar_files(words: Words) -> None:
    facts = CalendarFacts(1, changed=False, off=False, zone="Europe/Berlin", gone_at=NOW)
    check("calendar", views.calendar(words, facts))
    check("calendar_series", views.calendar(words, replace(facts, count=6)))
    check("calendar_changed", views.calendar(words, replace(facts, changed=True)))
    check("calendar_off", views.calendar(words, replace(facts, changed=True, off=True)))
    check("calendar_asked", views.calendar_asked(words))


def test_the_modals(words: Words) -> None:
    form = BookForm(FAR, FAR.junior, SESSION.starts_at, 60, "", {})
    several = {PAIR.id: "Bo Lindgren", "p2": "x" * 160}
    check("modal_book", views.book(words, form))
    times = tuple(SESSION.starts_at + timedelta(days=n, hours=n) for n in range(3))
    suits = replace(form, slots=Slots(times), outside=True, every=28, picker="meet.when.1")
    check("modal_book_slots", views.book(words, suits))
    check("modal_book_no_overlap", views.book(words, replace(suits, slots=Slots(times, shared=False))))
    check("modal_book_second", views.book(words, replace(form, ahead=SESSION)))
    check("modal_book_several", views.book(words, replace(form, choices=several, people=PEOPLE, me=ANA)))
    check("modal_move", views.book(words, replace(form, moves=SESSION, place=NASTY.place)))
    check("modal_cancel_series", views.cancel(words, CancelForm(SESSION, PEOPLE, Side.SENIOR, later=3)))
    check("modal_cancel", views.cancel(words, CancelForm(SESSION, PEOPLE, Side.SENIOR)))
    check("modal_cancel_late", views.cancel(words, CancelForm(SESSION, PEOPLE, Side.SENIOR, notice=48)))
    check("modal_move_late", views.book(words, replace(form, moves=SESSION, notice=24)))
    check("modal_moved", views.book(words, replace(form, moves=SESSION, notice=24, begun=True)))
    check("modal_log", views.log(words, LogForm(PEOPLE, ANA, NOW, 45, {})))
    check("modal_log_early", views.log(words, LogForm(PEOPLE, ANA, NOW, 45, {}, SESSION)))


def test_what_is_said_after_a_modal(words: Words) -> None:
    check("logged", views.logged(words, Logged(SESSION, ANA, BO)))
    check("already", views.already(words))
    check("cancelled_done", views.cancelled_done(words))
    check("undone", views.undone(words, None))


def test_the_list_puts_what_can_be_done_first(words: Words) -> None:
    states = [*SessionState, SessionState.CANCELLED, SessionState.CANCELLED]
    sides = [None] * len(SessionState) + [Hindrance.SENIOR, Hindrance.JUNIOR]
    past = [
        replace(SESSION, id=f"s{n}", state=state, hindrance=side, starts_at=NOW - timedelta(days=n + 1))
        for n, (state, side) in enumerate(zip(states, sides, strict=True))
    ]
    told = replace(past[-2], id="told", decided_at=NOW)
    found = SessionList(ANA, ((PEOPLE, (told, *reversed(past), NASTY)),), NOW)
    check("sessions", views.sessions(words, found))
    check("sessions_none", views.sessions(words, SessionList(ANA, ((PEOPLE, ()),), NOW)))


def test_a_long_history_fits_one_message(words: Words) -> None:
    many = tuple(replace(SESSION, id=f"s{n}", starts_at=NOW + timedelta(days=n)) for n in range(40))
    held = tuple(replace(s, id=f"h{s.id}", state=SessionState.HELD) for s in many)
    crowd = tuple((PEOPLE, (*held, *many)) for _ in range(9))
    payload = views.sessions(words, SessionList(ANA, crowd, NOW)).payload()
    assert check_blocks(payload["blocks"]) == []


def test_no_lock_screen_says_who_or_how_it_went(words: Words) -> None:
    ask = AskFacts(SESSION, PEOPLE, Side.JUNIOR, Said.NOT_MET, Hindrance.SENIOR)
    rebook = RebookFacts(PEOPLE, Side.SENIOR, SESSION)
    drawn = [views.ask(words, ask), views.answered(words, ask), views.rebook(words, rebook)]
    for text in (message.text for message in drawn):
        assert "Bo" not in text and "Ana" not in text and "happen" not in text
