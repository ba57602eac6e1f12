"""A programme that Chi coordinates, with an open cohort and people who join it as they would."""

from dataclasses import replace
from datetime import date
from typing import Any

from playground.person import Person
from storage import programme
from storage.ids import new_id
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from tests.end_to_end.conftest import Town

SPRING = Cohort(
    id="spring", team_id="", name="Spring", purpose=Purpose.TECHNOLOGY, starts_on=date(2026, 3, 2),
    ends_on=date(2026, 8, 28), sessions=6, cadence_days=28, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
)  # fmt: skip


async def open_cohort(town: Town, **changes: Any) -> Cohort:
    """Chi's programme, set up behind the scenes, with one cohort that is open."""
    kit, team = town.house.kit, town.pg.workspace.team_id
    chi, dee, noor, eli = (town.person(name).id for name in ("chi", "dee", "noor", "eli"))
    plan = Programme(
        team_id=team, enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner=dee, safe_contacts=(noor, eli),
        channel_id="C07TEAM001", zone="Europe/Berlin", digest_weekday=0, digest_hour=9, k=5, clamp=2,
        checkin_after_hours=None, language="en", digest_paused=False, created_at=kit.clock(),
    )  # fmt: skip
    cohort = replace(SPRING, **{"id": new_id(), "team_id": team, **changes})
    async with kit.store.write(team) as tx:
        if await programme.get(tx) is None:
            await programme.save(tx, plan)
            await programme.add_coordinator(tx, chi, chi, kit.clock())
        await programme.add_cohort(tx, cohort)
    return cohort


async def join(town: Town, name: str, side: str, **profile: Any) -> Person:
    """Somebody joins as people do: reads, ticks, fills in; what they share and learn stands in the second form."""
    person = town.person(name)
    assert (await person.command("/revmentor join")).ok
    assert (await person.submit({"consent": ["yes"]})).ok
    level = "1" if side == "junior" else "4"
    brought = {name: profile.pop(name) for name in ("share", "learn", "offers", "wants") if name in profile}
    filled = {
        "sides": [side], "level": level, "department": f"{name} department", "location": "Berlin",
        "purposes": ["technology"], **profile,
    }  # fmt: skip
    result = await person.submit(filled)
    assert result.ok, result
    if brought:
        assert (await person.submit(brought)).ok
    await town.settle()
    return person
