"""`/revmentor admin digest` and `admin health`, and the buttons of the digest."""

from dataclasses import replace

from bot.domain.refusals import Refusal
from bot.domain.report.facts import Part
from bot.domain.report.undoing import Change
from bot.services.report import desk as service
from bot.services.report import settings
from bot.views.common import sentence
from bot.views.report import modals as view
from bot.views.report import settings as settings_view
from handlers.places import channel_of
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.report.routing import router
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn


@router.command("admin digest", Who.COORDINATOR, args="[now | preview | schedule | channel] [cohort]")
async def digest(turn: Turn) -> Reply:
    """A cohort's name behind it means that one; else all of them."""
    verb, _, name = turn.typed.strip().partition(" ")
    one = setting if name.strip() else None
    doing = {
        "": preview, "preview": preview, "now": now, "schedule": one or schedule, "channel": one or channel,
    }.get(verb.lower())  # fmt: skip
    if doing is None:
        raise Refusal("report.refused.words")
    return await doing(replace(turn, value=await settings.cohort_of(turn.kit, turn.actor, name)))


@router.command("admin health", Who.COORDINATOR, opens=True)
@router.action("report.health", opens=True)
async def health(turn: Turn) -> Reply:
    return Show(view.health(turn.words, await service.health(turn.kit, turn.actor)))


@router.action("report.preview")
async def preview(turn: Turn) -> Reply:
    """Only the person who asks sees it."""
    return Say(view.preview(turn.words, await service.preview(turn.kit, turn.actor, turn.value)))


@router.action("report.now")
async def now(turn: Turn) -> Reply:
    kept = turn.choice == "kept"
    channels = await service.post_now(turn.kit, turn.actor, turn.value, kept_only=kept)
    named = turn.words.join(f"<#{one}>" for one in channels)
    return Say(sentence(turn.words.say("report.now.kept" if kept else "report.now.posted", channel=named)))


@router.action("report.schedule")
async def schedule(turn: Turn) -> Reply:
    modal = view.schedule(turn.words, await service.schedule(turn.kit, turn.actor))
    return Redraw(modal)


@router.action("report.setting")
async def setting(turn: Turn) -> Reply:
    """One cohort's own."""
    facts = await settings.setting_of(turn.kit, turn.actor, turn.value)
    return Redraw(settings_view.setting(turn.words, facts))


@router.submission("report.setting")
async def save_setting(turn: Turn) -> Reply:
    cohort_id = turn.metadata.get("cohort", "")
    await settings.setting_of(turn.kit, turn.actor, cohort_id)  # who may not, learns nothing about the channel
    picked = turn.form.channel("channel")
    found = await channel_of(turn, picked) if picked else None
    hidden = [part for part in Part if part not in turn.form.choices("parts")]
    paused = "yes" in turn.form.choices("paused")
    facts = await settings.save_setting(turn.kit, turn.actor, cohort_id, found, paused, hidden)
    return Show(settings_view.saved(turn.words, facts))


@router.action("report.pause")
async def pause(turn: Turn) -> Reply:
    facts = await settings.pause(turn.kit, turn.actor, turn.value, True)
    return Say(settings_view.pausing(turn.words, facts))


@router.action("report.resume")
async def resume(turn: Turn) -> Reply:
    facts = await settings.pause(turn.kit, turn.actor, turn.value, False)
    return Replace(settings_view.pausing(turn.words, facts))


@router.submission("report.schedule")
async def reschedule(turn: Turn) -> Reply:
    form = turn.form
    day, hour = number(form.choice("weekday"), -1), number(form.choice("hour"), -1)
    paused = "yes" in form.choices("paused")
    facts = await service.reschedule(turn.kit, turn.actor, day, hour, form.text("zone"), paused)
    return Show(view.scheduled(turn.words, facts))


@router.action("report.channel")
async def channel(turn: Turn) -> Reply:
    """The channel that all use; from what is said of one cohort, that one's own, if it has one."""
    if turn.value and (await settings.setting_of(turn.kit, turn.actor, turn.value)).setting.channel_id:
        return await setting(turn)
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


@router.action("report.undo")
async def undo(turn: Turn) -> Reply:
    """The last change of a digest's settings, for ten minutes."""
    was = await settings.before_change(turn.kit, turn.actor, turn.value)
    found = await channel_of(turn, was.channel) if was.channel else None
    if was.change is Change.SETTING:
        hidden = [part for part in Part if part in was.hidden]
        own = await settings.save_setting(
            turn.kit, turn.actor, was.subject, found, was.paused, hidden, undoing=was
        )  # fmt: skip
        return Redraw(settings_view.saved(turn.words, own, undone=True))
    if was.change is Change.CHANNEL and found is not None:
        known = await service.move_channel(turn.kit, turn.actor, found, undoing=was)
        return Redraw(view.moved(turn.words, known, undone=True))
    known = await service.reschedule(
        turn.kit, turn.actor, was.weekday, was.hour, was.zone, was.paused, undoing=was
    )  # fmt: skip
    return Redraw(view.scheduled(turn.words, known, undone=True))
