"""Filling in and sending a modal: what the client checks, what arrives, what survives a failure."""

import asyncio
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import NoSuchThing
from playground.forms import in_words
from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp
from tests.playground.drawing import ask, modal, opened, plain

RADIO = {
    "type": "radio_buttons",
    "options": [{"text": plain("Yes, she did"), "value": "yes"}, {"text": plain("Not yet"), "value": "no"}],
}


def test_what_is_filled_in_reads_as_it_stands_in_the_modal() -> None:
    file = ask("list", {"type": "file_input"})
    view = modal(ask("did", RADIO), file, ask("who", {"type": "multi_users_select"}))
    said = in_words(view, {"did": "no", "list": {"name": "people.csv", "content": b"a"}, "who": ["@bo", "@ana"]})
    assert said == ["Did: Not yet", "List: people.csv", "Who: @bo, @ana"]


async def test_a_submission_carries_the_state_and_an_empty_answer_closes(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person, bo: Person
) -> None:
    fields = [
        ask("when", {"type": "datetimepicker"}),
        ask("who", {"type": "multi_users_select"}),
        ask("did", RADIO, optional=True),
        ask("why", {"type": "plain_text_input", "initial_value": "because"}),
    ]
    await opened(pg, slack, ana, modal(*fields, private_metadata="7"))
    result = await ana.submit({"When": "2026-03-02 10:00", "who": "Bo Lindgren", "Did": "not yet"})
    assert (result.ok, result.closed) == (True, True)
    assert ana.modal is None
    sent = app.payloads[-1]
    values = sent["view"]["state"]["values"]
    assert (sent["type"], sent["view"]["private_metadata"]) == ("view_submission", "7")
    assert values["when"]["answer"]["selected_date_time"] == 1_772_442_000
    assert values["who"]["answer"]["selected_users"] == [bo.id]
    assert values["did"]["answer"]["selected_option"]["value"] == "no"
    assert values["why"]["answer"]["value"] == "because"


async def test_the_client_sends_nothing_while_a_field_is_empty_or_too_long(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    assert list((await ana.submit()).errors) == ["name"]
    assert list((await ana.submit({"name": "x" * 11})).errors) == ["name"]
    assert app.requests == []


@pytest.mark.parametrize(
    ("element", "wrong", "right"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "abc"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "1"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.9", "2.0"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.1", "2"),
        ({"type": "number_input", "is_decimal_allowed": True}, "two", "2"),
        ({"type": "email_text_input"}, "ana", "ana@example.com"),
        ({"type": "url_text_input"}, "example.com", "https://example.com/"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["ana", "bo"], ["bo"]),
    ],
)
async def test_the_client_checks_a_field_before_it_sends(
    pg: Playground,
    slack: AsyncWebClient,
    app: RecordingApp,
    ana: Person,
    element: dict[str, Any],
    wrong: Any,
    right: Any,
) -> None:
    await opened(pg, slack, ana, modal(ask("field", element)))
    assert list((await ana.submit({"field": wrong})).errors) == ["field"]
    assert (await ana.submit({"field": right})).ok
    assert len(app.requests) == 1


async def test_a_hundred_clicks_on_submit_bring_a_hundred_submissions_and_close_once(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    results = await asyncio.gather(*(ana.submit({"Name": "Ana"}) for _ in range(100)))
    assert all(result.ok for result in results)
    assert len({payload["view"]["id"] for payload in app.payloads}) == 1
    assert len(app.payloads) == 100


async def test_an_optional_field_may_stay_empty(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal(ask("did", RADIO, optional=True)))
    assert (await ana.submit()).ok
    values = app.payloads[0]["view"]["state"]["values"]
    assert values == {"did": {"answer": {"type": "radio_buttons", "selected_option": None}}}


async def test_a_lost_submission_keeps_the_modal_and_what_was_typed(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    result = await ana.submit({"Name": "Ana"})
    assert (result.ok, result.error) == (False, "dispatch_failed")
    assert ana.modal is not None
    assert ana.modal["state"]["values"]["name"]["answer"]["value"] == "Ana"


async def test_a_field_that_is_not_there_is_named_with_those_that_are(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    with pytest.raises(NoSuchThing, match="there are: Name"):
        await ana.submit({"Surname": "x"})
