"""usergroups.users.list."""

from playground import args as arg
from playground.api.registry import Call, method
from playground.errors import Json, SlackError


@method("usergroups.users.list", "usergroups:read")
def list_users(call: Call) -> Json:
    """Who is in a user group; a disabled one is there only for whoever asks for those."""
    group = call.pg.workspace.usergroups.get(arg.needed(call.args, "usergroup"))
    if group is None or (group.disabled and not arg.flag(call.args, "include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
