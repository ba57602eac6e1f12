"""The programme itself: set-up (`setup`), who coordinates (`coordinators`), `cohorts`, and what waits (`today`)."""

from bot.services.programme.cohorts import load_closed
from bot.services.programme.coordinators import load_added
from bot.services.programme.setup import load_changed, load_named
from bot.services.programme.testing import load_sample
from bot.services.programme.today import decisions

__all__ = ["decisions", "load_added", "load_changed", "load_closed", "load_named", "load_sample"]
