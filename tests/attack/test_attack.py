"""The attack in short: nothing is certain in what the product publishes, and much is in what other gates would."""

from collections.abc import Sequence

import pytest

from bot.services.kit import Kit
from tests.attack.history import History
from tests.attack.naive import NAIVE
from tests.attack.outlines import outline
from tests.attack.playing import played
from tests.attack.programmes import programme
from tests.attack.running import COHORT
from tests.attack.solver import Attack
from tests.clockwork import MovableClock


def determined(history: History, alike: bool, insiders: Sequence[str] = ()) -> int:
    found = Attack(history, alike, insiders).run()
    assert found.undecided == 0
    return found.determined


def people(history: History) -> list[str]:
    return sorted({one.person for one in history.told})


def nothing_is_certain(history: History, *, alike: bool) -> None:
    assert history.seen
    assert Attack(history, alike, people(history)).possible()  # the truth is among the worlds that fit
    for insiders in ((), *((one,) for one in people(history))):
        assert determined(history, False, insiders) == 0
        assert determined(history, alike, insiders) == 0


async def test_a_small_cohorts_closing_figure_proves_nothing_to_anybody_in_it(kit: Kit, clock: MovableClock) -> None:
    """Through the forms; whatever is asked for in between says what the last digest said."""
    nothing_is_certain(await played(kit, clock, programme(3, 7, 8, alike=True), whole=True), alike=True)


async def test_figures_that_add_up_over_weeks_prove_nothing_to_anybody_in_them(kit: Kit, clock: MovableClock) -> None:
    history = await played(kit, clock, programme(5, 12, 10, alike=True), whole=False)
    assert len(history.seen) > 1
    nothing_is_certain(history, alike=True)


@pytest.mark.parametrize(
    ("gate", "seed", "pairs", "weeks", "insiders"),
    [
        ("threshold only", 1, 8, 14, ()),
        ("clamp of 1", 3, 7, 14, ("j001",)),
        ("oldest first", 1, 12, 40, ()),
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
