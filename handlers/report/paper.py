"""`/revmentor admin report` and `admin export`: the report for a steering group, and its figures as a CSV."""

from bot.services.report import papers as service
from bot.views.report import paper as view
from handlers.replies import Reply, Say, Show
from handlers.report.routing import router
from handlers.router import Who
from handlers.turn import Turn


@router.command("admin report", Who.COORDINATOR, args="[cohort] [period]")
@router.action("report.paper")
async def report(turn: Turn) -> Reply:
    """The summary at once; page, picture and CSV follow by direct message."""
    paper = await service.report(turn.kit, turn.actor, turn.typed, turn.words)
    return Say(view.summary(turn.words, paper))


@router.command("admin export", Who.COORDINATOR, args="[cohort] [period]", opens=True)
@router.action("report.export", opens=True)
async def export(turn: Turn) -> Reply:
    return Show(view.export(turn.words, await service.export_form(turn.kit, turn.actor, turn.typed, turn.words)))


@router.submission("report.export")
async def ask_export(turn: Turn) -> Reply:
    cohort = turn.form.choice(view.COHORT) or ""
    chosen, period = turn.form.choices(view.GROUPS), turn.form.text(view.PERIOD)
    wanted = "" if cohort == view.ALL else cohort
    await service.export(turn.kit, turn.actor, wanted, period, chosen, turn.words)
    return Say(view.asked(turn.words))
