"""What becomes of every table when a person goes, and what of it is in their export: the one list, table by table.

A test derives from the metadata that no table and no column that names a person is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.types import REMOVED


@dataclass(frozen=True, slots=True)
class Fate:
    """`mine` are the columns that say whose a row is; `via` is a column that points at the person's pairs, sessions
    or check-ins where no column does.

    `deleted`: the person's rows go. `blank`: these cells of theirs are emptied. `names` are columns that may name the
    person in somebody else's row, with what is put there instead (None: they stay, and `why` says for what reason).
    `secret` are columns that no export shows. `exported` is False where the export leaves the table out, see `why`.
    """

    mine: tuple[str, ...] = ()
    via: str = ""
    deleted: bool = False
    blank: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, str | None] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    exported: bool = True
    why: str = ""


_OURS = "settings and figures of the programme; nobody's data"

FATES: dict[str, Fate] = {
    "person": Fate(
        mine=("id", "user_id"),
        blank={"name": "", "zone": "UTC", "locale": "", "region": "", "deactivated": True, "enterprise_id": None,
               "works_from": 540, "works_to": 1080, "home_team": "", "guest": False},
        why="an empty row stays, with no Slack account, so that sessions and figures still add up",
    ),
    "data_key": Fate(mine=("person_id",), deleted=True, exported=False, why="a key, of use to nobody outside"),
    "participant": Fate(
        mine=("person_id",),
        blank={"state": "left", "sides": [], "level": 1, "department": "", "location": "", "purposes": [],
               "share": None, "learn": None, "division": "", "languages": [], "capacity_junior": 1,
               "capacity_senior": 1, "identity_off": False, "offers": [], "wants": []},
        why="an empty place stays, so that the cohort's numbers still add up",
    ),
    "confided": Fate(
        mine=("person_id",), deleted=True, why="whom others avoid stays in their own sealed lists, which nobody opens",
    ),
    "invitation": Fate(mine=("user_id",), deleted=True, names={"invited_by": ""}),
    "consent": Fate(
        mine=("user_id",),
        why="what was agreed to, and until when: kept as proof; whoever joins again is in no second closing figure",
    ),
    "line": Fate(
        mine=("user_id",), deleted=True, names={"manager_id": None},
        why="that others named somebody as their manager is told by them, and keeps their lines apart",
    ),
    "content_item": Fate(exported=False, why="texts of the programme that coordinators wrote; nobody's data"),
    "lesson_read": Fate(mine=("user_id",), deleted=True),
    "cohort_wish": Fate(mine=("user_id",), deleted=True),
    "roster": Fate(mine=("user_id",), deleted=True),
    "roster_part": Fate(mine=("person_id",), deleted=True, why="every list on its way in goes when anybody goes"),
    "roster_draft": Fate(mine=("person_id",), deleted=True),
    "home": Fate(mine=("user_id",), deleted=True),
    "conflict": Fate(
        mine=("first", "second"), deleted=True, names={"declared_by": ""}, exported=False,
        why="declared by coordinators; telling would tell about the other one",
    ),
    "coordinator": Fate(mine=("user_id",), deleted=True, names={"added_by": ""}),
    "programme": Fate(
        names={"findings_owner": None, "safe_contact_1": None, "safe_contact_2": None}, exported=False,
        why="a role stays until a coordinator names somebody else, or concerns would reach nobody",
    ),
    "cohort": Fate(exported=False, why=_OURS),
    "release": Fate(exported=False, why="published figures; never computed again"),
    "digest": Fate(exported=False, why="published figures; never computed again"),
    "outcome": Fate(exported=False, why="published figures; never computed again"),
    "paper_file": Fate(mine=("user_id",), deleted=True),
    "digest_setting": Fate(exported=False, why=_OURS),
    "theme_tag": Fate(names={"added_by": ""}, exported=False, why="texts of the programme; nobody's data"),
    "cohort_theme": Fate(exported=False, why=_OURS),
    "theme_step": Fate(
        mine=("author_id",), blank={"words": REMOVED}, names={"taken_to": ""},
        why="what was done about a theme stays, the words go",
    ),
    "audit": Fate(
        mine=("actor",), names={"subject": None},
        why="what coordinators changed, by Slack id: kept for a year so that it can be answered for",
    ),
    "pair": Fate(
        mine=("junior_id", "senior_id"), blank={"why": "", "declined_at": None}, names={"created_by": ""},
        secret=("why", "created_by"), why="that there was a pair is the partner's too",
    ),
    "crossing": Fate(
        via="pair_id", exported=False, why="that both of a pair were asked whether to go on; no answer is stored",
    ),
    "match_setting": Fate(exported=False, why=_OURS),
    "match_run": Fate(names={"created_by": ""}, exported=False, why=_OURS),
    "match_suggestion": Fate(
        mine=("junior_id", "senior_id"), deleted=True, names={"decided_by": ""}, exported=False,
        why="whom coordinators thought of; telling would tell about the other one",
    ),
    "match_unmatched": Fate(
        mine=("person_id",), deleted=True, exported=False, why="why a run found nobody; what `status` says is theirs",
    ),
    "fit": Fate(mine=("person_id",), deleted=True, secret=("wants", "settled")),
    "session": Fate(
        mine=("booked_by",), via="pair_id", blank={"place": REMOVED}, secret=("reason",),
        why="that a session took place is the partner's too; why one was called off is told to nobody",
    ),
    "session_offer": Fate(mine=("person_id",), deleted=True),
    "rhythm": Fate(mine=("person_id",), why="how often the pair agreed to meet is the partner's too"),
    "calendar_file": Fate(mine=("user_id",), why="so that the file is deleted from Slack in time"),
    "session_report": Fate(mine=("person_id",), deleted=True),
    "agenda_line": Fate(mine=("author_id",), blank={"text": REMOVED}, why="reads “removed” in the pair's agendas"),
    "icebreaker_use": Fate(via="pair_id", why="which questions a pair was shown; nobody's words"),
    "icebreaker_answer": Fate(mine=("person_id",), deleted=True),
    "early_topics": Fate(mine=("asked_by",), deleted=True),
    "contract": Fate(
        mine=("author_id",), via="pair_id", why="what the pair agreed on is the partner's too; the words are elsewhere",
    ),
    "contract_line": Fate(
        mine=("author_id",), blank={"text": REMOVED}, why="reads “removed” in what the pair agreed on",
    ),
    "contract_agreement": Fate(mine=("person_id",), why="that the two agreed is the partner's too"),
    "contract_setting": Fate(exported=False, why=_OURS),
    "checkin": Fate(mine=("person_id",), blank={"extra": None}, why="that somebody was asked; no answer is left"),
    "answer": Fate(via="checkin_id", deleted=True),
    "ask_offer": Fate(mine=("person_id",), deleted=True),
    "reflection": Fate(mine=("person_id",), deleted=True),
    "review": Fate(mine=("person_id",), deleted=True),
    "commitment": Fate(mine=("owner_id",), blank={"text": REMOVED}, why="reads “removed” in the partner's lists"),
    "noticing": Fate(mine=("person_id",), deleted=True),
    "proposal": Fate(mine=("author_id",), blank={"text": REMOVED}, why="reads “removed” in the partner's lists"),
    "introduction": Fate(
        mine=("author_id",),
        blank={"to_user": "", "whom": REMOVED, "why": REMOVED, "line": REMOVED},
        names={"to_user": "", "changed_by": None},
        why="reads “removed” in the partner's lists; that there was one, and who changed it last, is the partner's too",
    ),
    "intro_answer": Fate(mine=("person_id",), deleted=True, names={"to_user": ""}),
    "intro_outcome": Fate(mine=("person_id",), deleted=True),
    "urn": Fate(
        mine=("person_id",), deleted=True, names={"senior_id": None}, secret=("mark", "senior_id"),
        why="a draw has to span several seniors, gone or not; whether an answer was drawn is told to nobody",
    ),
    "pulse": Fate(mine=("person_id",), deleted=True),
    "credit": Fate(mine=("person_id",), deleted=True),
    "learner": Fate(mine=("person_id",), deleted=True),
    "pref": Fate(mine=("person_id",), deleted=True),
    "prompted": Fate(mine=("user_id",), deleted=True),
    "pause": Fate(mine=("person_id",), deleted=True),
    "leaving": Fate(
        mine=("person_id",), blank={"reason": None, "note": None}, why="that somebody left; not why",
    ),
    "closing_word": Fate(mine=("person_id",), deleted=True),
    "wrap_up": Fate(via="pair_id", why="when a pair came to its end is the partner's too"),
    "staying": Fate(mine=("person_id",), deleted=True),
    "statement": Fate(mine=("person_id",), deleted=True),
    "quote": Fate(mine=("person_id",), deleted=True),
    "ripple": Fate(
        mine=("author_id",),
        blank={"line": None},
        why="that something came of a pair is the partner's too; not the words",
    ),
    "volunteer": Fate(mine=("person_id",), deleted=True),
    "steering": Fate(names={"made_by": ""}, exported=False, why="which channel a pilot's steering group has"),
    "export_file": Fate(mine=("user_id",), why="so that the file is deleted from Slack in time"),
    "help_request": Fate(
        mine=("person_id",), deleted=True, why="coordinators keep the message that they got in Slack",
    ),
    "concern": Fate(exported=False, why="that one was sent, and on which day; no people"),
    "nudge": Fate(
        names={"sent_by": ""}, exported=False, why="which template a coordinator sent to whom; nobody's words",
    ),
    "nudged": Fate(mine=("user_id",), deleted=True),
    "announcement": Fate(
        mine=("author_id",), blank={"text": REMOVED}, why="that it was sent; the words go, in Slack too",
    ),
    "support_links": Fate(exported=False, why=_OURS),
    "outbox": Fate(
        mine=("to",), deleted=True, secret=("nonce", "leased_by", "lease_until", "params"),
        why="what was sent to the person; a message under way goes ten minutes later",
    ),
    "due": Fate(mine=("recipient",), deleted=True, exported=False, why="what will be asked when; told by `status`"),
    "inbox": Fate(exported=False, why="ids of events, without people"),
    "taken_request": Fate(exported=False, why="signatures of requests, without people"),
    "pace": Fate(exported=False, why="when somebody may be written to again, for seconds"),
}  # fmt: skip
