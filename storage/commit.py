"""Queries about commitments, and the junior's sealed answer to whether she noticed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from storage import tables as t
from storage.records.commit import (
    Commitment,
    CommitmentKind,
    CommitmentState,
    Noticed,
    Proposal,
    ProposalState,
)
from storage.sql import put
from storage.store import Tx


async def add(tx: Tx, commitment: Commitment) -> None:
    values = asdict(commitment)
    values["text"] = await tx.seal(
        commitment.owner_id, t.commitment.c.text, commitment.id, commitment.text or "", commitment.created_at
    )
    await tx.conn.execute(t.commitment.insert().values(**values))


async def get(tx: Tx, commitment_id: str) -> Commitment | None:
    return next(iter(await _commitments(tx, t.commitment.c.id == commitment_id)), None)


async def of_pair(tx: Tx, pair_id: str, *states: CommitmentState) -> list[Commitment]:
    """A pair's commitments in the given states (all, where none is given), earliest due first."""
    return await _commitments(tx, t.commitment.c.pair_id == pair_id, *_in(states))


async def of_owner(tx: Tx, owner_id: str, *states: CommitmentState) -> list[Commitment]:
    """A senior's commitments in all pairs, earliest due first."""
    return await _commitments(tx, t.commitment.c.owner_id == owner_id, *_in(states))


async def of_checkin(tx: Tx, checkin_id: str) -> Commitment | None:
    """What a senior committed to in a reflection."""
    return next(iter(await _commitments(tx, t.commitment.c.checkin_id == checkin_id)), None)


async def of_cohort(tx: Tx, cohort_id: str, *states: CommitmentState) -> list[Commitment]:
    """A cohort's commitments for counting, earliest due first; their texts are left out."""
    c = t.commitment.c
    joined = t.commitment.join(t.pair, t.pair.c.id == c.pair_id)
    query = select(t.commitment).select_from(joined).where(c.team_id == tx.team, t.pair.c.cohort_id == cohort_id)
    rows = await tx.conn.execute(query.where(*_in(states)).order_by(c.due_on, c.id))
    return [_commitment(row, None) for row in rows]


async def change(tx: Tx, commitment_id: str, before: CommitmentState, **values: Any) -> bool:
    """Change columns if the state still is `before`; False when somebody was quicker."""
    c = t.commitment.c
    where = (c.team_id == tx.team, c.id == commitment_id, c.state == before)
    return (await tx.conn.execute(update(t.commitment).where(*where).values(**values))).rowcount == 1


async def remove(tx: Tx, commitment_id: str) -> None:
    """Forget a commitment that was made by mistake."""
    c = t.commitment.c
    await tx.conn.execute(t.commitment.delete().where(c.team_id == tx.team, c.id == commitment_id))


async def save_noticed(tx: Tx, commitment_id: str, person_id: str, noticed: Noticed, now: datetime) -> None:
    """Store the junior's private answer; again replaces it."""
    sealed = await tx.seal(person_id, t.noticing.c.noticed, commitment_id, noticed, now)
    values = {"commitment_id": commitment_id, "team_id": tx.team, "person_id": person_id, "noticed": sealed}
    await put(tx, t.noticing, values, key=["commitment_id"])


async def noticed(tx: Tx, commitment_id: str, person_id: str) -> Noticed | None:
    """What the junior answered, for her own eyes."""
    c = t.noticing.c
    found = await _noticed(tx, c.commitment_id == commitment_id, c.person_id == person_id)
    return found.get(commitment_id)


async def noticed_for_release(tx: Tx, commitment_ids: Iterable[str]) -> dict[str, Noticed]:
    """Many juniors' answers at once: for the disclosure gate and for nothing else."""
    return await _noticed(tx, t.noticing.c.commitment_id.in_(set(commitment_ids)))


async def add_proposal(tx: Tx, proposal: Proposal) -> None:
    """Sealed under the junior's key, for the words are hers."""
    values = asdict(proposal)
    column = t.proposal.c.text
    values["text"] = await tx.seal(proposal.author_id, column, proposal.id, proposal.text or "", proposal.created_at)
    await tx.conn.execute(t.proposal.insert().values(**values))


async def proposal(tx: Tx, proposal_id: str) -> Proposal | None:
    return next(iter(await _proposals(tx, t.proposal.c.id == proposal_id)), None)


async def waiting_proposals(tx: Tx, pair_id: str) -> list[Proposal]:
    """What a junior suggested and the senior has not answered, oldest first."""
    c = t.proposal.c
    return await _proposals(tx, c.pair_id == pair_id, c.state == ProposalState.WAITING)


async def move_proposal(
    tx: Tx, proposal_id: str, before: ProposalState, after: ProposalState, now: datetime,
    *, commitment_id: str | None = None,
) -> bool:  # fmt: skip
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.proposal.c
    where = (c.team_id == tx.team, c.id == proposal_id, c.state == before)
    values = {"state": after, "changed_at": now, "commitment_id": commitment_id}
    return (await tx.conn.execute(update(t.proposal).where(*where).values(**values))).rowcount == 1


async def reopen_proposal(tx: Tx, commitment_id: str, now: datetime) -> None:
    """The commitment that was made of a proposal is taken back: the proposal waits again."""
    c = t.proposal.c
    values = {"state": ProposalState.WAITING, "changed_at": now, "commitment_id": None}
    await tx.conn.execute(
        update(t.proposal).where(c.team_id == tx.team, c.commitment_id == commitment_id).values(**values)
    )


async def _proposals(tx: Tx, *where: Any) -> list[Proposal]:
    c = t.proposal.c
    rows = (await tx.conn.execute(select(t.proposal).where(c.team_id == tx.team, *where).order_by(c.id))).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        Proposal(
            **{
                **row._mapping, "kind": CommitmentKind(row.kind), "state": ProposalState(row.state),
                "text": await tx.open(row.author_id, c.text, row.id, row.text),
            }
        )
        for row in rows
    ]  # fmt: skip


async def _noticed(tx: Tx, *where: Any) -> dict[str, Noticed]:
    c = t.noticing.c
    rows = (await tx.conn.execute(select(t.noticing).where(c.team_id == tx.team, *where))).all()
    await tx.load_keys(row.person_id for row in rows)
    opened = {r.commitment_id: await tx.open(r.person_id, c.noticed, r.commitment_id, r.noticed) for r in rows}
    return {key: Noticed(value) for key, value in opened.items() if value is not None}


async def _commitments(tx: Tx, *where: Any) -> list[Commitment]:
    c = t.commitment.c
    rows = (
        await tx.conn.execute(select(t.commitment).where(c.team_id == tx.team, *where).order_by(c.due_on, c.id))
    ).all()
    await tx.load_keys(row.owner_id for row in rows)
    return [_commitment(row, await tx.open(row.owner_id, c.text, row.id, row.text)) for row in rows]


def _commitment(row: Row[Any], text: str | None) -> Commitment:
    kinds = {"kind": CommitmentKind(row.kind), "state": CommitmentState(row.state), "text": text}
    return Commitment(**{**row._mapping, **kinds})


def _in(states: tuple[CommitmentState, ...]) -> list[Any]:
    return [t.commitment.c.state.in_(states)] if states else []
