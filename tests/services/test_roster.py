"""Importing people, from the list that is handed in to the one that is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.privacy import Keeping
from bot.domain.refusals import Refusal
from bot.domain.roster import Account, Broken, Busy, Checked, Saved, Trouble, Undone
from bot.schedule.sweeps import run_due
from bot.services import privacy, roster
from bot.services.kit import Actor, Kit
from bot.services.privacy.retaining import do_retention
from bot.services.roster import checks, saving, standing
from bot.services.roster.saving import save_unasked
from storage import due, enrol, programme
from storage import roster as people
from storage import tables as t
from storage.ids import new_id
from storage.records.delivery import Due, DueState
from storage.records.roster import Listed
from tests.clockwork import MovableClock
from tests.services.town_hall import JUNO, MAX, OTTO, about, join, letters
from tests.world import ANA, BO, CHI, TEAM, World

COORDINATOR, JUNIOR = Actor(TEAM, CHI), Actor(TEAM, ANA)
ACCOUNTS = [
    Account(ANA, "ana", ("Ana", "Ana Silva")), Account(BO, "bo", ("Bo", "Bo Lindgren")),
    Account(JUNO, "juno", ("Juno",)), Account(MAX, "max", ("Max",)), Account(OTTO, "otto", ("Otto",)),
]  # fmt: skip
LIST = "user;department;level;manager\n@juno;Data;2;@max\n@max;Ops;4;none\n@zed;;;\n"


async def dry_run(kit: Kit, text: str = LIST, actor: Actor = COORDINATOR) -> Checked:
    """Hand a list in, take the columns as they were guessed, and have it checked."""
    given = await roster.hand_in(kit, actor, text)
    await roster.choose(kit, actor, given.draft_id, given.columns, "V1")
    draft = await checks.waiting(kit, TEAM, given.draft_id)
    assert draft is not None
    await checks.run(kit, TEAM, draft, ACCOUNTS)
    return await roster.look(kit, actor, given.draft_id)


async def saved(kit: Kit, text: str = LIST) -> Saved:
    found = await roster.save(kit, COORDINATOR, (await dry_run(kit, text)).draft_id, "V1")
    assert isinstance(found, Saved)
    return found


async def listed(kit: Kit) -> dict[str, Listed]:
    async with kit.store.read(TEAM) as tx:
        return await people.everybody(tx)


async def lines(kit: Kit) -> dict[str, str]:
    async with kit.store.read(TEAM) as tx:
        return await enrol.lines(tx)


async def left(kit: Kit) -> int:
    """How many drafts and pieces of them are kept."""
    async with kit.store.read(TEAM) as tx:
        tables = (t.roster_draft, t.roster_part)
        return sum([await tx.conn.scalar(select(func.count()).select_from(table)) for table in tables])


async def test_what_was_shown_is_what_is_saved_and_nobody_is_enrolled_or_written_to(kit: Kit, world: World) -> None:
    shown = await dry_run(kit)
    assert shown.result is not None and await listed(kit) == {}
    assert [p.trouble for p in shown.result.problems] == [Trouble.UNKNOWN_USER]
    found = await roster.save(kit, COORDINATOR, shown.draft_id, "V1")
    assert isinstance(found, Saved) and (found.counts, found.lines) == (shown.result.counts, 2)
    juno = (await listed(kit))[JUNO]
    assert (juno.name, juno.department, juno.level, juno.at) == ("Juno", "Data", 2, kit.clock())
    assert await lines(kit) == {JUNO: MAX, MAX: ""}
    async with kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, JUNO) is None
        (line, *_) = await programme.audit_since(tx, kit.clock() - timedelta(days=1))
    assert (line.action, line.actor, line.detail) == ("roster.imported", CHI, "new=2 changed=0")
    assert [kind for kind, to, _ in await letters(kit) if to != CHI] == []


async def test_importing_again_updates_and_never_doubles_and_whoever_is_missing_stays(kit: Kit, world: World) -> None:
    await saved(kit)
    later = await saved(kit, "user;department\n@juno;Legal\n")
    assert (later.counts.new, later.counts.changed, later.counts.missing) == (0, 1, 1)
    found = await listed(kit)
    assert (found[JUNO].department, found[JUNO].level, found[MAX].department) == ("Legal", 2, "Ops")


async def test_what_changed_between_the_check_and_save_is_shown_first(kit: Kit, world: World) -> None:
    shown = await dry_run(kit)
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, MAX, JUNO)
    again = await roster.save(kit, COORDINATOR, shown.draft_id, "V2")
    assert isinstance(again, Checked) and again.result is None and await listed(kit) == {}
    draft = await checks.waiting(kit, TEAM, shown.draft_id)
    assert draft is not None and draft.view_id == "V2"


async def test_a_saving_can_be_taken_back_for_ten_minutes(kit: Kit, world: World, clock: MovableClock) -> None:
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, JUNO, BO)
    first = await saved(kit, "user;department\n@juno;Data\n")
    clock.move(minutes=20)
    second = await saved(kit)
    clock.move(minutes=9)
    taken = await roster.undo(kit, COORDINATOR, second.draft_id)
    assert isinstance(taken, Undone) and (taken.counts.new, taken.counts.changed) == (1, 1)
    found = await listed(kit)
    assert set(found) == {JUNO} and found[JUNO].department == "Data" and found[JUNO].level == 0
    assert await lines(kit) == {JUNO: BO}
    for draft in (first.draft_id, second.draft_id):
        with pytest.raises(Refusal):
            await roster.undo(kit, COORDINATOR, draft)


async def test_taking_back_leaves_alone_what_was_changed_since(kit: Kit, world: World, clock: MovableClock) -> None:
    found = await saved(kit)
    clock.move(minutes=1)
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, JUNO, BO)
        await people.save(tx, [Listed(TEAM, MAX, "Max", clock(), department="Sales")])
    await roster.undo(kit, COORDINATOR, found.draft_id)
    assert set(await listed(kit)) == {MAX} and await lines(kit) == {JUNO: BO}


async def test_a_long_list_is_saved_and_taken_back_by_the_courier_and_doing_it_twice_is_once(
    kit: Kit, world: World, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 0)
    shown = await dry_run(kit)
    busy = Busy(shown.draft_id)
    assert [await roster.save(kit, COORDINATOR, shown.draft_id, "V1") for _ in range(2)] == [busy, busy]
    assert await listed(kit) == {} and await roster.look(kit, COORDINATOR, shown.draft_id) == busy
    for use in (roster.undo, roster.choosing):
        with pytest.raises(Refusal):
            await use(kit, COORDINATOR, shown.draft_id)
    assert [kind for kind, _, _ in await letters(kit)].count("roster.save") == 1
    for _ in range(2):
        await saving.work(kit, TEAM, shown.draft_id)
    found = await roster.look(kit, COORDINATOR, shown.draft_id)
    assert shown.result is not None and found == Saved(shown.draft_id, shown.result.counts, 2)
    assert set(await listed(kit)) == {JUNO, MAX}

    clock.move(minutes=9)
    assert await roster.undo(kit, COORDINATOR, shown.draft_id) == Busy(shown.draft_id, undoing=True)
    clock.move(minutes=9)
    await run_due(kit)
    for _ in range(2):
        await saving.work(kit, TEAM, shown.draft_id)
    taken = await roster.look(kit, COORDINATOR, shown.draft_id)
    assert isinstance(taken, Undone) and taken.counts.new == 2 and await listed(kit) == {}
    async with kit.store.read(TEAM) as tx:
        lines_of_log = await programme.audit_since(tx, kit.clock() - timedelta(days=1))
    assert [line.action for line in lines_of_log].count("roster.imported") == 1


async def test_what_changed_before_a_long_list_was_saved_is_checked_and_shown_first(
    kit: Kit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AT_ONCE", 0)
    shown = await dry_run(kit)
    await roster.save(kit, COORDINATOR, shown.draft_id, "V2")
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, MAX, JUNO)
    await saving.work(kit, TEAM, shown.draft_id)
    draft = await checks.waiting(kit, TEAM, shown.draft_id)
    assert draft is not None and (draft.view_id, draft.reason) == ("V2", "changed") and await listed(kit) == {}


async def test_work_that_broke_names_its_reference_and_can_be_tried_again(
    kit: Kit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = await roster.hand_in(kit, COORDINATOR, LIST)
    await roster.choose(kit, COORDINATOR, given.draft_id, given.columns, "V1")
    await standing.broken(kit, TEAM, given.draft_id, "1a2b3c4d")
    assert await roster.look(kit, COORDINATOR, given.draft_id) == Broken(given.draft_id, "checking", "1a2b3c4d")
    assert await roster.retry(kit, COORDINATOR, given.draft_id, "V2") == Checked(given.draft_id)
    draft = await checks.waiting(kit, TEAM, given.draft_id)
    assert draft is not None and draft.view_id == "V2"
    await checks.run(kit, TEAM, draft, ACCOUNTS)
    monkeypatch.setattr(saving, "AT_ONCE", 0)
    await roster.save(kit, COORDINATOR, given.draft_id, "V2")
    await standing.broken(kit, TEAM, given.draft_id, "5e6f")
    assert await roster.retry(kit, COORDINATOR, given.draft_id, "V2") == Busy(given.draft_id)
    await saving.work(kit, TEAM, given.draft_id)
    assert isinstance(await roster.look(kit, COORDINATOR, given.draft_id), Saved)


async def test_a_list_is_its_coordinators_own_and_only_coordinators_have_one(kit: Kit, world: World) -> None:
    shown = await dry_run(kit)
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, BO, CHI, kit.clock())
    for actor in (JUNIOR, Actor(TEAM, BO), Actor("T0OTHER", CHI)):
        for use in (roster.look, roster.choosing, roster.undo):
            with pytest.raises(Refusal):
                await use(kit, actor, shown.draft_id)
        with pytest.raises(Refusal):
            await roster.save(kit, actor, shown.draft_id, "")
    with pytest.raises(Refusal):
        await roster.hand_in(kit, JUNIOR, LIST)


async def test_a_list_that_is_not_saved_waits_a_day_and_then_is_gone(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    shown = await dry_run(kit)
    assert (await roster.desk(kit, COORDINATOR, files=False)).waiting == shown.draft_id
    clock.move(hours=23)
    await run_due(kit)
    assert await left(kit)
    clock.move(hours=2)
    await run_due(kit)
    assert await left(kit) == 0
    with pytest.raises(Refusal):
        await roster.look(kit, COORDINATOR, shown.draft_id)


async def test_what_could_be_taken_back_is_gone_after_ten_minutes(kit: Kit, world: World, clock: MovableClock) -> None:
    await saved(kit)
    clock.move(minutes=11)
    await run_due(kit)
    assert await left(kit) == 0


async def test_whoever_is_erased_is_off_the_list_and_out_of_every_list_on_its_way(kit: Kit, world: World) -> None:
    await saved(kit, "user;department\n@ana;Data\n@bo;Ops\n")
    waiting = await dry_run(kit, "user;department\n@ana;Legal\n")
    tables = (await privacy.own_data(kit, JUNIOR)).tables
    assert [row["department"] for row in tables["roster"]] == ["Data"]
    await privacy.erase(kit, JUNIOR)
    assert set(await listed(kit)) == {BO} and await left(kit) == 0
    with pytest.raises(Refusal):
        await roster.save(kit, COORDINATOR, waiting.draft_id, "")


async def test_whoever_never_takes_part_goes_after_a_time_unless_a_line_needs_them(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """Juno joins; Max, who leads her, stays while she does. Nobody below Otto takes part."""
    await saved(kit, "user;manager\n@juno;@max\n@max;none\n@otto;@max\n")
    await join(kit, world, JUNO, about(manager=MAX))
    assert kit.keeping == Keeping(), "the settings' defaults"
    clock.move(days=181)
    await _sweep(kit)
    assert set(await listed(kit)) == {JUNO, MAX} and OTTO not in await lines(kit)


async def _sweep(kit: Kit) -> None:
    item = Due(new_id(), TEAM, "privacy.retention", TEAM, "", "", kit.clock(), None, DueState.PENDING, 0, None)
    async with kit.store.write(TEAM) as tx:
        await due.add(tx, item)
        await do_retention(kit, tx, item)


async def test_a_check_that_slack_refuses_says_why_and_can_be_tried_again(kit: Kit, world: World) -> None:
    given = await roster.hand_in(kit, COORDINATOR, LIST)
    await roster.choose(kit, COORDINATOR, given.draft_id, given.columns, "V1")
    draft = await checks.waiting(kit, TEAM, given.draft_id)
    assert draft is not None
    await checks.failed(kit, TEAM, draft, "missing_scope")
    assert (await roster.look(kit, COORDINATOR, given.draft_id)).reason == "missing_scope"
    with pytest.raises(Refusal):
        await roster.save(kit, COORDINATOR, given.draft_id, "")
    assert (await roster.choosing(kit, COORDINATOR, given.draft_id)).columns == given.columns


async def test_open_pairs_that_the_new_lines_forbid_are_named(kit: Kit, world: World) -> None:
    found = await saved(kit, "user;manager\n@ana;@bo\n")
    assert found.forbidden == ((ANA, BO),)


async def test_a_long_list_is_kept_in_pieces_and_comes_back_whole(kit: Kit, world: World) -> None:
    text = "user;department\n" + "".join(f"@juno;Größe {n} 🙂\n" for n in range(4000))
    given = await roster.hand_in(kit, COORDINATOR, text)
    assert given.rows == 4000 and (await roster.choosing(kit, COORDINATOR, given.draft_id)) == given


async def test_the_command_line_saves_what_it_showed_or_nothing(kit: Kit, world: World) -> None:
    result = (await dry_run(kit)).result
    assert result is not None
    assert await save_unasked(kit, TEAM, result, "command line") is not None
    assert await save_unasked(kit, TEAM, result, "command line") is None, "it would change nothing any more"


async def test_the_join_form_can_ask_what_the_list_says(kit: Kit, world: World) -> None:
    await saved(kit)
    async with kit.store.read(TEAM) as tx:
        found = await people.find(tx, JUNO)
        assert found is not None and found.department == "Data"
        assert await people.find(tx, ANA) is None
