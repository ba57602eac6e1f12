"""Themes from the junior's pick to the note that tells everybody what became of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.domain.theme import LABEL, LINE, WHO, WORDS
from prompts import Library
from storage import enrol, match, report
from storage.ids import new_id
from storage.records.enrol import Enrolment
from storage.records.match import Pair, PairState
from storage.records.report import Cell, FigureKind, Release
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town, open_town

MONDAY = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
FIRST_THURSDAY = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
CHANNEL = "C07TEAM001"


async def themed(town: Town, *themes: str) -> None:
    """Ana and Bo are a pair, and a release says of these themes that enough juniors named them."""
    cohort = await open_cohort(town)
    for name, side in (("ana", "junior"), ("bo", "senior")):
        await (await join(town, name, side)).dismiss()
    kit, now = town.house.kit, town.clock.now()
    async with kit.store.write(town.pg.workspace.team_id) as tx:
        one, other = [person for name in ("ana", "bo") if (person := await enrol.find(tx, town.person(name).id))]
        await match.add(tx, Pair(
            new_id(), tx.team, cohort.id, one.id, other.id, PairState.ACTIVE, None, "", "U1", now, now, None
        ))  # fmt: skip
        for person in (one, other):
            await enrol.set_state(tx, person.id, cohort.id, Enrolment.PAIRED)
        cells = tuple(Cell(name, 3, 10) for name in themes)
        made = Release(new_id(), tx.team, cohort.id, FigureKind.THEMES, "2026-W13", 10, cells, False, now)
        await report.add_releases(tx, [made])


def the_digest(town: Town) -> dict[str, Any]:
    return next(m for m in town.person("chi").messages(CHANNEL) if "weekly digest" in m["text"])


async def test_from_the_digest_to_the_owner_and_back_to_everybody(tmp_path: Path, library: Library) -> None:
    async with open_town(tmp_path, library, starts=MONDAY) as town:
        await themed(town, "data", "training")
        await take(town)
        await close(town)


async def take(town: Town) -> None:
    """From the digest to somebody who hears of it in their own morning."""
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command("/revmentor admin digest now", channel=CHANNEL)).ok
    await town.settle()
    assert "*Training* · *Data* (3 or more people each)" in str(the_digest(town))
    await dee.press("Take to owner", in_=the_digest(town))
    assert "for coordinators" in str(dee.modal), "Dee reads the channel and does not coordinate"
    await chi.press("Take to owner", in_=the_digest(town))
    await chi.press("theme.take")
    assert "Training" in str(chi.modal)
    app = next(user.id for user in town.pg.workspace.users.values() if user.is_bot)
    refused = await chi.submit({WHO: app, LINE: "Who can *start*?"})
    assert WHO in refused.errors
    assert (await chi.submit({WHO: dee.id, LINE: "Who can <!here> *start*?"})).ok
    assert "Taken further" in str(chi.modal)
    await town.forward(minutes=11)
    assert "brings you a theme" not in town.said(dee), "it is night in New York"
    await town.until(MONDAY.replace(hour=14, minute=5))
    assert "brings you a theme from the reverse-mentoring cohort *Spring*: *Training*" in town.said(dee)
    assert "<!here>" not in town.said(dee)


async def close(town: Town) -> None:
    """With words that everybody with a pair reads, after others that were taken back."""
    chi = town.person("chi")
    await chi.press("theme.close")
    assert WORDS in (await chi.submit({WORDS: "   "})).errors
    assert (await chi.submit({WORDS: "Nothing yet"})).ok
    await chi.press("Undo")
    await chi.press("theme.close")
    assert (await chi.submit({WORDS: "Fridays are for learning now."})).ok
    await chi.dismiss()
    await town.until(FIRST_THURSDAY)
    for person in (town.person("ana"), town.person("bo")):
        assert "What changed because of you" in town.said(person)
        assert "Fridays are for learning now." in town.said(person)
        assert "Nothing yet" not in town.said(person)


async def test_a_theme_of_our_own_is_for_cohorts_to_come(town: Town) -> None:
    await open_cohort(town)
    chi = town.person("chi")
    await chi.command("/revmentor admin themes Nowhere")
    assert "No cohort that fits here is called *Nowhere*. Type one of these: Spring." in str(chi.modal)
    await chi.dismiss()
    await chi.command("/revmentor admin themes spring")
    assert "fewer than ten juniors" in str(chi.modal)
    await chi.press("Themes to pick from")
    await chi.press("Add a theme")
    assert LABEL in (await chi.submit({LABEL: "meetings"})).errors
    assert LABEL in (await chi.submit({LABEL: "  "})).errors
    assert (await chi.submit({LABEL: "Parking & <bikes>"})).ok
    assert "Parking &amp; &lt;bikes&gt;" in str(chi.modal)
    await chi.press("Undo")
    assert "There are none yet" in str(chi.modal)
    await chi.press("Add a theme")
    assert (await chi.submit({LABEL: "Parking"})).ok
    await town.forward(minutes=11)
    await chi.press("Undo")
    assert "can't be taken back any more" in str(chi.modal)
