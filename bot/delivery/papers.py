"""A report's files: drawn and uploaded right before its message goes out, so that they wait nowhere."""

from collections.abc import Sequence

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.charts import TRIES, drawer
from bot.delivery.chores import Chore, do
from bot.delivery.errors import word_of
from bot.delivery.files import Made, place_for, share, stand_there
from bot.log import log
from bot.services.kit import Kit
from bot.services.report.papers import PaperPlan, contents, keep_barred, keep_files, keep_shared
from bot.views.report.paper_charts import alt_text, picture
from bot.views.report.paper_csv import figures_csv
from bot.views.report.paper_page import file_name, page
from storage.records.delivery import Letter
from storage.records.paper import PaperWhat

PICTURE, PAGE, CSV = "png", "html", "csv"
_TYPES = {PICTURE: "image/png", PAGE: "text/html; charset=utf-8", CSV: "text/csv; charset=utf-8"}


class Overtaken(Exception):
    """Drawing took longer than the lease, and another courier is at it; the next try sees what became of it."""


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Share the files in the coordinator's own DM, together, once.

    Their ids are kept before they get their bytes. When a try ended in between, their DM is looked at: where they stand
    there, that was it; else they are deleted, and new ones take their place. Where drawing fails twice they go out
    without the picture; where the app may not upload at all, the message says so and who can mend it.
    Raises Overtaken, and as the client does.
    """
    plan = await contents(kit, letter.team_id, letter.params["paper"])
    if plan is None:
        return
    if await stand_there(client, letter.to, plan.file.file_ids):
        await keep_shared(kit, plan.file, list(plan.file.file_ids))
        return
    await _take_away(client, plan.file.file_ids)
    try:
        await _send(kit, client, letter, plan)
    except SlackApiError as problem:
        if word_of(problem) != "missing_scope":
            raise
        log.warning("paper.barred", letter=letter.id, team=letter.team_id)
        await keep_barred(kit, plan.file)


async def _send(kit: Kit, client: AsyncWebClient, letter: Letter, plan: PaperPlan) -> None:
    alt = {PICTURE: alt_text(plan.words, plan.facts.paper)}
    made = [
        Made(file_name(plan.words, plan.facts.paper, ending), data, _TYPES[ending], alt.get(ending, ""))
        for ending, data in (await _files(plan, letter)).items()
    ]
    places = [await place_for(client, one) for one in made]
    ids = [place.file_id for place in places]
    if not await keep_files(kit, plan.file, ids):
        raise Overtaken
    said = "with_file" if plan.facts.what is PaperWhat.FIGURES else "with_files"
    await share(client, letter.to, places, made, plan.words.say(f"paper.message.{said}"))
    if not await keep_shared(kit, plan.file, ids):
        await _take_away(client, ids)  # the other one could not: they had no bytes yet
        raise Overtaken


async def _take_away(client: AsyncWebClient, file_ids: Sequence[str]) -> None:
    for one in file_ids:
        await do(client, Chore("files.delete", {"file": one}))


async def _files(plan: PaperPlan, letter: Letter) -> dict[str, bytes]:
    """Ending → bytes, in the order in which they stand in Slack."""
    words, paper = plan.words, plan.facts.paper
    table = figures_csv(words, paper, plan.facts.groups)
    if plan.facts.what is PaperWhat.FIGURES:
        return {CSV: table}
    try:
        shown = {PICTURE: await drawer.draw(picture(words, paper))}
    except Exception as problem:
        if letter.attempts < TRIES:
            raise
        log.warning("paper.undrawn", letter=letter.id, team=letter.team_id, error=type(problem).__name__)
        shown = {}
    return {**shown, PAGE: page(words, paper), CSV: table}
