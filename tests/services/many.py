"""A cohort of many pairs, for tests of the report: everybody met and answered, or not, as told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import report
from bot.services.kit import Kit
from storage import checkin, enrol, match, meet
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Question
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort
from storage.records.report import FigureKind
from storage.store import Tx
from tests.world import TEAM

YES = {Question.LEARN: "changed", Question.HELP: "done", Question.ADVOCATE: "known", Question.INTRODUCE: "talked"}
NO = dict.fromkeys(Question, "not_yet")


@dataclass(frozen=True, slots=True)
class Two:
    """A pair with its people."""

    pair: Pair
    junior: Person
    senior: Person


async def add_pairs(
    kit: Kit, cohort: Cohort, count: int, users: Mapping[int, tuple[str, str]] | None = None
) -> list[Two]:
    """So many running pairs, each with a junior and a senior of its own; `users` are the accounts of some of them."""
    now = kit.clock()
    made = []
    async with kit.store.write(TEAM) as tx:
        for n in range(count):
            junior, senior = [
                await enrol.meet_person(tx, user, name=f"{side} {n}", zone="Europe/Berlin", locale="en-US")
                for side, user in zip("JS", (users or {}).get(n, (f"U07J{n:05}", f"U07S{n:05}")), strict=True)
            ]
            pair = Pair(
                id=new_id(), team_id=TEAM, cohort_id=cohort.id, junior_id=junior.id, senior_id=senior.id,
                state=PairState.ACTIVE, channel_id=None, why="", created_by="U1", created_at=now, active_at=now,
                ended_at=None,
            )  # fmt: skip
            await match.add(tx, pair)
            made.append(Two(pair, junior, senior))
    return made


async def hold(kit: Kit, two: Two, at: datetime) -> Session:
    """A session that took place."""
    session = Session(
        new_id(), TEAM, two.pair.id, 1, at, 60, "", SessionState.HELD, two.senior.id, None, at + timedelta(hours=3)
    )
    async with kit.store.write(TEAM) as tx:
        await meet.add(tx, session)
    return session


async def answer(kit: Kit, two: Two, session: Session, options: dict[Question, str]) -> Checkin:
    """The junior answers the check-in of a session, as the check-in's use case would have it stored."""
    now = kit.clock()
    async with kit.store.write(TEAM) as tx:
        known = await checkin.of_session(tx, session.id, two.junior.id)
        one = known or Checkin(
            new_id(), TEAM, session.id, two.pair.id, two.junior.id, Side.JUNIOR, CheckinState.ANSWERED, now,
            now + timedelta(days=14), now,
        )  # fmt: skip
        await checkin.add(tx, one)
        await save(kit, tx, two, one, options, now)
    return one


async def save(kit: Kit, tx: Tx, two: Two, one: Checkin, options: dict[Question, str], now: datetime) -> None:
    sheet = AnswerSheet(tuple(Answer(question, option) for question, option in options.items()))
    await checkin.save_sheet(tx, one, sheet, now)
    await report.remember(kit, tx, two.pair, FigureKind.RECIPROCITY, one.id, now)


async def everybody_answers(kit: Kit, pairs: Sequence[Two], options: dict[Question, str]) -> None:
    """A session now and the answers at once, for every pair."""
    for two in pairs:
        await answer(kit, two, await hold(kit, two, kit.clock()), options)
