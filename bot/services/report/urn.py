"""The gate's use case: who waits in an urn, and what is drawn from it. The only reader of answers in bulk.

Reading path: `remember` when an answer comes, `sweep` once a week; the rule itself is `bot.domain.disclosure`, what
makes the 1 of a figure `bot.services.report.counting`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.disclosure import Drawn, Standing, Withheld, draw, least, make_release, needed
from bot.domain.report.figures import Section, added_up
from bot.domain.report.kinds import ONCE, SENIORS_SAY
from bot.services.kit import Kit
from bot.services.report.counting import Counted, counted, names_of
from storage import report
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.match import Pair
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import FigureKind, Release, Waiting
from storage.store import Tx

_TOGETHER, _AT_ONCE = 50, 2000
"""So many cohorts' urns are held in memory at a time, and so many answers."""


@dataclass(frozen=True, slots=True)
class _Urn:
    """An urn as it was read: everybody in it, and what the gate knows beside."""

    standing: Standing
    pool: Sequence[Waiting]


async def remember(kit: Kit, tx: Tx, pair: Pair, kind: FigureKind, source_id: str, now: datetime) -> None:
    """Put a respondent's newest answer into the cohort's urn; called for every answer and every edit.

    An edit, and an answer to something older, change nothing here: what waits is read when it is drawn, and what was
    drawn once is never counted again. Both look the same from outside. What was taken back before waits again.
    """
    person = _respondent(pair, kind)
    known = await report.newest(tx, pair.cohort_id, kind, person)
    if known is None or known < source_id:  # ids sort by the time of their making
        await report.wait(tx, pair.cohort_id, kind, person, pair.senior_id, source_id, now)
    else:
        await report.give_again(tx, pair.cohort_id, kind, person, source_id, now)


async def forget(kit: Kit, tx: Tx, pair: Pair, kind: FigureKind, source_id: str, now: datetime) -> None:
    """Take a respondent's answer out of the cohort's urn: they took it back, whatever it was.

    Nobody draws it any more. What was drawn before stays published, and looks the same to the person.
    """
    await report.take_back(tx, pair.cohort_id, kind, _respondent(pair, kind), source_id, now)


def _respondent(pair: Pair, kind: FigureKind) -> str:
    return pair.senior_id if kind in SENIORS_SAY else pair.junior_id


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
    """As `sweep`, for several kinds."""
    return (await sweep_cohorts(kit, tx, programme, [cohort], kinds, now, over=over))[cohort.id]


async def sweep_cohorts(
    kit: Kit, tx: Tx, programme: Programme, cohorts: Sequence[Cohort], kinds: Collection[FigureKind], now: datetime, *,
    over: bool = False,
) -> dict[str, dict[FigureKind, Section]]:  # fmt: skip
    """As `sweep`, for several kinds of several cohorts, by cohort id: their urns are read and published together."""
    found: dict[str, dict[FigureKind, Section]] = {}
    for start in range(0, len(cohorts), _TOGETHER):
        few = cohorts[start : start + _TOGETHER]
        urns = await _urns(tx, programme, few, kinds, now, over)
        for urn, section in await _sweep(kit, tx, urns):
            found.setdefault(urn.standing.cohort.id, {})[urn.standing.kind] = section
    return found


async def _urns(
    tx: Tx, programme: Programme, cohorts: Sequence[Cohort], kinds: Collection[FigureKind], now: datetime, over: bool
) -> list[_Urn]:
    """Every urn with what the gate knows beside it; the names of the counts are asked for once something is drawn."""
    ids = [cohort.id for cohort in cohorts]
    pools, people = await report.pools(tx, ids, kinds), await report.people_of(tx, ids)
    releases = await _releases(tx, ids, kinds)
    return [
        _Urn(
            Standing(
                cohort=cohort, kind=kind, names=(), releases=releases[cohort.id, kind],
                people=people[cohort.id][Side.SENIOR if kind in SENIORS_SAY else Side.JUNIOR],
                ended=over if kind in ONCE else cohort.state is CohortState.CLOSED, now=now, zone=programme.zone,
            ),
            pools[cohort.id, kind],
        )
        for cohort in cohorts
        for kind in kinds
    ]  # fmt: skip


