"""After a restore: what the database that is gone has sent since the backup is not sent again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Kind
from bot.services.post import post
from storage.backup import back_up, restore
from storage.records.delivery import LetterState
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.databases import migrated
from tests.delivery.post_office import Office
from tests.world import ANA, BO, TEAM

HOUR = timedelta(hours=1)
MASTER = MasterKey.new("test")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store(migrated(tmp_path / "here.db"), [MASTER])
    yield opened
    await opened.close()


async def test_a_message_that_was_sent_after_the_backup_is_found_and_one_that_was_not_is_sent(
    office: Office, clock: MovableClock, tmp_path: Path
) -> None:
    await office.queue(Kind.CHECKIN, ANA, "sent")
    async with office.kit.store.write(TEAM) as tx:
        await post(tx, Kind.CHECKIN, BO, "unsent", clock.now + HOUR, subject="unsent")
    await back_up(office.kit.store, tmp_path / "backup", None, clock.now)
    await office.courier.send_due()
    clock.now += 2 * HOUR
    there = Store(f"sqlite+aiosqlite:///{tmp_path / 'there.db'}", [MASTER])
    found = await restore(tmp_path / "backup", None, there, clock.now)
    assert (found.looked_for, found.set_aside) == (2, 0)
    after = Office(replace(office.kit, store=there), clock, office.slack)
    await after.send()
    assert sorted(after.texts()) == ["about sent", "about unsent"]
    assert await after.states() == {LetterState.SENT: 2}
    await after.clients.close()
    await there.close()
