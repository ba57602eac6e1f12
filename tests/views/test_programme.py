"""What set-up, coordinators, cohorts and the coordinators' Today look like."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.programme.facts import (
    AddedFacts,
    ChangedFacts,
    ClosedFacts,
    ClosingFacts,
    NamedFacts,
    Role,
    SavedFacts,
    SetupFacts,
)
from bot.domain.programme.setup import Setup, programme_of
from bot.domain.programme.today import CohortCard, Decision, Failure, Item, TodayFacts
from bot.views.parts import Message, Modal
from bot.views.programme import cohorts, coordinators, sample, setup, today
from playground.blocks.check import check_blocks, check_view
from prompts import Words
from storage.records.delivery import UNCERTAIN
from storage.records.enrol import Side
from storage.records.programme import Cohort, CohortState, CohortTally, Coordinator, Purpose
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FULL = Setup(Purpose.INCLUSION, "U1", "U2", "U3", "C1", zone="Europe/Berlin")
PROGRAMME = programme_of(FULL, None, team="T1", enterprise=None, now=NOW)
NASTY = "<!channel> *Spring* & `co`"
SPRING = Cohort(
    "c1", "T1", NASTY, Purpose.CULTURE, date(2026, 3, 9), date(2026, 9, 6), 6, 28, True, CohortState.OPEN, 5, 2
)  # fmt: skip
UNTIL = SPRING.ends_on + timedelta(days=180)
TALLY = CohortTally(14, 2, 3, 2, 1, 9, 4, 5)
CHI = Coordinator("T1", "U9", "U9", NOW)


def check(name: str, drawn: Message | Modal) -> None:
    """As its golden file, and such as Slack would accept."""
    payload = drawn.payload()
    problems = check_blocks(payload["blocks"]) if isinstance(drawn, Message) else check_view(payload, ("modal",))
    assert problems == []
    same_as_golden(f"programme/{name}", payload)


def step(**changes: object) -> SetupFacts:
    return SetupFacts(replace(FULL, **changes), first=True, languages=("en",), least_k=5)  # type: ignore[arg-type]


def test_the_three_steps_the_first_time(words: Words) -> None:
    check("setup_1", setup.purpose_step(words, SetupFacts(Setup(), True, ("en",), 5)))
    check("setup_2", setup.places_step(words, SetupFacts(Setup(), True, ("en",), 5)))
    check("setup_3", setup.rhythm_step(words, step()))


def test_later_the_steps_are_filled_in_and_ask_for_no_readiness(words: Words) -> None:
    facts = replace(step(ready=("purpose",)), first=False)
    check("setup_1_again", setup.purpose_step(words, facts))
    check("setup_2_again", setup.places_step(words, facts))


def test_a_public_channel_shows_the_second_confirmation(words: Words) -> None:
    check("setup_2_public", setup.places_step(words, step(public_asked=True, public_agreed=True)))


def test_unusual_values_in_force_stay_among_the_choices(words: Words) -> None:
    facts = SetupFacts(replace(FULL, digest_hour=5, k=11, checkin_after_hours=9), False, ("en", "de"), 11)
    check("setup_3_unusual", setup.rhythm_step(words, facts))


def test_what_is_said_when_it_is_stored(words: Words) -> None:
    check("saved_first", setup.saved(words, SavedFacts(PROGRAMME, True, ("zone",), ("owner", "time"))))
    check("saved_again", setup.saved(words, SavedFacts(PROGRAMME, False, ("zone",), ())))
    check("saved_same", setup.saved(words, SavedFacts(replace(PROGRAMME, checkin_after_hours=2), False, (), ())))


@pytest.mark.parametrize("role", list(Role))
def test_who_is_named_learns_what_it_means(words: Words, role: Role) -> None:
    message = setup.named(words, NamedFacts(role, "U9", "U3"))
    check(f"named_{role}", message)
    assert "U9" not in message.text


def test_the_other_coordinators_hear_what_was_changed(words: Words) -> None:
    check("changed", setup.setup_changed(words, ChangedFacts("U9", ("k", "zone"), PROGRAMME)))


def test_the_coordinators_one_and_several(words: Words) -> None:
    check("coordinators_one", coordinators.coordinators(words, PROGRAMME, [CHI]))
    both = [CHI, replace(CHI, user_id="U8")]
    check("coordinators_two", coordinators.coordinators(words, PROGRAMME, both, "News."))
    check("coordinators_modal", coordinators.in_modal(words, coordinators.coordinators(words, PROGRAMME, both)))
    check("coordinators_adding", coordinators.adding(words))
    check("coordinators_left", coordinators.left(words))
    check("coordinator_added", coordinators.added(words, AddedFacts("U8", "U9")))


def test_the_list_of_cohorts(words: Words) -> None:
    draft = replace(SPRING, id="c2", name="Autumn", state=CohortState.DRAFT, pilot=False)
    closed = replace(SPRING, id="c3", name="Last year", state=CohortState.CLOSED)
    nobody = CohortTally(0, 0, 0, 0, 0, 0, 0)
    check("cohorts_none", cohorts.cohorts(words, []))
    cards = [CohortCard(SPRING, TALLY), CohortCard(draft, nobody), CohortCard(closed, nobody)]
    check("cohorts", cohorts.cohorts(words, cards, "News."))
    check("cohorts_empty", cohorts.cohorts(words, [CohortCard(SPRING, nobody)]))


def test_a_hundred_cohorts_still_fit(words: Words) -> None:
    some = [CohortCard(replace(SPRING, id=f"{s}{n}", state=s), TALLY) for s in CohortState for n in range(40)]
    assert check_view(cohorts.cohorts(words, some, "News.").payload(), ("modal",)) == []


def test_a_cohort_planned_changed_opened_and_closed(words: Words) -> None:
    check("cohort_new", cohorts.planning(words, PROGRAMME, None, TODAY))
    check("cohort_edit", cohorts.planning(words, PROGRAMME, SPRING, TODAY))
    check("cohort_open", cohorts.opening(words, PROGRAMME, SPRING))
    check("cohort_close", cohorts.closing(words, ClosingFacts(SPRING, TALLY, UNTIL)))
    check("cohort_close_paused", cohorts.closing(words, ClosingFacts(SPRING, TALLY, UNTIL), paused=True))
    check(
        "cohort_discard", cohorts.closing(words, ClosingFacts(replace(SPRING, state=CohortState.DRAFT), TALLY, UNTIL))
    )


def test_the_end_is_told_to_pairs_and_to_those_without_a_partner(words: Words) -> None:
    check("closed_paired", cohorts.closed(words, ClosedFacts(SPRING, "U5")))
    check("closed_completed", cohorts.closed(words, ClosedFacts(SPRING, "U5", "r1", Side.JUNIOR)))
    check("closed_unpaired", cohorts.closed(words, ClosedFacts(SPRING, None)))


def test_today_with_every_decision_and_with_none(words: Words) -> None:
    items = tuple(Item(decision, 2, "c1", NASTY) for decision in Decision)
    check("today", today.today(words, TodayFacts(PROGRAMME, items, (CohortCard(SPRING, TALLY),), TODAY)))
    paused = replace(PROGRAMME, digest_paused=True)
    check("today_nothing", today.today(words, TodayFacts(paused, (), (), TODAY)))


def test_the_choice_of_messages_to_test(words: Words) -> None:
    check("testing", sample.testing(words))


def test_what_failed_shows_receiver_and_reason_only(words: Words) -> None:
    failed = [Failure("U5", False, "account_inactive"), Failure("", False, "is_archived"), Failure("", True, "x`y")]
    check("failed", today.failures(words, [*failed, Failure("C1", False, "channel_not_found")]))
    check("failed_none", today.failures(words, []))


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (Failure("U5", False, "user_not_found"), "the account is deactivated"),
        (Failure("C1", False, "not_in_channel"), "`/invite @revmentor`"),
        (Failure("", False, "is_archived"), "that channel is archived"),
        (Failure("U5", False, "messages_tab_disabled"), "Messages tab"),
        (Failure("U5", False, "gave up after 50 attempts: http_503"), "did not answer for a long time"),
        (Failure("", False, UNCERTAIN), "It may have arrived"),
        (Failure("U5", False, "invalid_blocks"), "`invalid_blocks`"),
        (Failure("", True, "raised KeyError 8 times"), "`raised KeyError 8 times`"),
    ],
)
def test_a_reason_is_put_into_words_with_what_to_do(words: Words, failure: Failure, says: str) -> None:
    assert says in str(today.failures(words, [failure]).payload())


def test_the_same_failure_is_told_once(words: Words) -> None:
    said = str(today.failures(words, [Failure("U5", False, "user_not_found")] * 3).payload())
    assert said.count("<@U5>") == 1 and "(3 times)" in said