async def _sweep(kit: Kit, tx: Tx, urns: Sequence[_Urn]) -> list[tuple[_Urn, Section]]:
    """Each urn's section. Closing figures are written first and one by one: every other figure has to know of them."""
    found: list[tuple[_Urn, Section]] = []
    for urn in (one for one in urns if _counts_all(one.standing)):
        found += await _closed(kit, tx, urn)
    others = [urn for urn in urns if not _counts_all(urn.standing)]
    closed = await report.closed_kinds(tx, {urn.standing.kind for urn in others})
    drawn: list[tuple[_Urn, Drawn]] = []
    for urn in others:
        ruled = urn.standing.kind in closed and not urn.standing.closing  # what is not over yet draws nobody
        known = await _without(tx, urn, closing=True) if ruled else urn
        outcome = draw(known.pool, known.standing, kit.dice.sample)
        if isinstance(outcome, Withheld):
            found.append((urn, _section(urn.standing, outcome)))
        else:
            drawn.append((known, outcome))
    return found + await _publish(kit, tx, drawn)


def _counts_all(standing: Standing) -> bool:
    return standing.closing and standing.ended


async def _closed(kit: Kit, tx: Tx, urn: _Urn) -> list[tuple[_Urn, Section]]:
    known = await _without(tx, urn, closing=False)
    outcome = draw(known.pool, known.standing, kit.dice.sample)
    if isinstance(outcome, Withheld):
        return [(urn, _section(urn.standing, outcome))]
    return await _publish(kit, tx, [(known, outcome)])


async def _without(tx: Tx, urn: _Urn, *, closing: bool) -> _Urn:
    """A closing figure leaves out whom any other cohort's figures may have counted; a draw, whom a closing one has."""
    standing = urn.standing
    waiting = {one.person_id for one in urn.pool if not one.spent}
    elsewhere = await report.counted_elsewhere(tx, standing.cohort.id, standing.kind, waiting, closing=closing)
    return replace(urn, standing=replace(standing, elsewhere=elsewhere))


async def all_published(
    tx: Tx, programme: Programme, cohort: Cohort, said: Mapping[FigureKind, Withheld | None]
) -> dict[FigureKind, Section]:
    """What was published so far of each kind; `said` are the reasons that the last weekly sweep gave.

    No urn is looked at.
    """
    releases = await _releases(tx, [cohort.id], said)
    return {
        kind: Section(added_up(releases[cohort.id, kind], programme.zone), why, least(cohort), needed(cohort))
        for kind, why in said.items()
    }


async def _releases(
    tx: Tx, cohorts: Collection[str], kinds: Collection[FigureKind]
) -> dict[tuple[str, FigureKind], list[Release]]:
    found: dict[tuple[str, FigureKind], list[Release]] = {(one, kind): [] for one in cohorts for kind in kinds}
    for release in await report.releases_of(tx, cohorts, kinds):
        found[release.cohort_id, release.kind].append(release)
    return found


async def _publish(kit: Kit, tx: Tx, drawn: Sequence[tuple[_Urn, Drawn]]) -> list[tuple[_Urn, Section]]:
    """Count what the drawn ones answered, write the releases, and mark every urn that something was drawn from."""
    ones = {kind: await _counted(kit, tx, kind, drawn) for kind in dict.fromkeys(u.standing.kind for u, _ in drawn)}
    found, made, spent = [], [], []
    for urn, outcome in drawn:
        standing = urn.standing
        named = replace(standing, names=await names_of(kit, tx, standing.cohort, standing.kind))
        release = make_release(new_id(), outcome, ones[standing.kind], named)
        made.append(release)
        persons = {one.person_id for one in outcome.members}
        spent += [(standing.cohort.id, standing.kind, one, one.person_id in persons) for one in urn.pool]
        found.append((urn, _section(replace(standing, releases=[*standing.releases, release]), None)))
    await report.add_releases(tx, made)
    if drawn:
        await report.spend(tx, spent, drawn[0][0].standing.now)
    return found


async def _counted(kit: Kit, tx: Tx, kind: FigureKind, drawn: Sequence[tuple[_Urn, Drawn]]) -> Counted:
    """What the drawn ones of a kind answered, some thousand at a time."""
    members = [one for urn, outcome in drawn if urn.standing.kind is kind for one in outcome.members]
    found: dict[str, frozenset[str]] = {}
    for start in range(0, len(members), _AT_ONCE):
        sources = [one.source_id for one in members[start : start + _AT_ONCE]]
        found |= await counted(kit, tx, kind, sources)
    return found


def _section(standing: Standing, withheld: Withheld | None) -> Section:
    figures = added_up(standing.releases, standing.zone)
    return Section(figures, withheld, least(standing.cohort), needed(standing.cohort))
