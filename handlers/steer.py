"""From a pilot to a programme: the coordinators' desk, the answers of the pilot's people, making the channel."""

from slack_sdk.errors import SlackApiError

from bot.delivery.errors import word_of
from bot.domain.refusals import Refusal
from bot.domain.steer import NAME
from bot.services import steer
from bot.views import steer as views
from handlers.replies import Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn

router = Router("steer")

_REFUSED = {
    "name_taken": "steer.refused.name_taken", "restricted_action": "steer.refused.restricted",
    "cannot_create_channel": "steer.refused.restricted",
}  # fmt: skip


@router.command("admin steering", Who.COORDINATOR)
async def desk(turn: Turn) -> Reply:
    """Every pilot: its figures, who volunteers, the channel, and what a roll-out needs."""
    return Say(views.desk(turn.words, await steer.desk(turn.kit, turn.actor)))


@router.action("steer.desk")
async def desk_of(turn: Turn) -> Reply:
    """The same from a button."""
    return Say(views.desk(turn.words, await steer.desk(turn.kit, turn.actor)))


@router.action("steer.ask")
async def ask(turn: Turn) -> Reply:
    """Everybody who met in the pilot, and was not asked yet, is asked."""
    n = await steer.ask_all(turn.kit, turn.actor, turn.value)
    news = turn.words.say("steer.done.asked", n=n) if n else turn.words.say("steer.done.nobody_new")
    return Replace(views.desk(turn.words, await steer.desk(turn.kit, turn.actor), news))


@router.action("steer.answer")
async def answer(turn: Turn) -> Reply:
    facts = await steer.answer(turn.kit, turn.actor, turn.value, yes=turn.choice == "yes")
    return Replace(views.answered(turn.words, facts))


@router.action("steer.channel", opens=True)
async def name(turn: Turn) -> Reply:
    prefix = turn.words.say("steer.channel.prefix")
    return Show(views.channel_form(turn.words, await steer.channel_form(turn.kit, turn.actor, turn.value, prefix)))


@router.submission("steer.channel")
async def make(turn: Turn) -> Reply:
    """Slack makes the channel while the window is open, so that a name that is taken can be changed.

    Where the optional scope was not granted, the window says whom to invite by hand.
    """
    cohort_id = turn.metadata.get("cohort", "")
    wanted = await steer.wanted(turn.kit, turn.actor, cohort_id, turn.form.text("steer.name"))
    try:
        made = await turn.client.conversations_create(name=wanted, is_private=True)
    except SlackApiError as problem:
        word = word_of(problem)
        if word == "missing_scope":
            return Show(views.by_hand(turn.words, await steer.channel_form(turn.kit, turn.actor, cohort_id, "")))
        if word in _REFUSED or word.startswith("invalid_name"):
            raise Refusal(_REFUSED.get(word, "steer.refused.name"), field=NAME) from problem
        raise
    await steer.keep_channel(turn.kit, turn.actor, cohort_id, str(made["channel"]["id"]))
    news = turn.words.say("steer.done.made", name=wanted)
    return Say(views.desk(turn.words, await steer.desk(turn.kit, turn.actor), news))
