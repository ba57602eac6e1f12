"""Which chart a digest needs, and remembering Slack's file of it."""

from dataclasses import dataclass

from bot.domain.report.facts import DigestFacts, DigestFigures
from bot.services.report.weekly import stored
from storage import programme as programmes
from storage import report
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart that is still missing; `reuse` is the file of an earlier one that looks the same,
    in the same language."""

    digest_id: str
    facts: DigestFacts
    language: str
    reuse: str | None


async def chart_plan(tx: Tx, digest_id: str) -> ChartPlan | None:
    """What to draw for a digest; None where it has its chart, or nothing has happened that could be drawn."""
    digest = await report.digest(tx, digest_id)
    programme = await programmes.get(tx)
    cohort = await programmes.cohort(tx, digest.cohort_id) if digest else None
    if digest is None or programme is None or cohort is None or digest.chart_file is not None:
        return None
    figures, language = stored(digest), programme.language
    if figures.reciprocity.published is None and not any(bar.held + bar.planned for bar in figures.bars):
        return None
    drawn = [d for d in await report.digests(tx, cohort.id) if d.chart_file is not None]
    earlier = [d for d in drawn if d.chart_language == language]
    same = next((d.chart_file for d in earlier if _looks(stored(d)) == _looks(figures)), None)
    return ChartPlan(digest_id, DigestFacts(cohort, figures), language, same)


async def keep_chart(tx: Tx, plan: ChartPlan, file_id: str) -> None:
    """The digest's chart is this Slack file, drawn in the plan's language."""
    await report.set_chart(tx, plan.digest_id, file_id, plan.language)


def _looks(figures: DigestFigures) -> tuple[object, ...]:
    return figures.reciprocity.published, figures.bars
