"""The weekly sweep: draw, publish, store the digest and queue it, all in one transaction; and the daily flags."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.report.activity import newly
from bot.domain.report.facts import ChartFacts, DigestFacts, DigestFigures, FlagFacts
from bot.domain.report.figures import Section
from bot.domain.report.kinds import RUNNING
from bot.domain.when import DaysOff, add_working_days, iso_week, local_day
from bot.services.kit import Kit
from bot.services.post import post, refresh_homes
from bot.services.report.activity import (
    as_of,
    checks,
    figures_of,
    histories,
    midnight,
    monday_of,
    this_monday,
    unreflected_of,
)
from bot.services.report.keeping import channel_for, parts_of
from bot.services.report.matters import matters
from bot.services.report.outcomes import count_outcomes
from bot.services.report.plans import FLAGS_HOUR, FLAGS_MINUTES, LATE, holidays, plan_weekly
from bot.services.report.urn import sweep_cohorts
from storage import programme as programmes
from storage import report
from storage.ids import new_id
from storage.records.delivery import Due, Letter, LetterState
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import Digest, FigureKind
from storage.report import letters, settings
from storage.store import Tx

FIGURES = TypeAdapter(DigestFigures)
"""How the figures of a digest are stored: as JSON of counts, dates and ids of content."""

_REMEMBERED = 29
"""For so many days less one flags that could not be posted are said anew; the lights never forget them."""


async def do_digest(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Draw and report for every open cohort, and a last time for those that were closed; then what came of them."""
    programme = await programmes.get(tx)
    if programme is None:
        return "no programme"
    now = kit.clock()
    late = now - due.due_at > LATE[Job.DIGEST]
    await plan_weekly(kit, tx, programme, now, missed=late)
    if late:
        return "too late"
    monday, off = this_monday(now, programme.zone) - timedelta(weeks=1), await holidays(tx)
    cohorts = [one for one in await programmes.to_report(tx) if monday >= monday_of(one.starts_on)]
    sections = await sweep_cohorts(kit, tx, programme, cohorts, RUNNING, now)
    for cohort in cohorts:
        await _report(kit, tx, programme, cohort, monday, now, off, sections[cohort.id])
    await count_outcomes(kit, tx, programme, now)
    await refresh_homes(tx, [one.user_id for one in await programmes.coordinators(tx)], now)
    return None


async def _report(
    kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, monday: date, now: datetime, off: DaysOff,
    sections: Mapping[FigureKind, Section],
) -> None:  # fmt: skip
    """One cohort's digest about the week before this one, which began on `monday`, once."""
    last, shown = await looking_back(tx, cohort)
    final = cohort.state is CohortState.CLOSED
    unreflected = await unreflected_of(tx, cohort, monday, now, last)
    figures = await figures_of(
        kit, tx, programme, cohort, monday, now, off, sections, shown, unreflected=unreflected, final=final
    )  # fmt: skip
    week = iso_week(midnight(monday, programme.zone), programme.zone)
    digest = Digest(new_id(), tx.team, cohort.id, week, FIGURES.dump_json(figures).decode(), None, now, final)
    own = await settings.setting(tx, cohort.id)
    if await report.add_digest(tx, digest) and not programme.digest_paused and not own.paused:
        await post(tx, Kind.DIGEST, channel_for(programme, own), f"{cohort.id}:{week}", now, digest=digest.id)


async def looking_back(tx: Tx, cohort: Cohort) -> tuple[DigestFigures | None, Sequence[str]]:
    """The cohort's last digest, and what all of them showed as the one thing.

    The last one knows it; where it was made before digests did, all of them are read, once.
    """
    last = await report.last_digest(tx, cohort.id)
    if last is None:
        return None, ()
    figures = stored(last)
    if figures.shown is not None:
        return figures, figures.shown
    return figures, [stored(one).one_thing for one in await report.digests(tx, cohort.id)]


def stored(digest: Digest) -> DigestFigures:
    """The figures of a stored digest."""
    return FIGURES.validate_json(digest.figures)


