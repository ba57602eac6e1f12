"""`/revmentor admin digest` and `admin health`, and the buttons of the digest."""

from bot.domain.refusals import Refusal
from bot.services.report import desk as service
from bot.views.common import sentence
from bot.views.report import modals as view
from handlers.places import channel_of
from handlers.replies import Redraw, Reply, Say, Show
from handlers.report.routing import router
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn


@router.command("admin digest", Who.COORDINATOR, args="[now|preview|schedule|channel]")
async def digest(turn: Turn) -> Reply:
    match turn.text.strip().lower():
        case "" | "preview":
            return await preview(turn)
        case "now":
            return await now(turn)
        case "schedule":
            return await schedule(turn)
        case "channel":
            return await channel(turn)
    raise Refusal("report.refused.words")


@router.command("admin health", Who.COORDINATOR, opens=True)
@router.action("report.health", opens=True)
async def health(turn: Turn) -> Reply:
    return Show(view.health(turn.words, await service.health(turn.kit, turn.actor)))


@router.action("report.preview")
async def preview(turn: Turn) -> Reply:
    """Only the person who asks sees it."""
    return Say(view.preview(turn.words, await service.preview(turn.kit, turn.actor)))


async def now(turn: Turn) -> Reply:
    known = await service.post_now(turn.kit, turn.actor)
    return Say(sentence(turn.words.say("report.now.posted", channel=f"<#{known.channel_id}>")))


@router.action("report.schedule")
async def schedule(turn: Turn) -> Reply:
    modal = view.schedule(turn.words, await service.schedule(turn.kit, turn.actor))
    return Redraw(modal)


@router.submission("report.schedule")
async def reschedule(turn: Turn) -> Reply:
    form = turn.form
    day, hour = number(form.choice("weekday"), -1), number(form.choice("hour"), -1)
    paused = "yes" in form.choices("paused")
    facts = await service.reschedule(turn.kit, turn.actor, day, hour, form.text("zone"), paused)
    return Show(view.scheduled(turn.words, facts))


@router.action("report.channel")
async def channel(turn: Turn) -> Reply:
    known = (await service.schedule(turn.kit, turn.actor)).programme
    modal = view.channel(turn.words, known)
    return Redraw(modal)


@router.submission("report.channel")
async def move_channel(turn: Turn) -> Reply:
    await service.schedule(turn.kit, turn.actor)  # who may not, learns nothing about the channel
    found = await channel_of(turn, turn.form.channel("channel") or "")
    return Show(view.moved(turn.words, await service.move_channel(turn.kit, turn.actor, found)))


@router.action("report.list", opens=True)
async def needs(turn: Turn) -> Reply:
    return Show(view.needs(turn.words, await service.needs(turn.kit, turn.actor, turn.value)))


@router.action("report.shield", opens=True)
async def shield(turn: Turn) -> Reply:
    return Show(view.shield(turn.words, await service.shield(turn.kit, turn.actor, turn.value)))
