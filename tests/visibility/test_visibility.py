"""What everybody sees of everything, by every way there is, against the visibility matrix: a test for each row."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.messages import Kind
from bot.domain.privacy import MATRIX, Datum, Sight, Viewer
from handlers import routes
from prompts import Library
from tests.end_to_end.conftest import open_town
from tests.visibility.placed import NOTHING, SHOWS
from tests.visibility.walk import ALSO, CAST, PLANTED, Walk, planted

pytestmark = pytest.mark.asyncio(loop_scope="module")

VIEWERS = {
    "junior": Viewer.JUNIOR, "senior": Viewer.SENIOR, "coordinator": Viewer.COORDINATORS,
    "safe contact": Viewer.SAFE_CONTACT, "digest": Viewer.DIGEST,
}  # fmt: skip
"""Whoever is not here has no column, and sees nothing."""
ROOT = Path(__file__).parents[2]

WORDLESS = {
    Datum.LINES: "who is whose manager is a Slack id, on everybody's screen anyway; tests/services/test_people.py",
    Datum.PREFERENCES: "days and hours; tests/domain/test_prefs.py",
    Datum.CONFIDED: "codes and Slack ids; tests/services/test_enrol.py holds them, tests/leaks their sealed text",
    Datum.INVITATION: "that somebody was asked, and a no; tests/services/test_inviting.py holds it",
    Datum.LESSONS: "which, and when; tests/services/learn/test_reading.py holds it",
    Datum.REPLIES: "yes or no to a suggestion; tests/services/match/test_answering.py holds it",
    Datum.CONTRACT: "yes or no; what was agreed is shared; tests/end_to_end/test_contract.py",
    Datum.SESSION: "a time and whether it took place; tests/services/meet",
    Datum.ANSWERS: "which of the options; tests/end_to_end/test_checkin.py and tests/visibility/test_worlds.py hold it",
    Datum.NOTICED: "yes or no; tests/services/commit/test_noticing.py and tests/visibility/test_worlds.py hold it",
    Datum.TALKED: "which of three; tests/services/intro/test_talking.py and tests/visibility/test_worlds.py hold it",
    Datum.FIT: "which of three; tests/services/match/test_fitting.py and tests/visibility/test_worlds.py hold it",
    Datum.HALFWAY: "figures, and a line for oneself; tests/services/review and tests/visibility/test_worlds.py hold it",
    Datum.REVIEWS: "figures, and a line for oneself; tests/services/review and tests/visibility/test_worlds.py hold it",
    Datum.PULSE: "which of three, twice; tests/services/test_pulse.py and tests/visibility/test_worlds.py hold it",
    Datum.CREDIT: "which of three; tests/services/test_credit.py and tests/visibility/test_worlds.py hold it",
    Datum.LEARNER: "one of three; tests/services/checkin/test_learning.py and tests/visibility/test_worlds.py hold it",
    Datum.PAUSE: "a day; tests/services/test_pause.py",
    Datum.LEAVING: "that somebody left; tests/services/test_leave.py",
    Datum.LEAVING_NOTE: "written when somebody leaves, which would end the walk; tests/services/test_leave.py",
}
"""What holds no words that could be planted and found again, and why."""

UNSEEN = {
    ("senior", Datum.PROFILE), ("senior", Datum.PRIVATE),
    ("coordinator", Datum.PRIVATE),  # in the suggestion of a pair, which this one never was
    ("junior", Datum.CONCERN),  # kept nowhere, so that there is nothing to show again
}  # fmt: skip
"""Who may see something, but does not on this walk."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Walk]:
    folder: Path = tmp_path_factory.mktemp("walk")
    async with open_town(folder, library) as town:
        walked = await planted(town)
        await walked.everybody_tries_everything()
        await walked.the_digest_goes_out()
        await walked.the_operator_looks()
        walked.name_messages()
        walked.look_into_exports()
        yield walked
        walked.square.close()


def may(role: str, datum: Datum) -> bool:
    """Whether the matrix lets somebody read the words of Ana's and Bo's that were planted."""
    viewer = VIEWERS.get(role)
    if viewer is None:
        return False
    owners = set(PLANTED[datum].values())
    match MATRIX[datum][viewer]:
        case Sight.OWN:
            return role in owners
        case Sight.YES | Sight.OWN_AND_PARTNERS | Sight.WHAT_WAS_SENT | Sight.FOR_PAIRING | Sight.IF_APPROVED:
            return True
        case _:
            return False


async def test_every_way_of_seeing_something_is_placed() -> None:
    known = {f"command {command.name}" for command in routes().commands.values()}
    known |= {f"action {name}" for name in routes().actions} | {f"modal {name}" for name in routes().submissions}
    known |= {f"message {kind}" for kind in Kind}
    placed = NOTHING | (SHOWS.keys() - {"home", "writing", "export"})
    assert known - placed == set(), "say in tests/visibility/placed.py what it shows"
    assert placed - known == set(), "tests/visibility/placed.py names what is no longer there"


async def test_every_kind_of_data_is_planted_or_has_no_words() -> None:
    assert PLANTED.keys() | WORDLESS.keys() == set(Datum) and not PLANTED.keys() & WORDLESS.keys()


@pytest.mark.parametrize("datum", PLANTED)
async def test_everybody_sees_of_each_row_what_the_matrix_says_and_nothing_else(walk: Walk, datum: Datum) -> None:
    """By command, button, forged id, Home, export, message, digest, or in what the operator is told."""
    for role in (*CAST, *ALSO):
        ways = {way for way, by in walk.seen.items() if datum in by.get(role, ())}
        if may(role, datum) and (role, datum) not in UNSEEN:
            assert ways, f"{role} may see it, and does not"
        else:
            assert ways == set(), f"{role} sees it"


@pytest.mark.parametrize("datum", WORDLESS)
async def test_a_row_without_words_is_held_elsewhere(datum: Datum) -> None:
    held = re.findall(r"tests/[a-z_/]+(?:\.py)?", WORDLESS[datum])
    assert held and all((ROOT / path).exists() for path in held)


async def test_no_way_shows_more_than_was_placed(walk: Walk) -> None:
    shown = {way: set().union(*by.values()) for way, by in walk.seen.items()}
    assert len(shown) > 150
    more = {way: data - set(SHOWS.get(way, "").split()) for way, data in shown.items() if way != "message sent at once"}
    assert {way: data for way, data in more.items() if data} == {}
