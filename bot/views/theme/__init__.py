"""What comes up again and again: themes past the gate, and what becomes of them."""

from bot.views.theme.digest import digest_blocks

__all__ = ["digest_blocks"]
