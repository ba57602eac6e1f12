"""What load and safety, credit and the tap about learning look like, whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.credit import CreditFacts
from bot.domain.learner import LearnerFacts
from bot.domain.pulse import PulseFacts
from bot.domain.score import Scorecard
from bot.domain.support import Doors
from bot.views import checkin, credit, pulse
from bot.views.home import scorecard
from bot.views.parts import Message, Modal
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.checkin import Learner
from storage.records.credit import Credit, Credited
from storage.records.enrol import Side
from storage.records.pulse import Load, Pulse, Safety
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, NOW, PEOPLE, SESSION

PULSE = Pulse("p1", "T1", PEOPLE.pair.id, ANA.id, date(2026, 4, 1), NOW, NOW + timedelta(days=14))
FACTS = PulseFacts(PULSE, PEOPLE, 5)
HALF = replace(FACTS, pulse=replace(PULSE, load=Load.MORE))
WHOLE = replace(FACTS, pulse=replace(PULSE, load=Load.SAME, safety=Safety.YES))
CREDIT = CreditFacts(Credit("c1", "T1", "bo", "2026-04", NOW, NOW + timedelta(days=14)), ("U07ANA0000",))
TAP = LearnerFacts(SESSION, Side.JUNIOR)
TURNED = replace(TAP, said=Learner.ME, turned=True)


def said(answer: Credited) -> CreditFacts:
    return replace(CREDIT, credit=replace(CREDIT.credit, said=answer))


SHOWN = {
    "pulse/ask": lambda w: pulse.ask(w, FACTS),
    "pulse/half": lambda w: pulse.said(w, HALF),
    "pulse/said": lambda w: pulse.said(w, WHOLE),
    "pulse/form": lambda w: pulse.form(w, HALF),
    "pulse/card": lambda w: pulse.card(w, Doors(("U07CHI0000",), (), ())),
    "credit/ask": lambda w: credit.ask(w, CREDIT),
    "credit/did": lambda w: credit.said(w, said(Credited.DID), "Europe/Berlin"),
    "credit/plan": lambda w: credit.said(w, said(Credited.PLAN), "Europe/Berlin"),
    "credit/not_this_month": lambda w: credit.said(w, said(Credited.NOT_THIS_MONTH), "Europe/Berlin"),
    "checkin/learner": lambda w: checkin.learner_part(w, TAP),
    "checkin/learner_turned": lambda w: checkin.learner_part(w, TURNED),
    "checkin/learner_turned_senior": lambda w: checkin.learner_part(
        w, replace(TURNED, side=Side.SENIOR, said=Learner.THEM)
    ),
    "home/score": lambda w: scorecard(w, Scorecard(4, 1, 2, 3, 2, 5, 1, 1, ("2026-03", "2026-04"))),
    "home/score_empty": lambda w: scorecard(w, Scorecard(0, 0, 0, 0)),
}


@pytest.mark.parametrize("name", SHOWN)
def test_each_looks_as_it_did_and_slack_takes_it(words: Words, name: str) -> None:
    shown: Message | Modal = SHOWN[name](words)
    payload = shown.payload()
    found = check_view(payload, ("modal",)) if isinstance(shown, Modal) else check_blocks(payload["blocks"])
    assert found == []
    same_as_golden(name, payload)


def test_a_lock_screen_says_nothing_of_anybody(words: Words) -> None:
    for message in (pulse.ask(words, FACTS), pulse.said(words, WHOLE), credit.ask(words, CREDIT)):
        assert not any(name in message.text for name in ("Ana", "Bo", "U07", "credit"))


def test_everybody_finds_the_way_to_support_whatever_they_answered(words: Words) -> None:
    for facts in (FACTS, HALF, WHOLE):
        assert "support.doors" in str(pulse.said(words, facts).payload())
