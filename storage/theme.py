"""Queries about themes: which of them a cohort has, the tags that coordinators add, and what was done about each."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.commit import CommitmentState
from storage.records.enrol import Enrolment
from storage.records.meet import SessionState
from storage.records.theme import Step, Tag, ThemeStep
from storage.sql import add_all_once
from storage.store import Tx


async def fix(tx: Tx, cohort_id: str, themes: Sequence[str]) -> None:
    """Write down the themes of a cohort, once and for ever."""
    rows = [{"cohort_id": cohort_id, "theme": one, "team_id": tx.team} for one in themes]
    await add_all_once(tx, t.cohort_theme, rows, key=["cohort_id", "theme"])


async def fixed(tx: Tx, cohort_id: str) -> frozenset[str]:
    """The themes that a cohort was opened with; none where that was before they were written down."""
    c = t.cohort_theme.c
    return frozenset(await tx.conn.scalars(select(c.theme).where(c.team_id == tx.team, c.cohort_id == cohort_id)))


@remembered(t.theme_tag)
async def tags(tx: Tx) -> tuple[Tag, ...]:
    """Every tag that was ever added, oldest first."""
    c = t.theme_tag.c
    rows = await tx.conn.execute(select(t.theme_tag).where(c.team_id == tx.team).order_by(c.added_at, c.id))
    return tuple(Tag(**row._mapping) for row in rows)


async def add_tag(tx: Tx, tag: Tag) -> None:
    await tx.conn.execute(t.theme_tag.insert().values(**asdict(tag)))


async def set_retired(tx: Tx, tag_id: str, at: datetime | None) -> None:
    """Offer a tag no more in cohorts that open from now on, or offer it again."""
    c = t.theme_tag.c
    await tx.conn.execute(update(t.theme_tag).where(c.team_id == tx.team, c.id == tag_id).values(retired_at=at))


async def remove_tag(tx: Tx, tag_id: str) -> None:
    """Forget one that was added by mistake; no cohort may have it."""
    c = t.theme_tag.c
    await tx.conn.execute(t.theme_tag.delete().where(c.team_id == tx.team, c.id == tag_id))


async def in_cohorts(tx: Tx, theme: str) -> bool:
    """Whether some cohort was opened with this theme."""
    c = t.cohort_theme.c
    query = select(c.theme).where(c.team_id == tx.team, c.theme == theme).limit(1)
    return (await tx.conn.execute(query)).first() is not None


async def add_step(tx: Tx, step: Step) -> None:
    """Store it, its words sealed under its author's key."""
    c = t.theme_step.c
    words = await tx.seal(step.author_id, c.words, step.id, step.words, step.at) if step.words else None
    await tx.conn.execute(t.theme_step.insert().values(**asdict(step) | {"words": words}))


async def undo_step(tx: Tx, step_id: str, now: datetime) -> bool:
    """False when it was undone before."""
    c = t.theme_step.c
    where = (c.team_id == tx.team, c.id == step_id, c.undone_at.is_(None))
    return (await tx.conn.execute(update(t.theme_step).where(*where).values(undone_at=now))).rowcount == 1


async def step(tx: Tx, step_id: str) -> Step | None:
    return next(iter(await _steps(tx, t.theme_step.c.id == step_id)), None)


async def steps(tx: Tx, cohort_id: str) -> list[Step]:
    """Everything that was done about the themes of a cohort, oldest first, what was undone too."""
    return await _steps(tx, t.theme_step.c.cohort_id == cohort_id)


async def steps_by(tx: Tx, author_id: str) -> list[Step]:
    """What one coordinator did about themes."""
    return await _steps(tx, t.theme_step.c.author_id == author_id)


async def readers(tx: Tx, cohort_id: str, person_id: str | None = None) -> list[str]:
    """Everybody who has or had a pair in a cohort and has not left it, by person id; or that one of them."""
    p, place, person = t.pair.c, t.participant.c, t.person.c
    theirs = exists().where(
        p.team_id == tx.team, p.cohort_id == cohort_id, p.active_at.is_not(None),
        or_(p.junior_id == place.person_id, p.senior_id == place.person_id),
    )  # fmt: skip
    query = select(place.person_id).join(t.person, person.id == place.person_id).where(
        place.team_id == tx.team, place.cohort_id == cohort_id, place.state != Enrolment.LEFT,
        person.deactivated.is_(False), theirs,
    )  # fmt: skip
    if person_id is not None:
        query = query.where(place.person_id == person_id)
    return list(await tx.conn.scalars(query.order_by(place.person_id)))


async def totals(tx: Tx, cohort_id: str, since: datetime, until: datetime) -> tuple[int, int]:
    """How many sessions of a cohort began in [since, until) and were held, and how many promises were kept in it."""
    s, p, c = t.session.c, t.pair.c, t.commitment.c
    theirs = select(p.id).where(p.team_id == tx.team, p.cohort_id == cohort_id)
    held = select(func.count()).select_from(t.session).where(
        s.team_id == tx.team, s.pair_id.in_(theirs), s.state == SessionState.HELD,
        s.starts_at >= since, s.starts_at < until,
    )  # fmt: skip
    kept = select(func.count()).select_from(t.commitment).where(
        c.team_id == tx.team, c.pair_id.in_(theirs), c.state == CommitmentState.DONE,
        c.done_at >= since, c.done_at < until,
    )  # fmt: skip
    return int(await tx.conn.scalar(held) or 0), int(await tx.conn.scalar(kept) or 0)


async def _steps(tx: Tx, *where: Any) -> list[Step]:
    c = t.theme_step.c
    query = select(t.theme_step).where(c.team_id == tx.team, *where).order_by(c.at, c.id)
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        Step(
            **dict(row._mapping) | {
                "step": ThemeStep(row.step), "taken_to": row.taken_to or "",
                "words": "" if row.words is None else await tx.open(row.author_id, c.words, row.id, row.words),
            }
        )
        for row in rows
    ]  # fmt: skip
