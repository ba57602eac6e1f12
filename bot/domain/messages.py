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
    PROPOSAL_JUNIOR = "match.proposal_junior"
    PROPOSAL_SENIOR = "match.proposal_senior"
    PROPOSAL_REMINDER = "match.proposal_reminder"
    PROPOSAL_CLOSED = "match.proposal_closed"
    PROPOSAL_QUESTION = "match.proposal_question"
    PAIR_STARTED = "match.pair_started"
    SENIOR_GOES_FIRST = "match.senior_goes_first"
    JUNIOR_WELCOME = "match.junior_welcome"
    FIRST_CONTACT = "match.first_contact"
    ICEBREAKERS = "prepare.icebreakers"
    AGENDA = "prepare.agenda"
    BOOKED = "meet.booked"
    MOVED = "meet.moved"
    CANCELLED = "meet.cancelled"
    REMINDER = "meet.reminder"
    DID_YOU_MEET = "meet.did_you_meet"
    REBOOK = "meet.rebook"
    NEXT_MISSING = "meet.next_missing"
    CHECKIN = "checkin.invite"
    CHECKIN_REMINDER = "checkin.reminder"
    REFLECTION = "checkin.reflection"
    REFLECTION_REMINDER = "checkin.reflection_reminder"
    PROMISE_PASSED = "checkin.promise_passed"
    COMMITMENT_MADE = "commit.made"
    COMMITMENT_CHANGED = "commit.changed"
    COMMITMENT_DUE = "commit.due"
    NOTICED = "commit.noticed"
    DIGEST = "report.digest"
    CHART = "report.chart"
    FLAGS = "report.flags"
    HOME = "home.publish"


@dataclass(frozen=True, slots=True)
class Spec:
    """`stale` counts from the due time; None means it is worth sending whenever it can be."""

    target: Target
    priority: Priority
    stale: timedelta | None = None


def _days(n: float) -> timedelta:
    return timedelta(days=n)


_P, _S, _C = Target.PERSON, Target.PAIR, Target.CHANNEL

MESSAGES: dict[Kind, Spec] = {
    Kind.COORDINATOR_ADDED: Spec(_P, Priority.PERSONAL),
    Kind.NAMED: Spec(_P, Priority.PERSONAL),
    Kind.SETUP_CHANGED: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.COHORT_CLOSED: Spec(_P, Priority.PERSONAL),
    Kind.JOINED: Spec(_P, Priority.PERSONAL),
    Kind.NO_MATCH_YET: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.COHORT_OPEN: Spec(_P, Priority.PERSONAL),
    Kind.PROPOSAL_JUNIOR: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.PROPOSAL_SENIOR: Spec(_P, Priority.PERSONAL, _days(3)),
    Kind.PROPOSAL_REMINDER: Spec(_P, Priority.PROMPT, _days(3)),
    Kind.PROPOSAL_CLOSED: Spec(_P, Priority.PERSONAL),
    Kind.PROPOSAL_QUESTION: Spec(_P, Priority.PERSONAL),
    Kind.PAIR_STARTED: Spec(_S, Priority.PERSONAL),
    Kind.SENIOR_GOES_FIRST: Spec(_P, Priority.PERSONAL, _days(1)),
    Kind.JUNIOR_WELCOME: Spec(_P, Priority.PERSONAL, _days(1)),
    Kind.FIRST_CONTACT: Spec(_P, Priority.PROMPT, _days(1)),
    Kind.ICEBREAKERS: Spec(_S, Priority.PROMPT),
    Kind.AGENDA: Spec(_S, Priority.PROMPT),
    Kind.BOOKED: Spec(_S, Priority.PERSONAL),
    Kind.MOVED: Spec(_S, Priority.PERSONAL),
    Kind.CANCELLED: Spec(_S, Priority.PERSONAL),
    Kind.REMINDER: Spec(_S, Priority.PERSONAL),
    Kind.DID_YOU_MEET: Spec(_P, Priority.PERSONAL, _days(5)),
    Kind.REBOOK: Spec(_P, Priority.PERSONAL, _days(5)),
    Kind.NEXT_MISSING: Spec(_P, Priority.PROMPT, _days(3)),
    Kind.CHECKIN: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.CHECKIN_REMINDER: Spec(_P, Priority.PROMPT, _days(2)),
    Kind.REFLECTION: Spec(_P, Priority.PERSONAL, _days(10)),
    Kind.REFLECTION_REMINDER: Spec(_P, Priority.PROMPT, _days(2)),
    Kind.PROMISE_PASSED: Spec(_P, Priority.PROMPT, _days(7)),
    Kind.COMMITMENT_MADE: Spec(_S, Priority.PERSONAL),
    Kind.COMMITMENT_CHANGED: Spec(_S, Priority.PERSONAL),
    Kind.COMMITMENT_DUE: Spec(_P, Priority.PROMPT, _days(2)),
    Kind.NOTICED: Spec(_P, Priority.PROMPT, _days(7)),
    Kind.DIGEST: Spec(_C, Priority.BULK, _days(3)),
    Kind.CHART: Spec(_C, Priority.BULK, _days(3)),
    Kind.FLAGS: Spec(_C, Priority.BULK, _days(1)),
    Kind.HOME: Spec(Target.HOME, Priority.PERSONAL),
}
