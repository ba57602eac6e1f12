"""The gate's use case: who waits in an urn, and what is drawn from it. The only reader of answers in bulk.

Reading path: `remember` when an answer comes, `sweep` once a week; the rule itself is `bot.domain.disclosure`, what
makes the 1 of a figure `bot.services.report.counting`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
from storage.records.report import FigureKind, Release, Waiting
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
    return (await sweep_all(kit, tx, programme, cohort, [kind], now, over=over))[kind]


async def sweep_all(
    kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, kinds: Collection[FigureKind], now: datetime, *,
    over: bool = False,
) -> dict[FigureKind, Section]:  # fmt: skip
    """As `sweep`, for several kinds, whose urns are read together."""
    pools, releases = await report.pools(tx, cohort.id, kinds), await _releases(tx, cohort, kinds)
    found = {}
    for kind in kinds:
        standing = await _standing(tx, programme, cohort, kind, releases[kind], now, over)
        found[kind] = await _sweep(kit, tx, standing, pools[kind])
    return found


async def _sweep(kit: Kit, tx: Tx, standing: Standing, pool: Sequence[Waiting]) -> Section:
    if standing.closing and standing.ended:
        waiting = {one.person_id for one in pool if not one.spent}
        elsewhere = await report.counted_elsewhere(tx, standing.cohort.id, standing.kind, waiting)
        standing = replace(standing, elsewhere=elsewhere)
    outcome = draw(pool, standing, kit.dice.sample)
    if isinstance(outcome, Withheld):
        return _section(standing, outcome)
    return await _publish(kit, tx, standing, pool, outcome)


async def published(tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, said: Withheld | None) -> Section:
    """What was published so far; `said` is the reason that the last weekly sweep gave. The urn is not looked at."""
    return (await all_published(tx, programme, cohort, {kind: said}))[kind]


async def all_published(
    tx: Tx, programme: Programme, cohort: Cohort, said: Mapping[FigureKind, Withheld | None]
) -> dict[FigureKind, Section]:
    """As `published`, for several kinds, whose releases are read together."""
    releases = await _releases(tx, cohort, said)
    return {
        kind: Section(added_up(releases[kind], programme.zone), why, least(cohort), needed(cohort))
        for kind, why in said.items()
    }


async def _releases(tx: Tx, cohort: Cohort, kinds: Collection[FigureKind]) -> dict[FigureKind, list[Release]]:
    found: dict[FigureKind, list[Release]] = {kind: [] for kind in kinds}
    for release in await report.releases(tx, cohort.id, *kinds):
        found[release.kind].append(release)
    return found


async def _publish(kit: Kit, tx: Tx, standing: Standing, pool: Sequence[Waiting], drawn: Drawn) -> Section:
    cohort, kind = standing.cohort, standing.kind
    ones = await counted(kit, tx, kind, _sources(drawn.members))
    named = replace(standing, names=await names_of(kit, tx, cohort, kind))
    release = make_release(new_id(), drawn, ones, named)
    await report.add_release(tx, release)
    await report.spend(tx, cohort.id, kind, pool, {m.person_id for m in drawn.members}, standing.now)
    return _section(replace(standing, releases=[*standing.releases, release]), None)


def _sources(members: Iterable[Waiting]) -> list[str]:
    return [one.source_id for one in members]


async def _standing(
    tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, releases: Sequence[Release], now: datetime,
    over: bool,
) -> Standing:  # fmt: skip
    """The names of the counts are asked for once something is published."""
    return Standing(
        cohort=cohort,
        kind=kind,
        names=(),
        releases=releases,
        people=await report.people(tx, cohort.id, Side.SENIOR if kind in SENIORS_SAY else Side.JUNIOR),
        ended=over if kind in ONCE else cohort.state is CohortState.CLOSED,
        now=now,
        zone=programme.zone,
    )


def _section(standing: Standing, withheld: Withheld | None) -> Section:
    figures = added_up(standing.releases, standing.zone)
    return Section(figures, withheld, least(standing.cohort), needed(standing.cohort))
