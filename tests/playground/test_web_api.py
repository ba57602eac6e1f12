"""The Web API's front door: forms of arguments, tokens, scopes, unknown methods, people and conversations."""

import copy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import cast, manifest
from playground.clock import Clock
from playground.manifest import EXAMPLE
from playground.person import Person
from playground.server import Playground

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEAM = "C07TEAM001"


async def refused(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    body: dict[str, Any] = caught.value.response.data
    return body


def sender(form: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"query": {"params": body}, "form": {"data": body}, "json": {"json": body}}[form]


@pytest.mark.parametrize("form", ["query", "form", "json"])
async def test_arguments_are_taken_in_each_of_slacks_forms(pg: Playground, form: str) -> None:
    headers = {"Authorization": f"Bearer {pg.bot_token}"}
    sent = sender(form, {"channel": TEAM, "text": f"by {form}"})
    url = f"{pg.api_url}chat.postMessage"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, **sent) as answer:
        body = await answer.json()
    assert body["ok"] is True
    assert body["message"]["text"] == f"by {form}"


@pytest.mark.parametrize(("form", "error"), [("query", None), ("form", None), ("json", "not_authed")])
async def test_a_token_counts_as_an_argument_but_not_in_json(pg: Playground, form: str, error: str | None) -> None:
    sent = sender(form, {"token": pg.bot_token})
    async with aiohttp.ClientSession() as session, session.post(f"{pg.api_url}auth.test", **sent) as answer:
        body = await answer.json()
    assert body.get("error") == error


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        ("{", "application/json", "invalid_json"),
        ("[]", "application/json", "json_not_object"),
        ("x", "text/css", "invalid_post_type"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(pg: Playground, content: str, kind: str, error: str) -> None:
    async with aiohttp.ClientSession() as session:
        headers = {"Content-Type": kind}
        async with session.post(f"{pg.api_url}auth.test", data=content, headers=headers) as answer:
            assert (await answer.json())["error"] == error


async def test_the_token_says_who_the_app_is(pg: Playground, slack: AsyncWebClient) -> None:
    who = await slack.auth_test()
    assert (who["user_id"], who["team_id"]) == (pg.bot_id, pg.workspace.team_id)


async def test_the_apps_own_bot_says_which_app_it_is_and_other_bots_are_not_there(
    pg: Playground, slack: AsyncWebClient
) -> None:
    who = await slack.auth_test()
    bot = (await slack.bots_info(bot=who["bot_id"]))["bot"]
    assert (bot["id"], bot["app_id"], bot["user_id"]) == (pg.bot_profile_id, pg.app_id, pg.bot_id)
    with pytest.raises(SlackApiError, match="bot_not_found"):
        await slack.bots_info(bot="B0NOBODY")


async def test_each_answer_says_what_the_token_may_do_and_what_the_method_needs(
    pg: Playground, slack: AsyncWebClient
) -> None:
    headers = (await slack.auth_test()).headers
    assert headers["X-OAuth-Scopes"] == pg.manifest.provided
    assert "X-Accepted-OAuth-Scopes" not in headers
    with pytest.raises(SlackApiError) as caught:
        await slack.conversations_history(channel=TEAM)
    assert caught.value.response.headers["X-Accepted-OAuth-Scopes"] == "groups:history"
    opened = await slack.apps_connections_open(app_token=pg.app_token)
    assert opened.headers["X-OAuth-Scopes"] == "connections:write"


async def test_the_date_of_an_answer_is_the_playgrounds(slack: AsyncWebClient) -> None:
    assert (await slack.auth_test()).headers["Date"] == "Mon, 02 Mar 2026 09:00:00 GMT"


async def test_a_wrong_token_and_the_wrong_kind_of_token_are_refused(pg: Playground, slack: AsyncWebClient) -> None:
    assert (await refused(slack.auth_test(token="xoxb-other")))["error"] == "invalid_auth"
    call = slack.auth_test(token="")
    assert (await refused(call))["error"] == "not_authed"
    call = slack.chat_postMessage(channel=TEAM, text="x", token=pg.app_token)
    assert (await refused(call))["error"] == "not_allowed_token_type"
    call = slack.apps_connections_open(app_token=pg.bot_token)
    assert (await refused(call))["error"] == "not_allowed_token_type"


async def test_a_token_fails_as_it_is_told_until_it_is_healed(pg: Playground, slack: AsyncWebClient) -> None:
    pg.set_token_state(pg.bot_token, "account_inactive")
    assert (await refused(slack.auth_test()))["error"] == "account_inactive"
    pg.set_token_state(pg.bot_token, None)
    assert (await slack.auth_test())["ok"]


async def test_an_unknown_method_is_named(slack: AsyncWebClient) -> None:
    assert (await refused(slack.api_call("chat.shout")))["error"] == "unknown_method"


async def test_a_missing_scope_is_named_beside_those_that_are_there(pg: Playground, slack: AsyncWebClient) -> None:
    body = await refused(slack.conversations_history(channel=TEAM))
    assert (body["error"], body["needed"]) == ("missing_scope", "groups:history")
    assert "im:history" in body["provided"].split(",")


def test_an_optional_scope_is_there_only_when_somebody_ticked_it() -> None:
    asked = copy.deepcopy(EXAMPLE)
    scopes = asked["oauth_config"]["scopes"]
    scopes["bot_optional"] = ["usergroups:read"]
    with pytest.raises(ValueError, match="usergroups:read"):
        manifest.parse(asked)
    scopes["bot"].append("usergroups:read")
    assert "usergroups:read" not in manifest.parse(asked).scopes
    assert "usergroups:read" in manifest.parse(asked, ["usergroups:read"]).scopes


async def test_a_scope_that_the_manifest_does_not_ask_for_closes_the_method() -> None:
    bare = copy.deepcopy(EXAMPLE)
    bare["oauth_config"]["scopes"]["bot"] = []
    pg = Playground(cast.load(), Clock(START), bare)
    await pg.start()
    try:
        async with aiohttp.ClientSession() as session:
            client = AsyncWebClient(token=pg.bot_token, base_url=pg.api_url, session=session)
            body = await refused(client.chat_postMessage(channel=TEAM, text="x"))
    finally:
        await pg.stop()
    assert (body["error"], body["needed"]) == ("missing_scope", "chat:write")


async def test_the_same_people_get_the_same_conversation(slack: AsyncWebClient, ana: Person, bo: Person) -> None:
    first = await slack.conversations_open(users=[ana.id, bo.id])
    again = await slack.conversations_open(users=f"{bo.id},{ana.id}")
    alone = await slack.conversations_open(users=ana.id)
    assert first["channel"]["id"] == again["channel"]["id"]
    assert first["channel"]["id"].startswith("G")
    assert alone["channel"]["id"].startswith("D")
    assert again["already_open"] is True


async def test_a_group_dm_is_refused_for_nobody_for_nine_and_for_who_has_left(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    nine = list(pg.workspace.users)[:9]
    assert (await refused(slack.conversations_open(users=nine)))["error"] == "too_many_users"
    assert (await refused(slack.conversations_open(users="")))["error"] == "users_list_not_supplied"
    assert (await refused(slack.conversations_open(users="U404")))["error"] == "user_not_found"
    await pg.change_user(ana.id, deleted=True)
    assert (await refused(slack.conversations_open(users=ana.id)))["error"] == "user_disabled"


async def test_a_conversation_says_what_it_is_and_who_is_in_it(pg: Playground, slack: AsyncWebClient) -> None:
    channel = (await slack.conversations_info(channel=TEAM, include_num_members=True))["channel"]
    assert (channel["name"], channel["is_private"], channel["is_member"]) == ("programme-team", True, True)
    members = (await slack.conversations_members(channel=TEAM))["members"]
    assert pg.bot_id in members
    assert len(members) == channel["num_members"] == 3


async def test_a_private_channel_without_the_bot_can_be_neither_read_nor_listed(
    pg: Playground, slack: AsyncWebClient
) -> None:
    secret = pg.workspace.add_channel("board", ["U07BO00000"], private=True)
    for call in (slack.conversations_info(channel=secret.id), slack.conversations_members(channel=secret.id)):
        assert (await refused(call))["error"] == "channel_not_found"
    listed = await slack.conversations_list(types="private_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["programme-team"]


async def test_a_token_in_json_is_neither_used_nor_echoed(pg: Playground) -> None:
    sent: dict[str, Any] = {"json": {"token": pg.bot_token, "foo": "bar"}}
    url = f"{pg.api_url}api.test"
    async with aiohttp.ClientSession() as session, session.post(url, **sent) as answer:
        assert (await answer.json())["args"] == {"foo": "bar"}


async def test_conversations_are_listed_by_type(slack: AsyncWebClient, ana: Person) -> None:
    await slack.conversations_open(users=ana.id)
    listed = await slack.conversations_list(types="public_channel,private_channel")
    assert {channel["name"] for channel in listed["channels"]} == {"general", "programme-team"}
    assert (await refused(slack.conversations_list(types="secret")))["error"] == "invalid_types"


async def test_the_history_pages_backwards_between_two_instants(slack: AsyncWebClient, ana: Person) -> None:
    sent = [await slack.chat_postMessage(channel=ana.id, text=str(number)) for number in range(7)]
    channel = sent[0]["channel"]
    seen: list[str] = []
    cursor = ""
    while True:
        answer = await slack.conversations_history(
            channel=channel, oldest=sent[1]["ts"], latest=sent[6]["ts"], limit=2, cursor=cursor
        )
        seen.extend(message["text"] for message in answer["messages"])
        if not answer["has_more"]:
            break
        cursor = answer["response_metadata"]["next_cursor"]
    assert seen == ["5", "4", "3", "2"]
    edge = await slack.conversations_history(channel=channel, oldest=sent[6]["ts"], inclusive=True)
    assert [message["text"] for message in edge["messages"]] == ["6"]


async def test_the_history_refuses_what_is_no_instant(slack: AsyncWebClient, ana: Person) -> None:
    channel = (await slack.conversations_open(users=ana.id))["channel"]["id"]
    call = slack.conversations_history(channel=channel, oldest="yesterday")
    assert (await refused(call))["error"] == "invalid_ts_oldest"
    call = slack.conversations_history(channel=channel, cursor="nonsense")
    assert (await refused(call))["error"] == "invalid_cursor"


async def test_users_are_listed_page_by_page(pg: Playground, slack: AsyncWebClient) -> None:
    seen: list[str] = []
    async for answer in await slack.users_list(limit=10):
        assert len(answer["members"]) <= 10
        seen.extend(member["id"] for member in answer["members"])
    assert seen == list(pg.workspace.users)


async def test_a_user_has_a_zone_a_title_and_a_locale_on_request(slack: AsyncWebClient, ana: Person) -> None:
    plain = (await slack.users_info(user=ana.id))["user"]
    asked = (await slack.users_info(user=ana.id, include_locale=True))["user"]
    assert (plain["tz"], plain["tz_offset"]) == ("Europe/Berlin", 3600)
    assert plain["profile"]["title"] == "Junior Data Analyst"
    assert "locale" not in plain
    assert asked["locale"] == "en-GB"
    assert (await refused(slack.users_info(user="U404")))["error"] == "user_not_found"


async def test_a_mail_address_is_told_only_to_who_may_read_it(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    assert "email" not in (await slack.users_info(user=ana.id))["user"]["profile"]
    pg.manifest = replace(pg.manifest, scopes=pg.manifest.scopes | {"users:read.email"})
    assert (await slack.users_info(user=ana.id))["user"]["profile"]["email"] == "ana@northlight.example"


async def test_api_test_answers_with_what_it_was_told(slack: AsyncWebClient) -> None:
    assert (await slack.api_test(foo="bar"))["args"]["foo"] == "bar"
    assert (await refused(slack.api_test(error="my_error")))["error"] == "my_error"
