"""Queries about people, their places in cohorts, and reporting lines."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update

from storage import tables as t
from storage.ids import new_id
from storage.memo import remembered
from storage.records.delivery import LetterState
from storage.records.enrol import Confided, Enrolment, Line, Participant, Person, Profile, Side
from storage.records.prefs import Prefs
from storage.sql import add_once, put
from storage.store import Tx

_GONE = (Enrolment.LEFT, Enrolment.FINISHED)
LATE, _OVER = "too late", "budget"
_ENDED = (LetterState.SKIPPED, LetterState.DEAD)


_PERSONS = select(t.person, t.pref.c.chosen).outerjoin(t.pref, t.pref.c.person_id == t.person.c.id)
_PERSONS = _PERSONS.where(t.person.c.team_id == bindparam("team"))
_BY_USER = _PERSONS.where(t.person.c.user_id == bindparam("user"))
_BY_ID = _PERSONS.where(t.person.c.id == bindparam("person"))
_BY_IDS = _PERSONS.where(t.person.c.id.in_(bindparam("persons", expanding=True)))
_BY_USERS = _PERSONS.where(t.person.c.user_id.in_(bindparam("users", expanding=True)))
_PLACES = select(t.participant, t.person.c.region, t.person.c.works_from, t.person.c.works_to).join_from(
    t.participant, t.person, t.person.c.id == t.participant.c.person_id
)
_PLACES = _PLACES.where(t.participant.c.team_id == bindparam("team")).order_by(t.participant.c.id)
_PLACE = _PLACES.where(t.participant.c.id == bindparam("place"))
_PLACES_OF = _PLACES.where(t.participant.c.person_id == bindparam("person"))
_ENROLLED = select(t.participant.c.id).where(
    t.participant.c.team_id == bindparam("team"),
    t.participant.c.person_id == bindparam("person"),
    t.participant.c.state.not_in(_GONE),
)
_CONFIDED = select(t.confided).where(
    t.confided.c.team_id == bindparam("team"), t.confided.c.person_id.in_(bindparam("persons", expanding=True))
)
_PLACES_IN = _PLACES.where(t.participant.c.cohort_id == bindparam("cohort"))
_SOME_PLACES_IN = _PLACES_IN.where(t.participant.c.person_id.in_(bindparam("persons", expanding=True)))


@remembered(t.person, t.pref)
async def find(tx: Tx, user_id: str) -> Person | None:
    """A person by Slack id."""
    row = (await tx.conn.execute(_BY_USER, {"team": tx.team, "user": user_id})).first()
    return _person(row) if row else None


@remembered(t.person, t.pref)
async def get(tx: Tx, person_id: str) -> Person | None:
    row = (await tx.conn.execute(_BY_ID, {"team": tx.team, "person": person_id})).first()
    return _person(row) if row else None


async def fetch(tx: Tx, user_ids: Collection[str]) -> None:
    """Persons and their keys at once, before a loop that finds, gets and opens them one by one."""
    rows = await tx.conn.execute(_BY_USERS, {"team": tx.team, "users": list(user_ids)})
    known = {row.user_id: _person(row) for row in rows}
    for user_id in user_ids:
        find.know(tx, known.get(user_id), user_id)
    for person in known.values():
        get.know(tx, person, person.id)
    await tx.load_keys(person.id for person in known.values())


def _person(row: Any) -> Person:
    """As the person wants it: a chosen zone or language counts before Slack's."""
    values = dict(row._mapping)
    prefs = Prefs(**(values.pop("chosen") or {}))
    values |= {"zone": prefs.zone or row.zone, "locale": prefs.language or row.locale}
    return Person(**values, prefs=prefs)


async def people(tx: Tx, person_ids: Iterable[str]) -> dict[str, Person]:
    """Persons by id, fetched at once."""
    return await _people(tx, frozenset(person_ids))


@remembered(t.person, t.pref)
async def _people(tx: Tx, person_ids: frozenset[str]) -> dict[str, Person]:
    rows = await tx.conn.execute(_BY_IDS, {"team": tx.team, "persons": list(person_ids)})
    return {row.id: _person(row) for row in rows}


async def meet_person(
    tx: Tx, user_id: str, *, name: str, zone: str, locale: str, enterprise_id: str | None = None, **outside: Any
) -> Person:
    """The person for a Slack account, made or brought up to date with what Slack says now.

    `outside` may say `guest` and `home_team`.
    """
    known = await find(tx, user_id)
    if known is None:
        fresh = Person(new_id(), tx.team, enterprise_id, user_id, name, zone, locale, "", False, **outside)
        values = asdict(fresh)
        del values["prefs"]
        await add_once(tx, t.person, values, key=["team_id", "user_id"])
        return await find(tx, user_id) or fresh
    await set_person(tx, known.id, name=name, zone=zone, locale=locale, **outside)
    return await find(tx, user_id) or known


