"""What comes up again and again: the coordinators' window, the digest's line, and what others are told of it."""

from bot.views.theme.digest import digest_blocks
from bot.views.theme.letters import monthly, taken
from bot.views.theme.tags import tag_form, tags
from bot.views.theme.window import step_form, themes

__all__ = ["digest_blocks", "monthly", "step_form", "tag_form", "tags", "taken", "themes"]
