"""A copy of the shipped packs that a test may break, one file at a time."""

import shutil
from pathlib import Path

import pytest

import prompts
from prompts import Library, PackError, load

SHIPPED = Path(prompts.__file__).parent


class Pack:
    """A folder `prompts` of its own, holding the shipped English; `write` adds or replaces a file."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "prompts"
        shutil.copytree(SHIPPED / "en", self.root / "en")

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> int:
        """Replace the first occurrence, and tell on which line, counted from 1, it stands."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} no longer contains {old!r}"
        self.write(path, text.replace(old, new, 1))
        return text.count("\n", 0, text.index(old)) + 1

    def load(self) -> Library:
        return load(self.root)

    def complaints(self) -> list[str]:
        """What the reader refuses this pack for, line by line, without the heading."""
        with pytest.raises(PackError) as refused:
            self.load()
        return str(refused.value).splitlines()[1:]
