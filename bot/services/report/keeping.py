"""Digests that are kept back because of their channel: decided right before posting, told, and posted once mended."""

from collections.abc import Set as AbstractSet

from bot.domain.messages import Kind
from bot.domain.programme.setup import SlackChannel
from bot.domain.report.facts import HeldFacts, Part
from bot.domain.when import iso_week
from bot.services.kit import Kit
from bot.services.post import post, refresh_homes
from storage import programme as programmes
from storage import report
from storage.records.delivery import Letter
from storage.records.programme import Cohort, Programme
from storage.records.report import Digest, DigestSetting, Held
from storage.report import letters, settings
from storage.store import Tx


def channel_for(programme: Programme, setting: DigestSetting) -> str:
    """Where a cohort's digest goes: its own channel, or the programme's."""
    return setting.channel_id or programme.channel_id


def parts_of(setting: DigestSetting) -> frozenset[Part]:
    """What a cohort's digest leaves out."""
    return frozenset(part for part in Part if part in setting.hidden)


def problem_of(programme: Programme, channel: SlackChannel) -> Held | None:
    """Why nothing may be posted there now. A public channel is one that was agreed to, twice, or it is none."""
    if channel.archived:
        return Held.ARCHIVED
    if not channel.member:
        return Held.OUTSIDE
    if channel.shared:
        return Held.SHARED
    agreed = programme.public_channel and channel.id == programme.channel_id
    return None if channel.private or agreed else Held.PUBLIC


async def judge(kit: Kit, letter: Letter, channel: SlackChannel, people: AbstractSet[str]) -> Held | None:
    """Why this letter must not be posted in its channel; where it may, a digest knows how many others read there.

    `people` are those who read there, the bot left out.
    """
    async with kit.store.write(letter.team_id) as tx:
        programme = await programmes.get(tx)
        why = problem_of(programme, channel) if programme else None
        if why is None and letter.kind == Kind.DIGEST:
            others = len(people - {one.user_id for one in await programmes.coordinators(tx)})
            if digest := letter.params.get("digest"):
                await settings.set_others(tx, digest, others)
            else:  # asked for as things stand: nothing but its letter is stored
                await letters.note_others(tx, letter.id, others)
        return why


async def keep(kit: Kit, tx: Tx, letter: Letter, why: Held) -> None:
    """Keep a letter's digest and tell every coordinator, in the transaction that ends the letter.

    Once per letter for a digest; for smaller things that go there once a week, so that nobody is told daily.
    """
    programme = await programmes.get(tx)
    if programme is None:
        return
    now, coordinators = kit.clock(), sorted(one.user_id for one in await programmes.coordinators(tx))
    digest = letter.params.get("digest", "")
    cohort = letter.params.get("cohort", "")
    stored = await report.digest(tx, digest) if digest else None
    if stored is not None and letter.kind == Kind.DIGEST:
        await settings.hold(tx, digest, why)
        cohort = stored.cohort_id
    is_digest = letter.kind == Kind.DIGEST
    about = letter.id if is_digest else f"{letter.to}:{why}:{iso_week(now, programme.zone)}"
    for one in coordinators:
        await post(
            tx, Kind.DIGEST_HELD, one, f"{about}:{one}", now, channel=letter.to, why=why,
            cohort=cohort if is_digest else "", digest=digest if is_digest else "",
        )  # fmt: skip
    await refresh_homes(tx, coordinators, now)


async def tell_no_files(kit: Kit, tx: Tx, letter: Letter) -> None:
    """Tell every coordinator, once for all digests to come, what the app lacks for charts."""
    now = kit.clock()
    stored = await report.digest(tx, letter.params.get("digest", ""))
    for one in sorted(one.user_id for one in await programmes.coordinators(tx)):
        await post(
            tx, Kind.DIGEST_HELD, one, f"{Held.NO_FILES}:{one}", now, channel=letter.to, why=Held.NO_FILES,
            cohort=stored.cohort_id if stored else "", digest="",
        )  # fmt: skip


async def load_held(kit: Kit, tx: Tx, letter: Letter) -> HeldFacts | None:
    """For whoever coordinates still; None where the role is gone by now."""
    if not await programmes.is_coordinator(tx, letter.to):
        return None
    cohort = await programmes.cohort(tx, letter.params["cohort"]) if letter.params["cohort"] else None
    kept = bool(letter.params["digest"])
    return HeldFacts(cohort, letter.params["channel"], Held(letter.params["why"]), kept)


async def kept_back(tx: Tx) -> list[tuple[Digest, Cohort]]:
    """What waits to be posted, with its cohort."""
    found = [(one, await programmes.cohort(tx, one.cohort_id)) for one in await settings.kept_back(tx)]
    return [(one, cohort) for one, cohort in found if cohort is not None]
