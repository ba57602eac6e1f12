"""Themes: what juniors may name (`vocabulary`), what may be shown of it (`published`), what coordinators do about it
(`acting`) and add to it (`tagging`), and what everybody is told of that (`telling`)."""

from bot.services.theme.acting import (
    close,
    do_tell_taken,
    load_taken,
    open_again,
    step_form,
    take,
    themes_window,
    undo_step,
)
from bot.services.theme.published import themes_of
from bot.services.theme.tagging import add_tag, forget_tag, retire_tag, tags_window
from bot.services.theme.telling import do_note, do_round, load_note, plan_rounds, shown_words
from bot.services.theme.vocabulary import fix_themes, vocabulary

__all__ = [
    "add_tag", "close", "do_note", "do_round", "do_tell_taken", "fix_themes", "forget_tag", "load_note", "load_taken",
    "open_again", "plan_rounds", "retire_tag", "shown_words", "step_form", "tags_window", "take", "themes_of",
    "themes_window", "undo_step", "vocabulary",
]  # fmt: skip
