"""Channels that the bot makes and brings people into, as Slack does with its optional scope."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import manifest as manifests
from playground.person import Person
from playground.server import Playground

SCOPE = "groups:write"


def grant(pg: Playground) -> None:
    raw = dict(pg.manifest.raw)
    pg.manifest = manifests.parse({**raw, "oauth_config": {"scopes": {"bot": [*pg.manifest.scopes, SCOPE]}}})


async def refused(call: object) -> str:
    with pytest.raises(SlackApiError) as problem:
        await call  # type: ignore[misc]
    return str(problem.value.response["error"])


async def test_without_the_scope_slack_says_what_is_missing(slack: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as problem:
        await slack.conversations_create(name="steering", is_private=True)
    assert (problem.value.response["error"], problem.value.response["needed"]) == ("missing_scope", SCOPE)


async def test_a_private_channel_is_made_with_the_bot_in_it_and_people_are_brought_in(
    pg: Playground, slack: AsyncWebClient, ana: Person, bo: Person
) -> None:
    grant(pg)
    made = (await slack.conversations_create(name="steering", is_private=True))["channel"]
    assert made["is_private"] and made["is_member"] and made["name"] == "steering"
    await slack.conversations_invite(channel=made["id"], users=[ana.id, bo.id])
    for person in (ana, bo):
        assert "steering" in [place["name"] for place in person.conversations()]
    again = slack.conversations_invite(channel=made["id"], users=ana.id)
    assert await refused(again) == "already_in_channel"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"), ("Steering", "invalid_name_specials"), ("a b", "invalid_name_specials"),
        ("été", "invalid_name_specials"), ("---", "invalid_name_punctuation"), ("x" * 81, "invalid_name_maxlength"),
        ("general", "name_taken"),
    ],
)  # fmt: skip
async def test_a_name_that_cannot_be_is_refused(pg: Playground, slack: AsyncWebClient, name: str, error: str) -> None:
    grant(pg)
    assert await refused(slack.conversations_create(name=name, is_private=True)) == error


async def test_who_cannot_be_brought_in_is_refused(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    grant(pg)
    made = (await slack.conversations_create(name="steering", is_private=True))["channel"]["id"]
    assert await refused(slack.conversations_invite(channel=made, users=pg.bot_id)) == "cant_invite_self"
    assert await refused(slack.conversations_invite(channel=made, users="U404")) == "user_not_found"
    assert await refused(slack.conversations_invite(channel=made, users="")) == "no_user"
    assert await refused(slack.conversations_invite(channel="C404", users=ana.id)) == "channel_not_found"
    pg.workspace.conversation(made).is_archived = True
    assert await refused(slack.conversations_invite(channel=made, users=ana.id)) == "is_archived"
