"""Every kind of message can be sent to oneself as a test, marked, inert, and with nobody's data in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.delivery.letters import LETTERS
from bot.domain.messages import MESSAGES, Kind
from bot.domain.programme.samples import SampleFacts, sampled
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.programme import testing
from prompts import Library
from storage.records.delivery import Target
from tests.held import JUNIOR, SENIOR, letters
from tests.world import CHI, NOOR, TEAM, World

ME = "U0SAMPLE01"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
COORDINATOR = Actor(TEAM, CHI)


def pressed(payload: Any) -> Iterator[str]:
    if isinstance(payload, list):
        for one in payload:
            yield from pressed(one)
    if isinstance(payload, dict):
        yield from (str(value) for key, value in payload.items() if key == "action_id")
        yield from (action for value in payload.values() for action in pressed(value))


@pytest.mark.parametrize("kind", [kind for kind, spec in MESSAGES.items() if spec.target not in
                                  (Target.HOME, Target.CHORE) and kind is not Kind.SAMPLE])  # fmt: skip
def test_every_kind_is_drawn_with_made_up_data_and_nothing_behind_its_buttons(library: Library, kind: Kind) -> None:
    assert kind in sampled()
    facts = SampleFacts(kind, ME, "Europe/Berlin", NOW)
    payload = LETTERS[Kind.SAMPLE].draw(library.words("en"), facts).payload()
    assert payload["text"].startswith("Test: ")
    assert kind in payload["blocks"][0]["text"]["text"]
    actions = list(pressed(payload))
    assert len(set(actions)) == len(actions)
    assert {action.partition(":")[0] for action in actions} <= {"programme.sample"}
    assert "slack_file" not in str(payload)


def test_a_sample_for_a_senior_speaks_to_a_senior_and_its_numbers_could_be_real(library: Library) -> None:
    def said(kind: Kind) -> str:
        facts = SampleFacts(kind, ME, "Europe/Berlin", NOW)
        return str(LETTERS[Kind.SAMPLE].draw(library.words("en"), facts).payload())

    assert "You are the one learning" in said(Kind.PROPOSAL_SENIOR)
    assert "every 4 weeks" in said(Kind.PROPOSAL_JUNIOR)
    assert "60 minutes" in said(Kind.BOOKED)
    assert "totals of 5 or more" in said(Kind.CHECKIN)


async def test_only_a_coordinator_gets_them_and_only_themselves(kit: Kit, world: World) -> None:
    for actor in (JUNIOR, SENIOR, Actor(TEAM, NOOR)):
        with pytest.raises(Refusal):
            await testing.send(kit, actor, "all")
    with pytest.raises(Refusal):
        await testing.send(kit, COORDINATOR, "no such step")
    assert await testing.send(kit, COORDINATOR, "meet") == len(sampled("meet")) > 5
    told = await letters(kit)
    assert {(letter.kind, letter.to) for letter in told} == {(Kind.SAMPLE, CHI)}
    async with kit.store.read(TEAM) as tx:
        facts = await testing.load_sample(kit, tx, told[0])
    assert facts is not None
    assert (facts.me, facts.kind) == (CHI, sampled("meet")[0])
