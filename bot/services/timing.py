"""When a letter may go out: the receiver's hours, their pauses, and the weekly budget of prompts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.budget import GATHER, OVER, PROMPTING, SOON, WEEK, bundle, free_at, most
from bot.domain.messages import MESSAGES, PROMPT_ORDER, Kind, Timing, may_pass_pause, waits_for_hours
from bot.domain.pause import NO_END
from bot.domain.when import out_of_quiet, out_of_quiet_for_both
from bot.services.calendar import quiet, waking
from storage import budget, checkin, commit, due, enrol, match, meet, pause, programme
from storage.records.checkin import Checkin
from storage.records.commit import Commitment
from storage.records.delivery import Letter, Target
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Session
from storage.records.prefs import USUAL
from storage.store import Tx

QUIET = "quiet hours"
PAUSED = "paused"
GATHERING = "goes with what is planned for the next minutes"
_SOON = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a letter that is due: it goes (with others), waits until `at`, or is left out."""

    goes: bool = True
    at: datetime | None = None
    reason: str = ""
    others: tuple[Letter, ...] = ()


async def fit(tx: Tx, kind: Kind, to: str, at: datetime, target: Target | None = None) -> datetime:
    """The first moment from `at` on at which a kind may reach its receiver."""
    if not waits_for_hours(kind):
        return at
    target = target or MESSAGES[kind].target
    if target is Target.PAIR:
        return at if kind is Kind.PAIR_STARTED and await _has_begun(tx, to) else await _fit_both(tx, to, at)
    if target is not Target.PERSON:
        return at
    person = await enrol.find(tx, to)
    if person is not None:
        return waking(person, at)
    asked = await enrol.invited_person(tx, to)
    if asked is not None:
        return out_of_quiet(at, asked.zone)
    settings = await programme.get(tx)  # a coordinator who takes part in nothing has told us no zone
    return out_of_quiet(at, settings.zone) if settings is not None else at


async def judge(tx: Tx, letter: Letter, now: datetime) -> Verdict:
    """Whether a letter that is due may go out now."""
    kind = Kind(letter.kind)
    resumes = None if may_pass_pause(kind) else await paused_until(tx, letter)
    if resumes is not None:  # past its day, the end of the pause is work that is about to be done
        return Verdict(goes=False, at=max(resumes, now + _SOON), reason=PAUSED)
    at = await fit(tx, kind, letter.to, now, letter.target)
    if at > now:
        return Verdict(goes=False, at=at, reason=QUIET)
    return await _within_budget(tx, letter, now) if MESSAGES[kind].timing is Timing.PROMPT else Verdict()


async def paused_until(tx: Tx, letter: Letter) -> datetime | None:
    """When the receiver's pause ends, or the last pause of the pair it is about; None where nobody has paused."""
    if not await pause.any_running(tx) and not await enrol.any_gone(tx):
        return None
    pair = await _pair_of(tx, letter)
    people = [pair.junior_id, pair.senior_id] if pair is not None and pair.state is PairState.PAUSED else []
    if any(one.deactivated for one in (await enrol.people(tx, people)).values()):
        return NO_END
    if letter.target is Target.PERSON and (person := await enrol.find(tx, letter.to)) is not None:
        people.append(person.id)
    running = [await pause.running(tx, one) for one in people]
    return max((one.resumes_at for one in running if one is not None), default=None)


async def _pair_of(tx: Tx, letter: Letter) -> Pair | None:
    """The pair that a letter is to, or about."""
    told = letter.params
    about: Session | Checkin | Commitment | None = None
    pair_id = letter.to if letter.target is Target.PAIR else told.get("mirror") or told.get("pair")
    if pair_id is not None:
        return await match.get(tx, pair_id)
    if "session" in told:
        about = await meet.get(tx, told["session"])
    elif "checkin" in told:
        about = await checkin.get(tx, told["checkin"])
    elif "commitment" in told:
        about = await commit.get(tx, told["commitment"])
    return await match.get(tx, about.pair_id) if about is not None else None


async def let_through(tx: Tx, letter: Letter, others: tuple[Letter, ...], now: datetime) -> dict[str, str] | None:
    """Count a message with prompts and fold others into it; None where the budget was used up meanwhile."""
    person = await enrol.find(tx, letter.to)
    if person is not None:
        await meet.lock_people(tx, [person.id])
    if await _free_at(tx, letter, person, now) > now:
        return None
    await budget.count(tx, letter.id, letter.to, now)
    return await budget.fold(tx, letter, others, now)


async def _within_budget(tx: Tx, letter: Letter, now: datetime) -> Verdict:
    person = await enrol.find(tx, letter.to)
    free = await _free_at(tx, letter, person, now)
    if free <= now:
        if person is not None and (at := await _joined_at(tx, letter, person, now)) is not None:
            return Verdict(goes=False, at=at, reason=GATHERING)
        kinds = [kind.value for kind in PROMPT_ORDER]
        waiting = [one for one in await budget.waiting(tx, letter.to, kinds, now, now + SOON) if one.id != letter.id]
        fresh = [one for one in waiting if one.stale_at is None or one.stale_at > now]
        return Verdict(others=tuple(one for one in bundle(letter, fresh, now).members if one.id != letter.id))
    again = waking(person, free) if person is not None else free
    if letter.stale_at is not None and again >= letter.stale_at:
        return Verdict(goes=False, reason=OVER)
    return Verdict(goes=False, at=again, reason=OVER)


async def _joined_at(tx: Tx, letter: Letter, person: Person, now: datetime) -> datetime | None:
    """When what is planned for the same minutes will be there to go along; None where nothing is worth the wait."""
    coming = await due.next_for(tx, person.id, PROMPTING, now, now + GATHER)
    if coming is None or quiet(person, coming + _SOON) or (letter.stale_at is not None and coming >= letter.stale_at):
        return None
    return coming + _SECOND  # once it has been done


async def _free_at(tx: Tx, letter: Letter, person: Person | None, now: datetime) -> datetime:
    sent = await budget.sent(tx, letter.to, now - WEEK, but=letter.id)
    return free_at(sent, now, most(person.prefs if person is not None else USUAL))


async def _has_begun(tx: Tx, pair_id: str) -> bool:
    """Whether one of the two is at it already: what they did is said at once, and not before that there is a pair."""
    return bool(await meet.of_pair(tx, pair_id)) or await meet.open_offer(tx, pair_id) is not None


async def _fit_both(tx: Tx, pair_id: str, at: datetime) -> datetime:
    """The first hour that suits both of a pair; where their hours never meet, what is said is said at once."""
    pair = await match.get(tx, pair_id)
    people = await enrol.people(tx, (pair.junior_id, pair.senior_id)) if pair is not None else {}
    return out_of_quiet_for_both(at, lambda moment: not any(quiet(one, moment) for one in people.values()))
