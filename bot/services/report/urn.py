"""The gate's use case: who waits in an urn, and what is drawn from it. The only reader of answers in bulk.

Reading path: `remember` when an answer comes, `sweep` once a week; the rule itself is `bot.domain.disclosure`, what
makes the 1 of a figure `bot.services.report.counting`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.disclosure import Drawn, Standing, Withheld, draw, least, make_release, needed
from bot.domain.report.figures import Section, added_up
from bot.domain.report.kinds import ONCE, SENIORS_SAY
from bot.services.kit import Kit
from bot.services.report.counting import counted, names_of
from storage import report
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.match import Pair
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import FigureKind, Waiting
from storage.store import Tx


async def remember(kit: Kit, tx: Tx, pair: Pair, kind: FigureKind, source_id: str, now: datetime) -> None:
    """Put a respondent's newest answer into the cohort's urn; called for every answer and every edit.

    An edit, and an answer to something older, change nothing here: what waits is read when it is drawn, and what was
    drawn once is never counted again. Both look the same from outside.
    """
    person = pair.senior_id if kind in SENIORS_SAY else pair.junior_id
    known = await report.newest(tx, pair.cohort_id, kind, person)
    if known is None or known < source_id:  # ids sort by the time of their making
        await report.wait(tx, pair.cohort_id, kind, person, pair.senior_id, source_id, now)


async def sweep(
    kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, now: datetime, *, over: bool = False
) -> Section:
    """Draw and publish if it is time, in the caller's transaction; then what may be said of this kind.

    Called by the weekly job only: nobody else may choose the moment. `over`: everybody was asked what is asked once.
    """
    pool = await report.pool(tx, cohort.id, kind)
    standing = await _standing(kit, tx, programme, cohort, kind, now, over)
    if standing.closing and standing.ended:
        waiting = {one.person_id for one in pool if not one.spent}
        standing = replace(standing, elsewhere=await report.counted_elsewhere(tx, cohort.id, kind, waiting))
    outcome = draw(pool, standing, kit.dice.sample)
    if isinstance(outcome, Withheld):
        return _section(standing, outcome)
    return await _publish(kit, tx, standing, outcome)


async def published(tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, said: Withheld | None) -> Section:
    """What was published so far; `said` is the reason that the last weekly sweep gave. The urn is not looked at."""
    releases = await report.releases(tx, cohort.id, kind)
    return Section(added_up(releases, programme.zone), said, least(cohort), needed(cohort))


async def _publish(kit: Kit, tx: Tx, standing: Standing, drawn: Drawn) -> Section:
    cohort, kind = standing.cohort, standing.kind
    ones = await counted(kit, tx, kind, _sources(drawn.members))
    release = make_release(new_id(), drawn, ones, standing)
    await report.add_release(tx, release)
    await report.spend(tx, cohort.id, kind, {m.person_id for m in drawn.members}, standing.now)
    return _section(replace(standing, releases=[*standing.releases, release]), None)


def _sources(members: Iterable[Waiting]) -> list[str]:
    return [one.source_id for one in members]


async def _standing(
    kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, now: datetime, over: bool
) -> Standing:
    return Standing(
        cohort=cohort,
        kind=kind,
        names=await names_of(kit, tx, cohort, kind),
        releases=await report.releases(tx, cohort.id, kind),
        people=await report.people(tx, cohort.id, Side.SENIOR if kind in SENIORS_SAY else Side.JUNIOR),
        ended=over if kind in ONCE else cohort.state is CohortState.CLOSED,
        now=now,
        zone=programme.zone,
    )


def _section(standing: Standing, withheld: Withheld | None) -> Section:
    figures = added_up(standing.releases, standing.zone)
    return Section(figures, withheld, least(standing.cohort), needed(standing.cohort))
