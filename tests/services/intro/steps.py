"""What the tests of introductions do again and again."""

from datetime import date

from bot.domain.enrol import SlackProfile
from bot.domain.intro import Draft
from bot.services import intro as intros
from bot.services.kit import Kit
from storage import intro
from storage.records.intro import Introduction
from tests.held import JUNIOR, SENIOR
from tests.world import TEAM, World

MAX = "U07MAX0000"
DAY = date(2026, 3, 20)
WISH = Draft(whom="the data team", why="To see how they plan", line="Ana runs our rota and asks good questions.")
OFFER = Draft(user=MAX, due_on=DAY)


def account(user_id: str, *, bot: bool = False, deactivated: bool = False) -> SlackProfile:
    return SlackProfile(user_id, "Max", "Europe/Berlin", "en-US", False, bot, deactivated, False)


async def asked(kit: Kit, world: World, draft: Draft = WISH) -> Introduction:
    picked = account(draft.user) if draft.user else None
    return (await intros.ask(kit, JUNIOR, world.pair.id, draft, picked)).intro


async def offered(kit: Kit, world: World, draft: Draft = OFFER) -> Introduction:
    return (await intros.offer(kit, SENIOR, world.pair.id, draft, account(draft.user))).intro


async def now_(kit: Kit, it: Introduction) -> Introduction:
    async with kit.store.read(TEAM) as tx:
        found = await intro.get(tx, it.id)
    assert found is not None
    return found
