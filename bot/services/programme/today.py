"""The coordinators' Today: what needs a decision."""

from datetime import datetime

from bot.domain.match.review import Shelf
from bot.domain.programme.today import Failure, Item, TodayFacts, queue
from bot.domain.steer import asks_now
from bot.domain.when import local_day
from bot.services import access, match
from bot.services.kit import Actor, Kit
from bot.services.programme.cohorts import cards
from bot.services.report.keeping import kept_back
from storage import due, outbox, programme, steer
from storage.records.delivery import Target
from storage.records.programme import CohortState, Programme
from storage.store import Tx

MANY = 100
"""How many set-aside messages are counted at most."""

_NOBODY = (Target.PAIR, Target.CHORE)
"""Where a letter has no receiver to be named."""


async def today(kit: Kit, actor: Actor) -> TodayFacts:
    """What `/revmentor admin` shows. Raises Refusal for who does not coordinate."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        shown = tuple(await cards(tx, now))
        return TodayFacts(known, await decisions(tx, known, now, actor.user_id), shown, local_day(now, known.zone))


async def decisions(tx: Tx, known: Programme, now: datetime, user_id: str) -> tuple[Item, ...]:
    """The queue of decisions of one coordinator, for Today and for their Home."""
    failed = len(await outbox.dead(tx, MANY)) + len(await due.dead(tx, MANY))
    coordinators = len(await programme.coordinators(tx))
    day = local_day(now, known.zone)
    shown = await cards(tx, now)
    running = [card.cohort.id for card in shown if card.cohort.state is CohortState.OPEN]
    to_review = {one: (await match.counts_of(tx, one, now))[Shelf.OPEN] for one in running}
    wishes = len(await match.wishes_for(tx, user_id, now))
    ending = [one.cohort for one in shown if asks_now(one.cohort, day)]
    pilots = [one for one in ending if not await steer.asked(tx, one.id)]
    return queue(
        known, shown, day, coordinators=coordinators, failed=failed, to_review=to_review, wishes=wishes, pilots=pilots,
        held=[cohort for _, cohort in await kept_back(tx)],
    )  # fmt: skip


async def failures(kit: Kit, actor: Actor) -> list[Failure]:
    """What was set aside, newest first, without what it was about. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        letters, work = await outbox.dead(tx), await due.dead(tx)
    sent = [
        Failure("" if letter.target in _NOBODY else letter.to, work=False, reason=letter.reason or "")
        for letter in letters
    ]
    return sent + [Failure("", work=True, reason=item.reason or "") for item in work]
