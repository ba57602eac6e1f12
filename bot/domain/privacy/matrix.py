"""Who sees what: the one table that the form, the help, the page and the tests are drawn from and held to."""

from collections.abc import Mapping
from enum import StrEnum


class Datum(StrEnum):
    """A row: something that revmentor knows about a person or a pair."""

    PROFILE = "profile"
    PRIVATE = "private"
    CONFIDED = "confided"
    INVITATION = "invitation"
    LINES = "lines"
    PREFERENCES = "preferences"
    LESSONS = "lessons"
    REPLIES = "replies"
    SESSION = "session"
    SHARED = "shared"
    AHEAD = "ahead"
    CONTRACT = "contract"
    ANSWERS = "answers"
    EXAMPLES = "examples"
    REFLECTION = "reflection"
    COMMITMENTS = "commitments"
    NOTICED = "noticed"
    INTRODUCTIONS = "introductions"
    TALKED = "talked"
    FIT = "fit"
    HALFWAY = "halfway"
    REVIEWS = "reviews"
    PULSE = "pulse"
    CREDIT = "credit"
    LEARNER = "learner"
    PAUSE = "pause"
    LEAVING = "leaving"
    LEAVING_NOTE = "leaving_note"
    HELP_REQUEST = "help_request"
    CONCERN = "concern"
    RIPPLES = "ripples"
    STATEMENT = "statement"
    QUOTE = "quote"


class Viewer(StrEnum):
    """A column: the two of the pair that a datum belongs to, those who run the programme, and the weekly digest.

    Whoever is none of these sees nothing of it.
    """

    JUNIOR = "junior"
    SENIOR = "senior"
    COORDINATORS = "coordinators"
    SAFE_CONTACT = "safe_contact"
    DIGEST = "digest"


class Sight(StrEnum):
    """What a viewer sees of a datum; each is one phrase in the words."""

    NO = "no"
    NEVER = "never"
    OWN = "own"
    OWN_AND_PARTNERS = "own_and_partners"
    YES = "yes"
    FOR_PAIRING = "for_pairing"
    FOR_LINES = "for_lines"
    NOT_WHO = "not_who"
    UNTIL = "until"
    THAT_IT_ENDED = "that_it_ended"
    WHAT_WAS_SENT = "what_was_sent"
    FROM_AGENDA = "from_agenda"
    IF_SHARED = "if_shared"
    IF_HELP_WANTED = "if_help_wanted"
    IF_APPROVED = "if_approved"
    COUNTS = "counts"
    COUNTS_NO_TEXT = "counts_no_text"
    TOTALS = "totals"


def _row(junior: Sight, senior: Sight, coordinators: Sight, safe_contact: Sight, digest: Sight) -> dict[Viewer, Sight]:
    return dict(zip(Viewer, (junior, senior, coordinators, safe_contact, digest), strict=True))


_S = Sight

MATRIX: Mapping[Datum, Mapping[Viewer, Sight]] = {
    Datum.PROFILE: _row(_S.OWN_AND_PARTNERS, _S.OWN_AND_PARTNERS, _S.YES, _S.NO, _S.COUNTS),
    Datum.PRIVATE: _row(_S.OWN_AND_PARTNERS, _S.OWN_AND_PARTNERS, _S.FOR_PAIRING, _S.NO, _S.NO),
    Datum.CONFIDED: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NEVER),
    Datum.INVITATION: _row(_S.OWN, _S.OWN, _S.YES, _S.NO, _S.NO),
    Datum.LINES: _row(_S.OWN, _S.OWN, _S.FOR_LINES, _S.NO, _S.NO),
    Datum.PREFERENCES: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NO),
    Datum.LESSONS: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NO),
    Datum.REPLIES: _row(_S.OWN, _S.OWN, _S.NOT_WHO, _S.NO, _S.NO),
    Datum.SESSION: _row(_S.YES, _S.YES, _S.YES, _S.NO, _S.COUNTS),
    Datum.SHARED: _row(_S.YES, _S.YES, _S.NO, _S.NO, _S.NO),
    Datum.AHEAD: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NEVER),
    Datum.CONTRACT: _row(_S.YES, _S.YES, _S.YES, _S.NO, _S.NO),
    Datum.ANSWERS: _row(_S.OWN, _S.NO, _S.TOTALS, _S.NO, _S.TOTALS),
    Datum.EXAMPLES: _row(_S.OWN, _S.FROM_AGENDA, _S.NO, _S.NO, _S.NEVER),
    Datum.REFLECTION: _row(_S.IF_SHARED, _S.OWN, _S.NO, _S.NO, _S.NO),
    Datum.COMMITMENTS: _row(_S.YES, _S.YES, _S.COUNTS_NO_TEXT, _S.NO, _S.COUNTS),
    Datum.NOTICED: _row(_S.OWN, _S.NO, _S.TOTALS, _S.NO, _S.TOTALS),
    Datum.INTRODUCTIONS: _row(_S.YES, _S.YES, _S.NO, _S.NO, _S.NO),
    Datum.TALKED: _row(_S.OWN, _S.NO, _S.NO, _S.NO, _S.NO),
    Datum.FIT: _row(_S.OWN, _S.OWN, _S.IF_HELP_WANTED, _S.NO, _S.NEVER),
    Datum.HALFWAY: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NEVER),
    Datum.REVIEWS: _row(_S.OWN, _S.OWN, _S.TOTALS, _S.NO, _S.TOTALS),
    Datum.PULSE: _row(_S.OWN, _S.OWN, _S.TOTALS, _S.NO, _S.TOTALS),
    Datum.CREDIT: _row(_S.NO, _S.OWN, _S.NO, _S.NO, _S.NEVER),
    Datum.LEARNER: _row(_S.OWN, _S.OWN, _S.NO, _S.NO, _S.NEVER),
    Datum.PAUSE: _row(_S.UNTIL, _S.UNTIL, _S.YES, _S.NO, _S.COUNTS),
    Datum.LEAVING: _row(_S.THAT_IT_ENDED, _S.THAT_IT_ENDED, _S.YES, _S.NO, _S.COUNTS),
    Datum.LEAVING_NOTE: _row(_S.OWN, _S.OWN, _S.WHAT_WAS_SENT, _S.NO, _S.NO),
    Datum.HELP_REQUEST: _row(_S.OWN, _S.OWN, _S.WHAT_WAS_SENT, _S.NO, _S.NO),
    Datum.RIPPLES: _row(_S.YES, _S.YES, _S.COUNTS_NO_TEXT, _S.NO, _S.COUNTS),
    Datum.STATEMENT: _row(_S.OWN, _S.NO, _S.NO, _S.NO, _S.NEVER),
    Datum.QUOTE: _row(_S.OWN, _S.OWN, _S.IF_APPROVED, _S.NO, _S.NEVER),
    Datum.CONCERN: _row(_S.OWN, _S.OWN, _S.NO, _S.WHAT_WAS_SENT, _S.NO),
}
"""`OWN` is each person's own part only: a senior sees nothing of a junior's answers, a junior nothing of a concern
that the senior raised."""
