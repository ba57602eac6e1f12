"""Preferences and pauses as people live them in Slack: commands, modals, Home, what the partner reads."""

from datetime import UTC, datetime

from storage import match, programme
from storage.records.match import PairState
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.world import TEAM, seed

GENERAL = "C07GENERAL"


async def test_whose_pair_is_over_can_still_choose_and_a_stranger_cannot(town: Town) -> None:
    """Promises are asked about, and what came of it months later."""
    kit = town.house.kit
    world = await seed(kit, channel="C07TEAM001")
    async with kit.store.write(TEAM) as tx:
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.COMPLETED, ended_at=kit.clock())
        await programme.finish_places(tx, world.cohort.id)
    await hold(kit, world)
    ana, dee = town.person("ana"), town.person("dee")
    await ana.open_home()
    await town.settle()
    await ana.press("prefs.open")
    assert "Only you see what you choose" in str(ana.modal)
    assert (await ana.submit({"prefs.zone": "new york"})).ok and "New York time" in str(ana.modal)
    await dee.open_home()
    await town.settle()
    assert "prefs.open" not in str(dee.home)


async def test_a_coordinator_who_takes_no_part_chooses_a_language_and_is_asked_nothing_of_sessions(town: Town) -> None:
    await seed(town.house.kit, channel="C07TEAM001")
    chi = town.person("chi")
    await chi.open_home()
    await town.settle()
    await chi.press("prefs.open")
    shown = str(chi.modal)
    assert "prefs.language" in shown and "prefs.hour" not in shown and "prefs.day" not in shown and "fewer" not in shown
    wrong = await chi.submit({"prefs.zone": "Atlantis"})
    assert "I don't know that place" in str(wrong.errors)
    done = await chi.submit({"prefs.zone": "tokyo", "prefs.language": "fr"})
    assert done.ok and "Enregistré" in str(chi.modal)
    await chi.open_home()
    await town.settle()
    assert "Préférences" in str(chi.home)
    await chi.dismiss()
    await chi.command("/revmentor preferences")
    assert "la langue du programme" in str(chi.modal) and "Asia/Tokyo" in str(chi.modal)


async def test_somebody_chooses_hours_and_another_country_and_takes_it_back(town: Town) -> None:
    await seed(town.house.kit, channel="C07TEAM001")
    ana = town.person("ana")
    await ana.command("/revmentor prefs")
    assert "Only you see what you choose" in str(ana.modal)
    wrong = await ana.submit({"prefs.zone": "Atlantis"})
    assert "I don't know that place" in str(wrong.errors)
    await ana.press("prefs.region", value="US")
    assert "California" in str(ana.modal) or "CA" in str(ana.modal)
    done = await ana.submit({"prefs.zone": "new york", "prefs.part.US": "CA", "prefs.less": ["fewer", "plain"]})
    assert done.ok
    assert "New York time" in str(ana.modal)
    assert "United States (CA)" in str(ana.modal)
    await ana.dismiss()

    assert (await ana.open_home()).ok
    await town.settle()
    assert "New York time" in str(ana.home)
    assert '"type": "divider"' not in str(ana.home).replace("'", '"')
    await ana.command("/revmentor status")
    assert "fewer messages" in town.said(ana, GENERAL)


async def test_a_pause_in_slack_from_the_command_to_the_day_it_ends(town: Town) -> None:
    world = await seed(town.house.kit, channel="C07TEAM001")
    ana, bo = town.person("ana"), town.person("bo")
    await ana.open_home()
    await bo.open_home()
    await hold(town.house.kit, world)

    await ana.command("/revmentor pause 2 weeks")
    assert "2026-03-16" in str(ana.modal)
    assert (await ana.submit({"pause.note": "Back mid-March"})).ok
    await ana.press("pause.undo")
    await town.forward(minutes=15)
    assert "paused" not in town.said(bo)

    await ana.command("/revmentor pause soon")
    assert "I don't understand that" in str(ana.modal)
    await ana.dismiss()
    await ana.command("/revmentor pause 2026-03-16")
    assert (await ana.submit({"pause.note": "Back mid-March"})).ok
    await town.forward(minutes=15)
    told = town.said(bo)
    assert "Your pair is paused until" in told
    assert "Back mid-March" in told
    assert "Ana" not in told and world.ana.user_id not in told
    assert "This pair is paused until Mon, Mar 16." in str(bo.home)
    assert "You have paused until" in str(ana.home)

    await town.until(datetime(2026, 3, 16, 8, 59, tzinfo=UTC))
    assert "Quick private check-in" not in town.said(ana)
    await town.until(datetime(2026, 3, 16, 9, 5, tzinfo=UTC))
    assert "Your pause is over" in town.said(ana)
    assert "goes on" in town.said(bo)
    await ana.command("/revmentor resume")
    assert "You have not paused" in town.said(ana, GENERAL)
