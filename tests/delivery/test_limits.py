"""The courier against a Slack that keeps to its own rate limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery import Pacing
from bot.domain.messages import Kind
from storage.records.delivery import LetterState
from tests.delivery.post_office import Office


@pytest.mark.parametrize(("gap", "refused"), [(Pacing().gap, False), (timedelta(0), True)])
async def test_the_pace_of_the_courier_is_one_that_slack_allows(office: Office, gap: timedelta, refused: bool) -> None:
    office.slack.limits.on = True
    office.courier = office.new_courier(pacing=replace(Pacing(), gap=gap))
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot][:10]
    for subject in ("one", "two", "three"):
        for person in people:
            await office.queue(Kind.CHECKIN, person, subject)
    for _ in range(30):
        await office.send(seconds=1)
    turned_away = [row["what"] for row in office.slack.log.rows(2000) if row["status"] == 429]
    assert bool(turned_away) is refused
    assert await office.states() == {LetterState.SENT: 30}
    assert len(office.texts()) == 30


async def test_a_crowd_of_first_messages_has_its_conversations_opened_in_turn(office: Office) -> None:
    office.slack.limits.on = True
    office.courier = office.new_courier(pacing=Pacing())
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot]
    for person in people:
        await office.queue(Kind.CHECKIN, person)
    await office.send()
    assert office.calls()["conversations.open"] == 1
    for _ in people:
        await office.send(seconds=1.2)
    assert office.calls()["conversations.open"] == len(people)
    assert [row for row in office.slack.log.rows(2000) if row["status"] == 429] == []
    assert await office.states() == {LetterState.SENT: len(people)}
