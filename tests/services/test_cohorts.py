"""Cohorts on a real database: planned, opened, closed; and the coordinators' Today."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.programme.setup import SlackChannel, Standing
from bot.domain.programme.today import Decision
from bot.domain.refusals import Refusals
from bot.services.kit import Kit
from bot.services.post import plan
from bot.services.programme import cohorts, today
from storage import commit, due, enrol, match, meet, outbox, programme
from storage.ids import new_id
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.delivery import Letter, LetterState, Priority, Target
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import CohortState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.services.desk import PLAN, chi, letters, refused, standing
from tests.world import ANA, BO, CHANNEL, CHI, ELI, TEAM, World


async def test_a_draft_is_changed_and_opens_with_the_programmes_numbers(kit: Kit, world: World) -> None:
    draft = await cohorts.save(kit, chi(), PLAN)
    await cohorts.save(kit, chi(), replace(PLAN, name="Winter"), draft.id)
    async with kit.store.write(TEAM) as tx:
        await programme.save(tx, replace(world.programme, k=7, clamp=3))
    await cohorts.open_(kit, chi(), draft.id, standing())
    async with kit.store.read(TEAM) as tx:
        opened = await programme.cohort(tx, draft.id)
    assert opened is not None
    assert (opened.name, opened.state, opened.k, opened.clamp) == ("Winter", CohortState.OPEN, 7, 3)
    assert await refused(cohorts.save(kit, chi(), PLAN, draft.id)) == "already_open"
    assert await refused(cohorts.open_(kit, chi(), draft.id, standing())) == "already_open"


async def test_two_cohorts_of_one_name_are_refused_until_the_first_is_closed(kit: Kit, world: World) -> None:
    with pytest.raises(Refusals):
        await cohorts.save(kit, chi(), replace(PLAN, name="spring"))
    await cohorts.close(kit, chi(), world.cohort.id)
    assert (await cohorts.save(kit, chi(), replace(PLAN, name="spring"))).name == "spring"


HIDDEN = SlackChannel(CHANNEL, private=True, member=False, archived=False)


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        (standing(CHI), "owner_gone"),
        (standing(ELI), "contact_gone"),
        (standing(channel=HIDDEN), "channel_gone"),
    ],
)
async def test_a_cohort_does_not_open_while_the_set_up_names_somebody_who_left(
    kit: Kit, world: World, now: Standing, problem: str
) -> None:
    draft = await cohorts.save(kit, chi(), PLAN)
    assert await refused(cohorts.open_(kit, chi(), draft.id, now)) == problem


async def test_a_cohort_that_opens_far_too_late_is_refused(kit: Kit, world: World, clock: MovableClock) -> None:
    draft = await cohorts.save(kit, chi(), PLAN)
    clock.move(days=350)
    assert await refused(cohorts.open_(kit, chi(), draft.id, standing())) == "too_late"


async def test_an_id_that_does_not_exist_is_simply_gone(kit: Kit, world: World) -> None:
    assert await refused(cohorts.close(kit, chi(), "no-such-cohort")) == "gone"
    assert await refused(cohorts.draft(kit, chi(), "no-such-cohort")) == "gone"


async def seat(tx: Tx, kit: Kit, world: World, user: str, side: Side) -> str:
    """A person who waits in the world's cohort; gives the person's id."""
    person = await enrol.meet_person(tx, user, name=user, zone="Europe/Berlin", locale="en-US")
    about = Profile(frozenset({side}), 2, "Finance", "Berlin", "DE", "", "", ())
    place = Participant(new_id(), TEAM, person.id, world.cohort.id, Enrolment.WAITING, "1", kit.clock(), about)
    await enrol.save_participant(tx, place, kit.clock())
    return person.id


async def busy(kit: Kit, world: World) -> str:
    """Beside Ana and Bo, a suggestion to two others is out, and a session of Ana and Bo is booked."""
    now = kit.clock()
    async with kit.store.write(TEAM) as tx:
        junior = await seat(tx, kit, world, "U07JUNO000", Side.JUNIOR)
        senior = await seat(tx, kit, world, "U07MAX0000", Side.SENIOR)
        pair = Pair(new_id(), TEAM, world.cohort.id, junior, senior, PairState.STARTING, None, "", CHI, now, None, None)
        await match.add(tx, pair)
        await plan(tx, Job.START_PAIR, pair.id, now + timedelta(minutes=10))
        await _booked(tx, kit, world)
    return pair.id


async def _booked(tx: Tx, kit: Kit, world: World) -> None:
    start = kit.clock() + timedelta(days=3)
    await meet.add(
        tx,
        Session(
            new_id(), TEAM, world.pair.id, 1, start, 60, "Room 1", SessionState.PLANNED, world.ana.id, None, None, None
        ),
    )


async def test_the_confirmation_counts_what_closing_ends(kit: Kit, world: World) -> None:
    await busy(kit, world)
    _, facts = await cohorts.about(kit, chi(), world.cohort.id, CohortState.CLOSED)
    tally = facts.tally
    assert (tally.running, tally.proposals, tally.waiting, tally.sessions_ahead) == (1, 1, 2, 1)
    assert facts.texts_until == world.cohort.ends_on + timedelta(days=180)


async def test_the_confirmation_counts_promises_that_are_still_open(kit: Kit, world: World) -> None:
    now, pair, owner = kit.clock(), world.pair.id, world.bo.id
    states = (CommitmentState.OPEN, CommitmentState.OPEN, CommitmentState.DONE)
    async with kit.store.write(TEAM) as tx:
        for n, state in enumerate(states):
            day = now.date() + timedelta(days=n)
            made = Commitment(f"c{n}", TEAM, pair, owner, None, CommitmentKind.HELP, "", day, 0, state, now, None, now)
            await commit.add(tx, made)
    _, facts = await cohorts.about(kit, chi(), world.cohort.id, CohortState.CLOSED)
    assert facts.tally.promises_open == 2


async def test_closing_ends_pairs_and_suggestions_and_tells_everybody_once(kit: Kit, world: World) -> None:
    suggested = await busy(kit, world)
    await cohorts.close(kit, chi(), world.cohort.id)
    assert await refused(cohorts.close(kit, chi(), world.cohort.id)) == "already_closed"
    told = await letters(kit, Kind.COHORT_CLOSED)
    assert sorted(letter.to for letter in told) == sorted([ANA, BO, "U07JUNO000", "U07MAX0000"])
    async with kit.store.read(TEAM) as tx:
        facts = {letter.to: await cohorts.load_closed(kit, tx, letter) for letter in told}
        pair, other = await match.get(tx, world.pair.id), await match.get(tx, suggested)
        places = await enrol.participants(tx, world.cohort.id)
        assert await due.ready(tx, kit.clock() + timedelta(days=1), 10) == []
    assert {user: fact and fact.partner for user, fact in facts.items()} == {
        ANA: BO, BO: ANA, "U07JUNO000": None, "U07MAX0000": None,
    }  # fmt: skip
    assert pair is not None and pair.state is PairState.ENDED
    assert other is not None and other.state is PairState.EXPIRED
    assert {place.state for place in places} == {Enrolment.FINISHED}


async def test_today_counts_what_was_set_aside_without_saying_what_it_was(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        letter = Letter(
            new_id(), TEAM, "k", Kind.PROMISE_PASSED, Target.PERSON, ANA, {}, Priority.PROMPT, kit.clock(), None,
            LetterState.DEAD, 3, "n", False, None, None, None, "account_inactive",
        )  # fmt: skip
        await outbox.add(tx, letter)
    facts = await today.today(kit, chi())
    assert facts.items[0].decision is Decision.FAILED
    [failure] = await today.failures(kit, chi())
    assert (failure.to, failure.reason, failure.work) == (ANA, "account_inactive", False)
