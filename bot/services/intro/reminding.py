"""What is asked of the senior about an introduction, and the day on which one that nobody answered rests."""

from datetime import timedelta

from bot.domain.commit import Moment
from bot.domain.intro import IntroFacts, IntroReminder
from bot.domain.messages import Kind
from bot.services.calendar import waking
from bot.services.intro.changing import live, refresh, stamp, store
from bot.services.intro.listing import facts_of
from bot.services.kit import Kit
from bot.services.post import post
from storage.records.delivery import Due, Letter
from storage.records.intro import IntroState
from storage.store import Tx

_ANSWERED, _OVER = "answered already", "it has changed, or the pair is paused or has ended"


async def do_remind(kit: Kit, tx: Tx, item: Due) -> str | None:
    """The one reminder of what waits for an answer."""
    found = await live(tx, item)
    if found is None or found[0].state is not IntroState.ASKED:
        return _ANSWERED
    it, people = found
    at = waking(people.senior, kit.clock())
    key = f"{it.id}:{stamp(it)}"
    await post(
        tx, Kind.INTRO_WAITING, people.senior.user_id, key, at, intro=it.id, pair=it.pair_id, at=stamp(it)
    )  # fmt: skip
    return None


async def do_due(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask the senior about one that was agreed on and is not made yet."""
    found = await live(tx, item)
    if found is None or found[0].state is not IntroState.AGREED:
        return _OVER
    it, people = found
    moment = Moment(item.occurrence.partition(":")[2])
    at = waking(people.senior, kit.clock())
    await post(
        tx, Kind.INTRO_DUE, people.senior.user_id, f"{it.id}:{item.occurrence}", at, intro=it.id, pair=it.pair_id,
        at=stamp(it), moment=moment,
    )  # fmt: skip
    return None


async def do_lapse(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Nobody has answered in four weeks: it rests, and the junior reads so, without a word about why."""
    now = kit.clock()
    found = await live(tx, item)
    if found is None or found[0].state is not IntroState.ASKED:
        return _ANSWERED
    it, people = found
    at = max(now, it.changed_at + timedelta(microseconds=1))
    after = await store(tx, it, state=IntroState.LAPSED, state_before=None, changed_by=None, changed_at=at)
    await post(
        tx, Kind.INTRO_TOLD, people.junior.user_id, f"{it.id}:{stamp(after)}", now, intro=it.id, pair=it.pair_id,
        at=stamp(after),
    )  # fmt: skip
    await refresh(tx, people, now)
    return None


async def load_waiting(kit: Kit, tx: Tx, letter: Letter) -> IntroFacts | None:
    return await facts_of(kit, tx, letter, (IntroState.ASKED,))


async def load_due(kit: Kit, tx: Tx, letter: Letter) -> IntroReminder | None:
    """While it is agreed on, and for the day that it was asked about."""
    facts = await facts_of(kit, tx, letter, (IntroState.AGREED,))
    return IntroReminder(facts.intro, facts.people, Moment(letter.params["moment"])) if facts else None
