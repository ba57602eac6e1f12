"""Every kind of message the bot sends, with how urgent it is and how long it stays worth sending.

One registry for the code and the documents: a test holds `docs/messages.md` and the courier's table against it.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.records.delivery import Priority, Target


class Kind(StrEnum):
    """The name stored in an outbox row; `step.what`."""

    COORDINATOR_ADDED = "programme.coordinator_added"
    NAMED = "programme.named"
    SETUP_CHANGED = "programme.setup_changed"
    COHORT_CLOSED = "programme.cohort_closed"
    JOINED = "enrol.joined"
    NO_MATCH_YET = "enrol.no_match_yet"
    COHORT_OPEN = "enrol.cohort_open"
    SYNC = "enrol.sync"
    INVITATION = "enrol.invitation"
    INVITATION_REMINDER = "enrol.invitation_reminder"
    PROPOSAL_JUNIOR = "match.proposal_junior"
    PROPOSAL_SENIOR = "match.proposal_senior"
    PROPOSAL_REMINDER = "match.proposal_reminder"
    PROPOSAL_CLOSED = "match.proposal_closed"
    PROPOSAL_QUESTION = "match.proposal_question"
    MATCH_READY = "match.ready"
    FIT = "match.fit"
    FIT_HELP = "match.fit_help"
    PAIR_STARTED = "match.pair_started"
    SENIOR_GOES_FIRST = "match.senior_goes_first"
    JUNIOR_WELCOME = "match.junior_welcome"
    FIRST_CONTACT = "match.first_contact"
    ICEBREAKERS = "prepare.icebreakers"
    AGENDA = "prepare.agenda"
    CONTRACT = "prepare.contract"
    CONTRACT_REVIEW = "prepare.contract_review"
    ANSWERS = "prepare.answers"
    EARLY_TOPICS = "prepare.early_topics"
    REDRAW = "prepare.redraw"
    LESSON = "learn.lesson"
    BOOKED = "meet.booked"
    MOVED = "meet.moved"
    CANCELLED = "meet.cancelled"
    REMINDER = "meet.reminder"
    DID_YOU_MEET = "meet.did_you_meet"
    REBOOK = "meet.rebook"
    NEXT_MISSING = "meet.next_missing"
    OFFERED = "meet.offered"
    OFFER_WAITING = "meet.offer_waiting"
    OFFER_LAPSED = "meet.offer_lapsed"
    RHYTHM = "meet.rhythm"
    CALENDAR = "meet.calendar"
    CHECKIN = "checkin.invite"
    CHECKIN_REMINDER = "checkin.reminder"
    REFLECTION = "checkin.reflection"
    REFLECTION_REMINDER = "checkin.reflection_reminder"
    PROMISE_PASSED = "checkin.promise_passed"
    CHECKIN_ANSWERED = "checkin.answered"
    MIDPOINT = "review.midpoint"
    END_SURVEY = "review.end"
    OUTCOMES = "review.later"
    REVIEW_REMINDER = "review.reminder"
    PULSE = "pulse.ask"
    CREDIT = "credit.ask"
    COMMITMENT_MADE = "commit.made"
    COMMITMENT_CHANGED = "commit.changed"
    COMMITMENT_DUE = "commit.due"
    NOTICED = "commit.noticed"
    COMMITMENT_PROPOSED = "commit.proposed"
    PROPOSAL_DECLINED = "commit.proposal_declined"
    INTRO_ASKED = "intro.asked"
    INTRO_TOLD = "intro.told"
    INTRO_LET_GO = "intro.let_go"
    INTRO_WAITING = "intro.waiting"
    INTRO_DUE = "intro.due"
    INTRO_TALKED = "intro.talked"
    DIGEST = "report.digest"
    CHART = "report.chart"
    FLAGS = "report.flags"
    PAPER = "report.paper"
    DIGEST_HELD = "report.held"
    OUTCOME_FIGURES = "report.outcomes"
    THEME_TAKEN = "theme.taken"
    THEME_NOTE = "theme.note"
    HELP_ASKED = "support.asked"
    CONTACT_GONE = "support.contact_gone"
    PAUSED = "pause.paused"
    RESUMED = "pause.resumed"
    FROZEN = "pause.frozen"
    THAWED = "pause.thawed"
    ACCOUNT_GONE = "pause.account_gone"
    PAIR_ENDED = "leave.pair_ended"
    LEFT = "leave.told"
    LINES_CROSS = "leave.lines_cross"
    LINES_FLAG = "leave.lines_flag"
    WRAPPING = "close.wrapping"
    THANKS = "close.thanks"
    BOTH_STAY = "close.both_stay"
    STEER_ASK = "steer.ask"
    STEER_ADD = "steer.add"
    EXPORT = "privacy.export"
    REMOVE_MESSAGE = "privacy.remove_message"
    REMOVE_FILE = "privacy.remove_file"
    ROSTER_CHECK = "roster.check"
    ROSTER_SAVE = "roster.save"
    ROSTER_CHECKED = "roster.checked"
    NUDGE = "tell.nudge"
    ANNOUNCEMENT = "tell.announcement"
    SAMPLE = "programme.sample"
    HOME = "home.publish"


class Timing(StrEnum):
    """When a kind may go out. `Priority.SAFETY` goes at once, whatever stands here.

    AT_ONCE answers what the receiver has just done, or says that an appointment has changed; BEFORE was planned
    ahead of a session, in time; WAKING waits for the receiver's hours; PROMPT does so within the weekly budget.
    """

    AT_ONCE = "at_once"
    BEFORE = "before"
    WAKING = "waking"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Spec:
    """`stale` counts from the due time; None means it is worth sending whenever it can be."""

    target: Target
    priority: Priority
    stale: timedelta | None = None
    timing: Timing = Timing.WAKING


def _days(n: float) -> timedelta:
    return timedelta(days=n)


_NOW, _BEFORE, _PROMPT = Timing.AT_ONCE, Timing.BEFORE, Timing.PROMPT
_P, _S, _C = Target.PERSON, Target.PAIR, Target.CHANNEL

MESSAGES: dict[Kind, Spec] = {
    Kind.COORDINATOR_ADDED: Spec(_P, Priority.PERSONAL),
    Kind.NAMED: Spec(_P, Priority.PERSONAL),
    Kind.SETUP_CHANGED: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.COHORT_CLOSED: Spec(_P, Priority.PERSONAL),
    Kind.JOINED: Spec(_P, Priority.PERSONAL, timing=_NOW),
    Kind.NO_MATCH_YET: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.COHORT_OPEN: Spec(_P, Priority.PERSONAL),
    Kind.SYNC: Spec(Target.CHORE, Priority.BULK, _days(1), timing=_NOW),
    Kind.INVITATION: Spec(_P, Priority.BULK),
    Kind.INVITATION_REMINDER: Spec(_P, Priority.BULK, _days(5)),
    Kind.PROPOSAL_JUNIOR: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.PROPOSAL_SENIOR: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.PROPOSAL_REMINDER: Spec(_P, Priority.PROMPT, _days(3)),
    Kind.PROPOSAL_CLOSED: Spec(_P, Priority.PERSONAL),
    Kind.PROPOSAL_QUESTION: Spec(_P, Priority.PERSONAL),
    Kind.MATCH_READY: Spec(_P, Priority.PERSONAL, _days(7), timing=_NOW),
    Kind.FIT: Spec(_P, Priority.PROMPT, _days(7), timing=_PROMPT),
    Kind.FIT_HELP: Spec(_P, Priority.PERSONAL),
    Kind.PAIR_STARTED: Spec(_S, Priority.PERSONAL),
    Kind.SENIOR_GOES_FIRST: Spec(_P, Priority.PERSONAL, _days(1)),
    Kind.JUNIOR_WELCOME: Spec(_P, Priority.PERSONAL, _days(1)),
    Kind.FIRST_CONTACT: Spec(_P, Priority.PROMPT, _days(1), timing=_PROMPT),
    Kind.ICEBREAKERS: Spec(_S, Priority.PROMPT, timing=_BEFORE),
    Kind.AGENDA: Spec(_S, Priority.PROMPT, timing=_BEFORE),
    Kind.CONTRACT: Spec(_S, Priority.PERSONAL),
    Kind.CONTRACT_REVIEW: Spec(_S, Priority.PROMPT, _days(10)),
    Kind.ANSWERS: Spec(_S, Priority.PERSONAL),
    Kind.EARLY_TOPICS: Spec(_S, Priority.PERSONAL),
    Kind.REDRAW: Spec(Target.CHORE, Priority.PERSONAL, timing=_NOW),
    Kind.LESSON: Spec(_P, Priority.PROMPT, timing=_PROMPT),
    Kind.BOOKED: Spec(_S, Priority.PERSONAL, timing=_NOW),
    Kind.MOVED: Spec(_S, Priority.PERSONAL, timing=_NOW),
    Kind.CANCELLED: Spec(_S, Priority.PERSONAL, timing=_NOW),
    Kind.REMINDER: Spec(_S, Priority.PERSONAL, timing=_BEFORE),
    Kind.DID_YOU_MEET: Spec(_P, Priority.PERSONAL, _days(5)),
    Kind.REBOOK: Spec(_P, Priority.PERSONAL, _days(5)),
    Kind.NEXT_MISSING: Spec(_P, Priority.PROMPT, _days(3), timing=_PROMPT),
    Kind.OFFERED: Spec(_S, Priority.PERSONAL, timing=_NOW),
    Kind.OFFER_WAITING: Spec(_P, Priority.PROMPT, _days(3), timing=_PROMPT),
    Kind.OFFER_LAPSED: Spec(_P, Priority.PROMPT, _days(3), timing=_PROMPT),
    Kind.RHYTHM: Spec(_S, Priority.PERSONAL, _days(14)),
    Kind.CALENDAR: Spec(_P, Priority.PERSONAL, timing=_NOW),
    Kind.CHECKIN: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.CHECKIN_REMINDER: Spec(_P, Priority.PROMPT, _days(2), timing=_PROMPT),
    Kind.REFLECTION: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.REFLECTION_REMINDER: Spec(_P, Priority.PROMPT, _days(2), timing=_PROMPT),
    Kind.PROMISE_PASSED: Spec(_P, Priority.PROMPT, _days(7), timing=_PROMPT),
    Kind.MIDPOINT: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.END_SURVEY: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.OUTCOMES: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.REVIEW_REMINDER: Spec(_P, Priority.PROMPT, _days(2), timing=_PROMPT),
    Kind.PULSE: Spec(_P, Priority.PROMPT, _days(5), timing=_PROMPT),
    Kind.CREDIT: Spec(_P, Priority.PROMPT, _days(3), timing=_PROMPT),
    Kind.COMMITMENT_MADE: Spec(_S, Priority.PERSONAL),
    Kind.COMMITMENT_CHANGED: Spec(_S, Priority.PERSONAL),
    Kind.COMMITMENT_DUE: Spec(_P, Priority.PROMPT, _days(2), timing=_PROMPT),
    Kind.NOTICED: Spec(_P, Priority.PROMPT, _days(7), timing=_PROMPT),
    Kind.COMMITMENT_PROPOSED: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.PROPOSAL_DECLINED: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.INTRO_ASKED: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.INTRO_TOLD: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.INTRO_LET_GO: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.INTRO_WAITING: Spec(_P, Priority.PROMPT, _days(3), timing=_PROMPT),
    Kind.INTRO_DUE: Spec(_P, Priority.PROMPT, _days(2), timing=_PROMPT),
    Kind.INTRO_TALKED: Spec(_P, Priority.PROMPT, _days(7), timing=_PROMPT),
    Kind.DIGEST: Spec(_C, Priority.BULK, _days(3), timing=_NOW),
    Kind.CHART: Spec(_C, Priority.BULK, _days(3), timing=_NOW),
    Kind.FLAGS: Spec(_C, Priority.BULK, _days(1), timing=_NOW),
    Kind.PAPER: Spec(_P, Priority.PERSONAL, _days(7), timing=_NOW),
    Kind.DIGEST_HELD: Spec(_P, Priority.PERSONAL, _days(7)),
    Kind.OUTCOME_FIGURES: Spec(_C, Priority.BULK, _days(3), timing=_NOW),
    Kind.THEME_TAKEN: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.THEME_NOTE: Spec(_P, Priority.PROMPT, _days(5), timing=_PROMPT),
    Kind.HELP_ASKED: Spec(_P, Priority.SAFETY),
    Kind.CONTACT_GONE: Spec(_P, Priority.SAFETY),
    Kind.PAUSED: Spec(_P, Priority.PERSONAL),
    Kind.RESUMED: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.FROZEN: Spec(_P, Priority.PERSONAL),
    Kind.THAWED: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.ACCOUNT_GONE: Spec(_P, Priority.PERSONAL),
    Kind.PAIR_ENDED: Spec(_P, Priority.PERSONAL),
    Kind.LEFT: Spec(_P, Priority.PERSONAL),
    Kind.LINES_CROSS: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.LINES_FLAG: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.WRAPPING: Spec(_S, Priority.PERSONAL, _days(10)),
    Kind.THANKS: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.BOTH_STAY: Spec(_P, Priority.PERSONAL, _days(14)),
    Kind.STEER_ASK: Spec(_P, Priority.BULK, _days(14)),
    Kind.STEER_ADD: Spec(Target.CHORE, Priority.PERSONAL, _days(7), timing=_NOW),
    Kind.EXPORT: Spec(_P, Priority.PERSONAL, timing=_NOW),
    Kind.REMOVE_MESSAGE: Spec(Target.CHORE, Priority.PERSONAL, timing=_NOW),
    Kind.REMOVE_FILE: Spec(Target.CHORE, Priority.PERSONAL, timing=_NOW),
    Kind.ROSTER_CHECK: Spec(Target.CHORE, Priority.PERSONAL, _days(1), timing=_NOW),
    Kind.ROSTER_SAVE: Spec(Target.CHORE, Priority.PERSONAL, _days(1), timing=_NOW),
    Kind.ROSTER_CHECKED: Spec(_P, Priority.PERSONAL, _days(1), timing=_NOW),
    Kind.NUDGE: Spec(_P, Priority.PROMPT, _days(7), timing=_PROMPT),
    Kind.ANNOUNCEMENT: Spec(_P, Priority.BULK, _days(14)),
    Kind.SAMPLE: Spec(_P, Priority.BULK, _days(1), timing=_NOW),
    Kind.CHECKIN_ANSWERED: Spec(Target.CHORE, Priority.PERSONAL, timing=_NOW),
    Kind.HOME: Spec(Target.HOME, Priority.PERSONAL, timing=_NOW),
}

PROMPT_ORDER: tuple[Kind, ...] = (
    Kind.COMMITMENT_DUE,
    Kind.INTRO_DUE,
    Kind.CHECKIN_REMINDER,
    Kind.REFLECTION_REMINDER,
    Kind.FIT,
    Kind.PULSE,
    Kind.PROMISE_PASSED,
    Kind.NOTICED,
    Kind.INTRO_TALKED,
    Kind.INTRO_WAITING,
    Kind.REVIEW_REMINDER,
    Kind.OFFER_WAITING,
    Kind.NEXT_MISSING,
    Kind.OFFER_LAPSED,
    Kind.FIRST_CONTACT,
    Kind.THEME_NOTE,
    Kind.LESSON,
    Kind.CREDIT,
    Kind.NUDGE,
)
"""The prompts, most important first: in this order they stand in one message, and the last give way."""

THROUGH_PAUSE: frozenset[Kind] = frozenset(
    {
        Kind.COORDINATOR_ADDED, Kind.NAMED, Kind.SETUP_CHANGED, Kind.THEME_TAKEN, Kind.COHORT_CLOSED, Kind.COHORT_OPEN,
        Kind.PROPOSAL_QUESTION, Kind.FIT_HELP, Kind.PROPOSAL_CLOSED, Kind.PAIR_ENDED, Kind.LEFT, Kind.PAUSED,
        Kind.RESUMED, Kind.FROZEN, Kind.THAWED, Kind.ACCOUNT_GONE,
        Kind.LINES_FLAG, Kind.DIGEST_HELD,
        *(kind for kind, spec in MESSAGES.items() if spec.timing is Timing.AT_ONCE),
    }
)  # fmt: skip
"""What reaches somebody who has paused: duties, ends, changes of appointments, answers. Safety always does."""


def may_pass_pause(kind: Kind) -> bool:
    return kind in THROUGH_PAUSE or MESSAGES[kind].priority is Priority.SAFETY


def waits_for_hours(kind: Kind) -> bool:
    """Whether a kind waits until the receiver may be written to."""
    spec = MESSAGES[kind]
    return spec.timing in (Timing.WAKING, Timing.PROMPT) and spec.priority is not Priority.SAFETY
