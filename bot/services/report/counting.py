"""Which yes/no counts an answer makes: read for the drawn only, inside the sweep, and forgotten with it."""

from collections.abc import Collection, Mapping

from bot.domain.checkin import counts
from bot.domain.report.kinds import NAMES, is_counted, review_of
from bot.domain.review import pack_of
from bot.services.kit import Kit
from bot.services.theme import vocabulary
from prompts.parts import ReviewItem
from storage import checkin, commit, pulse, review
from storage.records.commit import Noticed
from storage.records.programme import Cohort
from storage.records.pulse import Load, Safety
from storage.records.report import FigureKind
from storage.store import Tx

Counted = Mapping[str, frozenset[str]]
"""The figures of which each source makes a 1."""

_BENEFIT = (FigureKind.BENEFIT_JUNIOR, FigureKind.BENEFIT_SENIOR)
_SAFETY = (FigureKind.SAFETY_JUNIOR, FigureKind.SAFETY_SENIOR)


async def names_of(kit: Kit, tx: Tx, cohort: Cohort, kind: FigureKind) -> tuple[str, ...]:
    """The yes/no counts of a kind in a cohort, one cell each."""
    if kind is FigureKind.THEMES:
        return await vocabulary(kit, tx, cohort)
    return NAMES[kind] if kind in NAMES else tuple(item.id for item in _items(kit, kind))


async def counted(kit: Kit, tx: Tx, kind: FigureKind, sources: Collection[str]) -> Counted:
    """Which yes/no counts each source makes; one that makes none may be missing."""
    if kind is FigureKind.RECIPROCITY:
        options = await checkin.options_for_release(tx, sources)
        return {key: frozenset(q for q, option in given.items() if counts(q, option)) for key, given in options.items()}
    if kind is FigureKind.THEMES:
        return {key: frozenset(named) for key, named in (await checkin.themes_for_release(tx, sources)).items()}
    if kind is FigureKind.SAY_DO:
        noticed = await commit.noticed_for_release(tx, sources)
        return {key: frozenset({"unnoticed"}) for key, said in noticed.items() if said is Noticed.NO}
    if kind in _BENEFIT or kind in _SAFETY:
        return await _taps(tx, kind, sources)
    return await _reviews(kit, tx, kind, sources)


async def _taps(tx: Tx, kind: FigureKind, sources: Collection[str]) -> Counted:
    wanted = {Load.LESS} if kind in _BENEFIT else {Safety.YES}
    taps = await pulse.taps_for_release(tx, sources)
    return {key: frozenset(NAMES[kind]) for key, both in taps.items() if wanted & set(both)}


async def _reviews(kit: Kit, tx: Tx, kind: FigureKind, sources: Collection[str]) -> Counted:
    items = _items(kit, kind)
    given = await review.given_for_release(tx, sources)
    return {
        key: frozenset(item.id for item in items if _makes_one(item, told.answers.get(item.id, "")))
        for key, told in given.items()
    }


def _items(kit: Kit, kind: FigureKind) -> list[ReviewItem]:
    """The countable questions of a review."""
    asked, side = review_of(kind)
    items = kit.library.content.review(pack_of(asked, side)).for_side(side.value)
    return [one for one in items if _countable(one) and is_counted(kind, one.id)]


def _countable(item: ReviewItem) -> bool:
    return item.counts_from is not None or any(option.counts for option in item.options)


def _makes_one(item: ReviewItem, given: str) -> bool:
    if item.counts_from is not None:
        return given.isdigit() and int(given) >= item.counts_from
    return any(option.counts and option.code == given for option in item.options)
