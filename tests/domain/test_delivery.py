"""What a failure means for a letter: a pure decision."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import Failure, Pacing, after, backoff, failure_of
from storage.records.delivery import Letter, LetterState, Priority, Target
from tests.clockwork import MONDAY

PACING = Pacing()


def letter(target: Target = Target.PERSON, *, attempts: int = 0, ambiguous: bool = False) -> Letter:
    return Letter(
        id="l", team_id="T1", key="k", kind="checkin.invite", target=target, to="U1", params={},
        priority=Priority.PERSONAL, due_at=MONDAY, stale_at=None, state=LetterState.SENDING, attempts=attempts,
        nonce="n", ambiguous=ambiguous, first_attempt_at=MONDAY, channel="D1", ts=None, reason=None,
    )  # fmt: skip


@pytest.mark.parametrize("code", ["user_not_found", "channel_not_found", "is_archived", "invalid_blocks"])
def test_what_trying_again_cannot_mend_ends_the_letter(code: str) -> None:
    failure = failure_of(code)
    assert failure.permanent and not failure.ambiguous
    assert after(letter(), failure, MONDAY, PACING, 0).state is LetterState.DEAD


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked", "missing_scope"])
def test_a_broken_token_is_permanent_for_the_workspace_and_keeps_its_letters(code: str) -> None:
    failure = failure_of(code)
    verdict = after(letter(), failure, MONDAY, PACING, 0)
    assert failure.permanent and failure.workspace
    assert (verdict.state, verdict.due_at) == (LetterState.WAITING, MONDAY + PACING.workspace_retry)


@pytest.mark.parametrize(("code", "status"), [("internal_error", 200), ("fatal_error", 200), ("", 500), ("", 503)])
def test_what_slack_may_have_done_is_ambiguous(code: str, status: int) -> None:
    failure = failure_of(code, status)
    verdict = after(letter(), failure, MONDAY, PACING, 0)
    assert failure.ambiguous and verdict.ambiguous
    assert verdict.due_at >= MONDAY + PACING.grace


@pytest.mark.parametrize("given_wait", [None, 0.0, 30.0])
def test_too_many_requests_waits_as_long_as_slack_says_and_at_least_a_second(given_wait: float | None) -> None:
    failure = failure_of("ratelimited", 429, given_wait)
    verdict = after(letter(attempts=999), failure, MONDAY, PACING, 0)
    assert verdict.due_at == MONDAY + timedelta(seconds=max(1.0, given_wait or 0))
    assert verdict.state is LetterState.WAITING, "being early is not being wrong"


def test_an_earlier_doubt_outlives_a_certain_refusal() -> None:
    verdict = after(letter(ambiguous=True), failure_of("ratelimited", 429, 5), MONDAY, PACING, 0)
    assert verdict.ambiguous


@pytest.mark.parametrize("target", [Target.PAIR, Target.CHANNEL])
def test_where_nobody_can_look_a_second_doubt_ends_the_letter(target: Target) -> None:
    doubt = failure_of("internal_error")
    first = after(letter(target), doubt, MONDAY, PACING, 0)
    second = after(letter(target, ambiguous=True), doubt, MONDAY, PACING, 0)
    assert (first.state, second.state) == (LetterState.WAITING, LetterState.DEAD)


def test_a_home_is_never_in_doubt_for_publishing_twice_changes_nothing() -> None:
    verdict = after(letter(Target.HOME), failure_of("internal_error"), MONDAY, PACING, 0)
    assert not verdict.ambiguous and verdict.due_at < MONDAY + PACING.grace


def test_a_refusal_that_nobody_knows_is_tried_a_few_times_and_an_outage_for_days() -> None:
    unknown, outage = failure_of("some_new_error"), Failure("no_connection")
    few = PACING.most_refusals - 1
    assert not unknown.permanent
    assert after(letter(attempts=few), unknown, MONDAY, PACING, 0).state is LetterState.DEAD
    assert after(letter(attempts=few), outage, MONDAY, PACING, 0).state is LetterState.WAITING
    assert sum((backoff(n, PACING, 0) for n in range(PACING.most_attempts)), timedelta()) > timedelta(hours=20)


@given(attempts=st.integers(0, 10_000), dice=st.floats(0, 1))
def test_waits_grow_to_an_hour_and_are_never_less_than_half_their_step(attempts: int, dice: float) -> None:
    wait = backoff(attempts, PACING, dice)
    step = min(PACING.longest_retry, PACING.first_retry * 2 ** min(attempts, 16))
    assert step / 2 <= wait <= step <= timedelta(hours=1)


def test_a_crowd_that_fails_together_does_not_come_back_together() -> None:
    assert len({backoff(3, PACING, n / 10) for n in range(10)}) == 10


@pytest.mark.parametrize("bad", [{"lease": timedelta(seconds=40)}, {"grace": timedelta(seconds=59)}])
def test_settings_that_could_double_a_message_are_refused(bad: dict[str, timedelta]) -> None:
    with pytest.raises(ValueError, match="must outlast"):
        Pacing(**bad)  # type: ignore[arg-type]
