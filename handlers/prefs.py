"""What people choose about how and when they are written to."""

from dataclasses import replace

from bot.domain.prefs import DAY, FROM, HOUR, LANGUAGE, LESS, PART, REGION, UNTIL, ZONE, zone_of
from bot.domain.refusals import Refusal
from bot.services import prefs as service
from bot.views import prefs as views
from bot.views.enrol.fields import NO_REGION
from bot.views.prefs import ANY
from handlers.form import Form
from handlers.replies import Redraw, Replace, Reply, Say, Show
from handlers.router import Router, Who
from handlers.turn import Turn
from storage.records.prefs import Prefs

router = Router("prefs")


@router.command("prefs", Who.READER, aliases=("preferences",), opens=True)
@router.action("prefs.open", opens=True)
async def prefs(turn: Turn) -> Reply:
    return Show(views.form(turn.words, await service.form(turn.kit, turn.actor)))


@router.action("prefs.region")
async def region(turn: Turn) -> Reply:
    """Another country was picked: its parts are offered, and everything chosen so far stays."""
    country = _country(turn.form)
    facts = await service.form(turn.kit, turn.actor)
    try:
        chosen = _chosen(turn.form)
    except Refusal:  # a place that is not known yet is said when the modal is sent
        chosen = replace(_chosen(turn.form, zone=False), zone=facts.me.prefs.zone)
    me = replace(facts.me, prefs=chosen, region=country)
    return Redraw(views.form(turn.words, replace(facts, me=me, parts=service.parts_for(country))))


@router.submission("prefs.save")
async def save(turn: Turn) -> Reply:
    country = _country(turn.form)
    part = turn.form.choice(f"{PART}.{country}") if country else None
    where = f"{country}-{part}" if part and part != ANY else country
    done = await service.save(turn.kit, turn.actor, _chosen(turn.form), where)
    return Say(views.saved(turn.kit.words(done.me.locale), done))


@router.action("prefs.undo")
async def undo(turn: Turn) -> Reply:
    done = await service.undo(turn.kit, turn.actor)
    return Replace(views.undone(turn.kit.words(done.me.locale), done))


def _country(form: Form) -> str:
    country = form.choice(REGION) or ""
    return "" if country == NO_REGION else country[:8]


def _chosen(form: Form, *, zone: bool = True) -> Prefs:
    """The modal, typed. Raises Refusal for a place that is no zone."""
    less = form.choices(LESS)
    language = form.choice(LANGUAGE) or ANY
    return Prefs(
        language="" if language == ANY else language[:16],
        zone=zone_of(form.text(ZONE)) if zone else "",
        quiet_until=_number(form, UNTIL) or 0, quiet_from=_number(form, FROM) or 0,
        checkin_hour=_number(form, HOUR), checkin_day=_number(form, DAY), fewer="fewer" in less, plain="plain" in less,
    )  # fmt: skip


def _number(form: Form, name: str) -> int | None:
    value = form.choice(name) or ANY
    return int(value) if value.isdecimal() and len(value) < 3 else None
