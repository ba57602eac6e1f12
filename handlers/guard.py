"""The one guard around every listener: answers in time, turns refusals into sentences, never raises."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.refusals import Refusal, Refusals
from bot.log import log
from bot.services.kit import Actor, Kit
from bot.views.common import loading, notice, sentence
from bot.views.parts import Message
from handlers.form import Form
from handlers.replies import Close, Errors, Nothing, Redraw, Replace, ReplaceAndShow, Reply, Say, Show
from handlers.turn import Surface, Turn
from prompts import Words
from storage.ids import new_nonce

PATIENCE = 2.0
"""Seconds that work may take before the person is told to press again; Slack gives up after 3."""


@dataclass
class Guard:
    """Runs handlers. Work that outlasts `PATIENCE` goes on and is held in `running`, to be drained at the end."""

    kit: Kit
    running: set[asyncio.Task[Reply]] = field(default_factory=set)

    async def drain(self, seconds: float) -> None:
        """Wait for work that is still under way."""
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)

    async def answer(
        self, turn: Turn, handler: Callable[[Turn], Awaitable[Reply]], ack: AsyncAck, body: dict[str, Any], opens: bool
    ) -> None:
        """Run a handler for a turn and acknowledge within 3 s, whatever happens."""
        try:
            view_id = await self._open(turn, body) if opens else None
            reply = await self._in_time(turn, handler)
            self.kit.wake()
            await _deliver(turn, reply, ack, body, view_id)
        except Exception as problem:
            await ack()
            _note(turn.actor, problem, new_nonce()[:8])

    async def _open(self, turn: Turn, body: dict[str, Any]) -> str:
        call = turn.client.views_push if turn.surface is Surface.MODAL else turn.client.views_open
        answer = await call(trigger_id=body["trigger_id"], view=loading(turn.words).payload())
        return str(answer["view"]["id"])

    async def _in_time(self, turn: Turn, handler: Callable[[Turn], Awaitable[Reply]]) -> Reply:
        task = asyncio.create_task(_in_words(turn, handler))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if done:
            return task.result()
        text = turn.words.say("common.errors.still_saving")
        return Errors({turn.form.first: text}) if turn.form.first else Say(sentence(text))


def _in_words(turn: Turn, handler: Callable[[Turn], Awaitable[Reply]]) -> Coroutine[Any, Any, Reply]:
    async def run() -> Reply:
        try:
            return await handler(turn)
        except Refusals as refused:
            return _refused(turn.words, refused.problems, turn.form)
        except Refusal as refused:
            return _refused(turn.words, [refused], turn.form)
        except Exception as problem:  # the one place: everything else becomes a sentence with a reference
            reference = new_nonce()[:8]
            _note(turn.actor, problem, reference)
            text = turn.words.say("common.errors.reference", reference=reference)
            return Errors({turn.form.first: text}) if turn.form.first else Say(sentence(text))

    return run()


def _refused(words: Words, problems: list[Refusal], form: Form) -> Reply:
    texts = {p.field or form.first: words.say(p.key, **p.params) for p in problems}
    fields = {name: text for name, text in texts.items() if name is not None}
    return Errors(fields) if fields and form.first else Say(sentence(next(iter(texts.values()))))


def _note(actor: Actor, problem: Exception, reference: str) -> None:
    log.error("handler_failed", reference=reference, team=actor.team_id, exc_info=problem)


async def _deliver(turn: Turn, reply: Reply, ack: AsyncAck, body: dict[str, Any], view_id: str | None) -> None:
    if body.get("type") == "view_submission":
        await ack(**_modal_answer(turn.words, reply))
    elif turn.surface is Surface.COMMAND and isinstance(reply, Say) and view_id is None:
        await ack(response_type="ephemeral", **reply.message.payload())
    else:
        await _call(turn, reply, body, view_id)
        await ack()


def _modal_answer(words: Words, reply: Reply) -> dict[str, Any]:
    match reply:
        case Errors(fields):
            return {"response_action": "errors", "errors": dict(fields)}
        case Show(modal) | Redraw(modal):
            return {"response_action": "update", "view": modal.payload()}
        case Say(message):
            return {"response_action": "update", "view": notice(words, message).payload()}
        case Close(all=True):
            return {"response_action": "clear"}
        case _:
            return {}


async def _call(turn: Turn, reply: Reply, body: dict[str, Any], view_id: str | None) -> None:
    """Answer outside a submission: change the message, or show a modal."""
    match reply:
        case Say(message):
            await _say(turn, message, body, view_id)
        case Replace(message):
            await _change(turn, message, body)
        case ReplaceAndShow(message, modal):
            await _change(turn, message, body)
            await _call(turn, Show(modal), body, view_id)
        case Show(modal):
            await _show(turn.client, turn, modal.payload(), body, view_id)
        case Redraw(modal):
            await turn.client.views_update(view_id=view_id or body["view"]["id"], view=modal.payload())
        case Errors(fields):
            text = sentence(next(iter(fields.values())))
            await _call(turn, Say(text), body, view_id)
        case Close() | Nothing():
            return


async def _say(turn: Turn, message: Message, body: dict[str, Any], view_id: str | None) -> None:
    if view_id or turn.surface in (Surface.MODAL, Surface.HOME):
        await _show(turn.client, turn, notice(turn.words, message).payload(), body, view_id)
    else:
        await _respond(body, replace_original=False, response_type="ephemeral", **message.payload())


async def _change(turn: Turn, message: Message, body: dict[str, Any]) -> None:
    if body.get("response_url"):
        await _respond(body, replace_original=True, **message.payload())
    elif turn.surface is Surface.MODAL:
        view = notice(turn.words, message).payload()
        await turn.client.views_update(view_id=body["view"]["id"], view=view)


async def _show(
    client: AsyncWebClient, turn: Turn, view: dict[str, Any], body: dict[str, Any], view_id: str | None
) -> None:
    if view_id:
        await client.views_update(view_id=view_id, view=view)
    elif turn.surface is Surface.MODAL:
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _respond(body: dict[str, Any], **message: Any) -> None:
    await AsyncWebhookClient(body["response_url"], timeout=2, retry_handlers=[]).send_dict(message)
