"""The weekly budget of prompts: never more than three messages in seven days, and nothing is lost without a word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.budget import SOON, TOGETHER, WEEK, bundle, free_at, most
from bot.domain.messages import MESSAGES, PROMPT_ORDER, THROUGH_PAUSE, Kind, Timing, may_pass_pause, waits_for_hours
from storage.records.delivery import Letter, LetterState, Priority, Target
from storage.records.prefs import USUAL, Prefs

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = st.integers(0, 24 * 60).map(lambda n: NOW + timedelta(hours=n))


def letter(n: int, kind: Kind, due_at: datetime) -> Letter:
    return Letter(
        id=f"{n:03}", team_id="T", key=f"k{n}", kind=kind, target=Target.PERSON, to="U", params={},
        priority=Priority.PROMPT, due_at=due_at, stale_at=None, state=LetterState.WAITING, attempts=0, nonce="n",
        ambiguous=False, first_attempt_at=None, channel=None, ts=None, reason=None,
    )  # fmt: skip


@given(st.lists(HOURS, max_size=60), st.booleans())
def test_no_week_holds_more_than_the_budget(wanted: list[datetime], fewer: bool) -> None:
    limit = most(Prefs(fewer=fewer))
    sent: list[datetime] = []
    for at in sorted(wanted):
        if free_at(sent, at, limit) <= at:
            sent.append(at)
    for first in sent:
        assert sum(first <= at < first + WEEK for at in sent) <= limit


@given(st.lists(HOURS, min_size=1, max_size=20))
def test_what_waits_for_the_budget_goes_at_the_first_moment_that_it_allows(wanted: list[datetime]) -> None:
    sent: list[datetime] = []
    for at in sorted(wanted):
        free = free_at(sent, at, 3)
        assert free >= at
        assert free == at or free_at(sent, free - timedelta(seconds=1), 3) > free - timedelta(seconds=1)
        sent.append(free)
        sent.sort()
    assert all(sum(first <= at < first + WEEK for at in sent) <= 3 for first in sent)


@settings(max_examples=60)
@given(st.data())
def test_a_bundle_holds_its_lead_and_the_most_important_of_what_is_due_within_a_day(data: st.DataObject) -> None:
    kinds = st.sampled_from(PROMPT_ORDER)
    lead = letter(0, data.draw(kinds), NOW)
    others = [letter(n, data.draw(kinds), data.draw(HOURS)) for n in range(1, data.draw(st.integers(1, 9)))]
    made = bundle(lead, others, NOW)
    soon = [one for one in others if one.due_at <= NOW + SOON]
    assert lead in made.members
    assert len(made.members) <= TOGETHER
    assert {one.id for one in (*made.members, *made.left_out)} == {lead.id, *(one.id for one in soon)}
    ranks = [PROMPT_ORDER.index(Kind(one.kind)) for one in made.members]
    assert ranks == sorted(ranks)
    worst = max((PROMPT_ORDER.index(Kind(one.kind)) for one in made.members if one is not lead), default=0)
    assert all(PROMPT_ORDER.index(Kind(one.kind)) >= worst for one in made.left_out)


def test_whoever_asked_for_fewer_messages_gets_one_a_week() -> None:
    assert (most(USUAL), most(Prefs(fewer=True))) == (3, 1)


def test_every_prompt_has_its_place_in_the_order() -> None:
    assert {kind for kind, spec in MESSAGES.items() if spec.timing is Timing.PROMPT} == set(PROMPT_ORDER)
    assert all(MESSAGES[kind].target is Target.PERSON for kind in PROMPT_ORDER)


@pytest.mark.parametrize("kind", [kind for kind, spec in MESSAGES.items() if spec.priority is Priority.SAFETY])
def test_safety_waits_for_nothing(kind: Kind) -> None:
    assert not waits_for_hours(kind)
    assert may_pass_pause(kind)


def test_only_answers_and_appointments_come_in_quiet_hours() -> None:
    at_once = {
        k for k, s in MESSAGES.items() if s.timing is Timing.AT_ONCE and s.target in (Target.PERSON, Target.PAIR)
    }
    appointments = {Kind.BOOKED, Kind.MOVED, Kind.CANCELLED, Kind.OFFERED, Kind.CALENDAR}
    answers = {Kind.JOINED, Kind.EXPORT, Kind.SAMPLE, Kind.MATCH_READY, Kind.ROSTER_CHECKED, Kind.PAPER}
    assert at_once == appointments | answers


def test_nothing_that_asks_for_something_comes_through_a_pause() -> None:
    assert not THROUGH_PAUSE & {*PROMPT_ORDER, Kind.CHECKIN, Kind.REFLECTION, Kind.DID_YOU_MEET, Kind.PROPOSAL_JUNIOR}
