"""The gate's use case: who waits in an urn, and what is drawn from it. The only reader of answers in bulk.

Reading path: `remember` when an answer comes, `sweep` once a week; the rule itself is `bot.domain.disclosure`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.checkin import counts
from bot.domain.disclosure import Drawn, Standing, Withheld, draw, least, make_release, needed
from bot.domain.report.figures import Section, added_up
from bot.services.kit import Kit
from storage import checkin, commit, report
from storage.ids import new_id
from storage.records.commit import Noticed
from storage.records.match import Pair
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import FigureKind
from storage.store import Tx

Counted = Mapping[str, frozenset[str]]


async def remember(kit: Kit, tx: Tx, pair: Pair, kind: FigureKind, source_id: str, now: datetime) -> None:
    """Put the junior's newest answer into her cohort's urn; called for every answer and every edit.

    An edit, and an answer to something older, change nothing here: what waits is read when it is drawn, and what was
    drawn once is never counted again. Both look the same from outside.
    """
    known = await report.newest(tx, pair.cohort_id, kind, pair.junior_id)
    if known is None or known < source_id:  # ids sort by the time of their making
        await report.wait(tx, pair.cohort_id, kind, pair.junior_id, pair.senior_id, source_id, now)


async def sweep(kit: Kit, tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, now: datetime) -> Section:
    """Draw and publish if it is time, in the caller's transaction; then what may be said of this kind.

    Called by the weekly job only: nobody else may choose the moment.
    """
    standing = await _standing(tx, programme, cohort, kind, now)
    outcome = draw(await report.pool(tx, cohort.id, kind), standing, kit.dice.sample)
    if isinstance(outcome, Drawn):
        counted = await _counted(tx, kind, [m.source_id for m in outcome.members])
        release = make_release(new_id(), outcome, counted, standing)
        await report.add_release(tx, release)
        await report.spend(tx, cohort.id, kind, {m.person_id for m in outcome.members}, now)
        standing = replace(standing, releases=[*standing.releases, release])
    return _section(standing, outcome if isinstance(outcome, Withheld) else None)


async def published(tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, said: Withheld | None) -> Section:
    """What was published so far; `said` is the reason that the last weekly sweep gave. The urn is not looked at."""
    releases = await report.releases(tx, cohort.id, kind)
    return Section(added_up(kind, releases, programme.zone), said, least(cohort), needed(cohort))


async def _standing(tx: Tx, programme: Programme, cohort: Cohort, kind: FigureKind, now: datetime) -> Standing:
    return Standing(
        cohort=cohort,
        kind=kind,
        releases=await report.releases(tx, cohort.id, kind),
        juniors=await report.juniors(tx, cohort.id),
        ended=cohort.state is CohortState.CLOSED,
        now=now,
        zone=programme.zone,
    )


def _section(standing: Standing, withheld: Withheld | None) -> Section:
    figures = added_up(standing.kind, standing.releases, standing.zone)
    return Section(figures, withheld, least(standing.cohort), needed(standing.cohort))


async def _counted(tx: Tx, kind: FigureKind, sources: Iterable[str]) -> Counted:
    """Which yes/no counts each source makes; read for the drawn only, and forgotten with the transaction."""
    if kind is FigureKind.SAY_DO:
        noticed = await commit.noticed_for_release(tx, sources)
        return {key: frozenset({"unnoticed"}) for key, said in noticed.items() if said is Noticed.NO}
    options = await checkin.options_for_release(tx, sources)
    return {key: frozenset(q for q, option in given.items() if counts(q, option)) for key, given in options.items()}
