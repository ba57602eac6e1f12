"""Which facts and which drawing make each kind of message: one line per kind."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import accounts, calendars, chores, exports, matches, papers, places, roster, samples, steering
from bot.delivery.chores import Again, Chore
from bot.domain.delivery import to_pair
from bot.domain.messages import Kind
from bot.domain.programme.samples import SampleFacts
from bot.services import (
    checkin,
    close,
    commit,
    credit,
    enrol,
    home,
    intro,
    learn,
    leave,
    match,
    meet,
    pause,
    prepare,
    privacy,
    programme,
    pulse,
    report,
    review,
    steer,
    support,
    tell,
    theme,
)
from bot.services import roster as roster_services
from bot.services.kit import Kit
from bot.views import checkin as checkin_views
from bot.views import close as close_views
from bot.views import commit as commit_views
from bot.views import credit as credit_views
from bot.views import enrol as enrol_views
from bot.views import home as home_views
from bot.views import intro as intro_views
from bot.views import learn as learn_views
from bot.views import leave as leave_views
from bot.views import match as match_views
from bot.views import meet as meet_views
from bot.views import pause as pause_views
from bot.views import prepare as prepare_views
from bot.views import privacy as privacy_views
from bot.views import programme as programme_views
from bot.views import pulse as pulse_views
from bot.views import report as report_views
from bot.views import review as review_views
from bot.views import roster as roster_views
from bot.views import steer as steer_views
from bot.views import support as support_views
from bot.views import tell as tell_views
from bot.views import theme as theme_views
from bot.views.bundle import mirrored
from bot.views.parts import HomeView, Message
from prompts import Words
from storage.records.delivery import Letter
from storage.store import Tx

F = TypeVar("F")

Load = Callable[[Kit, Tx, Letter], Awaitable[F | None]]
Draw = Callable[[Words, F], Message | HomeView | Chore]
Prepare = Callable[[Kit, AsyncWebClient, Letter], Awaitable[None]]
Late = Callable[[Kit, Tx, Letter, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """`load` reads the facts at sending time (None: no longer relevant, the letter is skipped); `draw` says them.

    `prepare` runs before every attempt, outside any transaction, and may be slow: a digest uploads its chart there
    and stores the file's id, which `load` then finds. It must be harmless to run twice.
    `late` is told the `ts` of a letter that went out without a picture, for Slack was still processing it; it works
    in the transaction that marks the letter as sent.
    """

    load: Load[F]
    draw: Draw[F]
    prepare: Prepare | None = None
    late: Late | None = None


Letters = Mapping[Kind, Entry[Any]]


def _sample(words: Words, facts: SampleFacts) -> Message:
    """Any other kind, with made-up facts."""
    return samples.drawn(words, facts, LETTERS[Kind(facts.kind)].draw)


async def _load_again(kit: Kit, tx: Tx, letter: Letter) -> Again | None:
    """A message that stands in Slack, with its facts as they are now; None where it stands there no more."""
    shown = await prepare.load_redraw(kit, tx, letter)
    if shown is None or shown.channel is None or shown.ts is None:
        return None
    return Again(shown, await LETTERS[Kind(shown.kind)].load(kit, tx, to_pair(shown)))


def _draw_again(words: Words, again: Again) -> Chore:
    drawn = LETTERS[Kind(again.letter.kind)].draw(words, again.facts) if again.facts is not None else None
    if isinstance(drawn, Message) and "mirror" in again.letter.params:
        drawn = mirrored(words, drawn)
    return chores.again(again.letter, drawn if isinstance(drawn, Message) else None)


LETTERS: dict[Kind, Entry[Any]] = {
    Kind.COORDINATOR_ADDED: Entry(programme.load_added, programme_views.added),
    Kind.NAMED: Entry(programme.load_named, programme_views.named),
    Kind.SETUP_CHANGED: Entry(programme.load_changed, programme_views.setup_changed),
    Kind.COHORT_CLOSED: Entry(programme.load_closed, programme_views.closed),
    Kind.JOINED: Entry(enrol.load_joined, enrol_views.joined),
    Kind.NO_MATCH_YET: Entry(enrol.load_joined, enrol_views.no_match_yet),
    Kind.COHORT_OPEN: Entry(enrol.load_cohort_open, enrol_views.cohort_open),
    Kind.SYNC: Entry(accounts.load, chores.message, accounts.prepare),
    Kind.INVITATION: Entry(enrol.load_invitation, enrol_views.invitation),
    Kind.INVITATION_REMINDER: Entry(enrol.load_invitation, enrol_views.invitation),
    Kind.PROPOSAL_JUNIOR: Entry(match.load_proposal, match_views.proposal),
    Kind.PROPOSAL_SENIOR: Entry(match.load_proposal, match_views.proposal),
    Kind.PROPOSAL_REMINDER: Entry(match.load_proposal, match_views.reminder),
    Kind.PROPOSAL_CLOSED: Entry(match.load_closed, match_views.closed),
    Kind.PROPOSAL_QUESTION: Entry(match.load_question, match_views.question),
    Kind.MATCH_READY: Entry(match.load_ready, match_views.ready, matches.prepare),
    Kind.FIT: Entry(match.load_fit, match_views.fit_ask),
    Kind.FIT_HELP: Entry(match.load_fit_help, match_views.fit_help),
    Kind.PAIR_STARTED: Entry(match.load_start, match_views.pair_started),
    Kind.SENIOR_GOES_FIRST: Entry(match.load_to_one, match_views.senior_goes_first),
    Kind.JUNIOR_WELCOME: Entry(match.load_to_one, match_views.junior_welcome),
    Kind.FIRST_CONTACT: Entry(match.load_first_contact, match_views.first_contact),
    Kind.ICEBREAKERS: Entry(prepare.load_icebreakers, prepare_views.icebreakers),
    Kind.AGENDA: Entry(prepare.load_agenda, prepare_views.agenda),
    Kind.CONTRACT: Entry(prepare.load_contract, prepare_views.contract),
    Kind.CONTRACT_REVIEW: Entry(prepare.load_review, prepare_views.review),
    Kind.ANSWERS: Entry(prepare.load_answers, prepare_views.answers),
    Kind.EARLY_TOPICS: Entry(prepare.load_early, prepare_views.early),
    Kind.REDRAW: Entry(_load_again, _draw_again),
    Kind.LESSON: Entry(learn.load_lesson, learn_views.letter),
    Kind.BOOKED: Entry(meet.load_booked, meet_views.booked),
    Kind.MOVED: Entry(meet.load_booked, meet_views.moved),
    Kind.CANCELLED: Entry(meet.load_cancelled, meet_views.called_off),
    Kind.REMINDER: Entry(meet.load_reminder, meet_views.reminder),
    Kind.DID_YOU_MEET: Entry(meet.load_ask, meet_views.ask),
    Kind.REBOOK: Entry(meet.load_rebook, meet_views.rebook),
    Kind.NEXT_MISSING: Entry(meet.load_missing, meet_views.missing),
    Kind.OFFERED: Entry(meet.load_offer, meet_views.offered),
    Kind.OFFER_WAITING: Entry(meet.load_offer, meet_views.offer_waiting),
    Kind.OFFER_LAPSED: Entry(meet.load_lapsed, meet_views.offer_lapsed),
    Kind.RHYTHM: Entry(meet.load_rhythm, meet_views.rhythm),
    Kind.CALENDAR: Entry(meet.load_calendar, meet_views.calendar, calendars.prepare),
    Kind.CHECKIN: Entry(checkin.load_invite, checkin_views.invite),
    Kind.CHECKIN_REMINDER: Entry(checkin.load_invite, checkin_views.reminder),
    Kind.REFLECTION: Entry(checkin.load_invite, checkin_views.reflection),
    Kind.REFLECTION_REMINDER: Entry(checkin.load_invite, checkin_views.reflection_reminder),
    Kind.PROMISE_PASSED: Entry(checkin.load_passed, checkin_views.passed),
    Kind.MIDPOINT: Entry(review.load_review, review_views.asked),
    Kind.END_SURVEY: Entry(review.load_review, review_views.asked),
    Kind.OUTCOMES: Entry(review.load_review, review_views.asked),
    Kind.REVIEW_REMINDER: Entry(review.load_review, review_views.reminder),
    Kind.PULSE: Entry(pulse.load_ask, pulse_views.ask),
    Kind.CREDIT: Entry(credit.load_ask, credit_views.ask),
    Kind.COMMITMENT_MADE: Entry(commit.load_made, commit_views.made),
    Kind.COMMITMENT_CHANGED: Entry(commit.load_changed, commit_views.changed),
    Kind.COMMITMENT_DUE: Entry(commit.load_due, commit_views.due),
    Kind.NOTICED: Entry(commit.load_noticing, commit_views.noticing),
    Kind.COMMITMENT_PROPOSED: Entry(commit.load_proposed, commit_views.proposed),
    Kind.PROPOSAL_DECLINED: Entry(commit.load_declined, commit_views.not_now),
    Kind.INTRO_ASKED: Entry(intro.load_asked, intro_views.asked),
    Kind.INTRO_TOLD: Entry(intro.load_told, intro_views.told),
    Kind.INTRO_LET_GO: Entry(intro.load_let_go, intro_views.let_go),
    Kind.INTRO_WAITING: Entry(intro.load_waiting, intro_views.waiting),
    Kind.INTRO_DUE: Entry(intro.load_due, intro_views.due),
    Kind.INTRO_TALKED: Entry(intro.load_talked, intro_views.talked),
    Kind.DIGEST: Entry(report.load_digest, report_views.digest, places.prepare_digest, report.follow_up),
    Kind.CHART: Entry(report.load_chart, report_views.chart, places.prepare),
    Kind.FLAGS: Entry(report.load_flags, report_views.flags, places.prepare),
    Kind.PAPER: Entry(report.load_paper, report_views.sent, papers.prepare),
    Kind.DIGEST_HELD: Entry(report.load_held, report_views.held),
    Kind.OUTCOME_FIGURES: Entry(report.load_outcome, report_views.outcomes, places.prepare),
    Kind.THEME_TAKEN: Entry(theme.load_taken, theme_views.taken),
    Kind.THEME_NOTE: Entry(theme.load_note, theme_views.monthly),
    Kind.HELP_ASKED: Entry(support.load_asked, support_views.asked),
    Kind.CONTACT_GONE: Entry(support.load_contact_gone, support_views.contact_gone),
    Kind.PAIR_ENDED: Entry(leave.load_ended, leave_views.ended),
    Kind.LEFT: Entry(leave.load_told, leave_views.told),
    Kind.LINES_CROSS: Entry(leave.load_crossing, leave_views.crossing),
    Kind.LINES_FLAG: Entry(leave.load_flag, leave_views.lines_flag),
    Kind.WRAPPING: Entry(close.load_wrapping, close_views.wrapping),
    Kind.THANKS: Entry(close.load_thanks, close_views.thanks),
    Kind.BOTH_STAY: Entry(close.load_both_stay, close_views.both_stay),
    Kind.STEER_ASK: Entry(steer.load_ask, steer_views.ask),
    Kind.STEER_ADD: Entry(steering.load, chores.message, steering.prepare),
    Kind.EXPORT: Entry(privacy.load_exported, privacy_views.exported, exports.prepare),
    Kind.REMOVE_MESSAGE: Entry(chores.load, chores.message),
    Kind.REMOVE_FILE: Entry(chores.load, chores.file),
    Kind.PAUSED: Entry(pause.load_paused, pause_views.paused),
    Kind.RESUMED: Entry(pause.load_resumed, pause_views.resumed),
    Kind.FROZEN: Entry(pause.load_frozen, pause_views.frozen),
    Kind.THAWED: Entry(pause.load_thawed, pause_views.resumed),
    Kind.ACCOUNT_GONE: Entry(pause.load_account_gone, pause_views.account_gone),
    Kind.ROSTER_CHECK: Entry(roster_services.load_window, roster.drawn, roster.prepare),
    Kind.ROSTER_SAVE: Entry(roster_services.load_window, roster.drawn, roster.save),
    Kind.ROSTER_CHECKED: Entry(roster_services.load, roster_views.message),
    Kind.NUDGE: Entry(tell.load_nudge, tell_views.nudge),
    Kind.ANNOUNCEMENT: Entry(tell.load_announcement, tell_views.announcement),
    Kind.SAMPLE: Entry(programme.load_sample, _sample),
    Kind.CHECKIN_ANSWERED: Entry(checkin.load_answered, chores.answered),
    Kind.HOME: Entry(home.load_home, home_views.home),
}
