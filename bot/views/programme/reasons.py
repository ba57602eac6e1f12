"""Why something was set aside, in words that say what to do."""

from bot.domain.programme.today import Failure
from prompts import Words, escape
from storage.records.delivery import RESTORED, UNCERTAIN

_WHY = {
    "account": "cannot_find_user user_disabled user_not_found user_not_visible users_not_found invalid_users",
    "guest": "cannot_dm_bot is_bot user_is_bot user_is_restricted",
    "tab_off": "cannot_dm_user messages_tab_disabled not_enabled",
    "channel": "channel_not_found not_in_channel",
    "archived": "is_archived",
    "restricted": "restricted_action restricted_action_read_only_channel",
    "silent": "fatal_error internal_error no_answer no_connection request_timeout service_unavailable unknown_error",
}
"""Slack's codes by what a coordinator can do about them; any other is for whoever runs revmentor."""

_KNOWN = {UNCERTAIN: "uncertain", RESTORED: "restored"}
_BY_CODE = {code: why for why, codes in _WHY.items() for code in codes.split()}


def why(words: Words, failure: Failure) -> str:
    """One sentence, and the code only where nothing but the code helps."""
    code = failure.reason.rpartition(": ")[2]
    if failure.work:
        key = "work"
    elif failure.reason in _KNOWN:
        key = _KNOWN[failure.reason]
    else:
        key = _BY_CODE.get(code) or ("silent" if code.startswith(("http_5", "no_answer_")) else "ours")
    return words.say(f"delivery.why.{key}", code=escape(code or "unknown"))
