"""Weeks of everything that the bot says, through the real gate: hours, pauses and the budget hold."""

import random
from datetime import datetime, timedelta

import pytest

from bot.delivery.letters import Entry, Letters
from bot.domain.budget import WEEK, most
from bot.domain.messages import MESSAGES, PROMPT_ORDER, Kind, Timing, may_pass_pause, waits_for_hours
from bot.services import prefs
from bot.services.calendar import quiet
from bot.services.pause import pause
from bot.services.post import post
from storage import enrol, outbox
from storage.budget import FOLDED
from storage.records.delivery import LetterState, Target
from storage.records.prefs import Prefs
from tests.clockwork import MovableClock
from tests.delivery.post_office import Office, draw_plain, load_plain
from tests.held import JUNIOR
from tests.thorough import thorough
from tests.world import ANA, TEAM, World

PERSONAL = [kind for kind, spec in MESSAGES.items() if spec.target is Target.PERSON]
LETTERS: Letters = {kind: Entry(load_plain, draw_plain) for kind in PERSONAL}
DAYS = 16
OVER = (LetterState.SENT, LetterState.SKIPPED)


async def let_weeks_pass(office: Office, dice: random.Random, clock: MovableClock) -> dict[str, datetime]:
    """Everything at random moments, queued up to three days ahead; tells when each letter went out."""
    went: dict[str, datetime] = {}
    courier = office.new_courier(letters=LETTERS)
    for n in range(DAYS * 3):
        async with office.kit.store.write(TEAM) as tx:
            for m in range(dice.randrange(3)):
                kind = dice.choice(PROMPT_ORDER) if dice.random() < 0.6 else dice.choice(PERSONAL)
                at = clock.now + timedelta(hours=dice.randrange(72))
                await post(tx, kind, ANA, f"{n}.{m}", at, subject=f"{n}.{m}")
        for _ in range(4):
            for letter in await office.letters() if await courier.send_due() else ():
                if letter.state is LetterState.SENT:
                    went.setdefault(letter.id, clock.now)
            clock.move(hours=2)
    return went


WEEKS = [(1, Prefs()), pytest.param(2, Prefs(fewer=True, quiet_until=11, quiet_from=16), marks=thorough)]


@pytest.mark.parametrize(("seed", "chosen"), WEEKS)
async def test_weeks_of_messages_keep_to_hours_and_budget_and_lose_nothing_without_a_word(
    office: Office, world: World, clock: MovableClock, seed: int, chosen: Prefs
) -> None:
    await prefs.save(office.kit, JUNIOR, chosen, "DE")
    went = await let_weeks_pass(office, random.Random(seed), clock)
    async with office.kit.store.read(TEAM) as tx:
        ana = await enrol.find(tx, ANA)
    assert ana is not None
    letters = {letter.id: letter for letter in await office.letters()}
    prompts = sorted(at for one, at in went.items() if MESSAGES[Kind(letters[one].kind)].timing is Timing.PROMPT)
    assert prompts
    assert all(sum(first <= at < first + WEEK for at in prompts) <= most(chosen) for first in prompts)
    late = {
        letters[one].kind for one, at in went.items() if quiet(ana, at) and waits_for_hours(Kind(letters[one].kind))
    }
    assert late == set(), "nobody is woken"
    silent = [one for one in letters.values() if one.state is LetterState.SKIPPED and not one.reason]
    assert silent == []
    assert {one.reason for one in letters.values() if one.state is LetterState.SKIPPED} >= {FOLDED, "budget"}
    assert all(one.state in (*OVER, LetterState.WAITING) for one in letters.values())


async def test_a_pause_stops_what_was_queued_whatever_it_is(office: Office, world: World, clock: MovableClock) -> None:
    async with office.kit.store.write(TEAM) as tx:
        for kind in PERSONAL:
            await post(tx, kind, ANA, kind.value, clock.now + timedelta(hours=2), subject=kind.value)
    await pause(office.kit, JUNIOR, (clock.now + timedelta(days=7)).date(), "")
    courier = office.new_courier(letters=LETTERS)
    for _ in range(60):
        clock.move(minutes=5)
        await courier.send_due()
    async with office.kit.store.read(TEAM) as tx:
        sent = {one.kind for one in await office.letters() if one.state is LetterState.SENT}
        assert await outbox.counts(tx)
    assert sent == {kind.value for kind in PERSONAL if may_pass_pause(kind)}
