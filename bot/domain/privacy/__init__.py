"""Who sees what, what is kept how long, and what goes when a person goes; start in `matrix`."""

from bot.domain.privacy.facts import ErasePlan, Exported, Overview, OwnData, Tables
from bot.domain.privacy.keeping import EXPORT_FOR, LATE, SHOWS_TEXTS, Expired, Keeping, expired, next_sweep
from bot.domain.privacy.matrix import MATRIX, Datum, Sight, Viewer

__all__ = [
    "EXPORT_FOR", "LATE", "MATRIX", "SHOWS_TEXTS", "Datum", "ErasePlan", "Expired", "Exported", "Keeping", "Overview",
    "OwnData", "Sight", "Tables", "Viewer", "expired", "next_sweep",
]  # fmt: skip
