"""A person's data as a file: asked for, made at the moment of sending, gone from Slack a day later."""

import json

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.privacy import EXPORT_FOR, Exported
from bot.services.kit import Actor, Kit
from bot.services.post import plan, post
from storage import enrol, privacy
from storage.records.delivery import Due, Letter
from storage.records.privacy import ExportFile
from storage.store import Tx


async def ask_export(kit: Kit, actor: Actor) -> None:
    """Have the file made and sent to the actor's own DM; asking again while one is under way is once."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        if any(one.shared_at is None and one.gone_at is None for one in await privacy.exports_of(tx, actor.user_id)):
            return
        made = await privacy.ask_export(tx, actor.user_id, now)
        await post(tx, Kind.EXPORT, actor.user_id, made.id, now, export=made.id)


async def contents(kit: Kit, team: str, export_id: str) -> tuple[ExportFile, bytes] | None:
    """The export and its file, read now and kept nowhere; None when it was shared already, or is not wanted."""
    async with kit.store.read(team) as tx:
        found = await privacy.export_of(tx, export_id)
        if found is None or found.shared_at is not None or found.gone_at is not None:
            return None
        me = await enrol.find(tx, found.user_id)
        tables = await privacy.everything_about(tx, found.user_id, me.id if me else None)
    whole = {"slack_account": found.user_id, "made_at": kit.clock().isoformat(), "tables": tables}
    return found, json.dumps(whole, ensure_ascii=False, indent=1, default=str).encode()


async def keep_file(kit: Kit, team: str, export_id: str, file_id: str) -> bool:
    """Before the file gets a single byte: which one it is, and that it goes in a day, whatever happens to us.

    False when nobody wants it any more: the person was deleted meanwhile.
    """
    now = kit.clock()
    async with kit.store.write(team) as tx:
        found = await privacy.export_of(tx, export_id)
        if found is None or found.gone_at is not None:
            return False
        await privacy.set_export(tx, export_id, file_id=file_id)
        await plan(tx, Job.EXPORT_GONE, export_id, now + EXPORT_FOR, occurrence=file_id)
        return True


async def keep_shared(kit: Kit, team: str, export_id: str) -> None:
    """The file is in the person's DM."""
    async with kit.store.write(team) as tx:
        await privacy.set_export(tx, export_id, shared_at=kit.clock())


async def load_exported(kit: Kit, tx: Tx, letter: Letter) -> Exported | None:
    """What is said below the file."""
    found = await privacy.export_of(tx, letter.params["export"])
    if found is None or found.shared_at is None or found.gone_at is not None:
        return None
    me = await enrol.find(tx, letter.to)
    return Exported(found.shared_at + EXPORT_FOR, me.zone if me else "UTC")


async def do_export_gone(kit: Kit, tx: Tx, due: Due) -> str | None:
    """A day has passed: the file is deleted in Slack."""
    now = kit.clock()
    found = await privacy.export_of(tx, due.subject)
    await post(tx, Kind.REMOVE_FILE, due.occurrence, due.occurrence, now)
    if found is not None and found.file_id == due.occurrence:
        await privacy.set_export(tx, found.id, gone_at=now)
    return None
