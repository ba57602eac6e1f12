"""User groups: named with one @handle, and looked into with an optional scope."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import manifest as manifests
from playground.payloads import escape
from playground.server import Playground

SCOPE = "usergroups:read"


def grant(pg: Playground) -> None:
    raw = dict(pg.manifest.raw)
    scopes = {"bot": [*pg.manifest.scopes, SCOPE]}
    pg.manifest = manifests.parse({**raw, "oauth_config": {"scopes": scopes}})


async def test_without_the_scope_slack_says_what_is_missing(slack: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await slack.usergroups_users_list(usergroup="S07TRAINEE")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == SCOPE


async def test_who_is_in_a_group_and_that_there_is_none(pg: Playground, slack: AsyncWebClient) -> None:
    grant(pg)
    answer = await slack.usergroups_users_list(usergroup="S07TRAINEE")
    assert [pg.workspace.user(user).name for user in answer["users"]] == ["ivy", "leo"]
    pg.workspace.usergroups["S07TRAINEE"].disabled = True
    for wrong in ("S07TRAINEE", "S07NOBODY0"):
        with pytest.raises(SlackApiError, match="no_such_subteam"):
            await slack.usergroups_users_list(usergroup=wrong)
    assert (await slack.usergroups_users_list(usergroup="S07TRAINEE", include_disabled=True))["ok"]


def test_a_handle_becomes_a_reference(pg: Playground) -> None:
    assert escape(pg.workspace, "invite @trainees @ana", "U07CHI0000") == (
        "invite <!subteam^S07TRAINEE|@trainees> <@U07ANA0000|ana>"
    )
    pg.workspace.usergroups["S07TRAINEE"].disabled = True
    assert escape(pg.workspace, "@trainees", "U07CHI0000") == "@trainees"
