"""api.test, auth.test, bots.info and apps.connections.open."""

from playground.api.registry import Call, method
from playground.errors import Json, SlackError


@method("api.test", token="")
def api_test(call: Call) -> Json:
    """Echoes the arguments, or the error that is asked for."""
    if "error" in call.args:
        raise SlackError(str(call.args["error"]), args=call.args)
    return {"args": call.args}


@method("auth.test", token="any")
def auth_test(call: Call) -> Json:
    """Who the token belongs to."""
    pg = call.pg
    if call.token_kind == "app":
        return {"app_name": pg.manifest.name, "app_id": pg.app_id}
    return {
        "url": f"{pg.base_url}/",
        "team": pg.workspace.name,
        "user": pg.workspace.user(pg.bot_id).name,
        "team_id": pg.workspace.team_id,
        "user_id": pg.bot_id,
        "bot_id": pg.bot_profile_id,
        "is_enterprise_install": False,
    }


@method("bots.info", "users:read")
def bots_info(call: Call) -> Json:
    """The app's bot, and which app that is."""
    pg = call.pg
    if call.args.get("bot", pg.bot_profile_id) != pg.bot_profile_id:
        raise SlackError("bot_not_found")
    bot = {"id": pg.bot_profile_id, "deleted": False, "name": pg.manifest.bot_name, "updated": 0}
    return {"bot": {**bot, "app_id": pg.app_id, "user_id": pg.bot_id, "icons": {}}}


@method("apps.connections.open", token="app")
def connections_open(call: Call) -> Json:
    """A web address, good for one Socket Mode connection."""
    wanted = call.pg.manifest.raw.get("settings", {}).get("socket_mode_enabled", True)
    if not wanted or not call.pg.socket.enabled:
        raise SlackError("socket_mode_not_enabled")
    return {"url": call.pg.socket.ticket_url(call.pg.base_url)}
