"""The one guard around every listener: answers in time, turns refusals into sentences, never raises."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck

from bot import metrics
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.log import log
from bot.services.kit import Actor, Kit
from bot.views.common import sentence
from bot.views.parts import Message
from handlers.answers import catch_up, closed, deliver, modal_answer, open_loading, say, too_late, whisper, why, write
from handlers.replies import Errors, Meanwhile, Over, Redraw, Reply, Say, Show, for_listening
from handlers.turn import Surface, Turn
from storage.ids import new_nonce
from storage.postgresql import undone
from storage.weather import takes_nothing_in

PATIENCE = 2.0
"""Seconds that work may take before the person is told that it goes on; Slack gives up after 3."""

_KEPT = 200
T = TypeVar("T")
Handler = Callable[[Turn], Awaitable[Reply]]
Body = dict[str, Any]


@dataclass
class Guard:
    """Runs handlers. Work that outlasts `patience` goes on and is held in `running`, to be drained at the end.

    `sent` knows what each open modal has sent: pressing once more joins the work instead of doing it twice.
    """

    kit: Kit
    running: set[asyncio.Task[Any]] = field(default_factory=set)
    sent: dict[str, asyncio.Task[Reply]] = field(default_factory=dict)
    patience: float = PATIENCE

    async def drain(self, seconds: float) -> None:
        """Wait for work that is still under way."""
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)

    async def answer(self, turn: Turn, handler: Handler, ack: AsyncAck, body: Body, opens: bool) -> None:
        """Run a handler for a turn and acknowledge within 3 s, whatever happens."""
        if body.get("type") == "view_submission":
            await self._submission(turn, handler, ack, body)
        else:
            await self._gesture(turn, handler, ack, body, opens)

    async def _submission(self, turn: Turn, handler: Handler, ack: AsyncAck, body: Body) -> None:
        """The modal closes only when its work is stored; until then it keeps what was typed."""
        key = _what_was_sent(turn.actor, body)
        task = self.sent.get(key) or self._hold(self._work(turn, handler))
        self.sent[key] = task
        self._forget_oldest()
        if await self._in_time(task):
            if isinstance(task.result(), Errors | Show | Redraw):  # the same modal may be sent again, and be meant
                self.sent.pop(key, None)
            await ack(**self._drawn(turn, task.result()))
        elif turn.form.first:
            await ack(**modal_answer(turn.words, Errors({turn.form.first: turn.words.say(_SAVING)})))
        else:
            self._hold(self._catch_up(turn, task, body))
            await ack(**modal_answer(turn.words, Say(sentence(turn.words.say(_WORKING)))))

    def _drawn(self, turn: Turn, reply: Reply) -> Body:
        try:
            return modal_answer(turn.words, reply)
        except Exception as problem:
            return modal_answer(turn.words, Say(_reference(turn, problem)))

    async def _catch_up(self, turn: Turn, task: asyncio.Task[Reply], body: Body) -> None:
        reply = await task
        try:
            await catch_up(turn, reply, body["view"]["id"])
        except Exception as problem:
            note(turn.actor, problem)

    def _forget_oldest(self) -> None:
        for key in list(self.sent)[:-_KEPT]:
            del self.sent[key]

    async def _gesture(self, turn: Turn, handler: Handler, ack: AsyncAck, body: Body, opens: bool) -> None:
        """A command or button. What takes longer than our patience is answered when it is done, where it can be."""
        task = self._hold(self._whole(turn, handler, body, opens))
        if await self._in_time(task):
            said = task.result()
            await ack(**(_ephemeral(said) if said else {}))
        else:
            self._hold(self._say_later(turn, task, body))
            wait = turn.surface is Surface.COMMAND and not opens
            await ack(**(_ephemeral(sentence(turn.words.say(_WORKING))) if wait else {}))

    async def _whole(self, turn: Turn, handler: Handler, body: Body, opens: bool) -> Message | None:
        """Everything from the loading modal to the answer; returns what the acknowledgement itself should say."""
        view_id = None
        try:
            view_id = await open_loading(turn, body) if opens else None
            reply = _plain(await self._work(turn, handler))
            if isinstance(reply, Meanwhile):
                reply = await self._meanwhile(turn, reply, body)
            if turn.surface is Surface.COMMAND and isinstance(reply, Say) and view_id is None:
                return reply.message
            await deliver(turn, reply, body, view_id)
        except Exception as problem:
            return await self._failed(turn, problem, body, view_id)
        return None

    async def _meanwhile(self, turn: Turn, reply: Meanwhile, body: Body) -> Reply:
        """Show that it is being worked on, then do it."""
        if turn.surface is Surface.MODAL:
            await deliver(turn, Redraw(reply.modal), body, None)
        return _plain(await self._work(turn, lambda _: reply.then()))

    async def _failed(self, turn: Turn, problem: Exception, body: Body, view_id: str | None) -> Message | None:
        """The answer could not be shown: say so where there still is a way."""
        if turn.surface is Surface.MODAL and closed(problem):
            log.info("view_closed", team=turn.actor.team_id)
            return None
        message = _sorry(turn, problem)
        if turn.surface is Surface.COMMAND and view_id is None:
            return message
        try:
            await (write(turn, message) if _shut(turn, problem, view_id) else say(turn, message, body, view_id))
        except Exception:
            log.warning("answer_lost", team=turn.actor.team_id)
        return None

    async def _say_later(self, turn: Turn, task: asyncio.Task[Message | None], body: Body) -> None:
        message = await task
        if message is None:
            return
        try:
            await whisper(body, message)
        except Exception as problem:
            note(turn.actor, problem)

    async def _work(self, turn: Turn, handler: Handler) -> Reply:
        try:
            reply = await though_others_write(handler, turn)
            return for_listening(reply) if turn.plain else reply
        except Refusals as refused:
            return _refused(turn, refused.problems)
        except Refusal as refused:
            return _refused(turn, [refused])
        except Exception as problem:  # the one place: everything else becomes a sentence with a reference
            message = _sorry(turn, problem)
            return Errors({turn.form.first: message.text}) if turn.form.first else Say(message)

    async def _in_time(self, task: asyncio.Task[Any]) -> bool:
        done, _ = await asyncio.wait({task}, timeout=self.patience)
        return bool(done)

    def _hold(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return task


async def though_others_write(handler: Handler, turn: Turn) -> Reply:
    """Once more where a transaction was called off because of another's; nothing of it was stored."""
    try:
        return await handler(turn)
    except Exception as problem:
        if not undone(problem):
            raise
        log.info("handler_repeated", team=turn.actor.team_id)
        return await handler(turn)


