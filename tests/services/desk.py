"""What the tests of the programme share: a coordinator at her desk, and what Slack says about people."""

from collections.abc import Awaitable
from datetime import date

import pytest
from sqlalchemy import select

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.programme.cohorts import CohortPlan
from bot.domain.programme.setup import Setup, SlackChannel, Standing
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.programme import setup
from storage import outbox, tables
from storage.records.delivery import Letter
from storage.records.programme import Purpose
from tests.world import CHANNEL, CHI, ELI, NOOR, TEAM

DEE = "U07DEE0000"
PLAN = CohortPlan("Autumn", Purpose.CULTURE, date(2026, 9, 7), date(2027, 2, 26), 6, 28, True)
FULL = Setup(Purpose.FREE, DEE, NOOR, ELI, CHANNEL, zone="Europe/Berlin")


def chi(*, admin: bool = False) -> Actor:
    return Actor(TEAM, CHI, admin=admin)


def profile(user_id: str, *, bot: bool = False, deactivated: bool = False) -> SlackProfile:
    return SlackProfile(user_id, "Somebody", "Europe/Berlin", "en-US", False, bot, deactivated, False)


def standing(*gone: str, channel: SlackChannel | None = None) -> Standing:
    people = {user: profile(user, deactivated=user in gone) for user in (DEE, CHI, NOOR, ELI)}
    return Standing(people, channel or SlackChannel(CHANNEL, private=True, member=True, archived=False))


async def refused(work: Awaitable[object]) -> str:
    """The last part of the key with which something was refused."""
    with pytest.raises(Refusal) as caught:
        await work
    return caught.value.key.rpartition(".")[2]


async def letters(kit: Kit, kind: Kind) -> list[Letter]:
    """Everything of one kind that was ever queued, oldest first."""
    table = tables.outbox
    async with kit.store.read(TEAM) as tx:
        rows = await tx.conn.execute(select(table.c.id).where(table.c.kind == kind).order_by(table.c.id))
        found = [await outbox.get(tx, row.id) for row in rows.all()]
    return [letter for letter in found if letter]


async def first(kit: Kit) -> None:
    await setup.set_up(kit, chi(admin=True), FULL, standing(), profile(CHI))
