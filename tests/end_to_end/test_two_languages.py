"""One pair, two languages: each reads their own, and what both read together is in the programme's."""

from datetime import UTC, datetime

from icalendar import Calendar

from tests.end_to_end.conftest import Town
from tests.end_to_end.test_meet import space
from tests.world import seed

GENERAL = "C07GENERAL"


async def test_ana_speaks_french_bo_english_and_their_space_what_the_programme_speaks(town: Town) -> None:
    await seed(town.house.kit)
    ana, bo = town.person("ana"), town.person("bo")
    await ana.command("/revmentor prefs")
    assert "français" in str(ana.modal), "each language is offered in its own name"
    assert (await ana.submit({"prefs.language": "fr"})).ok
    assert "Enregistré." in str(ana.modal)
    await ana.dismiss()

    await ana.command("/revmentor schedule mar. 14h30 et demi")
    assert "Je n’arrive pas à lire" in str(ana.modal)
    await ana.dismiss()
    await ana.command("/revmentor schedule mar. 10 mars 14h")
    assert "Prévoir une séance" in str(ana.modal)
    assert (await ana.submit({})).closed
    await town.settle()
    assert "Session 1 is booked: " in town.said(ana, space(ana))
    await ana.command("/revmentor sessions")
    assert "Séance 1" in town.said(ana, GENERAL)

    await ana.press("Calendar file")
    await town.settle()
    [file] = [file for file in town.pg.workspace.files.values() if file.name.endswith(".ics")]
    [entry] = Calendar.from_ical(file.content).walk("VEVENT")
    assert entry["SUMMARY"] == "Séance de mentorat inversé"

    await town.until(datetime(2026, 3, 10, 16, 30, tzinfo=UTC))
    assert "vous êtes-vous vus" in town.said(ana)
    assert "Did you and" in town.said(bo)
    await ana.press("Oui, nous nous sommes vus")
    await town.until(datetime(2026, 3, 11, 12, tzinfo=UTC))
    assert "quatre questions" in town.said(ana) and "What did you learn" in town.said(bo)
    assert (await ana.open_home()).ok
    await town.settle()
    assert "Ton point t’attend." in str(ana.home)