_SAVING, _WORKING = "common.errors.still_saving", "common.errors.still_working"


def note(actor: Actor | None, problem: Exception) -> str:
    """One line in the log, and the reference number that it stands under."""
    reference = new_nonce()[:8]
    metrics.failed.add("handler")
    log.error("handler_failed", reference=reference, team=actor.team_id if actor else None, exc_info=problem)
    return reference


def _reference(turn: Turn, problem: Exception) -> Message:
    reference = note(turn.actor, problem)
    if not takes_nothing_in(problem):
        return sentence(turn.words.say("common.errors.reference", reference=reference))
    key = "not_stored" if turn.form.first else "not_done"
    return sentence(turn.words.say(f"common.errors.{key}", reference=reference))


def _sorry(turn: Turn, problem: Exception) -> Message:
    """What to say about what went wrong: that Slack does not answer, where that is it; else a number to ask about."""
    key = why(problem)
    if key is None:
        return _reference(turn, problem)
    if too_late(problem):
        log.info("trigger_too_late", team=turn.actor.team_id)
    else:
        note(turn.actor, problem)
    return sentence(turn.words.say(key))


def _shut(turn: Turn, problem: Exception, view_id: str | None) -> bool:
    """Whether the press came too late for any modal, with no message beside which to say so."""
    return too_late(problem) and view_id is None and turn.surface in (Surface.MODAL, Surface.HOME)


def _what_was_sent(actor: Actor, body: Body) -> str:
    """One modal with one content; a digest, for what was typed is nobody's business longer than needed."""
    parts = [body["view"].get(part) for part in ("id", "callback_id", "private_metadata", "state")]
    return hashlib.sha256(json.dumps([actor.team_id, actor.user_id, *parts], sort_keys=True).encode()).hexdigest()


def _refused(turn: Turn, problems: list[Refusal]) -> Reply:
    """Each under its field, one that the modal does not show under the first; all in one answer elsewhere."""
    form = turn.form
    if form.first is None:
        message = sentence("\n".join(turn.words.say(p.key, **p.params) for p in problems))
        over = turn.surface is Surface.MESSAGE and isinstance(problems[0], TooLate)
        return Over(message) if over else Say(message)
    texts: dict[str, str] = {}
    for problem in problems:
        under = form.block_of(problem.field)
        name = under if under in form.inputs else form.first
        text = turn.words.say(problem.key, **problem.params)
        texts[str(name)] = f"{texts[str(name)]} {text}" if name in texts else text
    return Errors(texts)


def _plain(reply: Reply) -> Reply:
    """Sentences under fields make sense in a submission only."""
    return Say(sentence("\n".join(reply.fields.values()))) if isinstance(reply, Errors) else reply


def _ephemeral(message: Message) -> Body:
    return {"response_type": "ephemeral", **message.payload()}
