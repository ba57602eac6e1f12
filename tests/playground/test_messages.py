"""chat.*: what may be posted where, what comes back, and what is refused in Slack's words."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground

GENERAL = "C07GENERAL"
TEAM = "C07TEAM001"
SECTION: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}


async def refused(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    body: dict[str, Any] = caught.value.response.data
    return body


async def test_a_message_to_a_user_id_lands_in_the_apps_dm(slack: AsyncWebClient, ana: Person, bo: Person) -> None:
    sent = await slack.chat_postMessage(channel=ana.id, text="Hello", blocks=[SECTION])
    assert sent["channel"].startswith("D")
    assert [message["text"] for message in ana.messages()] == ["Hello"]
    assert ana.messages()[0]["blocks"][0]["block_id"]
    assert bo.messages() == []


async def test_timestamps_are_unique_and_increase_while_the_clock_stands(slack: AsyncWebClient, ana: Person) -> None:
    sent = [(await slack.chat_postMessage(channel=ana.id, text=str(number)))["ts"] for number in range(20)]
    assert sent == sorted(set(sent))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL, "text": "x"}, "not_in_channel"),
        ({"channel": TEAM, "text": "x", "attachments": [{"text": "y"}]}, "invalid_arguments"),
        ({"channel": TEAM, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": TEAM, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"channel": TEAM, "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"channel": TEAM, "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    ],
)
async def test_a_post_is_refused(slack: AsyncWebClient, arguments: dict[str, Any], error: str) -> None:
    assert (await refused(slack.chat_postMessage(**arguments)))["error"] == error


async def test_a_message_needs_words(slack: AsyncWebClient) -> None:
    assert (await refused(slack.api_call("chat.postMessage", params={"channel": TEAM})))["error"] == "no_text"


async def test_bad_blocks_are_refused_with_their_place(slack: AsyncWebClient) -> None:
    body = await refused(slack.chat_postMessage(channel=TEAM, text="x", blocks=[SECTION, {"type": "header"}]))
    assert body["error"] == "invalid_blocks"
    wanted = "[ERROR] missing required field: text [json-pointer:/blocks/1]"
    assert body["response_metadata"]["messages"] == [wanted]


async def test_a_private_channel_without_the_bot_does_not_exist_for_it(pg: Playground, slack: AsyncWebClient) -> None:
    secret = pg.workspace.add_channel("board", ["U07BO00000"], private=True)
    assert (await refused(slack.chat_postMessage(channel=secret.id, text="x")))["error"] == "channel_not_found"


async def test_somebody_who_has_left_gets_no_messages(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    direct = (await slack.chat_postMessage(channel=ana.id, text="x"))["channel"]
    await pg.change_user(ana.id, deleted=True)
    for target in (ana.id, direct):
        assert (await refused(slack.chat_postMessage(channel=target, text="y")))["error"] == "channel_not_found"


async def test_only_posting_understands_a_user_id(slack: AsyncWebClient, ana: Person) -> None:
    ephemeral = slack.chat_postEphemeral(channel=ana.id, user=ana.id, text="x")
    assert (await refused(ephemeral))["error"] == "channel_not_found"
    sent = await slack.chat_postMessage(channel=ana.id, text="x")
    update = slack.chat_update(channel=ana.id, ts=sent["ts"], text="y")
    assert (await refused(update))["error"] == "channel_not_found"


async def test_an_archived_channel_takes_no_messages(pg: Playground, slack: AsyncWebClient) -> None:
    pg.workspace.conversation(TEAM).is_archived = True
    assert (await refused(slack.chat_postMessage(channel=TEAM, text="x")))["error"] == "is_archived"


async def test_blocks_without_text_are_sent_with_a_warning_and_noted(pg: Playground, slack: AsyncWebClient) -> None:
    with pytest.warns(UserWarning, match="text"):
        sent = await slack.chat_postMessage(channel=TEAM, blocks=[SECTION])
    assert sent["warning"] == "missing_text_in_message"
    assert len(pg.problems) == 1


async def test_metadata_comes_back_from_the_history_only_when_asked_for(slack: AsyncWebClient, ana: Person) -> None:
    metadata = {"event_type": "sent", "event_payload": {"id": "7"}}
    sent = await slack.chat_postMessage(channel=ana.id, text="x", metadata=metadata)
    with_it = await slack.conversations_history(channel=sent["channel"], include_all_metadata=True)
    without = await slack.conversations_history(channel=sent["channel"])
    assert with_it["messages"][0]["metadata"] == metadata
    assert "metadata" not in without["messages"][0]


async def test_an_ephemeral_message_is_seen_by_one_person_and_kept_out_of_the_history(
    pg: Playground, slack: AsyncWebClient, chi: Person
) -> None:
    dee = Person(pg, "U07DEE0000")
    await slack.chat_postEphemeral(channel=TEAM, user=chi.id, text="psst")
    assert [(m["text"], m["ephemeral"]) for m in chi.messages(TEAM)] == [("psst", True)]
    assert dee.messages(TEAM) == []
    assert pg.workspace.conversation(TEAM).messages == {}


async def test_nobody_outside_a_private_channel_gets_an_ephemeral_message(slack: AsyncWebClient, ana: Person) -> None:
    call = slack.chat_postEphemeral(channel=TEAM, user=ana.id, text="psst")
    assert (await refused(call))["error"] == "user_not_in_channel"


async def test_text_without_blocks_takes_the_blocks_away(slack: AsyncWebClient, ana: Person) -> None:
    sent = await slack.chat_postMessage(channel=ana.id, text="a", blocks=[SECTION])
    await slack.chat_update(channel=sent["channel"], ts=sent["ts"], text="b")
    message = ana.messages()[0]
    assert (message["text"], message["blocks"]) == ("b", [])
    assert message["edited"]


async def test_an_update_of_4001_characters_is_too_long(slack: AsyncWebClient, ana: Person) -> None:
    sent = await slack.chat_postMessage(channel=ana.id, text="a")
    call = slack.chat_update(channel=sent["channel"], ts=sent["ts"], text="x" * 4001)
    assert (await refused(call))["error"] == "msg_too_long"


async def test_only_the_bots_own_messages_can_be_changed(slack: AsyncWebClient, chi: Person) -> None:
    said = chi.say(TEAM, "mine")
    update = slack.chat_update(channel=TEAM, ts=said.ts, text="yours")
    assert (await refused(update))["error"] == "cant_update_message"
    assert (await refused(slack.chat_delete(channel=TEAM, ts=said.ts)))["error"] == "cant_delete_message"
    assert (await refused(slack.chat_delete(channel=TEAM, ts="1.000001")))["error"] == "message_not_found"


async def test_a_deleted_message_is_gone(slack: AsyncWebClient, ana: Person) -> None:
    sent = await slack.chat_postMessage(channel=ana.id, text="a")
    await slack.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert ana.messages() == []
    call = slack.chat_update(channel=sent["channel"], ts=sent["ts"], text="b")
    assert (await refused(call))["error"] == "message_not_found"


async def test_a_reply_stands_under_its_message_and_not_in_the_history(slack: AsyncWebClient, ana: Person) -> None:
    first = await slack.chat_postMessage(channel=ana.id, text="first")
    await slack.chat_postMessage(channel=ana.id, text="reply", thread_ts=first["ts"])
    assert [m["thread_ts"] for m in ana.messages()] == [None, first["ts"]]
    history = await slack.conversations_history(channel=first["channel"])
    assert [message["text"] for message in history["messages"]] == ["first"]


async def test_a_permalink_leads_to_the_page(pg: Playground, slack: AsyncWebClient) -> None:
    sent = await slack.chat_postMessage(channel=TEAM, text="a")
    link = await slack.chat_getPermalink(channel=TEAM, message_ts=sent["ts"])
    assert link["permalink"].startswith(pg.page_url)
