"""Queries about themes: which of them a cohort has, the tags that coordinators add, and what was done about each."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, distinct, exists, func, or_, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.commit import CommitmentState
from storage.records.enrol import Enrolment
from storage.records.meet import SessionState
from storage.records.privacy import Sent
from storage.records.theme import Count, Step, Tag, ThemeStep, Totals
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


async def readers(tx: Tx, cohort_id: str) -> list[str]:
    """Everybody who has or had a pair in a cohort and has not left it, by person id."""
    p, place, person = t.pair.c, t.participant.c, t.person.c
    theirs = exists().where(
        p.team_id == tx.team, p.cohort_id == cohort_id, p.active_at.is_not(None),
        or_(p.junior_id == place.person_id, p.senior_id == place.person_id),
    )  # fmt: skip
    query = select(place.person_id).join(t.person, person.id == place.person_id).where(
        place.team_id == tx.team, place.cohort_id == cohort_id, place.state != Enrolment.LEFT,
        person.deactivated.is_(False), theirs,
    )  # fmt: skip
    return list(await tx.conn.scalars(query.order_by(place.person_id)))


async def read_by(tx: Tx, person_id: str) -> list[str]:
    """The cohorts in which somebody has or had a pair and which they have not left, by id, the oldest first."""
    p, place = t.pair.c, t.participant.c
    query = select(place.cohort_id).where(
        place.team_id == tx.team, place.person_id == person_id, place.state != Enrolment.LEFT,
        exists().where(
            p.team_id == tx.team, p.cohort_id == place.cohort_id, p.active_at.is_not(None),
            or_(p.junior_id == place.person_id, p.senior_id == place.person_id),
        ),
    )  # fmt: skip
    return list(await tx.conn.scalars(query.order_by(place.cohort_id)))


async def totals(tx: Tx, cohort_id: str, since: datetime, until: datetime) -> Totals:
    """What took place in a cohort in [since, until): sessions that began and were held, promises kept, ripples."""
    s, c, r = t.session.c, t.commitment.c, t.ripple.c
    held = (t.session, s.state == SessionState.HELD, s.starts_at >= since, s.starts_at < until)
    kept = (t.commitment, c.state == CommitmentState.DONE, c.done_at >= since, c.done_at < until)
    logged = (t.ripple, r.at >= since, r.at < until)
    return Totals(*[await _counted(tx, cohort_id, *one) for one in (held, kept, logged)])


async def _counted(tx: Tx, cohort_id: str, table: Table, *where: Any) -> Count:
    p, c = t.pair.c, table.c
    theirs = select(p.id).where(p.team_id == tx.team, p.cohort_id == cohort_id)
    query = select(func.count().label("n"), func.count(distinct(c.pair_id)).label("pairs")).select_from(table)
    row = (await tx.conn.execute(query.where(c.team_id == tx.team, c.pair_id.in_(theirs), *where))).one()
    return Count(row.n, row.pairs)


async def notes(tx: Tx, kind: str, cohort_id: str, month: str) -> list[Sent]:
    """The monthly notes in Slack that have a part about a cohort; those of earlier versions are about one alone."""
    c = t.outbox.c
    starts = [f"{kind}:{month}:", f"{kind}:{cohort_id}:{month}:"]
    keyed = or_(*[and_(c.key >= start, c.key < f"{start[:-1]};") for start in starts])
    query = select(c.channel, c.ts, c.params).where(c.team_id == tx.team, c.kind == kind, keyed, c.ts.is_not(None))
    rows = await tx.conn.execute(query.where(c.channel.is_not(None)))
    return [
        Sent(row.channel, row.ts)
        for row in rows
        if cohort_id in (row.params.get("cohort"), *row.params.get("cohorts", "").split(","))
    ]


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
