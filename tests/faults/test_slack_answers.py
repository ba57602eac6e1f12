"""Every error that Slack documents for what we call, and answers that are none: each ends as the design says."""

from datetime import timedelta

import pytest

from bot.domain.delivery import Failure, failure_of
from bot.domain.messages import Kind
from playground.faults import Fault
from storage.records.delivery import LetterState
from tests.delivery.post_office import QUICK, Office
from tests.world import ANA

POST = "chat.postMessage"

MENDED = """
    access_denied account_inactive ekm_access_denied enterprise_is_restricted invalid_auth missing_scope no_permission
    not_allowed_token_type not_authed org_login_required team_access_not_granted team_not_found token_expired
    token_revoked two_factor_setup_required
"""
"""Nothing is wrong with the message: it waits until somebody has mended the installation."""

UNSURE = "fatal_error internal_error request_timeout service_unavailable"
"""Slack may have done it: look before sending again."""

FINAL = """
    as_user_not_supported cannot_dm_bot cannot_reply_to_message channel_not_found invalid_arguments invalid_blocks
    invalid_blocks_format invalid_metadata_format invalid_metadata_schema invalid_users is_archived is_bot
    messages_tab_disabled metadata_must_be_sent_from_app metadata_too_large method_not_supported_for_channel_type
    msg_blocks_too_long msg_too_long no_text not_enabled not_enough_users not_in_channel restricted_action
    restricted_action_non_threadable_channel restricted_action_read_only_channel restricted_action_thread_locked
    restricted_action_thread_only_channel slack_connect_file_link_sharing_blocked too_many_users user_disabled
    user_not_found user_not_visible users_list_not_supplied users_not_found view_too_large
"""
"""Trying again cannot help: the message ends with Slack's word."""

AGAIN = """
    accesslimited attachment_payload_limit_exceeded deprecated_endpoint duplicate_channel_not_found
    duplicate_external_id duplicate_message_not_found hash_conflict invalid_arg_name invalid_array_arg invalid_charset
    invalid_form_data invalid_limit invalid_post_type invalid_ts_latest markdown_text_conflict message_limit_exceeded
    method_deprecated missing_argument missing_post_type team_added_to_org too_many_attachments some_error_of_2031
"""
"""Nothing was posted, and it may work later; a few times at most."""

LATER = "ratelimited rate_limited"

_CLASSES = {"mended": MENDED, "unsure": UNSURE, "final": FINAL, "again": AGAIN, "later": LATER}
DOCUMENTED = {error: verdict for verdict, errors in _CLASSES.items() for error in errors.split()}


def verdict_of(failure: Failure) -> str:
    """The one of the five ways in which a failure ends."""
    flags = {
        "later": failure.retry_after is not None,
        "mended": failure.workspace,
        "unsure": failure.ambiguous,
        "final": failure.permanent and not failure.workspace,
    }
    said = [name for name, flag in flags.items() if flag]
    assert len(said) <= 1, said
    return said[0] if said else "again"


@pytest.mark.parametrize("error", DOCUMENTED)
def test_a_documented_error_ends_as_it_should(error: str) -> None:
    assert verdict_of(failure_of(error)) == DOCUMENTED[error]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529])
def test_what_a_server_that_is_broken_says_is_not_believed(status: int) -> None:
    assert verdict_of(failure_of("", status)) == verdict_of(failure_of("channel_not_found", status)) == "unsure"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        ("channel_not_found", LetterState.DEAD), ("token_revoked", LetterState.WAITING),
        ("message_limit_exceeded", LetterState.WAITING), ("internal_error", LetterState.WAITING),
    ],
)  # fmt: skip
async def test_an_error_over_the_wire_ends_its_letter_or_leaves_it_waiting(
    office: Office, error: str, state: LetterState
) -> None:
    office.slack.faults.rules.append(Fault(POST, "error", times=1, error=error))
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    letter = await office.only()
    assert (letter.state, letter.reason) == (state, error)
    assert letter.ambiguous is (error == "internal_error")
    if state is LetterState.WAITING:
        await office.send(minutes=16)
        assert (await office.only()).state is LetterState.SENT and len(office.texts()) == 1


@pytest.mark.parametrize("kind", ["html", "empty"])
async def test_a_gateways_page_or_nothing_at_all_leaves_the_message_to_be_looked_for(office: Office, kind: str) -> None:
    office.slack.faults.rules.append(Fault(POST, kind, times=1))
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert (await office.only()).ambiguous and (await office.only()).state is LetterState.WAITING
    await office.send(seconds=QUICK.grace.total_seconds())
    assert (await office.only()).state is LetterState.SENT and len(office.texts()) == 1
    assert office.calls()["conversations.history"] == 1


WAITS = {
    "30": 30.0, "0": 1.0, "-5": 1.0, "": 1.0, "soon": 1.0, "nan": 1.0, "1e3": 1000.0, "inf": 86_400.0,
    "99999999999999999999": 86_400.0, "Fri, 31 Dec 2027 23:59:59 GMT": 1.0,
}  # fmt: skip


@pytest.mark.parametrize("header", WAITS)
async def test_a_wait_that_makes_no_sense_is_bounded_and_loses_nothing(office: Office, header: str) -> None:
    office.slack.faults.rules.append(Fault(POST, "429", times=1, header=header))
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    letter = await office.only()
    assert letter.due_at - office.clock() == timedelta(seconds=WAITS[header]) and not letter.ambiguous
    await office.send(seconds=WAITS[header])
    assert len(office.texts()) == 1