async def load_stored(kit: Kit, tx: Tx, letter: Letter) -> DigestFacts | None:
    """A digest exactly as it was stored; None where the coordinators have another channel by now."""
    digest = await report.digest(tx, letter.params.get("digest", ""))
    programme = await programmes.get(tx)
    cohort = await programmes.cohort(tx, digest.cohort_id) if digest else None
    if digest is None or programme is None or cohort is None:
        return None
    own = await settings.setting(tx, cohort.id)
    if channel_for(programme, own) != letter.to:
        return None
    return DigestFacts(
        cohort, stored(digest), digest.chart_file, hidden=parts_of(own), others=digest.others
    )  # fmt: skip


async def moved_to(kit: Kit, letter: Letter) -> str | None:
    """The channel that a week's digest goes to by now, where that is another one than its letter's."""
    async with kit.store.read(letter.team_id) as tx:
        digest = await report.digest(tx, letter.params.get("digest", ""))
        programme = await programmes.get(tx)
        if digest is None or programme is None:
            return None
        channel = channel_for(programme, await settings.setting(tx, digest.cohort_id))
        return channel if channel != letter.to else None


async def send_after(kit: Kit, tx: Tx, letter: Letter, channel: str) -> None:
    """The coordinators picked another channel while a digest was on its way: it goes there instead, once."""
    digest = letter.params["digest"]
    await post(tx, Kind.DIGEST, channel, f"{digest}:{letter.id}", kit.clock(), digest=digest)


async def follow_up(kit: Kit, tx: Tx, letter: Letter, ts: str) -> None:
    """The digest went out without its chart, which Slack was still processing: it follows in the thread."""
    due_at = kit.clock() + timedelta(minutes=1)
    key = f"{letter.params['digest']}:{ts}"
    await post(tx, Kind.CHART, letter.to, key, due_at, digest=letter.params["digest"], thread=ts)


async def load_chart(kit: Kit, tx: Tx, letter: Letter) -> ChartFacts | None:
    facts = await load_stored(kit, tx, letter)
    if facts is None or facts.chart_file is None:
        return None
    return ChartFacts(facts.cohort, facts.figures, facts.chart_file, letter.params["thread"])


async def do_flags(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Tell the coordinators' channel what has come up since the last working morning: counts only."""
    programme = await programmes.get(tx)
    if programme is None:
        return "no programme"
    now = kit.clock()
    await plan_weekly(kit, tx, programme, now)
    if now - due.due_at > LATE[Job.FLAGS]:
        return "too late"
    facts = await flags(tx, programme, now)
    if not facts.cohorts and not facts.matters:
        return "nothing new"
    day = local_day(now, programme.zone)
    await post(tx, Kind.FLAGS, programme.channel_id, f"{tx.team}:{day}", now, at=now.isoformat())
    return None


async def flags(tx: Tx, programme: Programme, now: datetime) -> FlagFacts:
    """What is so now and was not so on the working morning before the first flags that never got there, if any."""
    off = await holidays(tx)
    day = add_working_days(await _unsaid(tx, programme, now), -1, off)
    then = midnight(day, programme.zone) + timedelta(hours=FLAGS_HOUR) + FLAGS_MINUTES
    found = []
    for cohort in await programmes.cohorts(tx, CohortState.OPEN):
        known = await histories(tx, cohort, then)
        before = checks(as_of(known, then), cohort, programme, then, off)
        found.append((cohort, newly(before, checks(known, cohort, programme, now, off))))
    waits = await matters(tx, programme, then, now, off)
    return FlagFacts(tuple((cohort, fresh) for cohort, fresh in found if fresh), waits)


async def _unsaid(tx: Tx, programme: Programme, now: datetime) -> date:
    """Today, or the day of the oldest flags since those that arrived last which their channel kept from arriving."""
    today = local_day(now, programme.zone)
    days = [today - timedelta(days=n) for n in range(1, _REMEMBERED)]
    became = await letters.states(tx, Kind.FLAGS, [f"{tx.team}:{day}" for day in days])
    found = today
    for day in days:
        state = became.get(f"{tx.team}:{day}")
        if state in (LetterState.SKIPPED, LetterState.DEAD):
            found = day
        elif state is not None:
            break
    return found


async def load_flags(kit: Kit, tx: Tx, letter: Letter) -> FlagFacts | None:
    programme = await programmes.get(tx)
    if programme is None or programme.channel_id != letter.to:
        return None
    facts = await flags(tx, programme, datetime.fromisoformat(letter.params["at"]))
    return facts if facts.cohorts or facts.matters else None
