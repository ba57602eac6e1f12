"""The tables, one module per step; portable between SQLite and PostgreSQL."""

from storage.tables.base import metadata
from storage.tables.checkin import answer, checkin, reflection
from storage.tables.commit import commitment, noticing
from storage.tables.delivery import due, inbox, outbox, pace
from storage.tables.enrol import cohort_wish, data_key, line, participant, person
from storage.tables.home import home
from storage.tables.match import conflict, pair
from storage.tables.meet import session, session_report
from storage.tables.prefs import pause, pref
from storage.tables.prepare import agenda_line, icebreaker_use
from storage.tables.programme import audit, cohort, coordinator, programme
from storage.tables.report import digest, release, urn

__all__ = [
    "agenda_line", "answer", "audit", "checkin", "cohort", "cohort_wish", "commitment", "conflict", "coordinator",
    "data_key", "digest", "due", "home", "icebreaker_use", "inbox", "line", "metadata", "noticing", "outbox", "pace",
    "pair", "participant", "pause", "person", "pref", "programme", "reflection", "release", "session",
    "session_report", "urn",
]  # fmt: skip
