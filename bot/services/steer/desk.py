"""What coordinators see at a pilot's end: its figures, who volunteers, and the group's private channel."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.refusals import Refusal
from bot.domain.report.activity import History
from bot.domain.steer import NAME, ChannelForm, Desk, PilotFigures, SteeringDesk, check_name, is_ready, slug
from bot.domain.when import local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.report.activity import histories
from bot.services.steer.asking import invite, not_asked, pilot
from storage import commit, enrol, programme, ripple, steer
from storage.records.commit import CommitmentState
from storage.records.delivery import Letter
from storage.records.enrol import Person
from storage.records.match import PairState
from storage.records.meet import Hindrance, SessionState
from storage.records.programme import Cohort, CohortState
from storage.records.steer import Steering, VolunteerState
from storage.store import Tx

_EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


async def desk(kit: Kit, actor: Actor) -> SteeringDesk:
    """Every pilot that was opened, newest first. Raises Refusal for anybody but coordinators."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        pilots = [c for c in await programme.cohorts(tx, CohortState.OPEN, CohortState.CLOSED) if c.pilot]
        today = local_day(now, known.zone)
        return SteeringDesk(tuple([await _desk(tx, one, is_ready(one, today)) for one in reversed(pilots)]))


async def channel_form(kit: Kit, actor: Actor, cohort_id: str, prefix: str) -> ChannelForm:
    """Name the group's channel; `prefix` begins the name that is suggested.

    Raises Refusal for anybody but coordinators, without volunteers, and where there is a channel.
    """
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        cohort = await pilot(tx, actor, cohort_id, now)
        people = await _volunteers(tx, cohort.id)
        await _refuse(tx, cohort.id, people)
        return ChannelForm(cohort, people, slug(f"{prefix} {cohort.name}"))


async def wanted(kit: Kit, actor: Actor, cohort_id: str, name: str) -> str:
    """The name that Slack is asked for. Raises Refusal as `channel_form` does, and under the field."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        cohort = await pilot(tx, actor, cohort_id, now)
        await _refuse(tx, cohort.id, await _volunteers(tx, cohort.id))
        return check_name(name)


async def keep_channel(kit: Kit, actor: Actor, cohort_id: str, channel_id: str) -> Desk:
    """Slack has made it: the volunteers and whoever made it are invited.

    Raises Refusal where another coordinator was quicker.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        cohort = await pilot(tx, actor, cohort_id, now)
        if not await steer.save_channel(tx, Steering(cohort.id, channel_id, actor.user_id, now)):
            raise Refusal("steer.refused.has_channel", field=NAME)
        people = [one.user_id for one in await _volunteers(tx, cohort.id)]
        await invite(tx, cohort.id, list(dict.fromkeys([actor.user_id, *people])), now)
        await programme.note(tx, actor.user_id, "steering.channel", cohort.id, now)
        return await _desk(tx, cohort, True)


async def load_add(kit: Kit, team_id: str, letter: Letter) -> str | None:
    """The channel that somebody is to be invited into; None once they have changed their mind."""
    async with kit.store.read(team_id) as tx:
        made = await steer.channel(tx, letter.params["cohort"])
        me = await enrol.find(tx, letter.to)
        known = await steer.get(tx, letter.params["cohort"], me.id) if me else None
        yes = known is not None and known.state is VolunteerState.YES
        return made.channel_id if made is not None and (yes or made.made_by == letter.to) else None


async def _refuse(tx: Tx, cohort_id: str, people: tuple[Person, ...]) -> None:
    if await steer.channel(tx, cohort_id) is not None:
        raise Refusal("steer.refused.has_channel")
    if not people:
        raise Refusal("steer.refused.nobody")


async def _desk(tx: Tx, cohort: Cohort, ready: bool) -> Desk:
    people = await _volunteers(tx, cohort.id)
    asked, channel = await steer.asked(tx, cohort.id), await steer.channel(tx, cohort.id)
    left = len(await not_asked(tx, cohort)) if ready else 0
    return Desk(cohort, ready, asked, people, channel, await _figures(tx, cohort), left)


async def _volunteers(tx: Tx, cohort_id: str) -> tuple[Person, ...]:
    """Those who said yes and are still here."""
    ids = await steer.volunteers(tx, cohort_id)
    known = await enrol.people(tx, ids)
    return tuple(known[one] for one in ids if one in known and not (known[one].erased or known[one].deactivated))


async def _figures(tx: Tx, cohort: Cohort) -> PilotFigures:
    known = await histories(tx, cohort)
    made = await commit.of_cohort(tx, cohort.id, CommitmentState.OPEN, CommitmentState.DONE)
    ripples = await ripple.counts(tx, cohort.id, *_EVER)
    return PilotFigures(
        pairs=len(known),
        completed=sum(one.pair.state is PairState.COMPLETED for one in known),
        held=_count(known, SessionState.HELD),
        planned=sum(one.wanted or cohort.sessions for one in known),
        by_senior=_count(known, SessionState.CANCELLED, Hindrance.SENIOR),
        promised=len(made),
        kept=sum(one.state is CommitmentState.DONE for one in made),
        ripples=tuple(sorted(ripples.items())),
    )


def _count(known: Sequence[History], state: SessionState, whose: Hindrance | None = None) -> int:
    sessions = [one for history in known for one in history.sessions if one.state is state]
    return sum(whose is None or one.hindrance is whose for one in sessions)
