"""What bookings, questions and lists of sessions look like."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.match import PairPeople
from bot.domain.meet import (
    AskFacts,
    BookForm,
    CancelForm,
    LogForm,
    Logged,
    RebookFacts,
    ReminderFacts,
    SessionFacts,
    SessionList,
)
from bot.views import meet as views
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.enrol import Side
from storage.records.meet import Hindrance, Said, SessionState
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SESSION

FAR = PairPeople(PAIR, replace(ANA, zone="America/New_York"), BO)
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


def test_the_modals(words: Words) -> None:
    form = BookForm(FAR, FAR.junior, SESSION.starts_at, 60, "", {})
    several = {PAIR.id: "Bo Lindgren", "p2": "x" * 160}
    check("modal_book", views.book(words, form))
    check("modal_book_second", views.book(words, replace(form, ahead=SESSION)))
    check("modal_book_several", views.book(words, replace(form, choices=several, people=PEOPLE, me=ANA)))
    check("modal_move", views.book(words, replace(form, moves=SESSION, place=NASTY.place)))
    check("modal_cancel", views.cancel(words, CancelForm(SESSION, PEOPLE, Side.SENIOR)))
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