async def in_slack(tx: Tx, person_id: str) -> tuple[str, str]:
    """The zone and locale that Slack has for somebody, whatever they chose here."""
    query = select(t.person.c.zone, t.person.c.locale).where(t.person.c.team_id == tx.team, t.person.c.id == person_id)
    row = (await tx.conn.execute(query)).one()
    return row.zone, row.locale


@remembered(t.person)
async def usual_region(tx: Tx, zone: str) -> str:
    """The region whose public holidays most people of a time zone keep; empty where nobody has named one."""
    c = t.person.c
    query = select(c.region).where(c.team_id == tx.team, c.zone == zone, c.region != "")
    query = query.group_by(c.region).order_by(func.count().desc(), c.region).limit(1)
    row = (await tx.conn.execute(query)).first()
    return str(row.region) if row else ""


async def set_person(tx: Tx, person_id: str, **values: Any) -> None:
    where = (t.person.c.team_id == tx.team, t.person.c.id == person_id)
    await tx.conn.execute(update(t.person).where(*where).values(**values))


@remembered(t.participant)
async def enrolled(tx: Tx, person_id: str) -> bool:
    """Whether the person takes part in any cohort now."""
    return (await tx.conn.execute(_ENROLLED, {"team": tx.team, "person": person_id})).first() is not None


async def save_participant(tx: Tx, participant: Participant, now: datetime) -> None:
    """Store a place in a cohort; joining again or editing the profile replaces it."""
    profile = participant.profile
    values = {
        "id": participant.id, "team_id": tx.team, "person_id": participant.person_id,
        "cohort_id": participant.cohort_id, "state": participant.state,
        "consent_version": participant.consent_version, "consented_at": participant.consented_at,
        "sides": sorted(profile.sides), "level": profile.level, "department": profile.department,
        "location": profile.location, "purposes": list(profile.purposes), "division": profile.division,
        "languages": list(profile.languages), "capacity_junior": profile.capacity_junior,
        "capacity_senior": profile.capacity_senior, "identity_off": profile.identity_off,
        "offers": list(profile.offers), "wants": list(profile.wants),
    }  # fmt: skip
    columns = t.participant.c
    for name, text in (("share", profile.share), ("learn", profile.learn)):
        values[name] = await tx.seal(participant.person_id, columns[name], participant.id, text, now)
    await put(tx, t.participant, values, key=["id"])
    known = {"region": profile.region, "works_from": profile.works_from, "works_to": profile.works_to}
    await set_person(tx, participant.person_id, **known)


async def set_state(tx: Tx, person_id: str, cohort_id: str, state: Enrolment) -> None:
    c = t.participant.c
    where = (c.team_id == tx.team, c.person_id == person_id, c.cohort_id == cohort_id)
    await tx.conn.execute(update(t.participant).where(*where).values(state=state))


async def participant(tx: Tx, participant_id: str) -> Participant | None:
    """One place in a cohort."""
    return next(iter(await _participants(tx, _PLACE, place=participant_id)), None)


@remembered(t.participant, t.person)
async def participations(tx: Tx, person_id: str) -> list[Participant]:
    """All of a person's places, newest last."""
    return await _participants(tx, _PLACES_OF, person=person_id)


async def place(tx: Tx, person_id: str, cohort_id: str) -> Participant | None:
    """A person's place in one cohort."""
    return next((p for p in await participations(tx, person_id) if p.cohort_id == cohort_id), None)


async def participants(tx: Tx, cohort_id: str) -> list[Participant]:
    return await _participants(tx, _PLACES_IN, cohort=cohort_id)


async def some_participants(tx: Tx, cohort_id: str, person_ids: Collection[str]) -> list[Participant]:
    """Of these people, those in a cohort: ten thousand at once would keep everything else waiting."""
    return await _participants(tx, _SOME_PLACES_IN, cohort=cohort_id, persons=list(person_ids))


async def person_ids(tx: Tx, cohort_id: str, *states: Enrolment) -> list[str]:
    """Everybody in a cohort whose place is in one of these states."""
    c = t.participant.c
    query = select(c.person_id).where(c.team_id == tx.team, c.cohort_id == cohort_id, c.state.in_(states))
    return list(await tx.conn.scalars(query.order_by(c.person_id)))


async def _participants(tx: Tx, query: Select[Any], **which: Any) -> list[Participant]:
    rows = (await tx.conn.execute(query, {"team": tx.team, **which})).all()
    await tx.load_keys(row.person_id for row in rows)
    return [await _participant(tx, row) for row in rows]


