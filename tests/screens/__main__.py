"""Puts the pictures that the tests have kept into docs/pictures, made small: `python -m tests.screens`."""

from pathlib import Path

from PIL import Image

from tests.screens.conftest import PICTURES
from tests.screens.guide import SHOWN

DOCS = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 64
"""Enough for letters on plain ground; a picture takes a third of the room then."""


def shrink() -> None:
    """Every picture that a document shows; FileNotFoundError for one that no test has kept."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, kept in SHOWN.items():
        with Image.open(PICTURES / f"{kept}.png") as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(DOCS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    shrink()
