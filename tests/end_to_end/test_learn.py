"""Lessons and the programme's content as people meet them in Slack."""

import json
from datetime import UTC, datetime

from bot.domain.jobs import Job
from bot.services.post import plan
from playground.person import Person
from storage import enrol, match
from storage.ids import new_id
from storage.records.match import Pair, PairState
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town


async def paired(town: Town) -> tuple[Person, Person]:
    """Ana and Bo, a moment after their pair has started."""
    cohort = await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    kit, now = town.house.kit, town.clock.now()
    async with kit.store.write(town.pg.workspace.team_id) as tx:
        found = [await enrol.find(tx, person.id) for person in (ana, bo)]
        one, other = [person.id for person in found if person is not None]
        pair = Pair(new_id(), tx.team, cohort.id, one, other, PairState.STARTING, None, "", "U1", now, None, None)
        await match.add(tx, pair)
        await plan(tx, Job.START_PAIR, pair.id, now)
    for person in (ana, bo):
        while person.modal is not None:
            await person.dismiss()
    await town.forward(hours=2)
    return ana, bo


async def test_a_lesson_comes_with_the_match_then_before_each_session_and_is_ticked_off_in_private(town: Town) -> None:
    ana, bo = await paired(town)
    assert "You are the learner" in town.said(bo)
    assert (await ana.press("learn.done")).ok
    await ana.open_home()
    await town.settle()
    assert "Marked as read" in town.said(ana)
    assert "has started" in town.said(ana), "the rest of the message stands"
    assert "1 of 6 read" in json.dumps(ana.home)

    assert (await ana.press("learn.open")).ok
    assert "How to disagree upward" in json.dumps(ana.modal)
    assert (await ana.submit({})).ok
    assert "2 of 6 read" in json.dumps(ana.modal)
    await ana.dismiss()
    await town.settle()

    assert (await bo.command("/revmentor schedule")).ok
    assert (await bo.submit({"meet.when": "2026-03-12 14:00"})).ok
    await town.until(datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert town.said(bo).count("You are the learner") == 1, "the match brought it: it does not come again"
    assert "2 of 6" not in json.dumps(bo.home or {}) + town.said(bo)


async def test_a_coordinator_writes_a_question_and_every_pair_can_be_asked_it(town: Town) -> None:
    ana, _ = await paired(town)
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin content")).ok
    assert (await chi.press("programme.content_add")).ok
    typed = {"content.set": "warmup", "content.text": "As a woman, what do you think?"}
    refused = await chi.submit(typed)
    assert "Ask for their own day instead" in refused.errors["content.text"]
    assert (await chi.submit({**typed, "content.text": "Which wine made you laugh?"})).ok
    assert "it may touch alcohol" in json.dumps(chi.modal), "nothing is stored before the second look"
    assert (await chi.press("programme.content_preview")).ok
    assert "Which wine" in json.dumps(chi.modal)
    await chi.dismiss()
    assert (await chi.submit({"content.text": "What made you laugh?"})).ok
    assert "in use from now on" in json.dumps(chi.modal)
    await chi.dismiss()

    assert (await ana.command("/revmentor icebreaker")).ok
    assert "What made you laugh?" in json.dumps(ana.modal)
    assert (await chi.command("/revmentor admin content icebreakers laugh")).ok
    assert (await chi.press("programme.content_open")).ok
    assert (await chi.press("programme.content_switch:off")).ok
    assert "Switched off" in json.dumps(chi.modal)
    assert (await chi.press("programme.content_undo")).ok
    assert "Taken back" in json.dumps(chi.modal)
