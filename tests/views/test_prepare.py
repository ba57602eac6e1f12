"""What agendas, icebreakers and the parking lot look like."""

from dataclasses import replace
from datetime import date

from bot.domain.prepare import (
    LINE_LENGTH,
    Agenda,
    AgendaFacts,
    AgendaForm,
    Aside,
    IcebreakerFacts,
    IcebreakerForm,
    Line,
    ParkFacts,
    ParkForm,
)
from bot.views import prepare as views
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SESSION

LINES = (Line("Arrive", 5), Line("What *changed* <!channel>", None, "l1"), Line("Next date", 5))
AGENDA = Agenda(
    "First topic", LINES, (Line("hiring", None, "l2"),), "One thing you saw.", "Two sentences.", agreed=False
)  # fmt: skip
OWED = Commitment(
    id="c", team_id="T", pair_id=PAIR.id, owner_id=BO.id, checkin_id=None, kind=CommitmentKind.OTHER,
    text="Raise the *rota*", due_on=date(2026, 3, 12), moved=0, state=CommitmentState.OPEN, created_at=NOW,
    done_at=None, changed_at=NOW,
)  # fmt: skip
WARMUP = tuple(f"warmup_0{n}" for n in range(1, 6))


def check(name: str, drawn: Message | Modal) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"prepare/{name}", payload)


def test_the_agenda_suggested_agreed_and_looked_at_later(words: Words) -> None:
    facts = AgendaFacts(SESSION, PEOPLE, AGENDA, (OWED, replace(OWED, text=None)))
    check("agenda", views.agenda(words, facts))
    check("agenda_agreed", views.agenda(words, replace(facts, agenda=replace(AGENDA, agreed=True), commitments=())))
    check("agenda_last", views.last_agenda(words, facts))


def test_a_first_sessions_agenda_has_nothing_to_use_or_edit(words: Words) -> None:
    lines = (Line("Arrive", 5), Line("Three icebreakers", SESSION.minutes - 5))
    locked = AgendaFacts(SESSION, PEOPLE, replace(AGENDA, lines=lines, waiting=(), locked=True), ())
    check("agenda_locked", views.agenda(words, locked))


def test_six_of_the_longest_lines_fit_whatever_is_in_them(words: Words) -> None:
    lines = tuple(Line("&" * LINE_LENGTH, None, f"l{n}") for n in range(6))
    owed = tuple(replace(OWED, text="<" * 500) for _ in range(9))
    facts = AgendaFacts(SESSION, PEOPLE, replace(AGENDA, lines=lines, waiting=lines), owed)
    assert check_blocks(views.agenda(words, facts).payload()["blocks"]) == []


def test_the_modals(words: Words) -> None:
    form = AgendaForm(SESSION, ANA, BO, AGENDA, (Line("x" * 200, None, "l3"),))
    check("modal_agenda", views.edit_agenda(words, form))
    visit = replace(form, start="visit", starts=("technology", "free", "visit", "short"))
    check("modal_agenda_visit", views.edit_agenda(words, visit))
    check("modal_agenda_no_parking", views.edit_agenda(words, replace(form, parked=())))
    check("modal_park", views.park(words, ParkForm(PAIR.id, None, {PAIR.id: "Bo", "p2": "Chi"})))
    check("modal_add", views.park(words, ParkForm(PAIR.id, SESSION, {}), add=True))
    preview = IcebreakerForm(PAIR.id, "Bo Lindgren", "warmup", ("warmup", "how_i_work"), WARMUP, {})
    check("modal_icebreakers", views.preview(words, preview))
    several = replace(preview, choices={PAIR.id: "Bo Lindgren", "p2": "Chi Okafor"})
    check("modal_icebreakers_never", views.preview(words, replace(preview, aside=Aside("warmup_09", never=True))))
    check("modal_icebreakers_several", views.preview(words, several))


def test_icebreakers_and_what_is_parked(words: Words) -> None:
    facts = IcebreakerFacts(PAIR.id, WARMUP, "Bo *Lindgren*", more=True, zone="Europe/Berlin")
    check("icebreakers", views.icebreakers(words, replace(facts, session=SESSION)))
    check("icebreakers_all_seen", views.icebreakers(words, replace(facts, more=False)))
    check("icebreakers_posted", views.posted(words))
    check("parked", views.parked(words, ParkFacts(PAIR.id, "l1", "the <!channel> rota", None)))
    check("added", views.parked(words, ParkFacts(PAIR.id, "l1", "the rota", SESSION)))
    check("taken_back", views.taken_back(words))
