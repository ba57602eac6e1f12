"""The weekly report: the urns and the gate (`urn`), the sweep (`weekly`), when it comes (`plans`), its chart
(`charts`), what is counted once after the end (`outcomes`), what coordinators ask for in between (`desk`) and
for a steering group (`paper`, `papers`)."""

from bot.services.report.desk import load_digest
from bot.services.report.keeping import load_held
from bot.services.report.outcomes import load_outcome, outcomes_of
from bot.services.report.papers import load_paper
from bot.services.report.plans import plan_weekly
from bot.services.report.urn import forget, remember
from bot.services.report.weekly import do_digest, do_flags, follow_up, load_chart, load_flags

__all__ = [
    "do_digest",
    "do_flags",
    "follow_up",
    "forget",
    "load_chart",
    "load_digest",
    "load_flags",
    "load_held",
    "load_outcome",
    "load_paper",
    "outcomes_of",
    "plan_weekly",
    "remember",
]
