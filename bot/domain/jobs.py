"""Every kind of work that becomes due, and how long it stays worth doing.

One registry for the code and the documents: a test holds `docs/jobs.md` and the schedule's table against it.
"""

from datetime import timedelta
from enum import StrEnum


class Job(StrEnum):
    """The name stored in a due row; `step.what`."""

    NO_MATCH_YET = "enrol.no_match_yet"
    REMIND_INVITATION = "enrol.remind_invitation"
    SYNC = "enrol.sync"
    MATCH_RUN = "match.run"
    ASK_JUNIOR = "match.ask_junior"
    ASK_SENIOR = "match.ask_senior"
    START_PAIR = "match.start_pair"
    REMIND_PROPOSAL = "match.remind_proposal"
    EXPIRE_PROPOSAL = "match.expire_proposal"
    TELL_DECLINED = "match.tell_declined"
    FIRST_CONTACT = "match.first_contact"
    ICEBREAKERS = "prepare.icebreakers"
    AGENDA = "prepare.agenda"
    CONTRACT_REVIEW = "prepare.contract_review"
    LESSON = "learn.lesson"
    REMINDER = "meet.reminder"
    DID_YOU_MEET = "meet.did_you_meet"
    SESSION_UNKNOWN = "meet.session_unknown"
    NEXT_MISSING = "meet.next_missing"
    REMIND_OFFER = "meet.remind_offer"
    OFFER_LAPSES = "meet.offer_lapses"
    CALENDAR_GONE = "meet.calendar_gone"
    CHECKIN = "checkin.ask"
    REMIND_CHECKIN = "checkin.remind"
    CLOSE_CHECKIN = "checkin.close"
    PROMISE_PASSED = "checkin.promise_passed"
    MIDPOINT = "review.midpoint"
    END_SURVEY = "review.end"
    OUTCOMES = "review.later"
    REMIND_REVIEW = "review.remind"
    CLOSE_REVIEW = "review.close"
    PULSE_ROUND = "pulse.round"
    PULSE = "pulse.ask"
    CREDIT_ROUND = "credit.round"
    CREDIT = "credit.ask"
    COMMITMENT_DUE = "commit.due"
    ASK_NOTICED = "commit.ask_noticed"
    INTRO_TELL = "intro.tell"
    INTRO_REMIND = "intro.remind"
    INTRO_LAPSE = "intro.lapse"
    INTRO_DUE = "intro.due"
    ASK_TALKED = "intro.ask_talked"
    PAUSE_SETTLES = "pause.settle"
    PAUSE_ENDS = "pause.end"
    FIT = "match.fit"
    FIT_HELP = "match.fit_help"
    LEAVE = "leave.do"
    PART = "leave.part"
    LOOK_AT_LINES = "leave.look_at_lines"
    CROSSED_OUT = "leave.crossed_out"
    WRAP_UP = "close.look"
    LATE_LETTER = "privacy.late_letter"
    EXPORT_GONE = "privacy.export_gone"
    RETENTION = "privacy.retention"
    ROSTER_FORGET = "roster.forget"
    NUDGE = "tell.nudge"
    ANNOUNCE = "tell.announce"
    DIGEST = "report.digest"
    FLAGS = "report.flags"
    TELL_TAKEN = "theme.tell_taken"
    THEME_ROUND = "theme.round"
    THEME_NOTE = "theme.note"


STALE: dict[Job, timedelta | None] = {
    Job.NO_MATCH_YET: timedelta(days=3),
    Job.REMIND_INVITATION: timedelta(days=5),
    Job.SYNC: timedelta(days=1),
    Job.MATCH_RUN: None,
    Job.ASK_JUNIOR: None,
    Job.ASK_SENIOR: None,
    Job.START_PAIR: None,
    Job.REMIND_PROPOSAL: timedelta(days=3),
    Job.EXPIRE_PROPOSAL: None,
    Job.TELL_DECLINED: None,
    Job.FIRST_CONTACT: timedelta(days=1),
    Job.ICEBREAKERS: timedelta(days=5),
    Job.AGENDA: timedelta(hours=47),
    Job.CONTRACT_REVIEW: timedelta(days=10),
    Job.LESSON: timedelta(days=3),
    Job.REMINDER: timedelta(hours=2),
    Job.DID_YOU_MEET: timedelta(days=5),
    Job.SESSION_UNKNOWN: None,
    Job.NEXT_MISSING: timedelta(days=3),
    Job.REMIND_OFFER: timedelta(days=3),
    Job.OFFER_LAPSES: None,
    Job.CALENDAR_GONE: None,
    Job.CHECKIN: timedelta(days=10),
    Job.REMIND_CHECKIN: timedelta(days=2),
    Job.CLOSE_CHECKIN: None,
    Job.PROMISE_PASSED: timedelta(days=7),
    Job.MIDPOINT: timedelta(days=10),
    Job.END_SURVEY: timedelta(days=14),
    Job.OUTCOMES: timedelta(days=14),
    Job.REMIND_REVIEW: timedelta(days=2),
    Job.CLOSE_REVIEW: None,
    Job.PULSE_ROUND: None,
    Job.PULSE: timedelta(days=5),
    Job.CREDIT_ROUND: None,
    Job.CREDIT: timedelta(days=3),
    Job.COMMITMENT_DUE: timedelta(days=2),
    Job.ASK_NOTICED: timedelta(days=7),
    Job.INTRO_TELL: None,
    Job.INTRO_REMIND: timedelta(days=3),
    Job.INTRO_LAPSE: None,
    Job.INTRO_DUE: timedelta(days=2),
    Job.ASK_TALKED: timedelta(days=7),
    Job.PAUSE_SETTLES: None,
    Job.PAUSE_ENDS: None,
    Job.FIT: timedelta(days=7),
    Job.FIT_HELP: None,
    Job.LEAVE: None,
    Job.PART: None,
    Job.LOOK_AT_LINES: None,
    Job.CROSSED_OUT: None,
    Job.WRAP_UP: None,
    Job.LATE_LETTER: None,
    Job.EXPORT_GONE: None,
    Job.RETENTION: None,
    Job.ROSTER_FORGET: None,
    Job.NUDGE: timedelta(days=1),
    Job.ANNOUNCE: timedelta(days=3),
    Job.DIGEST: timedelta(days=3),
    Job.FLAGS: timedelta(days=1),
    Job.TELL_TAKEN: None,
    Job.THEME_ROUND: None,
    Job.THEME_NOTE: timedelta(days=5),
}
