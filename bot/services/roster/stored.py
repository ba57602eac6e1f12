"""What is kept of a check and of what a saving replaced, as typed values: nothing else gets in or out."""

import asyncio
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot.domain.roster import Result, Saved, Undone
from storage import roster
from storage.records.roster import Draft, DraftState, Listed, Part
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Before:
    """What a saving replaced: people by Slack id (None: they were not on the list), lines as (before, after)."""

    people: dict[str, Listed | None]
    lines: dict[str, tuple[str | None, str]]


_RESULT = TypeAdapter(Result)
_BEFORE = TypeAdapter(Before)
_SAVED, _UNDONE = TypeAdapter(Saved), TypeAdapter(Undone)


def written(result: Result) -> str:
    return _RESULT.dump_json(result).decode()


def written_before(before: Before) -> str:
    return _BEFORE.dump_json(before).decode()


def written_done(done: Saved | Undone) -> str:
    return (_SAVED.dump_json(done) if isinstance(done, Saved) else _UNDONE.dump_json(done)).decode()


async def done_of(tx: Tx, draft: Draft) -> Saved | Undone | None:
    """What saving or taking back did; None once that has been forgotten."""
    kept = await roster.kept(tx, draft, Part.DONE)
    if not kept:
        return None
    return _SAVED.validate_json(kept) if draft.state is DraftState.SAVED else _UNDONE.validate_json(kept)


async def result_of(tx: Tx, draft: Draft) -> Result | None:
    """What the check found; None while it is not done."""
    if draft.state not in (DraftState.CHECKED, DraftState.SAVING):
        return None
    kept = await roster.kept(tx, draft, Part.RESULT)
    return await asyncio.to_thread(_RESULT.validate_json, kept) if kept else None


async def before_of(tx: Tx, draft: Draft) -> Before | None:
    """What its saving replaced; None once that has been forgotten."""
    kept = await roster.kept(tx, draft, Part.BEFORE)
    if not kept:
        return None
    before = await asyncio.to_thread(_BEFORE.validate_json, kept)
    return replace(before, people={user: _of_team(tx, one) for user, one in before.people.items()})


def _of_team(tx: Tx, one: Listed | None) -> Listed | None:
    return replace(one, team_id=tx.team) if one is not None else None