async def _participant(tx: Tx, row: Any) -> Participant:
    c = t.participant.c
    profile = Profile(
        sides=frozenset(Side(s) for s in row.sides), level=row.level, department=row.department,
        location=row.location, region=row.region, purposes=tuple(row.purposes),
        share=await tx.open(row.person_id, c.share, row.id, row.share) or "",
        learn=await tx.open(row.person_id, c.learn, row.id, row.learn) or "",
        division=row.division, languages=tuple(row.languages), capacity_junior=row.capacity_junior,
        capacity_senior=row.capacity_senior, identity_off=row.identity_off,
        works_from=row.works_from, works_to=row.works_to, offers=tuple(row.offers), wants=tuple(row.wants),
    )  # fmt: skip
    return Participant(
        row.id, row.team_id, row.person_id, row.cohort_id, Enrolment(row.state), row.consent_version,
        row.consented_at, profile,
    )  # fmt: skip


async def add_wish(tx: Tx, user_id: str, now: datetime) -> bool:
    """Remember who wants to hear of the next cohort; False when they are on the list already."""
    values = {"team_id": tx.team, "user_id": user_id, "at": now}
    return await add_once(tx, t.cohort_wish, values, key=["team_id", "user_id"])


async def wishes(tx: Tx) -> list[str]:
    """The Slack ids on that list, in the order in which they asked."""
    query = select(t.cohort_wish).where(t.cohort_wish.c.team_id == tx.team).order_by(t.cohort_wish.c.at)
    return [row.user_id for row in await tx.conn.execute(query)]


async def drop_wish(tx: Tx, user_id: str) -> None:
    c = t.cohort_wish.c
    await tx.conn.execute(t.cohort_wish.delete().where(c.team_id == tx.team, c.user_id == user_id))


async def undelivered(tx: Tx, receivers: Iterable[str], since: datetime) -> list[tuple[str, datetime, str]]:
    """Kind, due time and why ("too late", "budget", "") of what did not reach these receivers, newest first.

    Receivers are Slack ids and pair ids (letters) and person ids (work). What was taken back on purpose is left out:
    the person would learn what somebody else undid.
    """
    wanted = set(receivers)
    found: list[tuple[str, datetime, str]] = []
    for table, receiver in ((t.outbox, t.outbox.c.to), (t.due, t.due.c.recipient)):
        c = table.c
        query = select(c.kind, c.due_at, c.state, c.reason).where(
            c.team_id == tx.team, receiver.in_(wanted), c.due_at >= since, c.state.in_(_ENDED)
        )
        rows = (await tx.conn.execute(query)).all()
        why = [
            (row, next((known for known in (LATE, _OVER) if (row.reason or "").startswith(known)), "")) for row in rows
        ]
        found += [(r.kind, r.due_at, said) for r, said in why if said or r.state == LetterState.DEAD]
    return sorted(found, key=lambda one: one[1], reverse=True)


async def confide(tx: Tx, person_id: str, told: Confided, now: datetime) -> None:
    """Keep what somebody told the matching, in the place of what they told before."""
    body = json.dumps(asdict(told), separators=(",", ":"))
    sealed = await tx.seal(person_id, t.confided.c.body, person_id, body, now)
    values = {"person_id": person_id, "team_id": tx.team, "body": sealed, "at": now}
    await put(tx, t.confided, values, key=["person_id"])


async def confided(tx: Tx, person_ids: Collection[str]) -> dict[str, Confided]:
    """What these people told the matching, by person id; only for themselves and for computing pairs."""
    c = t.confided.c
    rows = (await tx.conn.execute(_CONFIDED, {"team": tx.team, "persons": list(person_ids)})).all()
    await tx.load_keys(row.person_id for row in rows)
    bodies = {row.person_id: await tx.open(row.person_id, c.body, row.person_id, row.body) for row in rows}
    return {person_id: _confided(body) for person_id, body in bodies.items() if body}


def _confided(body: str) -> Confided:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(body).items()
    }
    return Confided(**told)


async def set_line(tx: Tx, user_id: str, manager_id: str | None) -> None:
    """Record whom somebody reports to; "" says that they report to nobody, None that nothing is known."""
    if manager_id is None:
        c = t.line.c
        await tx.conn.execute(t.line.delete().where(c.team_id == tx.team, c.user_id == user_id))
        return
    await put(tx, t.line, asdict(Line(tx.team, user_id, manager_id)), key=["team_id", "user_id"])


async def lines(tx: Tx) -> dict[str, str]:
    """Slack id → manager's Slack id ("" at the top), for the whole workspace."""
    rows = await tx.conn.execute(select(t.line).where(t.line.c.team_id == tx.team))
    return {row.user_id: row.manager_id for row in rows}
