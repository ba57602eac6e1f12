"""The attack in short: nothing is certain in what the product publishes, and much is in what other gates would."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.services.kit import Kit
from tests.attack import worlds
from tests.attack.beside import beside
from tests.attack.closings import AGAIN, closings
from tests.attack.history import Erased, Given, History, Taken, episodes
from tests.attack.naive import NAIVE
from tests.attack.outlines import outline
from tests.attack.playing import played
from tests.attack.programmes import otherwise, programme
from tests.attack.repeats import repeats
from tests.attack.running import COHORT, decided
from tests.attack.solver import Attack
from tests.clockwork import MovableClock
from tests.thorough import thorough


def determined(history: History, alike: bool, insiders: Sequence[str] = ()) -> int:
    """By the solver alone."""
    found = Attack(history, alike, insiders).run()
    assert found.undecided == 0
    return found.determined


def people(history: History) -> list[str]:
    return sorted({one.person for one in history.told})


def nothing_is_certain(history: History, *, alike: bool) -> None:
    """For nobody by the solver alone; for every single insider by exchanges, and by the solver where they leave any."""
    worlds.check(history)
    assert Attack(history, alike, people(history)).possible()  # the truth is among the worlds that fit
    for assumed in {False, alike}:
        assert determined(history, assumed) == 0
        found = worlds.others(history, assumed)
        for insiders in ((one,) for one in people(history)):
            outcome = decided(history, assumed, insiders, found, 20)
            assert (outcome.determined, outcome.undecided) == (0, 0)


async def test_a_small_cohorts_closing_figures_prove_nothing_to_anybody_in_it(kit: Kit, clock: MovableClock) -> None:
    """Through the forms; whatever is asked for in between says what the last digest said."""
    histories = await played(kit, clock, programme(3, 6, 5, alike=True), whole=True)
    assert sum(bool(history.seen) for history in histories)
    for history in histories:
        nothing_is_certain(history, alike=True)


async def test_figures_that_add_up_over_weeks_prove_nothing_to_anybody_in_them(kit: Kit, clock: MovableClock) -> None:
    histories = await played(kit, clock, programme(3, 12, 9, alike=True), whole=False)
    assert len(histories[0].seen) > 1
    assert any(isinstance(event, Taken) for history in histories for event in history.events)
    for history in histories:
        nothing_is_certain(history, alike=True)


@pytest.mark.parametrize(
    ("gate", "seed", "pairs", "weeks", "insiders"),
    [
        ("threshold only", 1, 8, 14, ()),
        ("clamp of 1", 8, 7, 14, ("j000",)),
        ("oldest first", 3, 12, 40, ()),
        ("on demand", 2, 8, 14, ()),
    ],
)
def test_gates_that_only_look_safe_give_people_away(
    gate: str, seed: int, pairs: int, weeks: int, insiders: tuple[str, ...]
) -> None:
    """The attack would show nothing about a gate that it could not open where it is open."""
    history = NAIVE[gate](outline(programme(seed, pairs, weeks, alike=True)), COHORT)
    assert determined(history, True, insiders) > 0


def test_a_count_of_everybody_gives_people_away_however_they_change_their_minds() -> None:
    history = NAIVE["threshold only"](outline(programme(1, 8, 14, alike=False)), COHORT)
    assert determined(history, False) > 0


def test_nobody_is_given_away_by_two_cohorts_that_share_all_people_but_one() -> None:
    """Two closing figures that count the same people would: their difference is the answer of whoever is missing."""
    found = {ruled: 0 for ruled in (True, False)}
    for seed in range(4):
        for history, ruled in repeats(seed):
            assert history.seen
            found[ruled] += sum(determined(history, True, insiders) for insiders in ((), *_each(history)))
    assert found[True] == 0 < found[False]


@thorough
async def test_two_cohorts_that_were_closed_one_after_the_other_give_nobody_away(kit: Kit, clock: MovableClock) -> None:
    """On the real store, through the weekly job; the same answers counted anew in each cohort do."""
    found = {ruled: 0 for ruled in (True, False)}
    for history, other in await closings(kit, clock, 4):
        ruled = not other
        worlds.check(history)
        assert len(history.seen) == (1 if ruled else 2)
        known = worlds.others(history, True)
        for insiders in [(), *((one,) for one in people(history))]:
            outcome = decided(history, True, insiders, known, 20)
            assert outcome.undecided == 0
            found[ruled] += outcome.determined
    assert found[True] == 0 < found[False]


@thorough
async def test_what_is_asked_again_months_later_gives_nobody_away_for_it_is_counted_once(
    kit: Kit, clock: MovableClock
) -> None:
    """The end, 90 and 180 days later, of people who answer alike each time; counted each time, the silent are found."""
    found = {"": 0, AGAIN: 0}
    for history, other in await closings(kit, clock, 5, later=True):
        worlds.check(history)
        if other in found:
            known = worlds.others(history, True)
            for insiders in ((), *_each(history)):
                found[other] += decided(history, True, insiders, known, 20).determined
    assert found[""] == 0 < found[AGAIN]


@thorough
@pytest.mark.parametrize(
    ("number", "publish"),
    [(1159430, 2), pytest.param(427638, 1, id="all but one in a small cohort, beside weekly draws")],
)
async def test_two_cohorts_that_run_at_the_same_time_and_share_people_give_nobody_away(
    number: int, publish: int, kit: Kit, clock: MovableClock
) -> None:
    history = await beside(kit, clock, number)
    assert len(history.cohorts) == 2 and len({one.cohort for one in history.seen}) == publish
    nothing_is_certain(history, alike=True)


def _each(history: History) -> list[tuple[str]]:
    return [(one,) for one in people(history)[:3]]


@pytest.mark.parametrize("gate", NAIVE)
def test_what_exchanges_leave_over_is_all_that_the_solver_can_prove(gate: str) -> None:
    """The quick way finds neither more nor less than the solver asked about everything."""
    history = NAIVE[gate](outline(programme(4, 8, 16, alike=True)), COHORT)
    insiders = random.Random(4).sample(people(history), 2)
    for alike in (False, True):
        found = worlds.others(history, alike)
        for team in ((), insiders[:1], insiders):
            assert decided(history, alike, team, found, 20) == Attack(history, alike, team).run()


def test_the_same_programme_with_other_answers_is_told_at_the_same_moments() -> None:
    plan = programme(8, 9, 20, alike=True)
    told, again = (
        [(event.at, getattr(event, "source", "")) for event in outline(one).events]
        for one in (plan, otherwise(plan, 3))
    )
    assert told == again


def test_the_attacker_knows_when_an_answer_that_was_taken_back_waits() -> None:
    """It waits again once it is given again, and never does where a newer one came or its person was erased."""
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    days = [start + timedelta(days=n) for n in range(8)]

    def given(day: int, source: str) -> Given:
        return Given(days[day], "one", "s", source, frozenset({source}))

    told = [given(0, "a"), Taken(days[1], "one", "a"), given(2, "a"), Taken(days[3], "one", "a"), given(4, "b")]
    older, newer = episodes([*told, Taken(days[5], "one", "a"), given(6, "a"), Erased(days[7], "one")])
    soon = [day + timedelta(hours=1) for day in days]
    assert [older.waits(at) for at in soon] == [True, False, True, False, False, False, False, False]
    assert [newer.waits(at) for at in soon] == [False] * 4 + [True] * 3 + [False]
    assert older.waits(days[1]), "a draw at the moment at which it is taken back comes first"
    assert older.version(days[6]).at == days[2], "a change of what was replaced is no change"
