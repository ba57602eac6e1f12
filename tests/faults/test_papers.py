"""A report's files on their way into a direct message: whatever breaks between two steps, they are there once."""

from typing import Any

import pytest
from sqlalchemy import update

from bot.delivery import papers
from bot.delivery.letters import LETTERS
from bot.domain.messages import Kind
from bot.services.kit import Actor
from bot.services.report import papers as service
from playground.faults import Fault
from storage import tables as t
from storage.records.delivery import Letter, LetterState
from tests.delivery.post_office import Office
from tests.faults.test_crash_points import POINTS, Killed, die_at
from tests.thorough import also, few
from tests.world import CHI, TEAM, World

CHIS = Actor(TEAM, CHI)
START, SHARE, DELETE = "files.getUploadURLExternal", "files.completeUploadExternal", "files.delete"


async def asked(office: Office, world: World) -> list[Letter]:
    """Chi wants figures as a CSV, once more if she does not have them yet; gives every letter about it."""
    await service.export(office.kit, CHIS, world.cohort.id, "", ["activity"], office.kit.words("en"))
    return [one for one in await office.letters() if one.kind == Kind.PAPER]


@pytest.fixture
async def desk(office: Office, world: World) -> Office:
    await asked(office, world)
    office.courier = office.new_courier(letters=LETTERS)
    return office


async def quiet(office: Office) -> None:
    await office.courier.take_over()
    for _ in range(8):
        await office.send(seconds=30)


def shared(office: Office) -> int:
    """How many files Chi finds, gone ones left out."""
    return len([one for one in office.slack.workspace.files.values() if one.shares])


def said(office: Office) -> int:
    """How often the message below the files was posted."""
    return len([text for text in office.texts(office.slack.workspace.direct(CHI).id) if "are here" in text])


def die_around(step: str, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process die before or after one of the steps, once."""
    true, left = getattr(papers, step), 1

    async def dying(*args: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            return await true(*args)
        if when == "after":
            await true(*args)
        raise Killed

    monkeypatch.setattr(papers, step, dying)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["_files", "keep_files", "share", "keep_shared"])
async def test_a_death_between_two_steps_leaves_the_files_and_their_message_once(
    desk: Office, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    die_around(step, when, monkeypatch)
    await desk.send()
    assert said(desk) == 0
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1)


@pytest.mark.parametrize("point", few(POINTS, 2))
async def test_a_death_at_any_point_of_the_courier_leaves_them_once(desk: Office, point: str) -> None:
    await desk.new_courier(letters=LETTERS, checkpoint=die_at(point)).send_due()
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1)


@pytest.mark.parametrize("kind", ["429", "drop_after", *also("500_before", "500_after", "html")])
@pytest.mark.parametrize("method", [START, SHARE, "conversations.open"])
async def test_an_answer_that_is_lost_on_the_way_leaves_them_once(desk: Office, method: str, kind: str) -> None:
    desk.fail(method, kind)
    await desk.send()
    assert said(desk) == 0
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1)


async def test_what_slack_did_though_nobody_heard_of_it_is_found_and_not_done_again(desk: Office) -> None:
    desk.fail(SHARE, "drop_after")
    await desk.send()
    assert shared(desk) == 1
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1) and (desk.calls()[SHARE], desk.calls()[DELETE]) == (1, 0)


async def test_files_that_were_not_shared_are_taken_away_even_where_that_fails_at_first(desk: Office) -> None:
    desk.fail(SHARE, "500_before")
    desk.fail(DELETE, "500_before")
    await desk.send()
    assert shared(desk) == 0
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1) and desk.calls()[SHARE] == 2


@pytest.mark.parametrize("step", ["_files", "share"])
async def test_a_courier_that_lost_its_lease_while_drawing_shares_nothing_beside_the_next_one(
    desk: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    true, others = getattr(papers, step), desk.new_courier(letters=LETTERS)

    async def slow(*args: Any) -> Any:
        monkeypatch.setattr(papers, step, true)
        desk.clock.move(seconds=desk.pacing.lease.total_seconds() + 1)
        await others.send_due()
        return await true(*args)

    monkeypatch.setattr(papers, step, slow)
    await desk.send()
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1)


async def test_a_report_whose_message_was_set_aside_can_be_asked_for_again(desk: Office, world: World) -> None:
    assert len(await asked(desk, world)) == 1, "it is under way"
    async with desk.kit.store.write(TEAM) as tx:
        await tx.conn.execute(update(t.outbox).values(state=LetterState.DEAD))
    assert len(await asked(desk, world)) == 2
    await quiet(desk)
    assert (shared(desk), said(desk)) == (1, 1)


async def test_a_bot_that_may_not_upload_says_so_instead_of_nothing(desk: Office) -> None:
    desk.slack.faults.rules.append(Fault(START, "error", error="missing_scope"))
    await quiet(desk)
    told = [one for one in desk.texts(desk.slack.workspace.direct(CHI).id) if "has no files" in one]
    assert (shared(desk), said(desk), len(told)) == (0, 0, 1)
