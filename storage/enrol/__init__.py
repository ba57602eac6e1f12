"""Queries about taking part: people and their places (`people`), and those who were asked to (`inviting`)."""

from storage.enrol.inviting import (
    add_invitations,
    invitation,
    invitation_of,
    invitations_to,
    invited,
    invited_person,
    set_invitation,
)
from storage.enrol.people import (
    LATE,
    add_wish,
    confide,
    confided,
    drop_wish,
    enrolled,
    fetch,
    find,
    get,
    in_slack,
    lines,
    meet_person,
    participant,
    participants,
    participations,
    people,
    place,
    save_participant,
    set_line,
    set_person,
    set_state,
    undelivered,
    usual_region,
    wishes,
)

__all__ = [
    "LATE", "add_invitations", "add_wish", "confide", "confided", "drop_wish", "enrolled", "fetch", "find", "get",
    "in_slack", "invitation", "invitation_of", "invitations_to", "invited", "invited_person", "lines", "meet_person",
    "participant", "participants", "participations", "people", "place", "save_participant", "set_invitation",
    "set_line", "set_person", "set_state", "undelivered", "usual_region", "wishes",
]  # fmt: skip
