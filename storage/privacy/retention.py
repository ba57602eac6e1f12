"""What the passing of time takes: texts first, then personal rows, then what the machinery remembers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from storage import tables as t
from storage.records.delivery import DueState, LetterState
from storage.records.enrol import Enrolment
from storage.records.report import FigureKind
from storage.records.review import ReviewKind
from storage.store import Tx
from storage.types import REMOVED

_OF_PAIR: dict[Table, dict[str, Any]] = {
    t.agenda_line: {"text": REMOVED},
    t.icebreaker_answer: {"text": REMOVED},
    t.contract_line: {"text": REMOVED},
    t.session: {"place": REMOVED},
    t.session_offer: {"place": REMOVED},
    t.commitment: {"text": REMOVED},
    t.proposal: {"text": REMOVED},
    t.introduction: {"to_user": "", "whom": REMOVED, "why": REMOVED, "line": REMOVED},
    t.checkin: {"extra": None},
    t.leaving: {"note": None, "reason": None},
    t.fit: {"answer": None, "wants": None},
    t.ripple: {"line": None},
    t.statement: {"text": REMOVED, "note": REMOVED},
    t.quote: {"text": REMOVED},
    t.pulse: {"taps": None},
}
"""Texts in rows of a cohort's pairs, and what is put in their place."""

_BEFORE_IT_ENDED = (ReviewKind.MIDPOINT.value, ReviewKind.END.value)
"""What came of it is asked about as late as texts go: those answers have no free words, and go with the rows."""
_OF_CHECKIN = (t.answer, t.reflection)
_ASKED_LATE = tuple(kind.value for kind in FigureKind if kind.startswith("later"))
"""Their answers stay until the rows go, and are counted when the texts are gone already."""
_CHILDREN = (
    t.intro_answer, t.intro_outcome, t.introduction,
    t.wrap_up, t.staying, t.statement, t.quote, t.ripple,
    t.pulse, t.learner,
    t.ask_offer, t.fit, t.closing_word, t.crossing, t.leaving, t.proposal, t.commitment, t.checkin, t.agenda_line,
    t.icebreaker_use,
    t.icebreaker_answer, t.early_topics, t.contract_agreement, t.contract_line, t.contract,
    t.session_offer, t.rhythm, t.review, t.session,
)  # fmt: skip
"""Rows of pairs, in the order in which they can go."""


async def forget_texts(tx: Tx, cohort_ids: Collection[str]) -> None:
    """Take away every free text and answer of these cohorts; what was published stays."""
    pairs = _pairs(tx, cohort_ids)
    for table, values in _OF_PAIR.items():
        where = (table.c.team_id == tx.team, table.c.pair_id.in_(pairs))
        await tx.conn.execute(update(table).where(*where).values(**values))
    await _drop_answers(tx, cohort_ids)
    await _drop_urns(tx, cohort_ids, t.urn.c.kind.not_in(_ASKED_LATE))
    asked = t.review.c
    looks_back = (asked.team_id == tx.team, asked.pair_id.in_(pairs), asked.kind.in_(_BEFORE_IT_ENDED))
    await tx.conn.execute(update(t.review).where(*looks_back).values(answers=None))
    told = t.announcement.c
    words = (told.team_id == tx.team, told.cohort_id.in_(cohort_ids))
    await tx.conn.execute(update(t.announcement).where(*words).values(text=REMOVED))
    c = t.participant.c
    places = update(t.participant).where(c.team_id == tx.team, c.cohort_id.in_(cohort_ids))
    await tx.conn.execute(places.values(share=None, learn=None))
    await _drop(tx, t.invitation, t.invitation.c.cohort_id.in_(cohort_ids))
    over = (Enrolment.LEFT.value, Enrolment.FINISHED.value)
    here = select(c.person_id).where(c.team_id == tx.team, c.state.not_in(over))
    await _drop(tx, t.confided, t.confided.c.person_id.not_in(here))


async def forget_steps(tx: Tx, cohort_ids: Collection[str], before: datetime) -> None:
    """Take away what coordinators wrote about themes of these cohorts before a moment; that they did it stays."""
    c = t.theme_step.c
    written = (c.team_id == tx.team, c.cohort_id.in_(cohort_ids), c.words.is_not(None), c.at < before)
    await tx.conn.execute(update(t.theme_step).where(*written).values(words=REMOVED))


async def forget_people(tx: Tx, cohort_ids: Collection[str]) -> list[tuple[str, str]]:
    """Delete the personal rows of these cohorts; tells Slack id and our id of those who are in no cohort any more."""
    pairs = _pairs(tx, cohort_ids)
    await _drop_answers(tx, cohort_ids)
    await _drop_urns(tx, cohort_ids)
    sessions = select(t.session.c.id).where(t.session.c.team_id == tx.team, t.session.c.pair_id.in_(pairs))
    await _drop(tx, t.session_report, t.session_report.c.session_id.in_(sessions))
    for table in _CHILDREN:
        await _drop(tx, table, table.c.pair_id.in_(pairs))
    await _drop_runs(tx, cohort_ids)
    await _drop(tx, t.announcement, t.announcement.c.cohort_id.in_(cohort_ids))
    await _drop(tx, t.volunteer, t.volunteer.c.cohort_id.in_(cohort_ids))
    await _drop_nudges(tx, t.nudge.c.pair_id.in_(pairs))
    await _drop(tx, t.pair, t.pair.c.cohort_id.in_(cohort_ids))
    await _drop(tx, t.participant, t.participant.c.cohort_id.in_(cohort_ids))
    step = t.theme_step.c
    taken = update(t.theme_step).where(step.team_id == tx.team, step.cohort_id.in_(cohort_ids))
    await tx.conn.execute(taken.values(taken_to=""))
    return await _nowhere(tx)


