"""What the page in the browser asks and does; everything a person does goes through Person."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from playground import elements, forms, pressables
from playground.clock import PRESETS, preset
from playground.errors import Json, NoSuchThing, SlackError
from playground.gestures import close_view
from playground.person import Person

if TYPE_CHECKING:
    from playground.server import Playground

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NO_CACHE = {"Cache-Control": "no-store"}


def add_routes(app: web.Application, pg: "Playground", folder: Path) -> None:
    """Puts the page and its API on the application."""
    page = PageApi(pg, folder)
    app.router.add_get("/", page.index)
    app.router.add_get("/page/live", page.live)
    for name in ("state", "home", "requests"):
        app.router.add_get(f"/page/{name}", _guarded(getattr(page, name)))
    app.router.add_get("/page/conversation/{id}", _guarded(page.conversation))
    for name in ("read", "open_home", "command", "action", "submit", "close", "say", "clock"):
        handler = getattr(page, "move_clock" if name == "clock" else name)
        app.router.add_post(f"/page/{name}", _guarded(handler))
    if folder.is_dir():
        app.router.add_static("/page/static/", folder)


def _guarded(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(request), headers=NO_CACHE)
        except SlackError as refusal:
            return web.json_response({"ok": False, "error": refusal.error}, status=400)
        except (NoSuchThing, KeyError, TypeError, ValueError) as trouble:
            error = str(trouble) or type(trouble).__name__
            return web.json_response({"ok": False, "error": error}, status=400)

    return answer


class PageApi:
    """The page's side of a playground."""

    def __init__(self, pg: "Playground", folder: Path) -> None:
        self._pg = pg
        self._folder = folder
        self._run = secrets.token_hex(4)  # view ids begin anew with each run

    def _person(self, user_id: str | None) -> Person:
        return Person(self._pg, user_id or self._first())

    def _first(self) -> str:
        return next(user.id for user in self._pg.workspace.users.values() if not user.is_bot)

    async def index(self, _: web.Request) -> web.StreamResponse:
        """The page itself."""
        file = self._folder / "index.html"
        if not file.is_file():
            return web.Response(text="The page is not installed; the Web API runs.", status=404)
        return web.FileResponse(file, headers=NO_CACHE)

    async def live(self, request: web.Request) -> web.StreamResponse:
        """The stream of changes for one person."""
        return await self._pg.live.serve(request, self._person(request.query.get("as")).id)

    async def state(self, request: web.Request) -> Json:
        """All that the page needs when it starts."""
        pg, person = self._pg, self._person(request.query.get("as"))
        presets = [{"id": key, "label": label} for key, label in PRESETS]
        pg.workspace.direct(person.id)
        return {
            "run": self._run,
            "team": {"id": pg.workspace.team_id, "name": pg.workspace.name},
            "me": person.user.to_page(),
            "users": [user.to_page() for user in pg.workspace.users.values()],
            "app": self._app(),
            "conversations": person.conversations(),
            "commands": self._commands(),
            "clock": {"now_iso": pg.clock.now().isoformat(), "presets": presets},
            "modal": person.modal,
        }

    def _app(self) -> Json:
        manifest = self._pg.manifest
        read_only = manifest.messages_read_only
        return {"name": manifest.name, "bot_user_id": self._pg.bot_id, "messages_tab_read_only": read_only}

    def _commands(self) -> list[Json]:
        return [
            {
                "command": command.command,
                "description": command.description,
                "usage_hint": command.usage_hint,
                "completions": self._pg.completions.get(command.command, []),
            }
            for command in self._pg.manifest.commands.values()
        ]

    async def conversation(self, request: web.Request) -> Json:
        """The messages of a conversation."""
        person = self._person(request.query.get("as"))
        return {"messages": person.messages(request.match_info["id"])}

    async def home(self, request: web.Request) -> Json:
        """The app's Home."""
        return {"view": self._person(request.query.get("as")).home}

    async def requests(self, request: web.Request) -> list[Json]:
        """The newest calls, oldest first."""
        return self._pg.log.rows(int(request.query.get("limit", "200")))

    async def read(self, request: web.Request) -> Json:
        """Marks a conversation as read."""
        body = await _body(request)
        self._person(body["as"]).read(body["channel"])
        return {"ok": True}

    async def open_home(self, request: web.Request) -> Json:
        """Opens the app's Home or Messages tab."""
        body = await _body(request)
        result = await self._person(body["as"]).open_home(body.get("tab", "home"))
        return _result(result.ok, result.error)

    async def command(self, request: web.Request) -> Json:
        """Sends a slash command."""
        body = await _body(request)
        result = await self._person(body["as"]).command(body["text"], body.get("channel"))
        return _result(result.ok, result.error)

    async def action(self, request: web.Request) -> Json:
        """Presses or chooses something; `values` may bring along what else is typed in the view."""
        body = await _body(request)
        person, container = self._person(body["as"]), body["container"]
        place: pressables.Place
        if container["type"] == "message":
            place = person.message(container["channel"], container["ts"])
        else:
            place = view = person.view(container["view_id"])
            typed = person.with_files(view.given["blocks"], body.get("values") or {})
            view.state = forms.filled(view.given["blocks"], view.state, typed)
        for block, element in elements.interactive(pressables.blocks_of(place)):
            if (block["block_id"], element["action_id"]) == (body["block_id"], body["action_id"]):
                target = pressables.Target(place, block, element)
                result = await person.act(target, body.get("value"))
                return _result(result.ok, result.error)
        raise NoSuchThing("that is no longer on the screen")

    async def submit(self, request: web.Request) -> Json:
        """Sends a modal."""
        body = await _body(request)
        person = self._person(body["as"])
        view = person.view(body["view_id"])
        result = await person.submit_view(view, body.get("values") or {})
        made = {"ok": result.ok, "closed": result.closed, **_result(result.ok, result.error)}
        return {**made, "errors": result.errors} if result.errors else made

    async def close(self, request: web.Request) -> Json:
        """Closes a modal."""
        body = await _body(request)
        close_view(self._pg, self._person(body["as"]).view(body["view_id"]))
        return {"ok": True}

    async def say(self, request: web.Request) -> Json:
        """Writes a message."""
        body = await _body(request)
        message = self._person(body["as"]).say(body["channel"], body["text"])
        return {"ok": True, "ts": message.ts}

    async def move_clock(self, request: web.Request) -> Json:
        """Moves the clock forward, by a preset in the viewer's zone or to an instant."""
        body = await _body(request)
        clock = self._pg.clock
        if "to" in body:
            target = datetime.fromisoformat(body["to"])
        else:
            zone = self._person(body.get("as")).user.tz
            target = preset(body["preset"], clock.now(), zone)
        await clock.move_to(target)
        return {"now_iso": clock.now().isoformat()}


async def _body(request: web.Request) -> dict[str, Any]:
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def _result(ok: bool, error: str | None) -> Json:
    return {"ok": ok} if error is None else {"ok": ok, "error": error}
