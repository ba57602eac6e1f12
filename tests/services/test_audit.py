"""The coordinators' log: whatever they do stands in it, in words, without anybody's words."""

import re
from pathlib import Path

import pytest

from bot.domain.programme.audit import PAGE, page_start
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.programme import audit
from bot.views.programme.audit import audit as drawn
from prompts import Library
from storage import programme
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR
from tests.world import ANA, BO, CHI, NOOR, TEAM, World

ROOT = Path(__file__).parents[2]
COORDINATOR = Actor(TEAM, CHI)


async def note(kit: Kit, action: str, subject: str, detail: str = "", actor: str = CHI) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.note(tx, actor, action, subject, kit.clock(), detail)


async def text(kit: Kit, library: Library, start: str = "", members: tuple[str, ...] = ()) -> str:
    return str(drawn(library.words("en"), await audit.page(kit, COORDINATOR, start, members)).payload())


async def test_a_line_names_who_did_what_to_whom_and_why(kit: Kit, world: World, library: Library) -> None:
    await note(kit, "match.propose", world.pair.id, "same_department asked")
    await note(kit, "cohort.opened", world.cohort.id, "k=5 clamp=2")
    await note(kit, "programme.changed", TEAM, "k zone")
    await note(kit, "digest.channel", TEAM, "C07OWN0001 was:channel=C07BEFORE0 was:agreed=yes")
    await note(kit, "workspace.back", TEAM, actor="slack")
    said = await text(kit, library)
    assert f"<@{CHI}> proposed <@{ANA}> and <@{BO}> as a pair" in said
    assert "I have asked: they are in different lines" in said
    assert "opened Spring" in said and "k=5 clamp=2" in said
    assert "the smallest group the time zone" in said
    assert "<#C07OWN0001>" in said and "was:" not in said, "what Undo goes back to is not read here"
    assert "Slack lets the app in again" in said


async def test_nobody_but_coordinators_reads_it(kit: Kit, world: World) -> None:
    for actor in (JUNIOR, SENIOR, Actor(TEAM, NOOR), Actor("T0OTHER", CHI)):
        with pytest.raises(Refusal):
            await audit.page(kit, actor)


async def test_it_is_paged_newest_first_and_ends_after_ninety_days(
    kit: Kit, world: World, library: Library, clock: MovableClock
) -> None:
    await note(kit, "digest.posted", TEAM)
    clock.move(days=91)
    for _ in range(PAGE + 3):
        await note(kit, "digest.scheduled", TEAM)
    first = await audit.page(kit, COORDINATOR)
    assert (len(first.rows), first.total, first.newer, first.older) == (PAGE, PAGE + 3, None, PAGE)
    second = await audit.page(kit, COORDINATOR, str(PAGE))
    assert (len(second.rows), second.newer, second.older) == (3, 0, None)
    assert "posted the digest" not in await text(kit, library, str(PAGE))


@pytest.mark.parametrize(("wanted", "start"), [("", 0), ("-1", 0), ("x", 0), ("15", 15), ("17", 15), ("99999999", 15)])
def test_a_page_that_is_not_there_is_the_nearest_one(wanted: str, start: int) -> None:
    assert page_start(wanted, 20) == start


async def test_who_lost_the_role_and_still_sits_in_the_channel_is_named(
    kit: Kit, world: World, library: Library
) -> None:
    await note(kit, "coordinator.removed", NOOR)
    await note(kit, "coordinator.removed", CHI)
    said = await text(kit, library, members=(NOOR, CHI, BO))
    assert f"<@{NOOR}> no longer coordinates" in said


def test_every_action_that_is_written_down_has_its_words(library: Library) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py")]
    found = {name for text in sources for name in re.findall(r'\bnote\(\s*tx,[^)]*?"([a-z]+\.[a-z_]+)"', text)}
    words = library.words("en")
    found |= {"cohort.changed", "cohort.planned", "programme.changed", "programme.set_up", "match.conflict",
              "match.conflict_removed", "workspace.uninstalled", "workspace.revoked"}  # fmt: skip
    assert len(found) > 15
    assert {name for name in found if not words.has(f"programme.did.{name.replace('.', '_')}")} == set()
