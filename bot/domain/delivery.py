"""What a failed send means, and what becomes of its letter."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.records.delivery import UNCERTAIN, Letter, LetterState, Target


@dataclass(frozen=True, slots=True)
class Pacing:
    """How fast and how patiently the courier works. Times are on the courier's clock, `timeout` on the network's.

    Slack allows about one message a second per conversation and some hundreds a minute per workspace; a message that
    got no answer may still appear for a minute, so the grace is longer than that.
    https://docs.slack.dev/apis/web-api/rate-limits
    """

    per_minute: int = 300
    homes_per_minute: int = 100
    chores_per_minute: int = 40
    window: timedelta = timedelta(seconds=6)
    gap: timedelta = timedelta(seconds=1)
    opening: timedelta = timedelta(seconds=1.2)
    grace: timedelta = timedelta(seconds=90)
    look_every: timedelta = timedelta(seconds=60)
    lease: timedelta = timedelta(seconds=120)
    timeout: timedelta = timedelta(seconds=20)
    first_retry: timedelta = timedelta(seconds=10)
    longest_retry: timedelta = timedelta(hours=1)
    workspace_retry: timedelta = timedelta(minutes=15)
    most_attempts: int = 50
    most_refusals: int = 8
    abreast: int = 64
    reserved: int = 4

    def __post_init__(self) -> None:
        if self.lease <= 2 * self.timeout:
            raise ValueError("a lease must outlast two timeouts, or a slow send could be made twice")
        if self.grace < timedelta(seconds=60):
            raise ValueError("the grace period must outlast Slack's processing, a minute")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a call did not work. `permanent` is the bit that matters: trying again cannot help.

    `ambiguous`: Slack may have done it. `workspace`: it concerns every letter of the workspace (a token), so nothing
    is wrong with this one. `retry_after`: Slack named the wait. `refused`: Slack understood and said no.
    """

    reason: str
    permanent: bool = False
    ambiguous: bool = False
    workspace: bool = False
    refused: bool = False
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a letter: waiting until `due_at`, or ended in `state`."""

    state: LetterState
    reason: str
    due_at: datetime
    ambiguous: bool = False


_WORKSPACE = frozenset(
    {
        "account_inactive", "invalid_auth", "missing_scope", "no_permission", "not_authed", "org_login_required",
        "team_access_not_granted", "team_not_found", "token_expired", "token_revoked", "two_factor_setup_required",
        "ekm_access_denied", "access_denied", "enterprise_is_restricted", "not_allowed_token_type",
    }
)  # fmt: skip
_PERMANENT = frozenset(
    {
        "as_user_not_supported", "bot_not_found", "cannot_dm_bot", "cannot_dm_user", "cannot_find_user",
        "cannot_reply_to_message", "channel_not_found", "invalid_arguments", "invalid_blocks",
        "invalid_blocks_format", "invalid_metadata_format", "invalid_users", "invalid_user_combination",
        "is_archived", "is_bot", "messages_tab_disabled", "metadata_must_be_sent_from_app", "metadata_too_large",
        "msg_blocks_too_long", "msg_too_long", "no_text", "not_enabled", "not_enough_users", "not_in_channel",
        "restricted_action", "restricted_action_read_only_channel", "slack_connect_file_link_sharing_blocked",
        "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "invalid_metadata_schema",
        "restricted_action_thread_only_channel", "method_not_supported_for_channel_type",
        "too_many_users", "user_disabled", "user_is_bot", "user_is_restricted", "user_not_found",
        "user_not_visible", "users_list_not_supplied", "users_not_found", "view_too_large",
    }
)  # fmt: skip
_AMBIGUOUS = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout", "unknown_error"})


def failure_of(code: str, status: int = 200, retry_after: float | None = None) -> Failure:
    """What Slack's answer means: its error code, HTTP status and Retry-After in seconds."""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Failure("ratelimited", retry_after=_wait(retry_after))
    if status >= 500 or code in _AMBIGUOUS:
        return Failure(code or f"http_{status}", ambiguous=True)
    if code in _WORKSPACE:
        return Failure(code, permanent=True, workspace=True)
    return Failure(code or f"http_{status}", permanent=code in _PERMANENT, refused=True)


def _wait(seconds: float | None) -> timedelta:
    """Slack's wait, from a second to a day: what lies outside was not meant, and would lose the message."""
    return timedelta(seconds=min(max(1.0, seconds or 1.0), 86_400.0))


APART = frozenset({"invalid_user_combination", "user_not_visible"})
"""Slack's answers to opening a group message where the two share no channel, or a guest may not see the other.
https://docs.slack.dev/reference/methods/conversations.open"""

MIRRORED = "each of the two gets a copy"


def copy_for(letter: Letter, user_id: str, letter_id: str, nonce: str, key: str, now: datetime) -> Letter:
    """A pair's letter as one of the two gets it; it still says which pair it is to."""
    return replace(
        letter, id=letter_id, key=key, target=Target.PERSON, to=user_id, params=letter.params | {"mirror": letter.to},
        due_at=now, state=LetterState.WAITING, attempts=0, nonce=nonce, ambiguous=False, first_attempt_at=None,
        last_attempt_at=None, lease_until=None, channel=None, ts=None, reason=None,
    )  # fmt: skip


def to_pair(letter: Letter) -> Letter:
    """The letter that a copy was made of, as its facts are loaded; any other letter as it is."""
    pair_id = letter.params.get("mirror")
    return replace(letter, target=Target.PAIR, to=pair_id) if pair_id else letter


def can_look(letter: Letter) -> bool:
    """Whether an earlier attempt can be looked for: only in the bot's own DM, where it may read."""
    return letter.target is Target.PERSON


def after(letter: Letter, failure: Failure, now: datetime, pacing: Pacing, dice: float) -> Next:
    """What becomes of a letter whose attempt just failed; `dice` is between 0 and 1, for the jitter."""
    waiting, dead = LetterState.WAITING, LetterState.DEAD
    if failure.workspace:
        return Next(waiting, failure.reason, now + pacing.workspace_retry, letter.ambiguous)
    if failure.permanent:
        return Next(dead, failure.reason, now)
    if failure.retry_after is not None:
        return Next(waiting, failure.reason, now + failure.retry_after, letter.ambiguous)
    if failure.ambiguous and letter.ambiguous and _blind(letter):
        return Next(dead, UNCERTAIN, now)
    return _again(letter, failure, now, pacing, dice)


def _again(letter: Letter, failure: Failure, now: datetime, pacing: Pacing, dice: float) -> Next:
    if letter.attempts + 1 >= (pacing.most_refusals if failure.refused else pacing.most_attempts):
        return Next(LetterState.DEAD, f"gave up after {letter.attempts + 1} attempts: {failure.reason}", now)
    wait = backoff(letter.attempts, pacing, dice)
    unsure = failure.ambiguous and letter.target not in (Target.HOME, Target.CHORE)
    if unsure:
        wait = max(wait, pacing.grace)
    return Next(LetterState.WAITING, failure.reason, now + wait, unsure or letter.ambiguous)


def backoff(attempts: int, pacing: Pacing, dice: float) -> timedelta:
    """Twice as long each time, up to the longest, and somewhere in its upper half, so that a crowd spreads out."""
    doubled = min(pacing.longest_retry, pacing.first_retry * (1 << min(attempts, 16)))
    return doubled * (0.5 + dice / 2)


def is_stale(letter: Letter, now: datetime) -> bool:
    return letter.stale_at is not None and letter.stale_at <= now


def _blind(letter: Letter) -> bool:
    return letter.target in (Target.PAIR, Target.CHANNEL)
