"""`/revmentor admin cohort`: list, plan, open, close."""

from datetime import date

from bot.domain.programme.cohorts import CohortPlan
from bot.domain.programme.setup import Standing
from bot.domain.refusals import Refusal
from bot.domain.when import local_day
from bot.services.programme import cohorts as service
from bot.views.parts import Modal
from bot.views.programme import cohorts as view
from handlers.people import profiles_of
from handlers.places import channel_of
from handlers.programme.routing import in_place, router
from handlers.replies import Reply, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from prompts import escape
from storage.records.programme import CohortState, Purpose


@router.command("admin cohort", Who.COORDINATOR, args="[new|open|close|list]", aliases=("admin cohorts",), opens=True)
async def cohort(turn: Turn) -> Reply:
    verb, _, name = turn.text.partition(" ")
    match verb.lower():
        case "" | "list":
            return Show(await _list(turn))
        case "new":
            return Show(await _planning(turn))
        case "open":
            return Show(await _named(turn, name, CohortState.OPEN))
        case "close":
            return Show(await _named(turn, name, CohortState.CLOSED))
    raise Refusal("programme.refused.cohort_words")


@router.action("programme.cohorts")
async def listed(turn: Turn) -> Reply:
    return in_place(turn, await _list(turn))


@router.action("programme.cohort_new")
async def new(turn: Turn) -> Reply:
    return in_place(turn, await _planning(turn))


@router.action("programme.cohort_edit")
async def edit(turn: Turn) -> Reply:
    return in_place(turn, await _planning(turn, turn.value))


@router.submission("programme.cohort")
async def save(turn: Turn) -> Reply:
    saved = await service.save(turn.kit, turn.actor, _plan(turn), turn.metadata.get("cohort", ""))
    return Show(await _list(turn, turn.words.say("programme.cohorts.saved", cohort=escape(saved.name))))


@router.action("programme.cohort_open")
async def ask_open(turn: Turn) -> Reply:
    return in_place(turn, await _asking(turn, turn.value, CohortState.OPEN))


@router.submission("programme.cohort_open")
async def open_(turn: Turn) -> Reply:
    known, _ = await service.all_of(turn.kit, turn.actor)
    people = await profiles_of(turn, [known.findings_owner, *known.safe_contacts])
    standing = Standing(people, await channel_of(turn, known.channel_id))
    opened = await service.open_(turn.kit, turn.actor, turn.metadata.get("cohort", ""), standing)
    return Show(await _list(turn, turn.words.say("programme.cohorts.opened", cohort=escape(opened.name))))


@router.action("programme.cohort_close")
async def ask_close(turn: Turn) -> Reply:
    return in_place(turn, await _asking(turn, turn.value, CohortState.CLOSED))


@router.submission("programme.cohort_close")
async def close(turn: Turn) -> Reply:
    closed = await service.close(turn.kit, turn.actor, turn.metadata.get("cohort", ""))
    done = "discarded" if closed.state is CohortState.DRAFT else "closed"
    return Show(await _list(turn, turn.words.say(f"programme.cohorts.{done}", cohort=escape(closed.name))))


async def _list(turn: Turn, news: str = "") -> Modal:
    _, cards = await service.all_of(turn.kit, turn.actor)
    return view.cohorts(turn.words, cards, news)


async def _planning(turn: Turn, cohort_id: str = "") -> Modal:
    known, draft = await service.draft(turn.kit, turn.actor, cohort_id)
    return view.planning(turn.words, known, draft, local_day(turn.kit.clock(), known.zone))


async def _asking(turn: Turn, cohort_id: str, to: CohortState) -> Modal:
    known, facts = await service.about(turn.kit, turn.actor, cohort_id, to)
    if to is CohortState.OPEN:
        return view.opening(turn.words, known, facts.cohort)
    return view.closing(turn.words, facts, paused=known.digest_paused)


async def _named(turn: Turn, name: str, to: CohortState) -> Modal:
    """The cohort that is meant, where only one can be; else the list."""
    found = await service.meant(turn.kit, turn.actor, name, to)
    return await _asking(turn, found.id, to) if found else await _list(turn)


def _plan(turn: Turn) -> CohortPlan:
    form = turn.form
    return CohortPlan(
        name=form.text("name", required=True),
        purpose=next((one for one in Purpose if one == form.choice("purpose")), Purpose.FREE),
        starts_on=_day(turn, "starts_on"),
        ends_on=_day(turn, "ends_on"),
        sessions=number(form.choice("sessions"), 0),
        cadence_days=number(form.choice("cadence_days"), 0),
        pilot="pilot" in form.choices("pilot"),
        guests="guests" in form.choices("outsiders"),
        strangers="strangers" in form.choices("outsiders"),
    )


def _day(turn: Turn, name: str) -> date:
    day = turn.form.day(name)
    if day is None:
        raise Refusal("common.errors.empty", field=name)
    return day
