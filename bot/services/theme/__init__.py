"""Themes: what juniors may name (`vocabulary`), what may be shown of it and what became of it (`published`)."""

from bot.services.theme.published import themes_of
from bot.services.theme.vocabulary import fix_themes, vocabulary

__all__ = ["fix_themes", "themes_of", "vocabulary"]
