"""How a theme is called: in the reader's language, or as a coordinator typed it."""

from collections.abc import Iterable

from prompts import Words, escape
from prompts.parts import Theme


def tag_of(words: Words, theme: str) -> Theme | None:
    """A theme by its id; None for one that was taken back."""
    every = (tag for group in words.content.themes.groups for tag in group.tags)
    return next((tag for tag in every if tag.id == theme), None)


def label_of(words: Words, theme: str) -> str:
    """Its name, escaped; "removed" where there is none any more."""
    tag = tag_of(words, theme)
    return escape(tag.label) if tag is not None else words.say("common.people.removed")


def about_of(words: Words, theme: str) -> str:
    """What it is about, escaped; coordinators may leave it out."""
    tag = tag_of(words, theme)
    return escape(tag.about) if tag is not None else ""


def labels(words: Words, themes: Iterable[str]) -> str:
    """Several names in one line."""
    return " · ".join(f"*{label_of(words, one)}*" for one in themes)
