"""Slack's directory for the check of a list: page by page, also when Slack asks to wait or refuses."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import roster
from bot.delivery.clients import Clients, one_token
from bot.domain.roster import Broken, Checked
from bot.services.kit import Actor, Kit
from bot.services.roster import checks, choose, hand_in, look
from playground.faults import Fault
from playground.server import Playground
from storage.ids import new_id
from storage.records.delivery import Letter, LetterState, Priority, Target
from tests.clockwork import MovableClock
from tests.services.town_hall import letters
from tests.world import CHI, TEAM, World

COORDINATOR = Actor(TEAM, CHI)


@pytest.fixture
async def client(slack: Playground) -> AsyncIterator[AsyncWebClient]:
    clients = Clients(one_token(slack.bot_token), slack.api_url)
    yield await clients(TEAM)
    await clients.close()


async def waiting(kit: Kit) -> tuple[str, Letter]:
    """A list that waits for its check, and the letter that asks for it."""
    given = await hand_in(kit, COORDINATOR, "user;department\n@ana;Data\n@bo;Ops\n")
    await choose(kit, COORDINATOR, given.draft_id, given.columns, "")
    letter = Letter(
        id=new_id(), team_id=TEAM, key="k", kind="roster.check", target=Target.CHORE, to=CHI,
        params={"draft": given.draft_id}, priority=Priority.PERSONAL, due_at=kit.clock(), stale_at=None,
        state=LetterState.SENDING, attempts=0, nonce="n", ambiguous=False, first_attempt_at=None, channel=None, ts=None,
        reason=None,
    )  # fmt: skip
    return given.draft_id, letter


async def test_pages_are_read_once_and_go_on_where_slack_asked_to_wait(
    kit: Kit, world: World, slack: Playground, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roster, "_PAGE", 10)
    draft, letter = await waiting(kit)
    everybody = len(slack.workspace.users)
    directory = roster.directory_of(kit, TEAM)
    told: list[int] = []

    async def tell(n: int) -> None:
        told.append(n)
        if n == 10:
            slack.faults.rules = [Fault("users.list", "429", times=1)]

    with pytest.raises(SlackApiError):
        await roster.read_accounts(client, directory, tell)
    assert told == [10] and not directory.whole
    await roster.prepare(kit, client, letter)
    assert len(directory.accounts) == everybody
    found = await look(kit, COORDINATOR, draft)
    result = found.result if isinstance(found, Checked) else None
    assert result is not None and result.counts.new == 2 and result.problems == ()


async def test_the_directory_serves_the_next_check_for_five_minutes(
    kit: Kit, world: World, clock: MovableClock, client: AsyncWebClient
) -> None:
    known = roster.directory_of(kit, TEAM)
    clock.move(minutes=4)
    assert roster.directory_of(kit, TEAM) is known
    clock.move(minutes=2)
    assert roster.directory_of(kit, TEAM) is not known and timedelta(minutes=5) == roster.FRESH


async def test_what_slack_refuses_for_good_is_said_in_the_window(
    kit: Kit, world: World, slack: Playground, client: AsyncWebClient
) -> None:
    draft, letter = await waiting(kit)
    slack.faults.rules = [Fault("users.list", "error", error="missing_scope")]
    await roster.prepare(kit, client, letter)
    found = await look(kit, COORDINATOR, draft)
    assert isinstance(found, Checked) and found.reason == "missing_scope"


async def test_a_check_that_dies_again_and_again_says_so_to_whoever_waits(
    kit: Kit, world: World, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, letter = await waiting(kit)

    async def dies(*_: object) -> None:
        raise KeyError("nobody foresaw this")

    monkeypatch.setattr(checks, "run", dies)
    for attempts in range(roster.TRIES - 1):
        with pytest.raises(KeyError):
            await roster.prepare(kit, client, replace(letter, attempts=attempts))
    last = replace(letter, attempts=roster.TRIES - 1)
    for _ in range(2):  # a courier that died afterwards changes nothing
        await roster.prepare(kit, client, last)
    found = await look(kit, COORDINATOR, draft)
    assert isinstance(found, Broken) and found.work == "checking" and found.reference
    assert [kind for kind, to, _ in await letters(kit) if to == CHI].count("roster.checked") == 1
