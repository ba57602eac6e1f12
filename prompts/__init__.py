"""Everything revmentor says: language packs in TOML, and the reader that checks them."""

from prompts.content import Content
from prompts.markup import clean, escape, tame
from prompts.overlay import Change, overlay, with_tags
from prompts.problems import PackError, Problem, WordsError
from prompts.reader import Library, load
from prompts.words import Words

__all__ = [
    "Change", "Content", "Library", "PackError", "Problem", "Words", "WordsError", "clean", "escape", "load", "overlay",
    "tame", "with_tags",
]  # fmt: skip
