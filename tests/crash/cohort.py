"""A cohort of the whole cast, with sessions that were held and check-ins about them that become due."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.jobs import Job
from storage import due, enrol, match, meet, programme
from storage.ids import new_id
from storage.records.delivery import Due, DueState
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.store import Store, Tx
from tests.crash.plan import TEAM


async def seed(store: Store, users: Sequence[str], messages: int, now: datetime, step: timedelta) -> None:
    """Plan so many check-ins and reflections, one every `step` from `now` on, for each session both sides."""
    async with store.write(TEAM) as tx:
        pairs = await _pairs(tx, users, now)
        for n in range(messages // 2):
            pair = pairs[n % len(pairs)]
            session = Session(
                id=new_id(), team_id=TEAM, pair_id=pair.id, number=1 + n // len(pairs),
                starts_at=now - timedelta(days=1) + n * timedelta(seconds=1), minutes=60, place="",
                state=SessionState.HELD, booked_by=pair.senior_id, hindrance=None, decided_at=now,
            )  # fmt: skip
            await meet.add(tx, session)
            for m, person in enumerate((pair.junior_id, pair.senior_id)):
                at = now + (2 * n + m) * step
                work = Due(new_id(), TEAM, Job.CHECKIN, session.id, person, "", at, None, DueState.PENDING, 0, None)
                await due.add(tx, work)


async def _pairs(tx: Tx, users: Sequence[str], now: datetime) -> list[Pair]:
    chi = users[2]
    await programme.save(
        tx,
        Programme(
            team_id=TEAM, enterprise_id=None, purpose=Purpose.FREE, findings_owner=chi, safe_contacts=(chi, chi),
            channel_id="C07NOWHERE", zone="Europe/Berlin", digest_weekday=0, digest_hour=9, k=5, clamp=2,
            checkin_after_hours=None, language="en", digest_paused=False, created_at=now,
        ),
    )  # fmt: skip
    cohort = Cohort(
        id=new_id(), team_id=TEAM, name="Crash", purpose=Purpose.FREE, starts_on=date(2026, 2, 2),
        ends_on=date(2026, 6, 19), sessions=6, cadence_days=14, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
    )  # fmt: skip
    await programme.add_cohort(tx, cohort)
    people = [await enrol.meet_person(tx, user, name=user, zone="Europe/Berlin", locale="en-US") for user in users]
    pairs = []
    for junior, senior in zip(people[::2], people[1::2], strict=False):
        pair = Pair(
            id=new_id(), team_id=TEAM, cohort_id=cohort.id, junior_id=junior.id, senior_id=senior.id,
            state=PairState.ACTIVE, channel_id=None, why="", created_by=chi, created_at=now, active_at=now,
            ended_at=None,
        )  # fmt: skip
        await match.add(tx, pair)
        pairs.append(pair)
    return pairs
