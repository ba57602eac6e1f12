"""A few listeners of Bolt's, so that the page has an app to talk to over Socket Mode."""

from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.page import views
from tests.page.views import Json


class SmallApp:
    """Remembers what it was sent; `refuse` are the errors of the next modal, `deaf` leaves it unanswered."""

    def __init__(self, pg: Playground) -> None:
        self.client = AsyncWebClient(token=pg.bot_token, base_url=pg.api_url)
        self.bolt = AsyncApp(client=self.client, request_verification_enabled=False)
        self._socket = AsyncSocketModeHandler(self.bolt, pg.app_token)
        self.actions: list[Json] = []
        self.submitted: list[Json] = []
        self.refuse: dict[str, str] = {}
        self.deaf = False
        self.bolt.command("/revmentor")(self._command)
        self.bolt.event("app_home_opened")(self._home)
        self.bolt.action("add_line")(self._add_line)
        self.bolt.action("say_more")(self._say_more)
        self.bolt.action("answer")(self._answer)
        for action in ("open_list", "preview", "pause", "language"):
            self.bolt.action(action)(self._note)
        self.bolt.view("form")(self._submitted)

    async def connect(self) -> None:
        """Opens the socket."""
        await self._socket.connect_async()

    async def close(self) -> None:
        """Closes the socket."""
        await self._socket.close_async()

    async def _command(self, ack: Any, command: Json, respond: Any, client: AsyncWebClient) -> None:
        if command["text"] == "silence":
            return
        await ack()
        if command["text"] == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=views.FORM)
            return
        await respond(f"You said *{command['text']}*")

    async def _home(self, event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=views.HOME)

    async def _add_line(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        longer = {**views.FORM, "blocks": [views.section("One more line."), *views.FORM["blocks"]]}
        await client.views_update(view_id=body["view"]["id"], view=longer)

    async def _say_more(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=views.DETAIL)

    async def _answer(self, ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=views.FORM)

    async def _note(self, ack: Any, action: Json) -> None:
        await ack()
        self.actions.append(action)

    async def _submitted(self, ack: Any, view: Json) -> None:
        if self.deaf:
            return
        self.submitted.append(view["state"]["values"])
        if self.refuse:
            await ack(response_action="errors", errors=self.refuse)
        else:
            await ack()
