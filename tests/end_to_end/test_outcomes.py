"""What came of a cohort arrives in the coordinators' channel, with both sides beside each other, and once."""

from datetime import timedelta

from bot.services import report
from storage import match, programme, review
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.programme import CohortState
from storage.records.report import FigureKind
from storage.records.review import Given, Review, ReviewKind, ReviewState
from storage.store import Tx
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_report import CHANNEL, MONDAY, begin
from tests.services.many import Two

GIVEN = {
    Side.JUNIOR: {"end_junior_benefit": "2", "end_junior_again": "yes"},
    Side.SENIOR: {"end_senior_benefit": "5", "end_senior_again": "yes"},
}
KINDS = {Side.JUNIOR: FigureKind.END_JUNIOR, Side.SENIOR: FigureKind.END_SENIOR}


async def test_what_came_of_a_cohort_arrives_once_with_both_sides_beside_each_other(town: Town) -> None:
    cohort, pairs = await begin(town, 6)
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        for two in pairs:
            await look_back(town, tx, two)
        assert await programme.move_cohort(tx, cohort.id, CohortState.OPEN, CohortState.CLOSED)
    await town.until(MONDAY + timedelta(days=7))
    chi = town.person("chi")
    (message,) = [one for one in chi.messages(CHANNEL) if "What came of" in one["text"]]
    said = str(message["blocks"])
    assert "More of the seniors than of the juniors say they got a lot out of it." in said
    assert "*Seniors*  6 answers" in said and "*Juniors*  6 answers" in said
    assert "Got a lot out of it: *more than half* (4 or more of 6)" in said
    await chi.press("report.shield")
    assert "Nobody is in two such figures, nor in one and in another" in str(chi.modal)


async def look_back(town: Town, tx: Tx, two: Two) -> None:
    """A pair that was completed forty days ago, and answered."""
    kit, now = town.house.kit, town.house.kit.clock()
    then = now - timedelta(days=40)
    await match.move(tx, two.pair.id, PairState.ACTIVE, PairState.COMPLETED, ended_at=then)
    for person, side in ((two.junior, Side.JUNIOR), (two.senior, Side.SENIOR)):
        one = Review(
            new_id(), tx.team, two.pair.id, person.id, side, ReviewKind.END, ReviewState.SENT, then,
            then + timedelta(days=14), None,
        )  # fmt: skip
        await review.add(tx, one)
        await review.save(tx, one, Given(1, GIVEN[side]), then)
        await report.remember(kit, tx, two.pair, KINDS[side], one.id, then)
