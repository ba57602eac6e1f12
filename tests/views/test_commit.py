"""What commitments look like, whole; and what nobody but the junior is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.commit import Changed, Draft, Listed, Moment, Noticing, Reminder, Shown, Step, Stepped, Suggested, What
from bot.domain.match import PairPeople
from bot.views import commit as views
from prompts import Words
from storage.records.commit import (
    Commitment,
    CommitmentKind,
    CommitmentState,
    Noticed,
    Proposal,
    ProposalState,
)
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
TODAY = NOW.date()
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("bo", "T1", None, "U07BO00000", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PAIR = Pair("p1", "T1", "k1", "ana", "bo", PairState.ACTIVE, None, "", "", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)
OPEN = Commitment(
    "k1", "T1", "p1", "bo", None, CommitmentKind.HELP, "When <!channel> is used, I will *ask* first",
    date(2026, 3, 20), 0, CommitmentState.OPEN, NOW, None, NOW,
)  # fmt: skip
DONE = replace(OPEN, id="k2", state=CommitmentState.DONE, done_at=NOW)
DROPPED = replace(OPEN, state=CommitmentState.DROPPED)
MOVED = replace(OPEN, moved=1, due_before=date(2026, 3, 10))
SLIPPING = replace(OPEN, id="k3", moved=2)
TODAYS = replace(OPEN, id="k4", due_on=TODAY)
OVERDUE = replace(OPEN, id="k5", due_on=TODAY - timedelta(3))
ERASED = replace(OPEN, id="k6", text=None)
IDEA = Proposal(
    "i1", "T1", "p1", "ana", CommitmentKind.HELP, "When <!channel> is used, *ask* her", date(2026, 3, 20),
    ProposalState.WAITING, NOW, NOW,
)  # fmt: skip
ALL = (OVERDUE, TODAYS, OPEN, SLIPPING, ERASED, DONE)


def listed(side: Side, commitments: tuple[Commitment, ...] = ALL) -> Listed:
    return Listed(((PEOPLE, side, commitments),), TODAY, "Europe/Berlin")


MESSAGES = {
    "made": lambda w: views.made(w, Shown(OPEN, PEOPLE, TODAY)),
    "changed_done": lambda w: views.changed(w, Shown(DONE, PEOPLE, TODAY)),
    "changed_moved": lambda w: views.changed(w, Shown(MOVED, PEOPLE, TODAY)),
    "changed_slipping": lambda w: views.changed(w, Shown(SLIPPING, PEOPLE, TODAY)),
    "changed_dropped": lambda w: views.changed(w, Shown(DROPPED, PEOPLE, TODAY)),
    "due_before": lambda w: views.due(w, Reminder(OPEN, PEOPLE, Moment.BEFORE)),
    "due_day": lambda w: views.due(w, Reminder(OPEN, PEOPLE, Moment.DAY)),
    "due_after": lambda w: views.due(w, Reminder(OPEN, PEOPLE, Moment.AFTER)),
    "list_senior": lambda w: views.listed(w, listed(Side.SENIOR)),
    "list_junior": lambda w: views.listed(w, listed(Side.JUNIOR)),
    "list_senior_empty": lambda w: views.listed(w, listed(Side.SENIOR, ())),
    "list_junior_empty": lambda w: views.listed(w, listed(Side.JUNIOR, ())),
    "after_made": lambda w: views.after(w, Changed(OPEN, What.MADE)),
    "after_done": lambda w: views.after(w, Changed(DONE, What.DONE)),
    "after_restored": lambda w: views.after(w, Changed(OPEN, What.RESTORED)),
    "after_forgotten": lambda w: views.after(w, None),
    "list_senior_asked": lambda w: views.listed(w, replace(listed(Side.SENIOR, (OPEN,)), proposals={"p1": (IDEA,)})),
    "list_junior_asked": lambda w: views.listed(w, replace(listed(Side.JUNIOR, ()), proposals={"p1": (IDEA,)})),
    "proposed": lambda w: views.proposed(w, Suggested(IDEA, PEOPLE)),
    "not_now": lambda w: views.not_now(w, Suggested(IDEA, PEOPLE)),
    "after_proposed": lambda w: views.stepped(w, Stepped(IDEA, Step.PROPOSED)),
    "after_withdrawn": lambda w: views.stepped(w, Stepped(IDEA, Step.WITHDRAWN)),
    "after_declined": lambda w: views.stepped(w, Stepped(IDEA, Step.DECLINED)),
    "after_reopened": lambda w: views.stepped(w, Stepped(IDEA, Step.REOPENED)),
    "noticing": lambda w: views.noticing(w, Noticing(DONE, PEOPLE, 5)),
    "noticed": lambda w: views.noticed(w, Noticing(DONE, PEOPLE, 5, Noticed.CANT_TELL)),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"commit/{name}", MESSAGES[name](words).payload())


@pytest.mark.parametrize(
    ("name", "modal"),
    [
        ("new", lambda w: views.new(w, Draft((PEOPLE,), "When …", TODAY))),
        (
            "new_of_two",
            lambda w: views.new(w, Draft((PEOPLE, replace(PEOPLE, pair=replace(PAIR, id="p2"))), "", TODAY)),
        ),
        ("propose", lambda w: views.new(w, Draft((PEOPLE,), "", TODAY, Side.JUNIOR))),
        ("reword", lambda w: views.new(w, Draft((PEOPLE,), IDEA.text or "", TODAY, proposal=IDEA))),
        ("move", lambda w: views.move(w, OPEN)),
    ],
)
def test_each_modal_looks_as_it_did(words: Words, name: str, modal: object) -> None:
    assert callable(modal)
    same_as_golden(f"commit/{name}", modal(words).payload())


# What stands in place of a pressed button notifies nobody.
@pytest.mark.parametrize("name", [name for name in MESSAGES if not name.startswith("after")])
def test_a_lock_screen_shows_no_name_and_no_text(words: Words, name: str) -> None:
    text = MESSAGES[name](words).text
    assert "ask" not in text
    assert "Bo" not in text


@pytest.mark.parametrize("name", MESSAGES)
def test_what_the_senior_wrote_does_not_notify_or_format_anything(words: Words, name: str) -> None:
    said = str(MESSAGES[name](words).payload())
    assert "<!channel>" not in said
    assert "*ask*" not in said


def test_the_junior_gets_no_buttons_on_what_the_senior_promised(words: Words) -> None:
    payload = MESSAGES["list_junior"](words).payload()
    pressed = [button["action_id"] for block in payload["blocks"] for button in block.get("elements", ())
               if block["type"] == "actions"]  # fmt: skip
    assert pressed == ["commit.suggest"]


def test_a_day_that_has_passed_does_not_hide_that_it_was_moved_twice(words: Words) -> None:
    late = replace(SLIPPING, due_on=TODAY - timedelta(3))
    for side in Side:
        assert "moved 2 times" in str(views.listed(words, listed(side, (late,))).blocks[1].to_dict())


def test_a_list_of_very_many_still_fits_into_a_message(words: Words) -> None:
    many = tuple(replace(OPEN, id=f"k{n}") for n in range(60)) + tuple(replace(DONE, id=f"d{n}") for n in range(60))
    for pairs in (1, 2, 3, 5):
        facts = Listed(((PEOPLE, Side.SENIOR, many),) * pairs, TODAY, "Europe/Berlin")
        assert len(views.listed(words, facts).payload()["blocks"]) <= 50
