"""One thing a person did, parsed once: what every handler is given."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.kit import Actor, Kit
from handlers.form import Form
from handlers.shape import mapping, mappings, string
from prompts import Words, clean

# A command declared with should_escape: https://docs.slack.dev/interactivity/implementing-slash-commands
_REFERENCE = re.compile(r"<(?P<mark>[@#])?(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


class Surface(StrEnum):
    """Where the person was when they acted; decides how an answer reaches them."""

    COMMAND = "command"
    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Turn:
    """`value`, `choice` and `metadata` are hints from the payload: services look them up and check who acts.

    `plain`: the person has it read out, and is answered without decoration.
    """

    kit: Kit
    actor: Actor
    words: Words
    client: AsyncWebClient
    surface: Surface
    text: str = ""
    value: str = ""
    choice: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    form: Form = field(default_factory=lambda: Form({}))
    plain: bool = False
    view_id: str = ""

    @property
    def typed(self) -> str:
        """`text` as the person typed it: Slack hands over `<@U1|ana>` for @ana and `&lt;` for <."""
        text = _REFERENCE.sub(lambda found: (found["mark"] or "") + (found["label"] or found["target"]), self.text)
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def actor_of(body: dict[str, Any]) -> Actor:
    """Who acts, from the parts of a verified request that Slack itself fills in. Raises KeyError without them."""
    user = body.get("user") or {}
    team = body.get("team") or {}
    enterprise = body.get("enterprise") or {}
    return Actor(
        team_id=body.get("team_id") or team.get("id") or user["team_id"],
        user_id=body.get("user_id") or user["id"],
        enterprise_id=body.get("enterprise_id") or enterprise.get("id"),
    )


def parts_of(body: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Turn that an interactive payload carries, for `Turn(**parts)`."""
    view, action = mapping(body.get("view")), next(mappings(body.get("actions")), {})
    surface = Surface.MESSAGE if not view else Surface.HOME if view.get("type") == "home" else Surface.MODAL
    state = mapping(view.get("state") or body.get("state"))
    return {
        "surface": surface,
        "value": string(action.get("value")),
        "choice": _choice(action),
        "view_id": string(view.get("id")),
        "metadata": _metadata(string(view.get("private_metadata"))),
        "form": Form(mapping(state.get("values")), inputs_of(view) if surface is Surface.MODAL else ()),
    }


def inputs_of(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The block ids of a modal's inputs, in order."""
    inputs = (block.get("block_id") for block in mappings(view.get("blocks")) if block.get("type") == "input")
    return tuple(dict.fromkeys(string(block_id) for block_id in inputs if block_id))


def _choice(action: Mapping[str, Any]) -> str:
    picked = mapping(action.get("selected_option")).get("value")
    picked = picked or action.get("selected_user") or action.get("selected_date")
    return string(picked) or string(action.get("action_id")).partition(":")[2]


def _metadata(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(k): clean(str(v)) for k, v in found.items()} if isinstance(found, dict) else {}
