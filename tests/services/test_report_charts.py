"""Which chart a digest gets: its own, or an earlier one that looks the same to its readers."""

from dataclasses import replace

from bot.services.kit import Kit
from bot.services.report.charts import chart_plan, keep_chart
from storage import programme
from storage import report as reports
from storage.ids import new_id
from tests.clockwork import MovableClock
from tests.services.many import YES, add_pairs, everybody_answers
from tests.services.weeks import plan, sweep
from tests.world import TEAM, World


async def test_a_chart_that_looks_the_same_is_used_again_but_not_in_another_language(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await everybody_answers(kit, await add_pairs(kit, world.cohort, 20), YES)
    await plan(kit, world)
    await sweep(kit, clock)
    async with kit.store.write(TEAM) as tx:
        (first,) = await reports.digests(tx, world.cohort.id)
        again = replace(first, id=new_id(), week="2026-W52")
        await reports.add_digest(tx, again)
        drawn = await chart_plan(tx, first.id)
        assert drawn is not None
        assert (drawn.language, drawn.reuse) == ("en", None)
        await keep_chart(tx, drawn, "F1")
        assert await chart_plan(tx, first.id) is None, "it has its chart"
        same = await chart_plan(tx, again.id)
        known = await programme.get(tx)
        assert known is not None and same is not None
        assert same.reuse == "F1"
        await programme.save(tx, replace(known, language="fr"))
        french = await chart_plan(tx, again.id)
    assert french is not None
    assert (french.language, french.reuse) == ("fr", None)
