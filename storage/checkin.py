"""Queries about check-ins: where each stands, the junior's sealed answers, the senior's reflection."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update

from storage import learner
from storage import tables as t
from storage.memo import remembered
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Learner, Question, Reflection
from storage.records.delivery import LetterState
from storage.records.enrol import Side
from storage.sql import add_once, put
from storage.store import Tx

UNANSWERED = (CheckinState.DUE, CheckinState.SENT)
"""Waiting for the person; a skipped one waits no longer, though it can still be answered."""


async def add(tx: Tx, checkin: Checkin) -> bool:
    """Store a check-in; False when this person has one for this session already."""
    return await add_once(tx, t.checkin, asdict(checkin), key=["session_id", "person_id"])


@remembered(t.checkin)
async def get(tx: Tx, checkin_id: str) -> Checkin | None:
    return next(iter(await _checkins(tx, t.checkin.c.id == checkin_id)), None)


async def of_session(tx: Tx, session_id: str, person_id: str) -> Checkin | None:
    c = t.checkin.c
    return next(iter(await _checkins(tx, c.session_id == session_id, c.person_id == person_id)), None)


async def open_of_person(tx: Tx, person_id: str, now: datetime) -> list[Checkin]:
    """Check-ins and reflections that wait for the person, oldest first."""
    c = t.checkin.c
    return await _checkins(tx, c.person_id == person_id, c.state.in_(UNANSWERED), c.closes_at > now)


async def editable_of_person(tx: Tx, person_id: str, now: datetime) -> list[Checkin]:
    """All that the person may still answer or change, oldest first."""
    c = t.checkin.c
    return await _checkins(tx, c.person_id == person_id, c.state != CheckinState.EXPIRED, c.closes_at > now)


async def of_pair(tx: Tx, pair_id: str, person_id: str) -> list[Checkin]:
    """One person's check-ins of a pair, oldest first."""
    c = t.checkin.c
    return await _checkins(tx, c.pair_id == pair_id, c.person_id == person_id)


async def last_answered(tx: Tx, pair_id: str, person_id: str, *, but: str | None = None) -> Checkin | None:
    """The newest answered check-in of a person in a pair, leaving out the one with the id `but`."""
    answered = [c for c in await of_pair(tx, pair_id, person_id) if c.state is CheckinState.ANSWERED and c.id != but]
    return answered[-1] if answered else None


async def move(tx: Tx, checkin_id: str, before: Sequence[CheckinState], after: CheckinState, **values: Any) -> bool:
    """Change the state if it still is one of `before`; False when somebody was quicker."""
    c = t.checkin.c
    where = (c.team_id == tx.team, c.id == checkin_id, c.state.in_(before))
    done = await tx.conn.execute(update(t.checkin).where(*where).values(state=after, **values))
    return done.rowcount == 1


async def keep_open(tx: Tx, checkin_id: str, until: datetime) -> None:
    """Let answers be changed until a later moment; never an earlier one."""
    c = t.checkin.c
    where = (c.team_id == tx.team, c.id == checkin_id, c.closes_at < until)
    await tx.conn.execute(update(t.checkin).where(*where).values(closes_at=until))


async def forget_session(tx: Tx, session_id: str) -> bool:
    """Remove the check-ins of a session that was not held after all; False, and nothing done, when one is answered."""
    c = t.checkin.c
    about = (c.team_id == tx.team, c.session_id == session_id)
    answered = select(c.id).where(*about, c.state == CheckinState.ANSWERED)
    if (await tx.conn.execute(answered)).first() is not None:
        return False
    await tx.conn.execute(t.checkin.delete().where(*about))
    return True


