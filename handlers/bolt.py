"""Bolt's four doors (command, action, submission, event), each leading to the routes behind the guard."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot import metrics
from bot.log import log
from bot.services import support
from bot.services.content import words_of
from bot.services.kit import Kit
from bot.views.common import sentence
from handlers.guard import Guard, note
from handlers.replies import Reply, Say
from handlers.router import Routes
from handlers.turn import Surface, Turn, actor_of, inputs_of, parts_of
from prompts import clean, escape
from storage import enrol, inbox

COMMAND = "/revmentor"
_REMEMBERED = timedelta(days=1)  # Slack repeats an event within the hour


def build(kit: Kit, client: AsyncWebClient, routes: Routes) -> tuple[AsyncApp, Guard]:
    """The Bolt app. `process_before_response` makes a stored event's failure a 500, so that Slack sends it again."""
    token = client.token

    async def authorize() -> AuthorizeResult:
        # Tried at the start. Bolt would ask auth.test while somebody waits, and refuse her if that call fails.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    app = AsyncApp(
        name="revmentor",  # else Bolt reads the source of everything on the stack to find one
        client=AsyncWebClient(base_url=client.base_url), authorize=authorize, signing_secret="socket-mode",
        process_before_response=True,
    )  # fmt: skip
    guard = Guard(kit)
    doors = _Doors(kit, guard, routes)
    app.use(doors.event)
    app.command(COMMAND)(doors.command)
    app.action(re.compile(".*"))(doors.action)
    app.view(re.compile(".*"))(doors.submission)
    return app, guard


class _Doors:
    """One method per kind of request."""

    def __init__(self, kit: Kit, guard: Guard, routes: Routes) -> None:
        self._kit = kit
        self._guard = guard
        self._routes = routes

    async def command(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await self._safely(self._command(ack, body, client), ack, body)

    async def _command(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        command, rest = self._routes.find_command(clean(body.get("text") or ""))
        turn = await self._turn(body, client, surface=Surface.COMMAND, text=rest.strip())
        handler = command.handler if command else self._unknown
        await self._guard.answer(turn, handler, ack, body, bool(command and command.opens))

    async def action(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await self._safely(self._action(ack, body, client), ack, body)

    async def _action(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        name = body["actions"][0]["action_id"].partition(":")[0]
        press = self._routes.actions.get(name)
        turn = await self._turn(body, client, **parts_of(body))
        await self._guard.answer(turn, press.handler if press else _gone, ack, body, bool(press and press.opens))

    async def submission(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await self._safely(self._submission(ack, body, client), ack, body)

    async def _submission(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        handler = self._routes.submissions.get(body["view"]["callback_id"], _gone)
        turn = await self._turn(body, client, **parts_of(body))
        await self._guard.answer(turn, handler, ack, body, False)

    async def event(self, req: AsyncBoltRequest, next_: Callable[[], Awaitable[Any]]) -> BoltResponse | None:
        """Store the event id and do its work in one transaction; a failure gives 500 and Slack sends it again."""
        if req.body.get("type") != "event_callback":
            await next_()
            return None
        event = req.body.get("event") or {}
        handler = self._routes.events.get(event.get("type", ""))
        try:
            if handler is not None and await self._concerns_us(req.body["team_id"], event):
                async with self._kit.store.write(req.body["team_id"]) as tx:
                    now = self._kit.clock()
                    if await inbox.add(tx, req.body["event_id"], event["type"], now):
                        await inbox.forget(tx, now - _REMEMBERED)
                        await handler(self._kit, tx, event)
        except Exception as problem:
            metrics.failed.add("event")
            log.error("event_failed", kind=event.get("type"), exc_info=problem)
            return BoltResponse(status=500, body="")
        return BoltResponse(status=200, body="")

    async def _concerns_us(self, team_id: str, event: dict[str, Any]) -> bool:
        """Slack tells of every account that changes; of people we don't know, nothing is stored, not even that."""
        if event["type"] != "user_change":
            return True
        async with self._kit.store.read(team_id) as tx:
            user_id = event["user"]["id"]
            return await enrol.find(tx, user_id) is not None or await support.matters(tx, user_id)

    async def _safely(self, work: Awaitable[None], ack: AsyncAck, body: dict[str, Any]) -> None:
        """Bolt loses the acknowledgement of a listener that raises: what no guard has seen ends here."""
        try:
            await work
        except Exception as problem:
            text = self._kit.words(None).say("common.errors.reference", reference=note(None, problem))
            await ack(**last_words(body, text))

    async def _turn(self, body: dict[str, Any], client: AsyncWebClient, **parts: Any) -> Turn:
        actor = actor_of(body)
        async with self._kit.store.read(actor.team_id) as tx:
            person = await enrol.find(tx, actor.user_id)
            words = await words_of(self._kit, tx, person.locale if person else None)
        listens = person is not None and person.prefs.plain
        return Turn(kit=self._kit, actor=actor, words=words, client=client, plain=listens, **parts)

    async def _unknown(self, turn: Turn) -> Reply:
        nearest = self._routes.nearest(turn.text)
        key = "common.errors.did_you_mean" if nearest else "common.errors.unknown_command"
        word = escape(turn.text[:40])
        return Say(sentence(turn.words.say(key, word=word, command=f"{COMMAND} {nearest}")))


def last_words(body: dict[str, Any], text: str) -> dict[str, Any]:
    """An acknowledgement that says one sentence, where a command or a modal can show it."""
    if body.get("command"):
        return {"response_type": "ephemeral", "text": text}
    inputs = inputs_of(body.get("view") or {})
    if body.get("type") == "view_submission" and inputs:
        return {"response_action": "errors", "errors": {inputs[0]: text}}
    return {}


async def _gone(turn: Turn) -> Reply:
    return Say(sentence(turn.words.say("common.errors.gone")))
