"""Queries about people who were asked to take part."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.enrol import Enrolment, Invitation, InvitationState
from storage.records.programme import CohortState
from storage.sql import add_all_once
from storage.store import Tx

_BATCH = 500


async def add_invitations(tx: Tx, made: Sequence[Invitation]) -> None:
    """Store invitations; whoever was asked to the same cohort before stays as they are."""
    await add_all_once(tx, t.invitation, [asdict(one) for one in made], key=["cohort_id", "user_id"])


async def invitation(tx: Tx, invitation_id: str) -> Invitation | None:
    return await _first(tx, t.invitation.c.id == invitation_id)


async def invitation_of(tx: Tx, user_id: str, cohort_id: str) -> Invitation | None:
    """The one that asked a Slack account to a cohort."""
    return await _first(tx, t.invitation.c.user_id == user_id, t.invitation.c.cohort_id == cohort_id)


async def invitations_to(tx: Tx, cohort_id: str, user_ids: Collection[str]) -> dict[str, Invitation]:
    """Those of these Slack accounts that were asked to a cohort, by account."""
    wanted, found = sorted(user_ids), {}
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        for one in await _all(tx, t.invitation.c.cohort_id == cohort_id, t.invitation.c.user_id.in_(some)):
            found[one.user_id] = one
    return found


async def invited(tx: Tx, cohort_id: str) -> set[str]:
    """Every Slack account that was asked to a cohort."""
    c = t.invitation.c
    query = select(c.user_id).where(c.team_id == tx.team, c.cohort_id == cohort_id)
    return {row.user_id for row in await tx.conn.execute(query)}


@remembered(t.invitation)
async def invited_person(tx: Tx, user_id: str) -> Invitation | None:
    """The newest invitation of an account: what is known of somebody who takes part in nothing yet."""
    found = await _all(tx, t.invitation.c.user_id == user_id)
    return max(found, key=lambda one: one.at, default=None)


async def taking_part(tx: Tx) -> set[str]:
    """The Slack accounts of everybody who takes part in a cohort that is open."""
    query = select(t.person.c.user_id).join(t.participant, t.participant.c.person_id == t.person.c.id)
    query = query.join(t.cohort, t.cohort.c.id == t.participant.c.cohort_id).where(
        t.participant.c.team_id == tx.team,
        t.participant.c.state.not_in((Enrolment.LEFT, Enrolment.FINISHED)),
        t.cohort.c.state == CohortState.OPEN,
    )
    return {row.user_id for row in await tx.conn.execute(query.distinct())}


async def set_invitation(tx: Tx, invitation_id: str, before: InvitationState, **values: Any) -> bool:
    """Change one that is still in a state; False when somebody was quicker."""
    c = t.invitation.c
    where = (c.team_id == tx.team, c.id == invitation_id, c.state == before)
    return (await tx.conn.execute(update(t.invitation).where(*where).values(**values))).rowcount == 1


async def _first(tx: Tx, *where: Any) -> Invitation | None:
    return next(iter(await _all(tx, *where)), None)


async def _all(tx: Tx, *where: Any) -> list[Invitation]:
    rows = await tx.conn.execute(select(t.invitation).where(t.invitation.c.team_id == tx.team, *where))
    return [Invitation(**{**row._mapping, "state": InvitationState(row.state)}) for row in rows]
