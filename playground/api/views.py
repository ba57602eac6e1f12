"""views.*: opening, pushing, changing modals, and publishing Homes."""

import json

from playground import args as arg
from playground import file_fields
from playground.api.registry import Call, method
from playground.blocks import check_view, fill_ids
from playground.errors import Json, SlackError
from playground.views import View

LARGEST = 250_000


@method("views.open")
def open_view(call: Call) -> Json:
    """Exchanges a trigger for a modal."""
    given = checked(call, ("modal",))
    trigger = call.pg.triggers.exchange(arg.needed(call.args, "trigger_id", "invalid_trigger_id"))
    return _shown(call, call.pg.views.open(trigger.user_id, given))


@method("views.push")
def push_view(call: Call) -> Json:
    """Exchanges a trigger for a modal on top of the open one."""
    given = checked(call, ("modal",))
    trigger = call.pg.triggers.exchange(arg.needed(call.args, "trigger_id", "invalid_trigger_id"))
    return _shown(call, call.pg.views.push(trigger.user_id, given))


@method("views.update")
def update_view(call: Call) -> Json:
    """Redraws an open view, by its id or the app's own."""
    view_id, external_id = arg.text(call.args, "view_id"), arg.text(call.args, "external_id")
    if not view_id and not external_id:
        raise arg.invalid("missing required field: view_id or external_id")
    view = call.pg.views.get(view_id) if view_id else call.pg.views.external(external_id)
    given = checked(call, (view.kind,))
    return _shown(call, call.pg.views.update(view, given, arg.text(call.args, "hash")))


@method("views.publish")
def publish_view(call: Call) -> Json:
    """Shows a person's Home."""
    if not call.pg.manifest.home_enabled:
        raise SlackError("not_enabled")
    user = call.pg.workspace.user(arg.needed(call.args, "user_id"))
    given = checked(call, ("home",))
    return _shown(call, call.pg.views.publish(user.id, given, arg.text(call.args, "hash")))


def checked(call: Call, kinds: tuple[str, ...]) -> Json:
    """The view of a call; raises SlackError invalid_arguments with the places of what is wrong."""
    given = arg.structure(call.args, "view")
    if given is None:
        raise arg.invalid("missing required field: view")
    return check(call, given, kinds)


def check(call: Call, given: Json, kinds: tuple[str, ...]) -> Json:
    """A view that may be shown, its missing ids filled in."""
    if len(json.dumps(given)) > LARGEST:
        raise SlackError("view_too_large")
    if call.pg.manifest.scopes.isdisjoint({file_fields.SCOPE}) and _takes_files(given):
        raise SlackError("missing_scope", needed=file_fields.SCOPE, provided=call.pg.manifest.provided)
    problems = check_view(given, kinds, call.pg.file_trouble)
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    fill_ids(given["blocks"], call.pg.workspace.ids)
    return given


def _takes_files(given: Json) -> bool:
    """Whether a view has a field for files, which wants a scope of its own."""
    blocks = given.get("blocks") if isinstance(given, dict) else None
    some = [block.get("element") for block in blocks or [] if isinstance(block, dict)]
    return any(isinstance(element, dict) and element.get("type") == "file_input" for element in some)


def _shown(call: Call, view: View) -> Json:
    return {"view": call.pg.views.to_slack(view)}
