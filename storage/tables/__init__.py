"""The tables, one module per step; portable between SQLite and PostgreSQL."""

from storage.tables.ask import ask_offer
from storage.tables.base import metadata
from storage.tables.checkin import answer, checkin, reflection
from storage.tables.close import quote, statement, staying, wrap_up
from storage.tables.commit import commitment, noticing, proposal
from storage.tables.content import content_item, lesson_read
from storage.tables.delivery import due, inbox, outbox, pace, taken_request
from storage.tables.enrol import cohort_wish, confided, data_key, invitation, line, participant, person
from storage.tables.home import home
from storage.tables.intro import intro_answer, intro_outcome, introduction
from storage.tables.leave import closing_word, leaving
from storage.tables.match import (
    conflict,
    crossing,
    fit,
    match_run,
    match_setting,
    match_suggestion,
    match_unmatched,
    pair,
)
from storage.tables.meet import calendar_file, rhythm, session, session_offer, session_report
from storage.tables.prefs import pause, pref, prompted
from storage.tables.prepare import (
    agenda_line,
    contract,
    contract_agreement,
    contract_line,
    contract_setting,
    early_topics,
    icebreaker_answer,
    icebreaker_use,
)
from storage.tables.privacy import consent, export_file
from storage.tables.programme import audit, cohort, coordinator, programme
from storage.tables.pulse import credit, learner, pulse
from storage.tables.report import digest, digest_setting, outcome, paper_file, release, urn
from storage.tables.review import review
from storage.tables.ripple import ripple
from storage.tables.roster import roster, roster_draft, roster_part
from storage.tables.steer import steering, volunteer
from storage.tables.support import concern, help_request, support_links
from storage.tables.tell import announcement, nudge, nudged
from storage.tables.theme import cohort_theme, theme_step, theme_tag

__all__ = [
    "agenda_line", "announcement", "answer", "ask_offer", "audit", "calendar_file", "checkin", "closing_word", "cohort",
    "cohort_theme", "cohort_wish", "commitment", "concern", "confided", "conflict", "consent", "content_item",
    "contract", "contract_agreement", "contract_line", "contract_setting", "coordinator", "credit", "crossing",
    "data_key", "digest", "digest_setting", "due", "early_topics", "export_file", "fit", "help_request", "home",
    "icebreaker_answer", "icebreaker_use", "inbox", "intro_answer", "intro_outcome", "introduction", "invitation",
    "learner", "leaving", "lesson_read", "line", "match_run", "match_setting", "match_suggestion", "match_unmatched",
    "metadata", "noticing", "nudge", "nudged", "outbox", "outcome", "pace", "pair", "paper_file", "participant",
    "pause", "person", "pref", "programme", "prompted", "proposal", "pulse", "quote", "reflection", "release", "review",
    "rhythm", "ripple", "roster", "roster_draft", "roster_part", "session", "session_offer", "session_report",
    "statement", "staying", "steering", "support_links", "taken_request", "theme_step", "theme_tag", "urn", "volunteer",
    "wrap_up",
]  # fmt: skip
