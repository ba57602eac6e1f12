"""The list of people for coordinators: who takes part, waits, or was asked; filtered and paged by the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, Text, and_, case, func, literal, or_, select, type_coerce, union_all

from storage import tables as t
from storage.records.enrol import GONE, Enrolment, InvitationState, Side
from storage.records.programme import CohortState
from storage.store import Tx

UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Listing:
    """One row: `state` is an enrolment, or that of an invitation; `place` or `invitation` is where it comes from.

    `outside`: "guest", "stranger" (of another company) or empty.
    """

    state: str
    user_id: str
    name: str
    cohort: str
    place: str
    invitation: str
    department: str
    level: int
    sides: frozenset[Side]
    outside: str = ""


async def listing(
    tx: Tx, silent_since: datetime, *, state: str = "", side: str = "", text: str = "", limit: int, offset: int
) -> list[Listing]:
    """People of cohorts that are open, by name; those who were reminded before `silent_since` count as unanswered."""
    everybody = _everybody(tx, silent_since)
    query = select(everybody).where(*_wanted(everybody, state, side, text))
    query = query.order_by(func.lower(everybody.c.name), everybody.c.user_id, everybody.c.cohort)
    rows = await tx.conn.execute(query.limit(limit).offset(offset))
    return [_row(row) for row in rows]


async def counted(tx: Tx, silent_since: datetime, *, side: str = "", text: str = "") -> dict[str, int]:
    """How many of them stand where: state → number."""
    everybody = _everybody(tx, silent_since)
    query = select(everybody.c.state, func.count().label("n")).where(*_wanted(everybody, "", side, text))
    return {row.state: row.n for row in await tx.conn.execute(query.group_by(everybody.c.state))}


async def listed_one(tx: Tx, silent_since: datetime, *, place: str = "", invitation: str = "") -> Listing | None:
    """The row of one place, or of one invitation that was not followed by a place."""
    everybody = _everybody(tx, silent_since)
    mine = everybody.c.place == place if place else everybody.c.invitation == (invitation or "-")
    row = (await tx.conn.execute(select(everybody).where(mine))).first()
    return _row(row) if row else None


def _row(row: Any) -> Listing:
    sides = frozenset(side for side in Side if f'"{side}"' in row.sides)
    return Listing(
        row.state, row.user_id, row.name, row.cohort, row.place, row.invitation, row.department, row.level, sides,
        row.outside,
    )  # fmt: skip


def _wanted(everybody: Subquery, state: str, side: str, text: str) -> list[Any]:
    c = everybody.c
    where: list[Any] = [c.state == state] if state else []
    if side:
        where.append(c.sides.contains(f'"{side}"', autoescape=True))
    for word in text.split():
        columns = (c.name, c.department, c.division, c.location)
        where.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return where


def _everybody(tx: Tx, silent_since: datetime) -> Subquery:
    return union_all(_places(tx), _asked(tx, silent_since)).subquery("everybody")


def _places(tx: Tx) -> Select[Any]:
    p, person, cohort = t.participant, t.person, t.cohort
    outside = case(
        (person.c.home_team != "", literal("stranger")), (person.c.guest, literal("guest")), else_=literal("")
    )
    return (
        select(
            p.c.state.label("state"), person.c.user_id.label("user_id"), person.c.name.label("name"),
            cohort.c.name.label("cohort"), p.c.id.label("place"), literal("").label("invitation"),
            p.c.department.label("department"), p.c.division.label("division"), p.c.location.label("location"),
            p.c.level.label("level"), type_coerce(p.c.sides, Text).label("sides"), outside.label("outside"),
        )
        .join(person, person.c.id == p.c.person_id)
        .join(cohort, cohort.c.id == p.c.cohort_id)
        .where(p.c.team_id == tx.team, cohort.c.state == CohortState.OPEN, ~person.c.user_id.startswith(GONE))
    )  # fmt: skip


def _asked(tx: Tx, silent_since: datetime) -> Select[Any]:
    """Invitations to open cohorts of people who have not taken a place there."""
    i, p, person, cohort, roster = t.invitation, t.participant, t.person, t.cohort, t.roster
    joined = select(p.c.id).join(person, person.c.id == p.c.person_id).where(
        p.c.cohort_id == i.c.cohort_id, person.c.user_id == i.c.user_id, person.c.team_id == i.c.team_id
    )  # fmt: skip
    silent = and_(i.c.reminded_at.is_not(None), i.c.reminded_at <= silent_since)
    state = case(
        (i.c.state == InvitationState.DECLINED, literal(InvitationState.DECLINED.value)),
        (silent, literal(UNANSWERED)),
        else_=literal(Enrolment.INVITED.value),
    )
    known = and_(roster.c.team_id == i.c.team_id, roster.c.user_id == i.c.user_id)
    return (
        select(
            state.label("state"), i.c.user_id.label("user_id"), i.c.name.label("name"), cohort.c.name.label("cohort"),
            literal("").label("place"), i.c.id.label("invitation"),
            func.coalesce(roster.c.department, "").label("department"),
            func.coalesce(roster.c.division, "").label("division"),
            func.coalesce(roster.c.location, "").label("location"),
            func.coalesce(roster.c.level, 0).label("level"),
            func.coalesce(type_coerce(roster.c.sides, Text), "[]").label("sides"), literal("").label("outside"),
        )
        .join(cohort, cohort.c.id == i.c.cohort_id)
        .outerjoin(roster, known)
        .where(i.c.team_id == tx.team, cohort.c.state == CohortState.OPEN, ~joined.exists())
    )  # fmt: skip
