"""What the tests of commitments do again and again."""

from datetime import date, timedelta

from bot.services import commit as commits
from bot.services.kit import Kit
from storage import commit
from storage.records.commit import Commitment, CommitmentKind
from tests.held import SENIOR
from tests.world import TEAM, World

TEXT, DAY = "When the rota is planned, I will ask the phones first", date(2026, 3, 20)
TEN_MINUTES = timedelta(minutes=10)


async def made(kit: Kit, world: World, due_on: date | None = DAY) -> Commitment:
    changed = await commits.add(
        kit, SENIOR, world.pair.id, kind=CommitmentKind.BEHAVIOUR, text=TEXT, due_on=due_on
    )  # fmt: skip
    return changed.commitment


async def now_(kit: Kit, commitment: Commitment) -> Commitment | None:
    async with kit.store.read(TEAM) as tx:
        return await commit.get(tx, commitment.id)
