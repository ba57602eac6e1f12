"""Each sample breaks one rule of Block Kit and is refused with its place, as by Slack; its twin passes."""

import copy
from datetime import UTC, datetime
from itertools import chain
from types import ModuleType
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import cast
from playground.api import METHODS, Call
from playground.blocks import check_view, fill_ids
from playground.clock import Clock
from playground.errors import SlackError
from playground.ids import Ids
from playground.manifest import EXAMPLE
from playground.person import Person
from playground.records import File
from playground.server import Playground
from tests.playground.samples import counts, lengths, references, structure, surface
from tests.playground.samples.building import READY_FILE, Sample, actions, button, home, section, without

AREAS: tuple[ModuleType, ...] = (structure, surface, references, counts, lengths)
MESSAGES: list[Sample] = list(chain.from_iterable(area.MESSAGES for area in AREAS))
VIEWS: list[Sample] = list(chain.from_iterable(area.VIEWS for area in AREAS))


@pytest.fixture(scope="module")
def still() -> Playground:
    """A playground that nobody listens to: methods are called in this process."""
    pg = Playground(cast.load(), Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)), EXAMPLE)
    pg.workspace.files[READY_FILE] = File(READY_FILE, "a.png", "A", 1, "image/png", uploaded=True, completed=True)
    return pg


def post(pg: Playground, blocks: Any) -> dict[str, Any]:
    given = {"channel": "C07TEAM001", "text": "words", "blocks": copy.deepcopy(blocks)}
    return METHODS["chat.postMessage"].handler(Call(pg, given, "bot"))


def show(pg: Playground, view: Any) -> dict[str, Any]:
    given = copy.deepcopy(view)
    if given.get("type") == "home":
        return METHODS["views.publish"].handler(Call(pg, {"user_id": "U07ANA0000", "view": given}, "bot"))
    trigger = pg.triggers.issue("U07ANA0000")
    return METHODS["views.open"].handler(Call(pg, {"trigger_id": trigger, "view": given}, "bot"))


def place_of(refusal: SlackError) -> str:
    """The one place that a refusal names, which must be where Slack puts it."""
    (problem,) = refusal.extra["response_metadata"]["messages"]
    assert problem.startswith("[ERROR] ")
    return str(problem).rpartition(" [json-pointer:")[2].removesuffix("]")


@pytest.mark.parametrize("sample", MESSAGES, ids=[sample.name for sample in MESSAGES])
def test_a_message_is_refused_and_the_place_is_named(still: Playground, sample: Sample) -> None:
    with pytest.raises(SlackError, match=r"^invalid_blocks$") as caught:
        post(still, sample.make(sample.bad))
    assert place_of(caught.value) == sample.place
    assert post(still, sample.make(sample.good))["ts"]


@pytest.mark.parametrize("sample", VIEWS, ids=[sample.name for sample in VIEWS])
def test_a_view_is_refused_and_the_place_is_named(still: Playground, sample: Sample) -> None:
    with pytest.raises(SlackError, match=r"^invalid_arguments$") as caught:
        show(still, sample.make(sample.bad))
    assert place_of(caught.value) == sample.place
    assert show(still, sample.make(sample.good))["view"]["id"]


def test_the_samples_are_many_and_spread() -> None:
    per_area = {area.__name__.rpartition(".")[2]: len(area.MESSAGES) + len(area.VIEWS) for area in AREAS}
    assert sum(per_area.values()) >= 200
    assert min(per_area.values()) >= 15, per_area
    names = [sample.name for sample in MESSAGES + VIEWS]
    assert len(set(names)) == len(names)


async def test_an_app_gets_the_refusal_as_slack_writes_it(slack: AsyncWebClient, ana: Person) -> None:
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel=ana.id, text="x", blocks=[{"type": "header"}])
    refusal = "missing required field: text [json-pointer:/blocks/0]"
    assert caught.value.response.data == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [refusal],
        "response_metadata": {"messages": [f"[ERROR] {refusal}"]},
    }


@pytest.mark.parametrize("blocks", ["{", '{"type": "divider"}', {"type": "divider"}, "words"])
async def test_blocks_that_are_no_list_are_refused_whole(slack: AsyncWebClient, ana: Person, blocks: Any) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        await slack.chat_postMessage(channel=ana.id, text="x", blocks=blocks)


def test_a_home_may_not_be_opened_as_a_modal() -> None:
    assert check_view(home(section()), ("modal",)) == ["[ERROR] must be one of: modal [json-pointer:/view/type]"]


def test_blocks_and_elements_without_an_id_get_one_of_their_own() -> None:
    blocks = fill_ids([section(), section(block_id="mine"), actions(without(button(), "action_id"))], Ids())
    assert blocks[1]["block_id"] == "mine"
    assert len({block["block_id"] for block in blocks}) == 3
    assert blocks[2]["elements"][0]["action_id"]
