"""Queries about taking part: people and their places (`people`), who was asked to (`inviting`), all (`listing`).

`accounts` are Slack's side of them.
"""

from storage.enrol.accounts import accounts, any_gone, strangers
from storage.enrol.inviting import (
    add_invitations,
    invitation,
    invitation_of,
    invitations_to,
    invited,
    invited_person,
    set_invitation,
    taking_part,
)
from storage.enrol.listing import Listing, counted, listed_one, listing
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
    person_ids,
    place,
    save_participant,
    set_line,
    set_person,
    set_state,
    some_participants,
    undelivered,
    usual_region,
    wishes,
)

__all__ = [
    "LATE", "Listing", "accounts", "add_invitations", "add_wish", "any_gone", "confide", "confided", "counted",
    "drop_wish", "enrolled", "fetch", "find", "get", "in_slack", "invitation", "invitation_of", "invitations_to",
    "invited", "invited_person", "lines", "listed_one", "listing", "meet_person", "participant", "participants",
    "participations", "people", "person_ids", "place", "save_participant", "set_invitation", "set_line", "set_person",
    "set_state", "some_participants", "strangers", "taking_part", "undelivered", "usual_region", "wishes",
]  # fmt: skip
