"""Which use case does each kind of due work: one line per kind."""

from collections.abc import Awaitable, Callable, Mapping

from bot.domain.jobs import Job
from bot.services import (
    checkin,
    close,
    commit,
    credit,
    enrol,
    learn,
    leave,
    match,
    meet,
    pause,
    prepare,
    privacy,
    pulse,
    report,
    review,
    roster,
    tell,
)
from bot.services.kit import Kit
from storage.records.delivery import Due
from storage.store import Tx

Do = Callable[[Kit, Tx, Due], Awaitable[str | None]]
"""Runs inside the transaction that marks the item done; returns why, when it decided not to."""

Jobs = Mapping[Job, Do]

JOBS: dict[Job, Do] = {
    Job.NO_MATCH_YET: enrol.do_no_match_yet,
    Job.REMIND_INVITATION: enrol.do_remind_invitation,
    Job.SYNC: enrol.do_sync,
    Job.MATCH_RUN: match.do_match_run,
    Job.ASK_JUNIOR: match.do_ask_junior,
    Job.ASK_SENIOR: match.do_ask_senior,
    Job.START_PAIR: match.do_start_pair,
    Job.REMIND_PROPOSAL: match.do_remind_proposal,
    Job.EXPIRE_PROPOSAL: match.do_expire_proposal,
    Job.TELL_DECLINED: match.do_tell_declined,
    Job.FIRST_CONTACT: match.do_first_contact,
    Job.ICEBREAKERS: prepare.send_icebreakers,
    Job.AGENDA: prepare.send_agenda,
    Job.CONTRACT_REVIEW: prepare.do_review,
    Job.LESSON: learn.do_send,
    Job.REMINDER: meet.do_remind,
    Job.DID_YOU_MEET: meet.do_ask,
    Job.SESSION_UNKNOWN: meet.do_unknown,
    Job.NEXT_MISSING: meet.do_missing,
    Job.REMIND_OFFER: meet.do_remind_offer,
    Job.OFFER_LAPSES: meet.do_lapse,
    Job.CALENDAR_GONE: meet.do_calendar_gone,
    Job.CHECKIN: checkin.do_ask,
    Job.REMIND_CHECKIN: checkin.do_remind,
    Job.CLOSE_CHECKIN: checkin.do_close,
    Job.PROMISE_PASSED: checkin.do_look,
    Job.MIDPOINT: review.do_ask_midpoint,
    Job.END_SURVEY: review.do_ask_end,
    Job.OUTCOMES: review.do_ask_later,
    Job.REMIND_REVIEW: review.do_remind,
    Job.CLOSE_REVIEW: review.do_close,
    Job.PULSE_ROUND: pulse.do_round,
    Job.PULSE: pulse.do_ask,
    Job.CREDIT_ROUND: credit.do_round,
    Job.CREDIT: credit.do_ask,
    Job.COMMITMENT_DUE: commit.do_due,
    Job.ASK_NOTICED: commit.do_ask_noticed,
    Job.PAUSE_SETTLES: pause.do_settle,
    Job.PAUSE_ENDS: pause.do_end,
    Job.FIT: match.do_fit,
    Job.FIT_HELP: match.do_fit_help,
    Job.LEAVE: leave.do_leave,
    Job.PART: leave.do_part,
    Job.LOOK_AT_LINES: leave.do_look_at_lines,
    Job.CROSSED_OUT: leave.do_crossed_out,
    Job.WRAP_UP: close.do_look,
    Job.LATE_LETTER: privacy.do_late_letter,
    Job.EXPORT_GONE: privacy.do_export_gone,
    Job.RETENTION: privacy.do_retention,
    Job.ROSTER_FORGET: roster.do_forget,
    Job.NUDGE: tell.do_nudge,
    Job.ANNOUNCE: tell.do_announce,
    Job.DIGEST: report.do_digest,
    Job.FLAGS: report.do_flags,
}
