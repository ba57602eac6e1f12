"""A coordinator finds a quiet pair, looks at it, nudges both, and writes to everybody; in Slack, by hand."""

from datetime import timedelta

from playground.person import Person
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town
from tests.services.many import add_pairs

SAID = "The canteen talk is on Friday. <!channel>"


async def test_a_quiet_pair_is_found_nudged_and_written_to(town: Town) -> None:
    cohort = await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    await add_pairs(town.house.kit, cohort, 1, {0: (ana.id, bo.id)})
    town.clock.set(town.clock.now() + timedelta(days=14))
    chi: Person = town.person("chi")

    await chi.command("/revmentor admin health")
    assert "1 pair without a first session" in str(chi.modal)
    await chi.press("All pairs")
    assert "Attention, no first session" in str(chi.modal)
    await chi.press("report.pairs_show", value="on_track")
    assert "No pair is like this" in str(chi.modal)
    await chi.dismiss()

    await chi.command("/revmentor admin pair-info @ana @bo")
    assert "Whose turn to book" in str(chi.modal)
    await chi.press("Nudge them")
    assert "2 people get it" in str(chi.modal)
    await chi.submit({})
    assert "On its way: 2 people" in str(chi.modal)
    await town.forward(days=1)
    for person in (ana, bo):
        assert town.said(person).count("There is no date for your next session yet") == 1

    await chi.command("/revmentor admin announce")
    await chi.submit({"text": SAID})
    assert "This is how it will look" in str(chi.modal)
    assert "canteen" not in town.said(ana)
    await chi.submit({})
    await town.forward(hours=24)
    assert "The canteen talk is on Friday. ‹!channel›" in town.said(bo)
    await chi.command("/revmentor admin announce")
    assert "sent to 2" in str(chi.modal)
    assert "canteen" not in str(chi.modal), "what became of it, not what it said"
