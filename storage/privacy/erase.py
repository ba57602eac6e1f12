"""Taking a person out: what they wrote goes, what others share with them stays without them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, delete, false, or_, select, update

from storage import tables as t
from storage.privacy.fates import FATES, Fate
from storage.records.delivery import Letter, LetterState, Target
from storage.records.enrol import GONE
from storage.records.privacy import Sent
from storage.store import Tx


def mine(tx: Tx, table: Table, fate: Fate, user_id: str, person_id: str | None) -> ColumnElement[bool]:
    """Rows of a table that are the person's, by the columns that say whose they are."""
    named = [table.c[name] == who for name in fate.mine if (who := _who(table, name, user_id, person_id)) is not None]
    return and_(table.c.team_id == tx.team, or_(*named) if named else false())


def around(tx: Tx, table: Table, fate: Fate, person_id: str | None) -> ColumnElement[bool]:
    """Rows of a table that belong to the person's pairs or check-ins, where it has such a column."""
    if not fate.via or person_id is None:
        return false()
    of = {"pair_id": _pairs(tx, person_id), "checkin_id": _checkins(tx, person_id)}[fate.via]
    return and_(table.c.team_id == tx.team, table.c[fate.via].in_(of))


async def erase(tx: Tx, user_id: str, person_id: str | None) -> None:
    """Do to every table what `FATES` says, in the caller's transaction. From then on nobody has this Slack account.

    Letters that a courier has in its hands stay; `open_letters` names them, and they are dealt with when they ended.
    """
    for table in (t.roster_part, t.roster_draft):  # a list on its way in may name the person, and bring them back
        await tx.conn.execute(delete(table).where(table.c.team_id == tx.team))
    for name, fate in FATES.items():
        if name in ("person", "outbox", "due") or name not in t.metadata.tables:
            continue
        table = t.metadata.tables[name]
        await _apply(tx, table, fate, user_id, person_id)
    await cancel_for(tx, user_id, person_id)
    if person_id is not None:
        c = t.person.c
        nobody = {**FATES["person"].blank, "user_id": f"{GONE}{person_id.replace('-', '')[-16:]}"}
        await tx.conn.execute(update(t.person).where(c.team_id == tx.team, c.id == person_id).values(**nobody))
    tx.conn.forget()


async def cancel_for(tx: Tx, user_id: str, person_id: str | None) -> None:
    """Drop what was sent or is to be sent to somebody, and the work planned about them."""
    c, d = t.outbox.c, t.due.c
    personal = c.target.in_([Target.PERSON.value, Target.HOME.value])
    here = (c.team_id == tx.team, c.to == user_id, personal, c.state != LetterState.SENDING.value)
    await tx.conn.execute(delete(t.outbox).where(*here))
    subjects = [user_id, *([person_id] if person_id else [])]
    about = [d.recipient.in_(subjects), d.subject.in_(subjects)]
    if person_id is not None:
        places = select(t.participant.c.id).where(t.participant.c.person_id == person_id)
        about += [d.subject.in_(places), d.subject.in_(_checkins(tx, person_id))]
    await tx.conn.execute(delete(t.due).where(d.team_id == tx.team, or_(*about)))


async def letters_shown(
    tx: Tx, user_id: str, pair_ids: Collection[str], partners: Collection[str], kinds: Collection[str]
) -> list[Sent]:
    """Messages in Slack that were sent to a person, or that show others what the person wrote.

    The latter are those of the given kinds, to the person's pairs or to their partners (Slack ids) about them.
    """
    c = t.outbox.c
    own = and_(c.to == user_id, c.target == Target.PERSON.value)
    space = and_(c.to.in_(pair_ids), c.target == Target.PAIR.value, c.kind.in_(kinds))
    theirs = and_(c.to.in_(partners), c.target == Target.PERSON.value, c.kind.in_(kinds))
    query = select(c.to, c.channel, c.ts, c.params).where(c.team_id == tx.team, c.ts.is_not(None))
    about = {*pair_ids, *await _subjects(tx, pair_ids)}
    found = []
    for row in await tx.conn.execute(query.where(c.channel.is_not(None), or_(own, space, theirs)).order_by(c.id)):
        if row.to not in partners or about.intersection((row.params or {}).values()):
            found.append(Sent(row.channel, row.ts))
    return found


async def open_letters(tx: Tx, user_id: str) -> list[str]:
    """Ids of letters to somebody that a courier is sending right now."""
    c = t.outbox.c
    query = select(c.id).where(c.team_id == tx.team, c.to == user_id, c.state == LetterState.SENDING.value)
    return [row.id for row in await tx.conn.execute(query)]


async def drop_letter(tx: Tx, letter: Letter) -> None:
    """Forget a letter that has ended."""
    c = t.outbox.c
    await tx.conn.execute(delete(t.outbox).where(c.team_id == tx.team, c.id == letter.id))


async def _apply(tx: Tx, table: Table, fate: Fate, user_id: str, person_id: str | None) -> None:
    where = mine(tx, table, fate, user_id, person_id) if fate.mine else around(tx, table, fate, person_id)
    if fate.deleted:
        await tx.conn.execute(delete(table).where(where))
    elif fate.blank:
        await tx.conn.execute(update(table).where(where).values(**fate.blank))
    for column, instead in fate.names.items():
        who = _who(table, column, user_id, person_id)
        if instead is not None and who is not None:
            named = and_(table.c.team_id == tx.team, table.c[column] == who)
            await tx.conn.execute(update(table).where(named).values({column: instead}))


def _who(table: Table, column: str, user_id: str, person_id: str | None) -> str | None:
    """What the column holds for this person: our id, or Slack's; of `due`, our id."""
    ours = column == "id" or bool(table.c[column].foreign_keys) or table.name == "due"
    return person_id if ours else user_id


def _pairs(tx: Tx, person_id: str) -> Select[Any]:
    c = t.pair.c
    return select(c.id).where(c.team_id == tx.team, or_(c.junior_id == person_id, c.senior_id == person_id))


def _checkins(tx: Tx, person_id: str) -> Select[Any]:
    return select(t.checkin.c.id).where(t.checkin.c.team_id == tx.team, t.checkin.c.person_id == person_id)


async def _subjects(tx: Tx, pair_ids: Collection[str]) -> set[str]:
    """Ids of the sessions, check-ins, commitments, suggestions and introductions of pairs: what letters are about."""
    found: set[str] = set()
    for table in (t.session, t.checkin, t.commitment, t.proposal, t.introduction):
        query = select(table.c.id).where(table.c.team_id == tx.team, table.c.pair_id.in_(pair_ids))
        found |= {row.id for row in await tx.conn.execute(query)}
    return found