async def save_sheet(tx: Tx, checkin: Checkin, sheet: AnswerSheet, now: datetime) -> None:
    """Store a junior's answers, one row per question; the same question again replaces what was there."""
    for answer in sheet.answers:
        row_id = _answer_id(checkin.id, answer.question)
        content = json.dumps(
            {"option": answer.option, "example": answer.example, "by_when": _iso(answer.by_when)}, ensure_ascii=False
        )
        sealed = await tx.seal(checkin.person_id, t.answer.c.content, row_id, content, now)
        values = {"checkin_id": checkin.id, "question": answer.question, "team_id": tx.team, "content": sealed}
        await put(tx, t.answer, values, key=["checkin_id", "question"])
    if sheet.learner is not None:
        await learner.save(tx, checkin.pair_id, checkin.session_id, checkin.person_id, sheet.learner, now)
    extra = json.dumps({"learner": None, "themes": list(sheet.themes)}, ensure_ascii=False)
    sealed = await tx.seal(checkin.person_id, t.checkin.c.extra, checkin.id, extra, now)
    where = (t.checkin.c.team_id == tx.team, t.checkin.c.id == checkin.id)
    await tx.conn.execute(update(t.checkin).where(*where).values(extra=sealed))


async def sheet(tx: Tx, checkin: Checkin) -> AnswerSheet | None:
    """What the junior answered, for her own eyes; None before the first answer and after an erasure."""
    return (await _sheets(tx, [checkin])).get(checkin.id)


async def sheets(tx: Tx, pair_id: str, person_id: str) -> list[tuple[Checkin, AnswerSheet]]:
    """Every answered sheet of a junior in a pair, oldest first, for her own eyes."""
    own = await of_pair(tx, pair_id, person_id)
    found = await _sheets(tx, own)
    return [(c, found[c.id]) for c in own if c.id in found]


async def any_answered(tx: Tx, person_id: str) -> bool:
    """Whether answers of this junior are still kept, in whichever pair."""
    c = t.checkin.c
    where = (c.team_id == tx.team, c.person_id == person_id, t.answer.c.checkin_id == c.id)
    return (await tx.conn.execute(select(c.id).where(*where).limit(1))).first() is not None


async def options_for_release(tx: Tx, checkin_ids: Iterable[str]) -> dict[str, dict[Question, str]]:
    """The chosen options of many juniors at once: for the disclosure gate and for nothing else."""
    c = t.answer.c
    joined = t.answer.join(t.checkin, t.checkin.c.id == c.checkin_id)
    query = select(c.checkin_id, t.checkin.c.person_id, c.question, c.content).select_from(joined)
    rows = (await tx.conn.execute(query.where(c.team_id == tx.team, c.checkin_id.in_(set(checkin_ids))))).all()
    await tx.load_keys(row.person_id for row in rows)
    found: dict[str, dict[Question, str]] = {}
    for row in rows:
        question = Question(row.question)
        content = await tx.open(row.person_id, c.content, _answer_id(row.checkin_id, question), row.content)
        if content is not None:
            found.setdefault(row.checkin_id, {})[question] = json.loads(content)["option"]
    return found


