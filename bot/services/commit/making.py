"""Making a commitment, and asking the senior about it when its day comes."""

from datetime import date, datetime

from bot.domain.commit import Changed, Moment, What, is_alive, problems, reminders
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import UNDO, local_day
from bot.services import access
from bot.services.calendar import days_off, waking
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post, refresh_homes, unplan
from storage import commit, enrol, match
from storage.ids import new_id
from storage.match import RUNNING
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.delivery import Due
from storage.records.enrol import Person, Side
from storage.store import Tx


async def add(kit: Kit, actor: Actor, pair_id: str, *, kind: CommitmentKind, text: str, due_on: date | None) -> Changed:
    """The senior commits to something. Raises Refusals under the fields, Refusal when it is not the senior's pair."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, _, side = await access.pair(tx, actor, pair_id)
        if side is not Side.SENIOR:
            raise Refusal("common.errors.gone")
        if pair.state not in RUNNING:
            raise Refusal("common.errors.pair_ended")
        people = await people_of(tx, pair)
        made = await make(kit, tx, people, text=text, due_on=due_on, kind=kind, checkin_id=None, now=now)
        return Changed(made, What.MADE)


async def make(
    kit: Kit, tx: Tx, people: PairPeople, *, text: str, due_on: date | None, kind: CommitmentKind,
    checkin_id: str | None, now: datetime,
) -> Commitment:  # fmt: skip
    """Store a commitment; the pair space hears of it in ten minutes, for it can be undone. Raises Refusals."""
    senior = people.senior
    wrong = problems(text, due_on, local_day(now, senior.zone))
    if wrong or due_on is None:
        raise Refusals(wrong)
    made = Commitment(
        id=new_id(), team_id=tx.team, pair_id=people.pair.id, owner_id=senior.id, checkin_id=checkin_id, kind=kind,
        text=text.strip(), due_on=due_on, moved=0, state=CommitmentState.OPEN, created_at=now, done_at=None,
        changed_at=now,
    )  # fmt: skip
    await commit.add(tx, made)
    await post(tx, Kind.COMMITMENT_MADE, people.pair.id, made.id, now + UNDO, commitment=made.id)
    await plan_reminders(tx, made, senior, now)
    await refresh_both(tx, people, now)
    return made


async def plan_reminders(tx: Tx, commitment: Commitment, senior: Person, now: datetime) -> None:
    """Ask about it around its day; what was planned for an earlier day is cancelled."""
    await unplan(tx, Job.COMMITMENT_DUE, commitment.id, "planned anew")
    for moment, at in reminders(commitment.due_on, now, senior.zone, days_off(senior.region)).items():
        occurrence = f"{stamp(commitment)}:{moment}"
        await plan(tx, Job.COMMITMENT_DUE, commitment.id, at, recipient=senior.id, occurrence=occurrence)


def stamp(commitment: Commitment) -> str:
    """Tells one change of a commitment from every other: what follows from it is planned under this name."""
    return f"{commitment.changed_at:%Y%m%dT%H%M%S%f}"


async def do_due(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask the senior about a commitment that is still open."""
    found = await commit.get(tx, item.subject)
    senior = await enrol.get(tx, item.recipient)
    if found is None or senior is None or found.state is not CommitmentState.OPEN:
        return "done or dropped already"
    pair = await match.get(tx, found.pair_id)
    if pair is None or not is_alive(pair, kit.clock()) or senior.deactivated:
        return "the pair is paused or has ended"
    moment = Moment(item.occurrence.partition(":")[2])
    key = f"{found.id}:{item.occurrence}"
    at = waking(senior, kit.clock())
    await post(tx, Kind.COMMITMENT_DUE, senior.user_id, key, at, commitment=found.id, moment=moment)
    return None


async def refresh_both(tx: Tx, people: PairPeople, now: datetime) -> None:
    await refresh_homes(tx, (people.junior.user_id, people.senior.user_id), now)
