"""Who sees what, what is kept how long, and what goes when a person goes; start in `matrix`."""

from bot.domain.privacy.matrix import MATRIX, Datum, Sight, Viewer

__all__ = ["MATRIX", "Datum", "Sight", "Viewer"]
