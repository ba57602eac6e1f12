"""Announcements: a coordinator's own words to everybody of a cohort, or to one side of it, by direct message."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.tell import BATCH, LONGEST, AnnounceDesk, AnnouncePreview, Told, can_undo
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import plan, post, unplan
from storage import enrol, programme, tell
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.programme import Cohort, CohortState
from storage.records.tell import Announcement, Readers
from storage.store import Tx

_LATEST = 3


async def announce_desk(kit: Kit, actor: Actor) -> AnnounceDesk:
    """Open cohorts, and what became of the last announcements. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        cohorts = tuple(await programme.cohorts(tx, CohortState.OPEN))
        if not cohorts:
            raise Refusal("tell.refused.no_cohort")
        latest = [await _told(tx, one, known.zone) for one in await tell.announcements(tx, _LATEST)]
        return AnnounceDesk(cohorts, tuple(one for one in latest if one is not None))


async def announce_preview(kit: Kit, actor: Actor, cohort_id: str, readers: Readers, text: str) -> AnnouncePreview:
    """How it would look, and how many would get it. Raises Refusal under the field for what cannot be sent."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _preview(tx, actor, cohort_id, readers, text)


async def announce(kit: Kit, actor: Actor, cohort_id: str, readers: Readers, text: str) -> Told:
    """Store it, sealed under its author's key; it goes out in ten minutes. Raises as `announce_preview` does."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        shown = await _preview(tx, actor, cohort_id, readers, text)
        me = await enrol.find(tx, actor.user_id) or await enrol.meet_person(
            tx, actor.user_id, name="", zone=known.zone, locale="", enterprise_id=actor.enterprise_id
        )
        made = Announcement(new_id(), tx.team, shown.cohort.id, readers, me.id, shown.text, now)
        await tell.add_announcement(tx, made)
        await plan(tx, Job.ANNOUNCE, made.id, now + UNDO, occurrence="0")
        await programme.note(tx, actor.user_id, "tell.announced", shown.cohort.id, now, readers)
        return Told(made, actor.user_id, shown.cohort, zone=known.zone)


async def undo_announcement(kit: Kit, actor: Actor, announcement_id: str) -> Told:
    """Nobody gets it; any coordinator may say so. Raises Refusal when ten minutes have passed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        made = await tell.announcement(tx, announcement_id)
        if made is None:
            raise Refusal("common.errors.gone")
        if made.undone_at is None:
            if not can_undo(made.at, None, now) or not await unplan(tx, Job.ANNOUNCE, made.id, "undone"):
                raise TooLate("tell.refused.too_late")
            await tell.undo_announcement(tx, made.id, now)
            await programme.note(tx, actor.user_id, "tell.announcement_undone", made.cohort_id, now)
        told = await _told(tx, await tell.announcement(tx, made.id) or made, known.zone)
        if told is None:
            raise Refusal("common.errors.gone")
        return told


async def do_announce(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes have passed: some hundred people at a time get it, each in their own hours."""
    now = kit.clock()
    made = await tell.announcement(tx, due.subject)
    if made is None or made.undone_at is not None or made.text is None:
        return "undone"
    cohort = await programme.cohort(tx, made.cohort_id)
    if cohort is None or cohort.state is not CohortState.OPEN:
        return "the cohort is closed"
    done = await tell.told(tx, Kind.ANNOUNCEMENT, made.id)
    left = [one for one in await tell.readers(tx, made.cohort_id, made.readers) if one not in done]
    await _post(tx, made, left[:BATCH], now)
    if len(left) > BATCH:
        await plan(tx, Job.ANNOUNCE, made.id, now, occurrence=str(int(due.occurrence or 0) + 1))
    return None


async def load_announcement(kit: Kit, tx: Tx, letter: Letter) -> Told | None:
    """None once it was undone, or its author was erased."""
    made = await tell.announcement(tx, letter.params["announcement"])
    if made is None or made.undone_at is not None or made.text is None:
        return None
    return await _about(tx, made)


async def _post(tx: Tx, made: Announcement, some: list[str], now: datetime) -> None:
    await enrol.fetch(tx, some)
    for user_id in some:
        await post(tx, Kind.ANNOUNCEMENT, user_id, f"{made.id}:{user_id}", now, announcement=made.id)


async def _preview(tx: Tx, actor: Actor, cohort_id: str, readers: Readers, text: str) -> AnnouncePreview:
    cohort = await _cohort(tx, cohort_id)
    words = text.strip()
    if not words:
        raise Refusal("common.errors.empty", field="text")
    if len(words) > LONGEST:
        raise Refusal("common.errors.too_long", field="text", length=len(words), limit=LONGEST)
    receivers = await tell.readers(tx, cohort.id, readers)
    if not receivers:
        raise Refusal("tell.refused.nobody", field="readers")
    return AnnouncePreview(cohort, readers, words, actor.user_id, len(receivers))


async def _cohort(tx: Tx, cohort_id: str) -> Cohort:
    """The open cohort of that id, or the only one."""
    cohorts = await programme.cohorts(tx, CohortState.OPEN)
    named = next((one for one in cohorts if one.id == cohort_id), None)
    if named is None and (cohort_id or len(cohorts) != 1):
        raise Refusal("tell.refused.no_cohort", field="cohort")
    return named or cohorts[0]


async def _about(tx: Tx, made: Announcement, zone: str = "UTC") -> Told | None:
    cohort = await programme.cohort(tx, made.cohort_id)
    author = await enrol.get(tx, made.author_id)
    if cohort is None or author is None:
        return None
    return Told(made, "" if author.erased else author.user_id, cohort, zone=zone)


async def _told(tx: Tx, made: Announcement, zone: str) -> Told | None:
    found = await _about(tx, made, zone)
    if found is None:
        return None
    became = await tell.delivery(tx, Kind.ANNOUNCEMENT, made.id)
    return Told(made, found.author, found.cohort, became, zone)
