"""The outbox's statements that every letter passes, put together once: that takes longer than to run them."""

from sqlalchemy import and_, bindparam, func, or_, select, update

from storage.records.delivery import LetterState
from storage.tables import outbox
from storage.types import UtcTime

WAITING = LetterState.WAITING.value
SENDING = LetterState.SENDING.value
OPEN = (WAITING, SENDING)
_WAITS = and_(outbox.c.state == WAITING, outbox.c.due_at <= bindparam("now"))
_HANGS = and_(outbox.c.state == SENDING, outbox.c.due_at <= bindparam("now"), outbox.c.lease_until <= bindparam("now"))
DUE = select(outbox.c.team_id, outbox.c.state, outbox.c.target).where(or_(_WAITS, _HANGS)).distinct()
DUE_HERE = DUE.where(outbox.c.team_id == bindparam("team"))
_THIS = and_(outbox.c.team_id == bindparam("team"), outbox.c.id == bindparam("letter"))
MAY_TRY = (
    select(outbox.c.id)
    .where(
        outbox.c.team_id == bindparam("team"),
        outbox.c.id.in_(bindparam("letters", expanding=True)),
        outbox.c.state == WAITING,
        outbox.c.leased_by == bindparam("courier"),
        outbox.c.lease_until > bindparam("until", type_=UtcTime),
    )
    .with_for_update()
)
TRY = (
    update(outbox)
    .where(_THIS)
    .values(
        state=SENDING,
        attempts=outbox.c.attempts + 1,
        first_attempt_at=func.coalesce(outbox.c.first_attempt_at, bindparam("now", type_=UtcTime)),
        last_attempt_at=bindparam("now", type_=UtcTime),
        channel=bindparam("where"),
    )
)
MARK = (
    update(outbox)
    .where(_THIS, or_(*(outbox.c.state == state for state in OPEN)))  # no IN: executemany takes none
    .values(
        state=LetterState.SENT.value,
        channel=bindparam("where"),
        ts=bindparam("stamp"),
        ambiguous=False,
        leased_by=None,
        lease_until=None,
    )
)
