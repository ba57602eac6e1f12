"""What coordinators ask for between two digests: the last figures, the schedule, the channel, lists and lights.

Nothing here draws or counts an answer: figures are those of the last release.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.disclosure import LEAST_CLAMP, LEAST_K, Withheld, clamp_of, least, needed
from bot.domain.messages import Kind
from bot.domain.programme.setup import SlackChannel, is_zone
from bot.domain.refusals import Refusal
from bot.domain.report.activity import Concern, Light, needing
from bot.domain.report.facts import (
    DigestFacts,
    DigestFigures,
    HealthFacts,
    Listed,
    NeedsFacts,
    PreviewFacts,
    ScheduleFacts,
    ShieldFacts,
)
from bot.domain.report.kinds import RUNNING
from bot.domain.report.undoing import Was, channel_before, schedule_before
from bot.domain.when import local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post, refresh_home
from bot.services.report.activity import checks, figures_of, histories, this_monday
from bot.services.report.keeping import channel_for, kept_back, parts_of
from bot.services.report.pairs import turning_points
from bot.services.report.plans import holidays, next_digest_at, plan_weekly
from bot.services.report.settings import check_channel, check_undo
from bot.services.report.urn import all_published
from bot.services.report.weekly import load_stored, looking_back
from storage import outbox, pause
from storage import programme as programmes
from storage.records.delivery import Letter, LetterState
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import Digest, DigestSetting, FigureKind
from storage.report import courses, letters, settings
from storage.store import Tx

_HOURS, _WEEKDAYS = range(24), range(7)
_TRIES = 20
"""So often a minute a digest can be tried in a channel that will not do."""


async def preview(kit: Kit, actor: Actor, cohort_id: str = "") -> PreviewFacts:
    """The digests as they stand, or that of one cohort, with the figures of the last release.

    Raises Refusal for who does not coordinate.
    """
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        cohorts = [c for c in await programmes.cohorts(tx, CohortState.OPEN) if cohort_id in ("", c.id)]
        found = [await so_far(kit, tx, programme, c, now) for c in cohorts]
        return PreviewFacts(tuple(found), await next_digest_at(tx), programme.zone)


async def post_now(kit: Kit, actor: Actor, cohort_id: str = "", *, kept_only: bool = False) -> tuple[str, ...]:
    """Post digests now, of one cohort or of all: those that were kept back, else the open cohorts' as they stand.

    Gives the channels that they go to. Raises Refusal where there is none, or just now was one; with `kept_only` also
    where nothing is kept back any more.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        kept = {cohort.id: digest for digest, cohort in await kept_back(tx) if cohort_id in ("", cohort.id)}
        running = [c.id for c in await programmes.cohorts(tx, CohortState.OPEN) if cohort_id in ("", c.id)]
        if kept_only and not kept:
            raise Refusal("report.refused.posted")
        if not kept and not running:
            raise Refusal("report.now.none")
        own = await settings.settings(tx)
        channels = []
        for one in dict.fromkeys([*kept, *([] if kept_only else running)]):
            channel = channel_for(programme, own.get(one, DigestSetting(one)))
            if await _post_one(tx, one, kept.get(one), channel, now):
                channels.append(channel)
        if not channels:
            raise Refusal("report.refused.soon")
        await programmes.note(tx, actor.user_id, "digest.posted", actor.team_id, now)
        await _refresh(tx, now)
    return tuple(dict.fromkeys(channels))


async def _post_one(tx: Tx, cohort_id: str, kept: Digest | None, channel: str, now: datetime) -> bool:
    """Once a minute as things stand, unless what was asked for a moment ago was not posted.

    One that was kept back goes out as it was stored, whenever it is: while it is on its way it is kept no more.
    """
    minute = f"{now:%Y%m%dT%H%M}"
    standing, waited = ([f"{cohort_id}:{what}:{minute}:{n}" for n in range(_TRIES)] for what in ("now", "kept"))
    known = await letters.states(tx, Kind.DIGEST, [*standing, *waited])
    if kept is None and any(state is not LetterState.SKIPPED for state in known.values()):
        return False
    key = next((one for one in (waited if kept else standing) if one not in known), None)
    if key is None:
        return False
    if kept is None:
        return await post(tx, Kind.DIGEST, channel, key, now, cohort=cohort_id)
    await settings.hold(tx, kept.id, None)
    return await post(tx, Kind.DIGEST, channel, key, now, digest=kept.id)


async def load_digest(kit: Kit, tx: Tx, letter: Letter) -> DigestFacts | None:
    """The week's digest as it was stored, or the one that a coordinator asked for as it stands now."""
    return await _load_now(kit, tx, letter) if "cohort" in letter.params else await load_stored(kit, tx, letter)


async def _load_now(kit: Kit, tx: Tx, letter: Letter) -> DigestFacts | None:
    """None where the channel has changed or the cohort is closed by now."""
    programme = await programmes.get(tx)
    cohort = await programmes.cohort(tx, letter.params["cohort"])
    if programme is None or cohort is None or cohort.state is CohortState.CLOSED:
        return None
    if channel_for(programme, await settings.setting(tx, cohort.id)) != letter.to:
        return None
    facts = await so_far(kit, tx, programme, cohort, kit.clock())
    looked = await outbox.get(tx, letter.id) or letter  # who reads there was noted after it was leased
    return replace(facts, others=int(looked.params.get("others", "0")))


