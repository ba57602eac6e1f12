"""The digest, its chart in words and numbers, its modals."""

from bot.views.report.digest import chart, digest, flags

__all__ = ["chart", "digest", "flags"]
