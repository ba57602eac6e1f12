"""The app is taken out of the workspace, its token is revoked, and it comes back."""

from datetime import timedelta

import pytest

from bot.services import workspace
from playground.payloads import home_opened
from storage import outbox, programme
from storage.records.delivery import LetterState
from tests.end_to_end.conftest import Town, town

__all__ = ["town"]

UNINSTALLED = {"type": "app_uninstalled"}
REVOKED = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U07BOT0001"]}}
OTHERS = {"type": "tokens_revoked", "tokens": {"oauth": ["U07ANA0001"], "bot": []}}


async def audit(town: Town) -> list[str]:
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        lines = await programme.audit_since(tx, town.clock.now() - timedelta(days=1))
    return [line.action for line in reversed(lines)]


async def waiting(town: Town) -> int:
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        return (await outbox.counts(tx)).get(LetterState.WAITING, 0)


def tries(town: Town) -> int:
    return sum(row["what"] == "views.publish" for row in town.pg.log.rows(2000))


@pytest.mark.parametrize("event", [UNINSTALLED, REVOKED], ids=["uninstalled", "revoked"])
async def test_after_the_app_is_removed_nothing_is_tried_and_when_it_is_back_what_waits_goes_out(
    town: Town, event: dict[str, object]
) -> None:
    assert (await town.pg.send_event(event)).ok
    ana = town.person("ana")
    await ana.open_home()
    await town.settle()
    assert ana.home is None and tries(town) == 0 and await waiting(town) == 1
    await workspace.back(town.house.kit, town.pg.workspace.team_id)
    await town.settle()
    assert ana.home is not None and await waiting(town) == 0
    assert await audit(town) == [f"workspace.{'uninstalled' if event is UNINSTALLED else 'revoked'}", "workspace.back"]


async def test_both_events_together_are_one_removal(town: Town) -> None:
    assert (await town.pg.send_event(REVOKED)).ok and (await town.pg.send_event(UNINSTALLED)).ok
    assert await audit(town) == ["workspace.revoked"]


async def test_a_persons_own_token_is_none_of_ours(town: Town) -> None:
    assert (await town.pg.send_event(OTHERS)).ok
    ana = town.person("ana")
    await ana.open_home()
    await town.settle()
    assert ana.home is not None and await audit(town) == []


async def test_coming_back_without_having_gone_changes_nothing(town: Town) -> None:
    await workspace.back(town.house.kit, town.pg.workspace.team_id)
    assert await audit(town) == []


async def test_an_event_of_a_workspace_that_nobody_knows_is_taken_and_stops_nothing(town: Town) -> None:
    inner = home_opened(town.pg, town.person("ana").id, "home")
    payload = {"type": "event_callback", "team_id": "T0STRANGE1", "event_id": "EvX", "event": inner}
    assert (await town.pg.channel.send("events_api", payload, 3.0)).ok
    await town.settle()
    bo = town.person("bo")
    await bo.open_home()
    await town.settle()
    assert bo.home is not None