async def forget_old(tx: Tx, before: datetime) -> None:
    """Drop letters, work and audit lines that ended before a moment. Keys as old as that are never asked for again."""
    over = (LetterState.SENT.value, LetterState.SKIPPED.value, LetterState.DEAD.value)
    await _drop(tx, t.outbox, t.outbox.c.due_at < before, t.outbox.c.state.in_(over))
    await _drop(tx, t.due, t.due.c.due_at < before, t.due.c.state != DueState.PENDING.value)
    await _drop(tx, t.audit, t.audit.c.at < before)
    await _drop(tx, t.cohort_wish, t.cohort_wish.c.at < before)
    await _drop(tx, t.help_request, t.help_request.c.at < before)
    await _drop(tx, t.prompted, t.prompted.c.at < before)
    await _drop(tx, t.credit, t.credit.c.asked_at < before)
    await _drop_nudges(tx, t.nudge.c.at < before)
    await _drop(tx, t.export_file, t.export_file.c.gone_at < before)
    await _drop(tx, t.calendar_file, t.calendar_file.c.gone_at < before)
    await _drop(tx, t.paper_file, t.paper_file.c.asked_at < before)


async def _drop_answers(tx: Tx, cohort_ids: Collection[str]) -> None:
    pairs = _pairs(tx, cohort_ids)
    checkins = select(t.checkin.c.id).where(t.checkin.c.team_id == tx.team, t.checkin.c.pair_id.in_(pairs))
    for table in _OF_CHECKIN:
        await _drop(tx, table, table.c.checkin_id.in_(checkins))
    await _drop(tx, t.ask_offer, t.ask_offer.c.pair_id.in_(pairs))
    promises = select(t.commitment.c.id).where(t.commitment.c.team_id == tx.team, t.commitment.c.pair_id.in_(pairs))
    await _drop(tx, t.noticing, t.noticing.c.commitment_id.in_(promises))
    await _drop(tx, t.learner, t.learner.c.pair_id.in_(pairs))
    for table in (t.intro_answer, t.intro_outcome):
        await _drop(tx, table, table.c.pair_id.in_(pairs))


async def _drop_urns(tx: Tx, cohort_ids: Collection[str], *which: ColumnElement[bool]) -> None:
    """Urns whose answers go. One that a figure was drawn from stays without them, as long as its people do: they are
    in no closing figure of another cohort, for of two that count the same people but one the two would tell that one's
    answer."""
    u, r = t.urn.c, t.release.c
    same = (r.team_id == u.team_id, r.cohort_id == u.cohort_id, r.kind == u.kind)
    drawn = select(r.id).where(*same).correlate(t.urn)
    await _drop(tx, t.urn, u.cohort_id.in_(cohort_ids), ~drawn.exists(), *which)


async def _drop_runs(tx: Tx, cohort_ids: Collection[str]) -> None:
    runs = select(t.match_run.c.id).where(t.match_run.c.team_id == tx.team, t.match_run.c.cohort_id.in_(cohort_ids))
    await _drop(tx, t.match_unmatched, t.match_unmatched.c.run_id.in_(runs))
    for table in (t.match_suggestion, t.match_run):
        await _drop(tx, table, table.c.cohort_id.in_(cohort_ids))


async def _drop_nudges(tx: Tx, which: Any) -> None:
    """Nudges with the rows of whom they went to."""
    ids = select(t.nudge.c.id).where(t.nudge.c.team_id == tx.team, which)
    await _drop(tx, t.nudged, t.nudged.c.nudge_id.in_(ids))
    await _drop(tx, t.nudge, which)


async def _drop(tx: Tx, table: Table, *where: Any) -> None:
    await tx.conn.execute(delete(table).where(table.c.team_id == tx.team, *where))


async def _nowhere(tx: Tx) -> list[tuple[str, str]]:
    """People in no cohort and with no role, to whom no theme was taken, whose name is still there."""
    p, settings = t.person.c, t.programme.c
    places = select(t.participant.c.person_id).where(t.participant.c.team_id == tx.team)
    roles = select(t.coordinator.c.user_id).where(t.coordinator.c.team_id == tx.team)
    taken = select(t.theme_step.c.taken_to).where(
        t.theme_step.c.team_id == tx.team, t.theme_step.c.taken_to.is_not(None)
    )
    named = select(settings.team_id).where(
        settings.team_id == tx.team,
        or_(settings.findings_owner == p.user_id, settings.safe_contact_1 == p.user_id,
            settings.safe_contact_2 == p.user_id),
    )  # fmt: skip
    query = select(p.user_id, p.id).where(
        p.team_id == tx.team, p.name != "", p.id.not_in(places), p.user_id.not_in(roles), p.user_id.not_in(taken),
        ~named.exists(),
    )  # fmt: skip
    return [(row.user_id, row.id) for row in await tx.conn.execute(query)]


def _pairs(tx: Tx, cohort_ids: Collection[str]) -> Any:
    return select(t.pair.c.id).where(t.pair.c.team_id == tx.team, t.pair.c.cohort_id.in_(cohort_ids))
