"""What the forms and messages about one's own data look like."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest

from bot.domain.messages import Kind
from bot.domain.privacy import ErasePlan, Exported, Overview, OwnData
from bot.views import privacy as views
from bot.views.parts import Message, Modal
from bot.views.stored import CODED, in_words
from playground.blocks.check import check_blocks
from prompts import Words
from storage.privacy import FATES
from storage.records.checkin import CheckinState, Learner
from storage.records.commit import CommitmentKind, CommitmentState, Noticed, ProposalState
from storage.records.delivery import LetterState
from storage.records.enrol import Enrolment, InvitationState, Side
from storage.records.intro import IntroState, Outcome
from storage.records.leave import LeaveReason, LeaveState
from storage.records.match import PairState
from storage.records.meet import CancelReason, Hindrance, OfferState, RhythmState, Said, SessionState
from storage.records.prepare import LineKind
from storage.records.programme import Purpose
from storage.records.report import FigureKind
from storage.records.support import Door
from storage.records.theme import ThemeStep
from storage.tables import metadata
from storage.types import Sealed
from tests.golden import same_as_golden

TABLES: dict[str, list[dict[str, Any]]] = {
    "person": [{"id": "p1", "user_id": "U1", "name": "Ana <!channel>", "zone": "Europe/Berlin", "locale": "", "x": []}],
    "answer": [
        {"question": "help", "content": '{"option": "promised", "example": "a <b>", "by_when": "2026-04-01"}'},
        {"question": "help", "content": None},
    ],
    "icebreaker_use": [{"item_id": "warmup_01", "never": False}],
    "checkin": [
        {"side": "junior", "extra": '{"learner": "both", "themes": ["tools"]}'},
        {"side": "junior", "extra": '{"learner": null, "themes": []}'},
    ],
    "outbox": [{"kind": kind, "state": "sent"} for kind in Kind],
    "session": [{"id": "s1", "starts_at": "2026-03-10T13:00:00+00:00", "minutes": 60, "place": None}],
}


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"privacy/{name}", drawn.payload())


def test_who_sees_what_and_three_ways_on(words: Words) -> None:
    check("overview", views.overview(words, Overview(7, ("U1", "U2"))))
    assert len(views.overview(words, Overview(5, ())).blocks) < 100


def test_everything_stored_is_escaped_shown_in_local_time_and_without_opaque_ids(words: Words) -> None:
    check("data", views.data(words, OwnData(TABLES, "Europe/Berlin"), 0))
    check("data_none", views.data(words, OwnData({}, "UTC"), 0))


STATES = (
    Enrolment, InvitationState, PairState, SessionState, CheckinState, CommitmentState, ProposalState, LeaveState,
    LetterState, OfferState, RhythmState, IntroState,
)  # fmt: skip
SPELLED: dict[str, tuple[type[StrEnum], ...]] = {
    "state": STATES, "kind": (CommitmentKind, LineKind, FigureKind, Kind), "side": (Side,), "sides": (Side,),
    "purposes": (Purpose,), "door": (Door,), "reason": (LeaveReason, CancelReason), "said": (Said,),
    "hindrance": (Hindrance,), "noticed": (Noticed,), "learner": (Learner,),
    "outcome": (Outcome,), "step": (ThemeStep,),
}  # fmt: skip


@pytest.mark.parametrize("column", SPELLED)
def test_no_inner_name_is_shown(words: Words, column: str) -> None:
    for code in (code for kind in SPELLED[column] for code in kind):
        said = in_words(words, column, code.value)
        assert said and not {"_", "."} & set(said), code


def test_what_is_shown_of_every_coded_column_is_spelled_out(words: Words) -> None:
    assert set(SPELLED) | {"level", "offers", "wants"} == set(CODED)
    assert in_words(words, "reason", "user_not_found") == "", "a note of the machinery is left to the file"
    assert in_words(words, "due_on", "2026-04-01") == in_words(words, "until", "2026-04-01") == "1 Apr 2026"
    assert in_words(words, "level", 3) == words.say("enrol.levels.3")
    chosen = {"language": "de", "quiet_from": 17, "checkin_day": 1, "fewer": True, "plain": False}
    assert in_words(words, "chosen", chosen) == [
        "Language German", "messages until 17:00", "Ask about sessions on Tuesday",
        "Fewer messages: one reminder or tip a week instead of three",
    ]  # fmt: skip
    assert in_words(words, "action", "match.propose") == "proposed two people as a pair"
    assert in_words(words, "action", "coordinator.removed") == "ended the role of somebody"


def test_much_is_paged_and_every_page_fits(words: Words) -> None:
    rows = [{"id": str(n), "text": "é" * 5000, "at": "2026-03-10T13:00:00+00:00"} for n in range(200)]
    facts = OwnData({"agenda_line": rows}, "UTC")
    pages = [views.data(words, facts, page) for page in range(-1, 9)]
    for page in pages:
        assert check_blocks(page.payload()["blocks"]) == []
    assert "privacy.page:back" not in str(pages[0].payload()) and "privacy.page:next" in str(pages[0].payload())
    assert "privacy.page:next" not in str(pages[-1].payload()) and "privacy.page:back" in str(pages[-1].payload())


@pytest.mark.parametrize("name", [name for name, fate in FATES.items() if fate.exported])
def test_every_table_that_is_shown_has_a_title(words: Words, name: str) -> None:
    assert words.say(f"privacy.tables.{name}")


def test_whatever_people_wrote_has_a_name_on_the_screen(words: Words) -> None:
    sealed = {c.name for table in metadata.sorted_tables for c in table.c if isinstance(c.type, Sealed)}
    shown = {name for name in sealed if words.has(f"privacy.columns.{name}")}
    assert sealed - shown == {"content", "mark"}, "answers are shown by their question; who was drawn is told to nobody"


def test_the_file(words: Words) -> None:
    check("export", views.export(words))
    check("export_asked", views.export_asked(words))
    check("exported", views.exported(words, Exported(datetime(2026, 3, 3, 9, 0, tzinfo=UTC), "Europe/Berlin")))


def test_deleting(words: Words) -> None:
    check("erase", views.erase(words, ErasePlan(2, True, True)))
    check("erase_alone", views.erase(words, ErasePlan(0, False, False)))
    check("erased", views.erased(words))
