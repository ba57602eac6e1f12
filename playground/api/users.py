"""users.info and users.list."""

from playground import args as arg
from playground.api.paging import page
from playground.api.registry import Call, method
from playground.errors import Json


@method("users.info", "users:read")
def info(call: Call) -> Json:
    """One person."""
    user = call.pg.workspace.user(arg.needed(call.args, "user", "user_not_found"))
    return {"user": _shown(call, user.id)}


@method("users.list", "users:read")
def list_users(call: Call) -> Json:
    """All people, page by page; deactivated ones and the bot included, as with Slack."""
    ids = list(call.pg.workspace.users)
    some, more = page(ids, call.args, default=max(len(ids), 1), highest=1000)
    now = int(call.pg.clock.now().timestamp())
    return {
        "members": [_shown(call, user_id) for user_id in some],
        "cache_ts": now,
        "response_metadata": more,
    }


def _shown(call: Call, user_id: str) -> Json:
    pg = call.pg
    user = pg.workspace.user(user_id).to_slack(pg.workspace.team_id, pg.clock.now())
    if not arg.flag(call.args, "include_locale"):
        user.pop("locale", None)
    if "users:read.email" in pg.manifest.scopes and not user["is_bot"]:
        user["profile"]["email"] = f"{user['name']}@{pg.workspace.domain}.example"
    return user