async def themes_for_release(tx: Tx, checkin_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The themes that many juniors named: for the disclosure gate and for nothing else."""
    c = t.checkin.c
    query = select(c.id, c.person_id, c.extra).where(c.team_id == tx.team, c.id.in_(set(checkin_ids)))
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.person_id for row in rows)
    opened = {row.id: await tx.open(row.person_id, c.extra, row.id, row.extra) for row in rows}
    return {key: tuple(json.loads(extra or "{}").get("themes", ())) for key, extra in opened.items()}


async def save_reflection(tx: Tx, reflection: Reflection) -> None:
    """Store what a senior takes away, empty or not; again replaces it."""
    values = asdict(reflection) | {"team_id": tx.team}
    values["learned"] = await tx.seal(
        reflection.person_id, t.reflection.c.learned, reflection.checkin_id, reflection.learned or "", reflection.at
    )
    await put(tx, t.reflection, values, key=["checkin_id"])


async def reflection(tx: Tx, checkin_id: str) -> Reflection | None:
    """A senior's own reflection."""
    return next(iter(await _reflections(tx, t.reflection.c.checkin_id == checkin_id)), None)


async def shared_of_pair(tx: Tx, pair_id: str) -> list[Reflection]:
    """What the senior of a pair wrote and lets the junior see, newest first."""
    found = await _reflections(tx, t.checkin.c.pair_id == pair_id, t.reflection.c.shared)
    return [r for r in found if r.learned][::-1]


async def _checkins(tx: Tx, *where: Any) -> list[Checkin]:
    c = t.checkin.c
    columns = [column for column in c if column is not c.extra]
    query = select(*columns).where(c.team_id == tx.team, *where).order_by(c.due_at, c.id)
    return [_checkin(row) for row in await tx.conn.execute(query)]


def _checkin(row: Row[Any]) -> Checkin:
    return Checkin(**{**row._mapping, "side": Side(row.side), "state": CheckinState(row.state)})


async def _sheets(tx: Tx, checkins: Sequence[Checkin]) -> dict[str, AnswerSheet]:
    """The sheets by check-in id; what its owner's erasure made unreadable is left out."""
    await tx.load_keys(c.person_id for c in checkins)
    owners = {c.id: c.person_id for c in checkins}
    c = t.answer.c
    rows = await tx.conn.execute(select(t.answer).where(c.team_id == tx.team, c.checkin_id.in_(owners)))
    answers: dict[str, dict[Question, Answer]] = {}
    for row in rows:
        question = Question(row.question)
        row_id = _answer_id(row.checkin_id, question)
        content = await tx.open(owners[row.checkin_id], c.content, row_id, row.content)
        if content is not None:
            answers.setdefault(row.checkin_id, {})[question] = _answer(question, json.loads(content))
    extras = await _extras(tx, [one for one in checkins if one.id in answers])
    return {
        key: AnswerSheet(tuple(given[q] for q in Question if q in given), *extras[key])
        for key, given in answers.items()
    }


async def _extras(tx: Tx, checkins: Sequence[Checkin]) -> dict[str, tuple[Learner | None, tuple[str, ...]]]:
    """Who was learning, which has a table of its own, or stands here from before it had; and the themes."""
    c = t.checkin.c
    known = {one.id: one for one in checkins}
    said = await learner.of_sessions(tx, [(one.session_id, one.person_id) for one in checkins])
    found: dict[str, tuple[Learner | None, tuple[str, ...]]] = {}
    for row in await tx.conn.execute(select(c.id, c.extra).where(c.team_id == tx.team, c.id.in_(known))):
        mine = known[row.id]
        extra = json.loads(await tx.open(mine.person_id, c.extra, row.id, row.extra) or "{}")
        before = extra.get("learner")
        now = said.get((mine.session_id, mine.person_id)) or (Learner(before) if before else None)
        found[row.id] = (now, tuple(extra.get("themes", ())))
    return found


def _answer(question: Question, content: dict[str, Any]) -> Answer:
    by_when = content["by_when"]
    return Answer(question, content["option"], content["example"], date.fromisoformat(by_when) if by_when else None)


def _answer_id(checkin_id: str, question: Question) -> str:
    return f"{checkin_id}:{question}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


async def _reflections(tx: Tx, *where: Any) -> list[Reflection]:
    c = t.reflection.c
    joined = t.reflection.join(t.checkin, t.checkin.c.id == c.checkin_id)
    query = select(t.reflection).select_from(joined).where(c.team_id == tx.team, *where).order_by(t.checkin.c.due_at)
    found = []
    for row in (await tx.conn.execute(query)).all():
        learned = await tx.open(row.person_id, c.learned, row.checkin_id, row.learned)
        found.append(Reflection(row.checkin_id, row.person_id, learned or None, row.shared, row.at))
    return found


async def invitations_sent(tx: Tx, checkin_id: str, to: str, kinds: Collection[str]) -> list[tuple[str, str]]:
    """Conversation and `ts` of the messages of these kinds that asked somebody about a check-in."""
    c = t.outbox.c
    mine = (c.team_id == tx.team, c.to == to, c.kind.in_(set(kinds)), c.state == LetterState.SENT.value)
    rows = await tx.conn.execute(select(c.channel, c.ts, c.params).where(*mine).order_by(c.id))
    return [(row.channel, row.ts) for row in rows if row.ts and row.params.get("checkin") == checkin_id]
