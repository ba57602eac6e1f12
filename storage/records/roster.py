"""What an organisation told about its people before they took part, and lists that are being looked over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.enrol import Side


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the organisation's list; whoever it is need not take part, and has agreed to nothing yet.

    Nothing told is "", 0 for the level, an empty set or tuple. `languages` are ISO 639-1 codes, `region` a place whose
    public holidays count ("DE-BY"). `at` is when a list last named the person.
    """

    team_id: str
    user_id: str
    name: str
    at: datetime
    employee_id: str = ""
    level: int = 0
    department: str = ""
    division: str = ""
    location: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    sides: frozenset[Side] = frozenset()
    purposes: tuple[str, ...] = ()


class DraftState(StrEnum):
    """How far a list has got: handed in, being checked, checked, being saved, saved, being taken back, taken back.

    FAILED cannot be checked, for Slack refused; BROKEN is whatever nobody foresaw, in any of the three works.
    """

    GIVEN = "given"
    CHECKING = "checking"
    CHECKED = "checked"
    SAVING = "saving"
    SAVED = "saved"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    BROKEN = "broken"


class Part(StrEnum):
    """What of a list is kept, each sealed under the key of whoever handed it in."""

    TEXT = "text"
    RESULT = "result"
    BEFORE = "before"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Draft:
    """A list on its way in. `columns` is field → number of the column; `view_id` the modal that waits for work.

    `person_id` handed it in. `saved_at` is when it was saved, `reason` why it could not be checked; of a broken one the
    state in which it broke, and the reference number.
    """

    id: str
    team_id: str
    person_id: str
    state: DraftState
    made_at: datetime
    columns: dict[str, int]
    view_id: str = ""
    saved_at: datetime | None = None
    reason: str = ""
