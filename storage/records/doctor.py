"""What a check-up finds in the database: counts, ids and versions only."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Memory:
    """The database as a whole. `running`: a bot holds the SQLite file. `free` is the disk's free bytes, if it is here.

    `integrity` is SQLite's own verdict ("ok"); `keys` counts data keys by master key, `closed` those that don't open.
    Letters and work that are `late` were due an hour ago or earlier, `dead` ones were set aside.
    """

    kind: str
    version: str
    revision: str | None
    newest: str
    known: bool
    running: bool
    writable: bool
    free: int | None
    integrity: str = "ok"
    keys: dict[str, int] = field(default_factory=dict)
    closed: int = 0
    letters_late: int = 0
    letters_dead: int = 0
    work_late: int = 0
    work_dead: int = 0
    programmes: tuple["ProgrammeRow", ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A workspace's programme. `named` are Slack ids by what they were named for; `nowhere`: people without region."""

    team_id: str
    channel_id: str
    zone: str
    coordinators: frozenset[str]
    named: dict[str, str]
    nowhere: int
