"""Which themes of a cohort may be shown, and what became of each: read by the digest, the report and coordinators."""

from bot.domain.theme import ThemeStory, past_gate, standing
from bot.services.kit import Kit
from bot.services.theme.vocabulary import vocabulary
from storage import report, theme
from storage.records.programme import Cohort
from storage.records.report import FigureKind
from storage.store import Tx


async def themes_of(kit: Kit, tx: Tx, cohort: Cohort) -> tuple[ThemeStory, ...]:
    """The themes that are past the gate, in the order of the vocabulary, each with its steps that stand.

    It rests on published releases alone: no answer is looked at, and no theme says when it came past the gate.
    """
    shown = past_gate(await report.releases(tx, cohort.id, FigureKind.THEMES))
    if not shown:
        return ()
    steps = standing(await theme.steps(tx, cohort.id))
    return tuple(
        ThemeStory(one, tuple(step for step in steps if step.theme == one))
        for one in await vocabulary(kit, tx, cohort)
        if one in shown
    )
