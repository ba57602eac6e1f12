"""What a pair sees of how it works together, of answers written ahead, and of an agenda that two people write."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.prepare import (
    Agenda,
    AgendaFacts,
    AgendaForm,
    AheadForm,
    AheadKept,
    AnswersFacts,
    ContractCard,
    ContractFacts,
    ContractForm,
    ContractView,
    EarlyFacts,
    Edit,
    Line,
    Opened,
    ReviewFacts,
    Typed,
)
from bot.views import prepare as views
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.prepare import Agreement, Contract, ContractField, ContractLine
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SESSION

FIVE = ("stays_here", "not_that_topic", "next_time", "help_both_ways", "free_to_end")
LINES = (
    ContractLine(ContractField.OFF_LIMITS, ANA.id, "my <old> team"),
    ContractLine(ContractField.OFF_LIMITS, BO.id, None),
    ContractLine(ContractField.PLACE, BO.id, "the library"),
    ContractLine(ContractField.DISAGREEING, ANA.id, "“I see it *differently*”"),
)  # fmt: skip
ONE = Contract("c1", PAIR.id, 1, ANA.id, NOW, FIVE, 14, 60, 24, None, LINES)
REVIEW = date(2026, 4, 25)
ASKED = ContractFacts(PEOPLE, ONE, standing=False, replaced=False, undo=False, review_on=REVIEW)
HERS, HIS = Agreement(ANA.id, NOW, None), Agreement(BO.id, NOW + timedelta(minutes=1), None)
AGREED = replace(ASKED, contract=replace(ONE, agreements=(HERS, HIS)), undo=True)
WRITTEN = Typed(FIVE, "my <old> team", "the library", "", 14, 60, 24, date(2026, 5, 1))
FORM = ContractForm(PEOPLE, ANA, WRITTEN, "c1", "", REVIEW)
LONGEST = "&" * 300


def check(name: str, drawn: Message | Modal) -> None:
    payload = drawn.payload()
    assert (check_view(payload, ("modal",)) if isinstance(drawn, Modal) else check_blocks(payload["blocks"])) == []
    same_as_golden(f"prepare/{name}", payload)


def test_a_contract_in_the_pairs_space(words: Words) -> None:
    check("contract", views.contract(words, ASKED))
    half = replace(
        ASKED, contract=replace(ONE, version=2, author_id=BO.id, agreements=(HERS,)), standing=True, undo=True
    )
    check("contract_half", views.contract(words, half))
    check("contract_agreed", views.contract(words, replace(AGREED, undo=False)))
    check("contract_replaced", views.contract(words, replace(ASKED, replaced=True)))
    check("contract_review", views.review(words, ReviewFacts(PEOPLE, AGREED.contract)))
    both = replace(ONE, agreements=(replace(HERS, fits_at=NOW), replace(HIS, fits_at=NOW)))
    check("contract_review_both", views.review(words, ReviewFacts(PEOPLE, both)))


def test_no_word_of_the_two_stands_in_the_message(words: Words) -> None:
    said = str(views.contract(words, AGREED).payload())
    assert "library" not in said and "team" not in said and "differently" not in said


def test_a_contract_to_read_and_to_write(words: Words) -> None:
    check("modal_contract_read", views.contract_modal(words, ContractView(ASKED, ANA, "", {})))
    several = ContractView(AGREED, ANA, "Threats. <law>", {PAIR.id: "Bo Lindgren", "p2": "Chi Okafor"})
    check("modal_contract_agreed", views.contract_modal(words, several))
    check("modal_contract", views.contract_form(words, FORM))
    fresh = replace(FORM, typed=Typed((), "", "", "", 30, 60, 24, None), base="")
    check("modal_contract_new", views.contract_form(words, fresh))
    check("modal_contract_theirs", views.contract_form(words, replace(FORM, theirs=ASKED)))
    check("modal_exceptions", views.exceptions_form(words, "Threats, and what the law wants told."))


def test_the_longest_contract_fits(words: Words) -> None:
    topics = tuple(ContractLine(ContractField.OFF_LIMITS, ANA.id, LONGEST) for _ in range(10))
    rest = (
        ContractLine(ContractField.PLACE, ANA.id, LONGEST),
        ContractLine(ContractField.DISAGREEING, ANA.id, LONGEST),
    )
    full = replace(ASKED, contract=replace(ONE, lines=(*topics, *rest)))
    for drawn in (
        views.contract_modal(words, ContractView(full, ANA, "&" * 600, {})),
        views.contract_form(words, replace(FORM, exceptions="&" * 600, theirs=full)),
    ):
        assert check_view(drawn.payload(), ("modal",)) == []
    card = ContractCard(full.contract, full.contract, late=False)
    assert check_blocks([b.to_dict() for b in views.home_card(words, card, "<@UBO>", ANA, PAIR.id)]) == []


def test_a_home_says_what_holds_what_waits_and_for_whom(words: Words) -> None:
    half = replace(ONE, agreements=(HERS,))
    for card, said in (
        (ContractCard(AGREED.contract, None, late=False), "How you work with"),
        (ContractCard(None, half, late=False), "waits for <@UBO>"),
        (ContractCard(None, None, late=True), "Ten minutes of your next session"),
    ):
        assert said in str([block.to_dict() for block in views.home_card(words, card, "<@UBO>", ANA, PAIR.id)])
    waits = ContractCard(None, ONE, late=True)
    assert views.home_card(words, waits, "<@UBO>", ANA, PAIR.id) == []
    assert "waits for you" in str([b.to_dict() for b in views.waiting(words, waits, "<@UBO>", ANA, PAIR.id)])
    assert views.waiting(words, ContractCard(None, half, late=True), "<@UBO>", ANA, PAIR.id) == []
    assert views.home_card(words, ContractCard(None, None, late=False), "<@UBO>", ANA, PAIR.id) == []


def test_answers_written_ahead(words: Words) -> None:
    opened = Opened("warmup_02", "Porto <!here>", None)
    form = AheadForm(
        PEOPLE, ANA.id, ("warmup_01", "warmup_02"), {"warmup_01": "Fernando"}, (opened,), {"warmup_02": "a1"}
    )
    check("modal_ahead", views.ahead(words, form))
    check("modal_ahead_all_shown", views.ahead(words, replace(form, items=("warmup_02",))))
    check("answers", views.answers(words, AnswersFacts(PEOPLE, (opened, Opened("warmup_03", "Soup", "Toast")))))
    check("ahead_kept", views.kept(words, AheadKept(PEOPLE, ANA.id, 2, 1, {"warmup_03": "Paris & Rome"})))
    check("ahead_nothing", views.kept(words, AheadKept(PEOPLE, ANA.id, 0, 0, {})))


def test_an_agenda_that_two_people_write(words: Words) -> None:
    lines = (Line("The rota", 10, "l1"), Line("Budget", 20, "l2"))
    agenda = Agenda(
        "First topic", lines, (), "One thing you saw.", "Two sentences.", agreed=True, reading="The handbook"
    )
    edit = Edit(BO, frozenset({"l2"}), ("Hiring", None), ("the rota",))
    facts = AgendaFacts(SESSION, PEOPLE, agenda, (), edit, "late", 48)
    check("agenda_changed", views.agenda(words, facts))
    form = AgendaForm(SESSION, ANA, BO, agenda, (Line("x", None, "l3"),), base="b", typed=("Mine",), theirs=agenda)
    check("modal_agenda_theirs", views.edit_agenda(words, replace(form, picked=("l3",))))


def test_a_first_session_that_may_be_opened(words: Words) -> None:
    agenda = Agenda("Getting to know each other", (Line("Arrive", 5),), (), "One", "Two", agreed=False, locked=True)
    form = AgendaForm(SESSION, ANA, BO, agenda, ())
    check("modal_agenda_locked", views.edit_agenda(words, form))
    check("modal_agenda_locked_asked", views.edit_agenda(words, replace(form, asked=BO)))
    check("modal_agenda_locked_waits", views.edit_agenda(words, replace(form, asked=ANA)))
    check("early", views.early(words, EarlyFacts(PEOPLE, ANA)))
    check("early_open", views.early(words, EarlyFacts(PEOPLE, ANA, open=True)))
    check("early_gone", views.early(words, EarlyFacts(PEOPLE, ANA, gone=True)))