async def so_far(kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, now: datetime) -> DigestFacts:
    """The running week's activity beside the last release; the urns are not looked at."""
    last, shown = await looking_back(tx, cohort)
    sections = await all_published(tx, programme, cohort, {kind: _said(last, kind) for kind in RUNNING})
    monday = this_monday(now, programme.zone)
    off = await holidays(tx)
    unreflected = last.unreflected if last else None
    figures = await figures_of(
        kit, tx, programme, cohort, monday, now, off, sections, shown, unreflected=unreflected
    )  # fmt: skip
    hidden = parts_of(await settings.setting(tx, cohort.id))
    ahead = local_day(now, programme.zone) < cohort.starts_on
    return DigestFacts(cohort, figures, so_far=True, hidden=hidden, ahead=ahead)


def _said(last: DigestFigures | None, kind: FigureKind) -> Withheld | None:
    """Why the last weekly sweep published nothing new of a kind."""
    section = last.section(kind) if last else None
    return section.withheld if section else Withheld.WAITING


async def needs(kit: Kit, actor: Actor, cohort_id: str) -> NeedsFacts:
    """The pairs of a cohort that need a person, by name. Raises Refusal for who does not coordinate."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        cohort = await programmes.cohort(tx, cohort_id)
        if cohort is None:
            raise Refusal("common.errors.gone")
        checked = needing(checks(await histories(tx, cohort, now), cohort, programme, now, await holidays(tx)))
        listed = [Listed(await people_of(tx, c.history.pair), c) for c in checked]
        return NeedsFacts(cohort, tuple(listed), now, programme.zone)


async def health(kit: Kit, actor: Actor) -> HealthFacts:
    """The lights of the open cohorts. Raises Refusal for who does not coordinate."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        facts = await _lights(tx, await access.coordinator(tx, actor), now)
        homeless, paused = await pause.apart(tx)
        return replace(facts, homeless=homeless, paused=paused)


async def _lights(tx: Tx, programme: Programme, now: datetime) -> HealthFacts:
    """Counted by the database: no session is read for it."""
    turning, _ = await turning_points(tx, programme, now)
    counts = await courses.worst_of(tx, turning, now)
    found = []
    for cohort in await programmes.cohorts(tx, CohortState.OPEN):
        mine = [(stands, concern, n) for (one, stands, concern), n in counts.items() if one == cohort.id]
        lit = Counter({light: sum(n for stands, _, n in mine if stands == light) for light in Light})
        wrong = [(concern, sum(n for _, one, n in mine if one == concern)) for concern in Concern]
        lights = tuple((light, lit[light]) for light in Light)
        found.append((cohort, lights, tuple((concern, n) for concern, n in wrong if n)))
    return HealthFacts(tuple(found))


async def shield(kit: Kit, actor: Actor, cohort_id: str) -> ShieldFacts:
    """How the figures are protected: open to everybody, for there is nothing private in it."""
    async with kit.store.read(actor.team_id) as tx:
        cohort = await programmes.cohort(tx, cohort_id)
    if cohort is None:
        return ShieldFacts(LEAST_K, LEAST_CLAMP, 2 * LEAST_K)
    return ShieldFacts(least(cohort), clamp_of(cohort), needed(cohort))


async def schedule(kit: Kit, actor: Actor) -> ScheduleFacts:
    """When the digest comes now. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        return ScheduleFacts(await access.coordinator(tx, actor), await next_digest_at(tx))


async def reschedule(
    kit: Kit, actor: Actor, weekday: int, hour: int, zone: str, paused: bool, *, undoing: Was | None = None
) -> ScheduleFacts:
    """Change day, hour, zone or pause. Raises Refusal under the field for what is none.

    `undoing` is the change that this takes back: raises TooLate where it cannot be any more.
    """
    checks_: Sequence[tuple[str, bool, str]] = (
        ("weekday", weekday in _WEEKDAYS, "common.errors.pick_one"),
        ("hour", hour in _HOURS, "common.errors.pick_one"),
    )
    for field, fine, key in checks_:
        if not fine:
            raise Refusal(key, field=field)
    if not is_zone(zone):
        raise Refusal("programme.refused.zone", field="zone")
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before = await access.coordinator(tx, actor)
        await check_undo(tx, undoing, now)
        line, after = "", replace(before, digest_weekday=weekday, digest_hour=hour, zone=zone, digest_paused=paused)
        if after != before:
            await programmes.save(tx, after)
            detail = _detail(after) if undoing else f"{_detail(after)} {schedule_before(before)}"
            line = await programmes.note(tx, actor.user_id, "digest.scheduled", actor.team_id, now, detail)
            await plan_weekly(kit, tx, after, now)
            await _refresh(tx, now)
        return ScheduleFacts(after, await next_digest_at(tx), "" if undoing else line)


async def move_channel(
    kit: Kit, actor: Actor, channel: SlackChannel, *, undoing: Was | None = None
) -> ScheduleFacts:  # fmt: skip
    """Send the digest elsewhere from now on. Raises Refusal for a public or archived channel or one without the bot.

    `undoing` is the change that this takes back: raises TooLate where it cannot be any more.
    """
    agreed = undoing is not None and undoing.agreed and undoing.channel == channel.id
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before = await access.coordinator(tx, actor)
        await check_undo(tx, undoing, now)
        check_channel(channel, agreed=agreed)
        line, after = "", replace(before, channel_id=channel.id, public_channel=agreed and not channel.private)
        if after != before:
            await programmes.save(tx, after)
            detail = channel.id if undoing else f"{channel.id} {channel_before(before)}"
            line = await programmes.note(tx, actor.user_id, "digest.channel", actor.team_id, now, detail)
        return ScheduleFacts(after, await next_digest_at(tx), "" if undoing else line)


def _detail(programme: Programme) -> str:
    paused = " paused" if programme.digest_paused else ""
    return f"day={programme.digest_weekday} hour={programme.digest_hour} zone={programme.zone}{paused}"


async def _refresh(tx: Tx, now: datetime) -> None:
    for coordinator in await programmes.coordinators(tx):
        await refresh_home(tx, coordinator.user_id, now)
