"""A programme of two hundred cohorts with years of answers, on a database of its own, filled in bulk.

Real are the keys, the marks of the urns, and each junior's newest answers, sealed as the product seals them. All
earlier answers are noise of the same size: nothing ever opens them, and only their weight matters.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table

from benchmarks.slack import TEAM
from benchmarks.town import COORDINATOR
from bot.clock import Clock
from bot.services.kit import Kit
from prompts import load
from storage import programme
from storage import tables as t
from storage.ids import new_id
from storage.migrate import migrate
from storage.records.checkin import CheckinState, Question
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.records.report import FigureKind
from storage.store import Store, Tx
from storage.types import SEALED_MARK
from storage.vault import DataKey, MasterKey, seal

COHORTS, PAIRS = 200, 25
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)  # a Monday, the digest's hour in Berlin being nine
OPTIONS = ("changed", "done", "known", "talked")
_ROWS = 2000
"""How many rows go into one statement."""


@dataclass(frozen=True, slots=True)
class Junior:
    """One respondent: pair, people, her key, and the check-in whose answers wait."""

    pair: Pair
    key: DataKey
    wrapped: bytes
    checkin_id: str


def opened(url: str, master: MasterKey, clock: Clock = lambda: NOW) -> Kit:
    """The programme in a database. The caller closes the store."""
    return Kit(Store(url, [master]), clock, load())


async def fill(url: str, master: MasterKey, weeks: int, juniors: int = COHORTS * PAIRS) -> None:
    """Make the database: `weeks` sessions of every pair; so many juniors of all cohorts answered after each.

    Stored answers: juniors x weeks x 4; waiting: juniors x 4.
    """
    kit = opened(url, master)
    await migrate(kit.store)
    async with kit.store.write(TEAM) as tx:
        await programme.save(tx, _programme())
        await programme.add_coordinator(tx, COORDINATOR, COORDINATOR, NOW)
    for number in range(COHORTS):
        async with kit.store.write(TEAM) as tx:
            mine = juniors * (number + 1) // COHORTS - juniors * number // COHORTS
            await _cohort(tx, number, weeks, mine)
    await kit.store.close()


def _programme() -> Programme:
    return Programme(
        team_id=TEAM, enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner=COORDINATOR,
        safe_contacts=("U07NOOR000", "U07ELI0000"), channel_id="C07COORD01", zone="Europe/Berlin", digest_weekday=0,
        digest_hour=9, k=5, clamp=2, checkin_after_hours=None, language="en", digest_paused=False, created_at=NOW,
    )  # fmt: skip


async def _cohort(tx: Tx, number: int, weeks: int, juniors: int) -> None:
    cohort = Cohort(
        id=new_id(), team_id=TEAM, name=f"Bench {number}", purpose=Purpose.TECHNOLOGY,
        starts_on=date(2025, 11, 3), ends_on=date(2026, 12, 31), sessions=60, cadence_days=7, pilot=False,
        state=CohortState.OPEN, k=5, clamp=2,
    )  # fmt: skip
    await programme.add_cohort(tx, cohort)
    everybody = [_junior(tx, cohort.id) for _ in range(PAIRS)]
    people = [row for n, one in enumerate(everybody) for row in _people(one, number * PAIRS + n)]
    await _add(tx, t.person, people)
    await _add(tx, t.data_key, [_key(tx, one) for one in everybody])
    await _add(tx, t.pair, [asdict(one.pair) for one in everybody])
    for n, one in enumerate(everybody):
        await _year(tx, one, weeks, answers=n < juniors)
    await _add(tx, t.urn, [_waiting(one) for one in everybody[:juniors]])


def _junior(tx: Tx, cohort_id: str) -> Junior:
    began = NOW - timedelta(weeks=54)
    pair = Pair(
        id=new_id(), team_id=TEAM, cohort_id=cohort_id, junior_id=new_id(), senior_id=new_id(),
        state=PairState.ACTIVE, channel_id=None, why="", created_by=COORDINATOR, created_at=began, active_at=began,
        ended_at=None,
    )  # fmt: skip
    return Junior(pair, *tx.vault.new_data_key(new_id()), new_id())


def _people(one: Junior, number: int) -> Iterator[dict[str, Any]]:
    for side, person_id in (("J", one.pair.junior_id), ("S", one.pair.senior_id)):
        yield {
            "id": person_id, "team_id": TEAM, "user_id": f"U07{side}{number:06}", "name": f"{side} {number}",
            "zone": "Europe/Berlin", "locale": "en-US", "region": "", "deactivated": False,
        }  # fmt: skip


def _key(tx: Tx, one: Junior) -> dict[str, Any]:
    return {
        "person_id": one.pair.junior_id, "team_id": TEAM, "id": one.key.id, "master_id": tx.vault.current,
        "wrapped": one.wrapped, "created_at": NOW,
    }  # fmt: skip


async def _year(tx: Tx, one: Junior, weeks: int, *, answers: bool) -> None:
    """A session a week up to the last; after each of them the junior answered."""
    held = [_session(one, NOW - timedelta(days=7 * ago + 3)) for ago in reversed(range(weeks))]
    ahead = _session(one, NOW + timedelta(days=4), SessionState.PLANNED)
    places = {"place": _noise(t.session.c.place)}
    await _add(tx, t.session, [asdict(session) | places for session in (*held, ahead)])
    if answers:
        ids = [*(new_id() for _ in held[1:]), one.checkin_id]
        both = list(zip(ids, held, strict=True))
        await _add(tx, t.checkin, [_checkin(one, checkin_id, session) for checkin_id, session in both])
        await _add(tx, t.answer, [row for checkin_id in ids for row in _answers(one, checkin_id)])


def _session(one: Junior, at: datetime, state: SessionState = SessionState.HELD) -> Session:
    decided = at + timedelta(hours=3) if state is SessionState.HELD else None
    return Session(new_id(), TEAM, one.pair.id, 1, at, 60, "", state, one.pair.senior_id, None, decided)


def _checkin(one: Junior, checkin_id: str, session: Session) -> dict[str, Any]:
    extra = t.checkin.c.extra
    real = seal(one.key, extra, checkin_id, '{"learner": null, "themes": []}') if checkin_id == one.checkin_id else None
    return {
        "id": checkin_id, "team_id": TEAM, "session_id": session.id, "pair_id": one.pair.id,
        "person_id": one.pair.junior_id, "side": Side.JUNIOR, "state": CheckinState.ANSWERED,
        "due_at": session.starts_at, "closes_at": session.starts_at + timedelta(days=14),
        "answered_at": session.ends_at, "extra": real or _noise(extra),
    }  # fmt: skip


def _answers(one: Junior, checkin_id: str) -> Iterator[dict[str, Any]]:
    column, newest = t.answer.c.content, checkin_id == one.checkin_id
    for question, option in zip(Question, OPTIONS, strict=True):
        said = f'{{"option": "{option}", "example": "", "by_when": null}}'
        sealed = seal(one.key, column, f"{checkin_id}:{question}", said) if newest else _noise(column)
        yield {"checkin_id": checkin_id, "question": question, "team_id": TEAM, "content": sealed}


def _waiting(one: Junior) -> dict[str, Any]:
    kind, person = FigureKind.RECIPROCITY, one.pair.junior_id
    return {
        "cohort_id": one.pair.cohort_id, "kind": kind, "person_id": person, "team_id": TEAM,
        "senior_id": one.pair.senior_id, "source_id": one.checkin_id,
        "mark": seal(one.key, t.urn.c.mark, f"{one.pair.cohort_id}:{kind}:{person}", "waiting"),
    }  # fmt: skip


def _noise(column: Column[Any]) -> bytes:
    """As long as what is sealed for this column: mark, nonce, padded text, tag."""
    return SEALED_MARK + os.urandom(12 + column.type.size + 16)  # type: ignore[attr-defined]


async def _add(tx: Tx, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _ROWS):
        await tx.conn.execute(table.insert(), list(rows[start : start + _ROWS]))
