"""Several couriers of one workspace share its budget, whoever takes a letter."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.domain.delivery import Pacing
from bot.domain.messages import Kind
from tests.delivery.post_office import Office

PACING = Pacing(per_minute=50, homes_per_minute=50, gap=timedelta(0), opening=timedelta(0))
ALLOWED = 5
"""What fifty a minute are in the window of six seconds."""


async def test_three_couriers_together_never_send_more_than_the_workspace_may(office: Office) -> None:
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot][:18]
    for person in people:
        await office.queue(Kind.CHECKIN, person, "crowd")
    couriers = [office.new_courier(pacing=PACING) for _ in range(3)]
    sent: Counter[int] = Counter()
    for second in range(24):
        before = len(office.texts())
        await asyncio.gather(*(courier.send_due() for courier in couriers))
        sent[second] = len(office.texts()) - before
        office.clock.move(seconds=1)
    assert sum(sent.values()) == len(people)
    assert max(sum(sent[n] for n in range(start, start + 6)) for start in range(24)) <= ALLOWED


async def test_letters_that_a_courier_has_taken_and_not_yet_tried_count_for_the_others(office: Office) -> None:
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot][:12]
    for person in people:
        await office.queue(Kind.CHECKIN, person, "crowd")

    def dies(name: str) -> None:
        raise asyncio.CancelledError

    await office.new_courier(pacing=PACING, checkpoint=dies).send_due()
    assert office.texts() == []
    await office.new_courier(pacing=PACING).send_due()
    assert office.texts() == [], "five are in the hands of the first"
    office.clock.move(seconds=PACING.lease.total_seconds())
    await office.new_courier(pacing=PACING).send_due()
    assert len(office.texts()) == ALLOWED
