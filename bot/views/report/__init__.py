"""The digest, its chart in words and numbers, its modals."""

from bot.views.report.digest import chart, digest, flags
from bot.views.report.outcomes import outcomes
from bot.views.report.paper import sent
from bot.views.report.settings import held

__all__ = ["chart", "digest", "flags", "held", "outcomes", "sent"]
