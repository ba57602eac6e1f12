"""`/revmentor admin invite`, and the two answers to an invitation."""

import re
from collections.abc import Mapping, Sequence

from slack_sdk.errors import SlackApiError

from bot.delivery.errors import word_of
from bot.domain.enrol import Invited, SlackProfile
from bot.domain.refusals import Refusal
from bot.services import enrol
from bot.views import enrol as views
from bot.views.parts import Modal
from handlers.enrol.routing import router
from handlers.people import accounts_of, mentions
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn

_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>")
_AT_ONCE = 20
"""More people than this are shown before anything is sent."""
_TYPED = 100
"""People who fit into the modal's picker, and into its metadata with room to spare."""
_NO_GROUP = ("no_such_subteam", "subteam_not_found", "plan_upgrade_required")


@router.command("admin invite", Who.COORDINATOR, args="[@people or @usergroup]", opens=True)
@router.action("enrol.invite", opens=True)
async def invite(turn: Turn) -> Reply:
    """People who are named are asked at once, if they are few and it is clear to which cohort; else a window opens."""
    users, groups = mentions(turn.text), tuple(_GROUP.findall(turn.text))
    if turn.text and not users and not groups:
        raise Refusal("enrol.refused.nobody_named")
    if len(users) > _TYPED:
        raise Refusal("enrol.refused.too_many_named")
    desk = await enrol.invite_desk(turn.kit, turn.actor, users, groups)
    named = {*users, *await _in_groups(turn, groups)}
    if not turn.text or len(desk.cohorts) > 1:
        return Show(views.invite(turn.words, desk))
    chosen = {"cohort": desk.cohorts[0].id, "users": " ".join(users), "groups": " ".join(groups), "list": ""}
    if len(named) > _AT_ONCE:
        return Show(await _preview(turn, chosen))
    return Say(views.invited(turn.words, await _send(turn, chosen)))


@router.submission("enrol.invite")
async def preview(turn: Turn) -> Reply:
    """Picked; before anything is sent the coordinator sees how many it is, and who is left out."""
    await enrol.invite_desk(turn.kit, turn.actor)
    users, whole = turn.form.users("users"), "list" in turn.form.choices("list")
    groups = turn.metadata.get("groups", "")
    if not users and not whole and not groups:
        raise Refusal("enrol.refused.nobody_picked", field="users")
    chosen = {
        "cohort": turn.form.choice("cohort") or "", "users": " ".join(users[:_TYPED]), "groups": groups,
        "list": "yes" if whole else "",
    }  # fmt: skip
    return Show(await _preview(turn, chosen))


@router.submission("enrol.invite_sure")
async def send(turn: Turn) -> Reply:
    return Say(views.invited(turn.words, await _send(turn, turn.metadata)))


@router.action("enrol.decline")
async def decline(turn: Turn) -> Reply:
    return Replace(views.declined(turn.words, await enrol.decline(turn.kit, turn.actor, turn.value)))


@router.action("enrol.undecline")
async def undecline(turn: Turn) -> Reply:
    return Replace(views.invitation(turn.words, await enrol.take_back(turn.kit, turn.actor, turn.value)))


async def _preview(turn: Turn, chosen: dict[str, str]) -> Modal:
    user_ids, accounts = await _meant(turn, chosen)
    found = await enrol.looked_over(turn.kit, turn.actor, chosen["cohort"], user_ids, accounts)
    return views.invite_sure(turn.words, found, {**chosen, "cohort": found.cohort.id})


async def _send(turn: Turn, chosen: Mapping[str, str]) -> Invited:
    user_ids, accounts = await _meant(turn, chosen)
    return await enrol.invite(turn.kit, turn.actor, chosen.get("cohort", ""), user_ids, accounts)


async def _meant(turn: Turn, chosen: Mapping[str, str]) -> tuple[Sequence[str], dict[str, SlackProfile]]:
    """Everybody who is meant, and what Slack says of each right now."""
    await enrol.invite_desk(turn.kit, turn.actor)  # whoever may not ask learns nothing of groups
    meant = [*chosen.get("users", "").split(), *await _in_groups(turn, chosen.get("groups", "").split())]
    if chosen.get("list"):
        meant += await enrol.unasked(turn.kit, turn.actor, chosen.get("cohort", ""))
    user_ids = list(dict.fromkeys(meant))
    return user_ids, await accounts_of(turn, user_ids)


async def _in_groups(turn: Turn, groups: Sequence[str]) -> list[str]:
    """The members of user groups. Raises Refusal where the optional scope is missing, or there is no such group."""
    found: list[str] = []
    for group in groups:
        try:
            answer = await turn.client.usergroups_users_list(usergroup=group)
        except SlackApiError as problem:
            word = word_of(problem)
            if word == "missing_scope":
                raise Refusal("enrol.refused.no_group_scope") from problem
            if word in _NO_GROUP:
                raise Refusal("enrol.refused.group_gone") from problem
            raise
        found += answer["users"]
    if groups and not found:
        raise Refusal("enrol.refused.group_gone")
    return found
