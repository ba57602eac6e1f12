"""Who takes part, waits or was asked: the coordinators' list, and one person's card."""

from bot.domain.enrol import SILENT, TAKING_PART, Card, Filter, People, Row, Standing
from bot.domain.paging import page_within, pages_of
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import enrol, match, programme
from storage.records.enrol import Enrolment
from storage.store import Tx

PAGE = 8


async def people(kit: Kit, actor: Actor, wanted: Filter) -> People:
    """One page of the list. Raises Refusal for anybody but coordinators."""
    silent = kit.clock() - SILENT
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        side = wanted.side.value if wanted.side else ""
        counts = await enrol.counted(tx, silent, side=side, text=wanted.text)
        state = wanted.standing.value if wanted.standing else ""
        found = counts.get(state, 0) if state else sum(counts.values())
        pages = pages_of(found, PAGE)
        page = page_within(wanted.page, pages)
        rows = await enrol.listing(tx, silent, state=state, side=side, text=wanted.text, limit=PAGE, offset=page * PAGE)
        at = Filter(wanted.standing, wanted.side, wanted.text, page)
        return People(at, tuple(map(_row, rows)), found, pages, {Standing(name): n for name, n in counts.items()})


async def card(kit: Kit, actor: Actor, *, place: str = "", invitation: str = "") -> Card:
    """One person. Raises Refusal for anybody but coordinators, and where there is no such row any more."""
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        one = await enrol.listed_one(tx, kit.clock() - SILENT, place=place, invitation=invitation)
        if one is None:
            raise Refusal("common.errors.gone")
        row = _row(one)
        manager = (await enrol.lines(tx)).get(row.user_id)
        if not row.place:
            asked = await enrol.invitation(tx, row.invitation)
            fresh = row.standing is Standing.UNANSWERED or (asked is not None and asked.reminded_at is None)
            can_ask = row.standing is not Standing.DECLINED and fresh
            return Card(row, known.zone, manager=manager, invitation=asked, can_ask=can_ask)
        return await _card(tx, row, known.zone, manager)


async def _card(tx: Tx, row: Row, zone: str, manager: str | None) -> Card:
    place = await enrol.participant(tx, row.place)
    person = await enrol.get(tx, place.person_id) if place is not None else None
    if place is None or person is None:
        raise Refusal("common.errors.gone")
    cohort = await programme.cohort(tx, place.cohort_id)
    pairs = [await people_of(tx, pair) for pair in await match.open_of(tx, person.id)]
    can_pair = place.state in TAKING_PART and place.state is not Enrolment.PAUSED and cohort is not None
    return Card(row, zone, person, place.profile, manager, tuple(pairs), can_pair=can_pair)


def _row(one: enrol.Listing) -> Row:
    return Row(
        Standing(one.state), one.user_id, one.name, one.cohort, one.place, one.invitation, one.department, one.level,
        one.sides, one.outside,
    )  # fmt: skip
