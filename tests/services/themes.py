"""Themes as their tests let them be found."""

from bot.services import theme
from bot.services.kit import Actor, Kit
from storage import programme as programmes
from storage import report as reports
from storage.ids import new_id
from storage.records.report import Cell, FigureKind, Release
from tests.world import CHI, TEAM, World

DEE = Actor(TEAM, "U07DEE0000")


async def publish(kit: Kit, world: World, *themes: str) -> None:
    """A release in which these themes were named by more than the clamp."""
    async with kit.store.write(TEAM) as tx:
        names = await theme.vocabulary(kit, tx, world.cohort)
        cells = tuple(Cell(one, 3, 10) if one in themes else Cell(one, 0, 2) for one in names)
        made = Release(
            new_id(), TEAM, world.cohort.id, FigureKind.THEMES, f"2026-W{len(themes):02}", 10, cells, False, kit.clock()
        )
        await reports.add_releases(tx, [made])
        await programmes.add_coordinator(tx, DEE.user_id, CHI, kit.clock())
