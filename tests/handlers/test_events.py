"""An event is stored and done once, in one transaction, or Slack sends it again."""

import io
from typing import Any

from sqlalchemy import select

from storage import tables as t
from tests.clockwork import MovableClock
from tests.handlers.probe import SECRET, Doors


def event(doors: Doors, event_id: str = "Ev1", **changes: Any) -> dict[str, Any]:
    inner = {"type": "app_home_opened", "user": doors.ana.id, "tab": "home"}
    payload = {"type": "event_callback", "team_id": doors.pg.workspace.team_id, "event_id": event_id, "event": inner}
    return {**payload, "api_app_id": doors.pg.app_id, **changes}


async def hand_over(doors: Doors, payload: dict[str, Any]) -> bool:
    return (await doors.pg.channel.send("events_api", payload, 3.0)).ok


async def stored(doors: Doors) -> list[str]:
    async with doors.kit.store.read("") as tx:
        return list(await tx.conn.scalars(select(t.inbox.c.event_id)))


async def test_an_event_that_comes_twice_is_acknowledged_twice_and_done_once(doors: Doors) -> None:
    assert await hand_over(doors, event(doors)) and await hand_over(doors, event(doors))
    assert len(doors.probe.events) == 1 and await stored(doors) == ["Ev1"]


async def test_an_event_whose_work_fails_is_sent_again_by_slack_and_then_done_once(
    doors: Doors, lines: io.StringIO
) -> None:
    doors.probe.failures = 2
    doors.pg.ack_seconds = 0.5
    doors.pg.events.retry_delays = (0.0, 0.0, 0.0)
    assert not (await doors.ana.open_home()).ok
    await doors.pg.events.settle()
    assert len(doors.probe.events) == 3 and len(await stored(doors)) == 1
    assert lines.getvalue().count("event_failed") == 2 and SECRET not in lines.getvalue()


async def test_an_event_whose_work_fails_leaves_nothing_behind(doors: Doors) -> None:
    doors.probe.failures = 1
    assert not (await doors.pg.channel.send("events_api", event(doors), 0.5)).ok
    assert await stored(doors) == []


async def test_an_event_that_nobody_handles_is_acknowledged_and_not_stored(doors: Doors) -> None:
    assert await hand_over(doors, event(doors, event={"type": "emoji_changed"}))
    assert await stored(doors) == []


async def test_an_event_without_a_body_is_acknowledged(doors: Doors) -> None:
    assert await hand_over(doors, event(doors, event={}))
    assert await stored(doors) == []


async def test_events_of_two_workspaces_with_one_id_are_two(doors: Doors) -> None:
    assert await hand_over(doors, event(doors)) and await hand_over(doors, event(doors, team_id="T0ELSEWHERE"))
    assert len(doors.probe.events) == 2


async def test_ids_of_events_are_kept_for_a_day(doors: Doors, clock: MovableClock) -> None:
    assert await hand_over(doors, event(doors, "Ev1"))
    clock.move(hours=23)
    assert await hand_over(doors, event(doors, "Ev2"))
    assert await stored(doors) == ["Ev1", "Ev2"]
    clock.move(hours=2)
    assert await hand_over(doors, event(doors, "Ev3"))
    assert await stored(doors) == ["Ev2", "Ev3"]
