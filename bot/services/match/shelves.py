"""Reading a review: what lies on which shelf, and the people on one page of it."""

from datetime import datetime

from bot.domain.match import Check, line_end
from bot.domain.match.review import Alone, News, Place, Review, Shelf, SuggestionCard, pages, size_of, warned
from bot.domain.paging import page_within
from bot.domain.when import UNDO
from bot.services.match.people import profile_in
from storage import enrol
from storage.match import runs
from storage.records.match import RunState, Suggestion, SuggestionState
from storage.records.programme import Cohort
from storage.store import Tx

_STATES = {
    Shelf.OPEN: SuggestionState.OPEN, Shelf.HELD: SuggestionState.HELD, Shelf.APPROVED: SuggestionState.APPROVED,
}  # fmt: skip


async def counts_of(tx: Tx, cohort_id: str, now: datetime) -> dict[Shelf, int]:
    """How much lies on each shelf; what was approved lies there while it can be taken back."""
    counted = await runs.counts(tx, cohort_id, now - UNDO)
    run = await runs.newest(tx, cohort_id, RunState.READY)
    alone = await runs.count_unmatched(tx, run.id) if run else 0
    return {shelf: counted.get(state, 0) for shelf, state in _STATES.items()} | {Shelf.ALONE: alone}


async def page_of(tx: Tx, cohort: Cohort, place: Place, now: datetime, news: tuple[News, ...] = ()) -> Review:
    """One page, or the last one where there are fewer by now."""
    counts = await counts_of(tx, cohort.id, now)
    place = Place(cohort.id, place.shelf, page_within(place.page, pages(counts[place.shelf], place.shelf)))
    run = await runs.newest(tx, cohort.id, RunState.READY)
    floor = run.floor if run else 0
    if place.shelf is Shelf.ALONE:
        return Review(cohort, place, counts, floor, alone=await _alone(tx, run.id if run else "", place), news=news)
    size = size_of(place.shelf)
    found = await runs.page(tx, cohort.id, _STATES[place.shelf], now - UNDO, place.page * size, size)
    return Review(cohort, place, counts, floor, await cards_of(tx, found), news=news)


async def cards_of(tx: Tx, suggestions: list[Suggestion]) -> tuple[SuggestionCard, ...]:
    """Suggestions with the people and profiles that coordinators may see."""
    people = await enrol.people(tx, [one for s in suggestions for one in (s.junior_id, s.senior_id)])
    ends = any(Check.LINE_ENDS in warned(one) for one in suggestions)
    lines = await enrol.lines(tx) if ends else {}
    return tuple(
        [
            SuggestionCard(
                one, people[one.junior_id], people[one.senior_id],
                await profile_in(tx, people[one.junior_id], one.cohort_id),
                await profile_in(tx, people[one.senior_id], one.cohort_id),
                line_end(people[one.junior_id].user_id, lines),
            )
            for one in suggestions
        ]
    )  # fmt: skip


async def card_of(tx: Tx, suggestion: Suggestion) -> SuggestionCard:
    return (await cards_of(tx, [suggestion]))[0]


async def _alone(tx: Tx, run_id: str, place: Place) -> tuple[Alone, ...]:
    size = size_of(place.shelf)
    found = await runs.unmatched(tx, run_id, place.page * size, size)
    people = await enrol.people(tx, [one.person_id for one in found])
    return tuple(Alone(people[one.person_id], one) for one in found)
